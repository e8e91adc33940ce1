"""What is written of an API: the targets by name, each into a folder of its own below the output folder.

All of them go into one tree: it is compared, written and undone as a whole, and has one lock.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct, field

from bindwright.ir.model import Api
from bindwright.openapi.diagnostics.model import Diagnostic
from bindwright.project import other_targets
from bindwright.project.configuration.settings import RunSettings
from bindwright.project.errors import CommandError
from bindwright.targets import release
from bindwright.targets.surface import Surface


class TargetOutput(Struct):
    """What one target gave."""

    files: Mapping[str, str | bytes]
    """By path relative to the target's folder."""
    names: dict[str, Any] = field(default_factory=dict)
    """Its part of the lock's names."""
    diagnostics: Iterable[Diagnostic] = ()


def emit(
    target: str,
    api: Api,
    settings: RunSettings,
    package: str,
    chosen: dict[str, str],
    names: Mapping[str, Any],
    earlier: Surface | None = None,
) -> TargetOutput:
    """Write one target in memory.

    Args:
        package: name of the Python package.
        chosen: names set by the configuration.
        names: those of the lock, of all targets.
        earlier: the surface of the target's package that stands there.
    """
    if target == "python":
        return _python(api, settings, package, chosen, names, earlier)
    if target == "typescript":
        return _typescript(api, settings, package, chosen, names.get("typescript") or {}, earlier)
    if target == "xsd":
        return _xsd(api)
    return TargetOutput(other_targets.files_of(target, api))


def merged(settings: RunSettings, outputs: Mapping[str, TargetOutput]) -> dict[str, bytes]:
    """The files of all targets by path relative to the output folder.

    Raises `CommandError` where two targets write the same file.
    """
    files: dict[str, bytes] = {}
    for target, output in outputs.items():
        folder = settings.folder_of(target)
        for path, text in output.files.items():
            whole = f"{folder}/{path}" if folder else path
            if whole in files:
                message = f"two targets write {whole}"
                raise CommandError("targets-clash", message, "give one another folder: `folders` in [tool.bindwright]")  # fmt: skip
            files[whole] = text if isinstance(text, bytes) else text.encode()
    return dict(sorted(files.items()))


def version_of(settings: RunSettings, api: Api) -> str:
    """The version of what is generated: as configured, else the document's."""
    return release.version_of(api.info.version, settings.version)


def _python(
    api: Api,
    settings: RunSettings,
    package: str,
    chosen: dict[str, str],
    names: Mapping[str, Any],
    earlier: Surface | None,
) -> TargetOutput:
    from bindwright.targets import python

    options = python.PythonOptions(
        package=package,
        models=settings.models,
        names=chosen,
        distribution=settings.distribution,
        version=settings.version,
        description=settings.description,
        layout=settings.layout,  # type: ignore[arg-type]  # checked when it was read
        runtime=settings.runtime,  # type: ignore[arg-type]
        surface=settings.surface,
        group_by=settings.group_by,
    )
    locked = {key: value for key, value in names.items() if key != "typescript"}
    output = python.emit(api, options, locked, earlier)
    return TargetOutput(output.files, dict(output.names), output.diagnostics)


def _typescript(
    api: Api,
    settings: RunSettings,
    package: str,
    chosen: dict[str, str],
    names: Mapping[str, Any],
    earlier: Surface | None,
) -> TargetOutput:
    from bindwright.targets import typescript

    options = typescript.TypeScriptOptions(
        package=settings.npm_name or settings.distribution or package.replace("_", "-").replace(".", "-"),
        version=settings.version or "",
        description=settings.description or "",
        names=chosen,
        surface=settings.surface,
        group_by=settings.group_by,
    )
    output = typescript.emit(api, options, names, earlier)
    return TargetOutput(output.files, {"typescript": dict(output.names)}, output.diagnostics)


def _xsd(api: Api) -> TargetOutput:
    from bindwright.targets import xsd

    tolerant = {f"reading/{path}": text for path, text in xsd.emit(api, tolerant=True).items()}
    return TargetOutput(xsd.emit(api) | tolerant)
