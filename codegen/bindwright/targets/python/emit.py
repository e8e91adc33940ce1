"""The Python target: an `Api` in, the files of one distribution out."""

from __future__ import annotations

import keyword
from collections.abc import Mapping
from typing import Any

from attrs import evolve

from bindwright import __version__
from bindwright.ir import model as ir
from bindwright.spec.diagnostics import Diagnostic
from bindwright.targets.python import project
from bindwright.targets.python.check import needs_parsing, parses
from bindwright.targets.python.clients import Clients
from bindwright.targets.python.index import write_index
from bindwright.targets.python.models import Models
from bindwright.targets.python.naming import Plan, plan_names
from bindwright.targets.python.options import Output, PythonOptions
from bindwright.targets.python.resources import Resources


def emit(api: ir.Api, options: PythonOptions, names: Mapping[str, Any] | None = None) -> Output:
    """Write the bindings of an API. A pure function: nothing is read, written or timed.

    Args:
        options: what the user decides.
        names: `Output.names` of the last run, from the lock; every public name in it stays.

    Raises:
        ValueError: the package is no identifier.
    """
    if not options.package.isidentifier() or keyword.iskeyword(options.package):
        raise ValueError(f"not a package name: {options.package!r}")
    if not options.generator_version:
        options = evolve(options, generator_version=__version__)
    plan = plan_names(api, options.package, options.names, names or {})
    diagnostics: list[Diagnostic] = []
    files = _files(api, plan, options, diagnostics)
    diagnostics += [
        _broken(path)
        for path, text in files.items()
        if path.endswith(".py") and needs_parsing(text) and not parses(text)
    ]
    return Output(files=files, names=plan.lock, diagnostics=diagnostics)


def _files(api: ir.Api, plan: Plan, options: PythonOptions, found: list[Diagnostic]) -> dict[str, str]:
    package = options.package
    models = Models(api, plan)
    resources = Resources(api, models)
    files: dict[str, str] = {
        "pyproject.toml": project.pyproject(api, options),
        "README.md": project.readme(api, plan, options),
        f"{package}/__init__.py": project.package_init(api, options, project.version_of(options, api)),
        f"{package}/__main__.py": project.package_main(options),
        f"{package}/py.typed": "",
        f"{package}/client.py": Clients(api, plan, package, options.generator_version).module(),
        f"{package}/api/__init__.py": '"""One module a tag."""\n',
    }
    for group in plan.groups:
        files[f"{package}/api/{group.module}.py"] = resources.module(group)
    files[f"{package}/models/__init__.py"] = write_index(
        models.module_of, "Models, imported when they are first used."
    )
    for module, text in models.files().items():
        files[f"{package}/models/{module}.py"] = text
    if options.models != ("attrs",):
        from bindwright.targets.python.styles import write_styles

        for path, written in write_styles(models.typer, options.models, found).items():
            files[f"{package}/{path}"] = written
    return files


def _broken(path: str) -> Diagnostic:
    return Diagnostic(
        level="error", code="output-does-not-parse", message=f"{path} was written but is not valid Python",
        remedy="this is a defect of bindwright; please report it with the document",
    )  # fmt: skip
