"""The Python target: an `Api` in, the files of one distribution out."""

from __future__ import annotations

import keyword
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from msgspec.structs import replace

from bindwright import __version__
from bindwright.ir import model as ir
from bindwright.openapi.diagnostics.model import Diagnostic, Place
from bindwright.targets.python import package_files as project
from bindwright.targets.python.client.clients import Clients
from bindwright.targets.python.client.resources import Resources
from bindwright.targets.python.models.dict_modules import DOC
from bindwright.targets.python.models.index import write_index
from bindwright.targets.python.models.model_modules import Models
from bindwright.targets.python.models.older_modules import older_modules
from bindwright.targets.python.naming.models import is_enumeration
from bindwright.targets.python.naming.plan import NamePlan, plan_names
from bindwright.targets.python.package_readme import readme
from bindwright.targets.python.parallel_emit import WriteFile, write_files
from bindwright.targets.python.surface.planned import planned_surface
from bindwright.targets.python.syntax.options import Output, PythonOptions
from bindwright.targets.surface import Surface, dumps, file_name

SURFACE = file_name("python")


def emit(
    api: ir.Api,
    options: PythonOptions,
    names: Mapping[str, Any] | None = None,
    earlier: Surface | None = None,
) -> Output:
    """Write the bindings of an API. A pure function: nothing is read, written or timed.

    Args:
        options: what the user decides.
        names: `Output.names` of the last run, from the lock; every public name in it stays.
        earlier: the surface that the last run wrote; what was renamed since keeps its older name as an alias.

    Raises:
        ValueError: the package is no identifier, or several with dots between.
    """
    if not all(part.isidentifier() and not keyword.iskeyword(part) for part in options.package.split(".")):
        raise ValueError(f"not a package name: {options.package!r}")
    if not options.generator_version:
        options = replace(options, generator_version=__version__)
    plan = plan_names(api, options.package, options.names, names or {}, options.group_by)
    diagnostics: list[Diagnostic] = []
    models = Models(api, plan)
    resources = Resources(api, models)
    if earlier is not None and names:
        from bindwright.targets.python.surface.renames import older_names

        now = planned_surface(api, plan, models, resources, mirrored=False)
        if older := older_names(earlier, now, plan, names):
            plan = plan_names(api, options.package, options.names, names, options.group_by, older)
            models = Models(api, plan)
            resources = Resources(api, models)
    files, broken = _files(api, plan, options, models, resources, diagnostics)
    if options.runtime == "vendored":
        from bindwright.targets.python.vendored import with_runtime

        files = with_runtime(files, options.package.replace(".", "/") + "/")
    if options.layout == "package":
        folder = options.package.replace(".", "/") + "/"
        beside = {path: text for path, text in files.items() if path == SURFACE}
        files = {
            path.removeprefix(folder): text for path, text in files.items() if path.startswith(folder)
        } | beside
        broken = {path.removeprefix(folder) for path in broken}
    diagnostics += [_broken(path) for path in files if path in broken]
    diagnostics += [_renamed(alias, name) for alias, name in plan.renamed]
    diagnostics += [_any_value(type_) for type_ in api.types.values() if _is_written_as_any(type_)]
    return Output(files=files, names=plan.lock, diagnostics=diagnostics)


def _surface(
    api: ir.Api,
    plan: NamePlan,
    options: PythonOptions,
    models: Models,
    resources: Resources,
    styles: Mapping[str, str],
) -> str:
    """What callers can name: as it is planned, and models in other styles as others have written them."""
    surface = planned_surface(api, plan, models, resources)
    if styles:
        from bindwright.targets.python.surface.written import written_surface

        surface.symbols |= written_surface(styles, options.package).symbols
    return dumps(surface)


def _files(
    api: ir.Api,
    plan: NamePlan,
    options: PythonOptions,
    models: Models,
    resources: Resources,
    diagnostics: list[Diagnostic],
) -> tuple[dict[str, str], set[str]]:
    """Paths to texts, and the paths of those that are not Python."""
    package = options.package.replace(".", "/")
    writers: dict[str, tuple[int, WriteFile]] = {}
    """With how much there is to write, roughly in fields."""

    def add(path: str, write: WriteFile, weight: int = 0) -> None:
        writers[path] = (weight, write)

    add("pyproject.toml", lambda: project.pyproject(api, options))
    add("README.md", lambda: readme(api, plan, options))
    version = project.version_of(options, api)
    add(f"{package}/__init__.py", lambda: project.package_init(api, options, version))
    add(f"{package}/__main__.py", lambda: project.package_main(options))
    add(f"{package}/py.typed", str)
    add(
        f"{package}/client.py",
        Clients(api, plan, options.package, options.generator_version, resources.operations).module,
    )
    add(f"{package}/api/__init__.py", lambda: '"""One module a tag."""\n')
    together: list[str] = []
    for group in plan.groups:
        together.append(f"{package}/api/{group.module}.py")
        add(together[-1], partial(resources.module, group), 10 * len(group.operations))
    doc = "Models, imported when they are first used."
    index = partial(write_index, models.module_of, plan.class_aliases(), doc)
    add(f"{package}/models/__init__.py", index, len(models.module_of) // 8)
    for module, types in models.homes.items():
        add(f"{package}/models/{module}.py", partial(models.module, module, types), _fields(types))
    for path, text in older_modules(plan).items():
        add(f"{package}/{path}", partial(str, text))
    for path, write, weight in _dicts(resources):
        add(f"{package}/dicts/{path}", write, weight)
    styles = _styles(models, options, diagnostics)
    for path, styled in styles.items():
        add(path, partial(str, styled))
    if options.surface:
        weight = sum(weight for weight, _ in writers.values()) // 5  # its share of the time
        add(SURFACE, lambda: _surface(api, plan, options, models, resources, styles), weight)
        together.append(SURFACE)  # it tells of the methods that were written
    return write_files(writers, together)


def _styles(models: Models, options: PythonOptions, diagnostics: list[Diagnostic]) -> dict[str, str]:
    """The files of models in other styles, which others write."""
    if options.models == ("attrs",):
        return {}
    from bindwright.targets.python.other_styles.generate import write_styles

    written = write_styles(models.typer, models.context.sides, options.models, diagnostics)
    folder = options.package.replace(".", "/")
    return {f"{folder}/{path}": text for path, text in written.items()}


def _dicts(resources: Resources) -> Iterator[tuple[str, WriteFile, int]]:
    """The modules of mappings, where requests hold objects, each with how much there is to write."""
    dicts = resources.bodies.dicts
    if dicts.homes:
        yield "__init__.py", lambda: write_index(dicts.module_of, {}, DOC), 0
    for module, types in dicts.homes.items():
        yield f"{module}.py", partial(dicts.module, module, types), _fields(types)


def _fields(types: list[ir.AnyType]) -> int:
    return sum(1 + len(type_.properties) if isinstance(type_, ir.Object) else 1 for type_ in types)


def _renamed(alias: str, name: str) -> Diagnostic:
    return Diagnostic(
        level="note", code="renamed", message=f"`{alias}` is called `{name}` now, as is asked for",
        remedy=f"`{alias}` stays as a deprecated alias",
    )  # fmt: skip


def _is_written_as_any(type_: ir.AnyType) -> bool:
    """Whether an enum is neither a class nor a union of types in Python."""
    if not isinstance(type_, ir.Enum) or type_.const or is_enumeration(type_):
        return False
    return type_.base == "mixed" and any(isinstance(member.value, (list, dict)) for member in type_.members)


def _any_value(type_: ir.AnyType) -> Diagnostic:
    return Diagnostic(
        level="degraded", code="enum-any", place=Place(file=type_.place.file, pointer=type_.place.pointer),
        message="an enum of booleans beside numbers, and of lists or objects, is `Any`: `validate` alone knows its values",
        remedy="list the alternatives with `oneOf`",
    )  # fmt: skip


def _broken(path: str) -> Diagnostic:
    return Diagnostic(
        level="error", code="output-does-not-parse", message=f"{path} was written but is not valid Python",
        remedy="this is a defect of bindwright; please report it with the document",
    )  # fmt: skip
