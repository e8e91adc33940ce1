"""The TypeScript target: an `Api` in, the files of one package out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from bindwright import __version__
from bindwright.ir import model as ir
from bindwright.openapi.diagnostics.model import Diagnostic
from bindwright.targets.surface import Surface, dumps
from bindwright.targets.typescript import package_files
from bindwright.targets.typescript.models.model_modules import Models
from bindwright.targets.typescript.naming.plan import plan_names
from bindwright.targets.typescript.naming.renames import older_names
from bindwright.targets.typescript.operations.operation_modules import Operations
from bindwright.targets.typescript.operations.parts import gaps
from bindwright.targets.typescript.options import Output, TypeScriptOptions
from bindwright.targets.typescript.surface import SURFACE, planned_surface
from bindwright.targets.typescript.syntax.module import Module


def emit(
    api: ir.Api,
    options: TypeScriptOptions,
    names: Mapping[str, Any] | None = None,
    earlier: Surface | None = None,
) -> Output:
    """Write the bindings of an API. A pure function: nothing is read but the runtime, nothing written or timed.

    Args:
        options: what the user decides.
        names: `Output.names` of the last run, from the lock; every public name in it stays.
        earlier: the surface that the last run wrote; what was renamed since keeps its older name as an alias.
    """
    if not options.generator_version:
        options = replace(options, generator_version=__version__)
    plan = plan_names(api, options.names, names or {}, options.group_by)
    models = Models(api, plan, as_source=options.as_source)
    operations = Operations(api, models)
    if earlier is not None and names:
        now = planned_surface(api, models, operations)
        if older := older_names(earlier, now, plan, names):
            plan = plan_names(api, options.names, names, options.group_by, older)
            models = Models(api, plan, as_source=options.as_source)
            operations = Operations(api, models)
    files: dict[str, str] = {}
    is_plain = True
    """Whether elements of XML are called as their members wherever there is one."""
    for module in _described(api, models, operations):
        is_plain &= not module.needs(package_files.PLACED)
        _add(files, module)
    for module in package_files.modules(api, models, is_plain):
        _add(files, module)
    files |= package_files.texts(api, models, options)
    files |= package_files.runtime()
    if options.surface:
        files[SURFACE] = dumps(planned_surface(api, models, operations))
    said = [_renamed(*names) for names in plan.renamed]
    return Output(files=files, names=plan.lock, diagnostics=[*said, *gaps(api)])


def _described(api: ir.Api, models: Models, operations: Operations) -> Iterator[Module]:
    """The modules of types and operations."""
    for name in models.homes:
        yield models.module(name)
    for operation in api.operations:
        yield operations.module(operation)


def _renamed(alias: str, name: str) -> Diagnostic:
    return Diagnostic(
        level="note", code="renamed", message=f"`{alias}` is called `{name}` now, as is asked for",
        remedy=f"`{alias}` stays as a deprecated alias",
    )  # fmt: skip


def _add(files: dict[str, str], module: Module) -> None:
    """A module: its declarations and its code."""
    if module.is_source:
        files[f"{module.path}.ts"] = module.source()
        return
    files[f"{module.path}.d.ts"] = module.declarations()
    files[f"{module.path}.js"] = module.javascript()
