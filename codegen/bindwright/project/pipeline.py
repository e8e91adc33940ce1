"""From a document to files in memory: load, lower, emit. The one place that touches all three rooms."""

from __future__ import annotations

import os
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from msgspec import Struct, field

from bindwright.ir.model import Api
from bindwright.ir.model.options import LowerOptions
from bindwright.openapi import LoadedDocument, LoadOptions
from bindwright.openapi.diagnostics.model import Diagnostics
from bindwright.project import targets
from bindwright.project.configuration import configuration, overrides
from bindwright.project.configuration.settings import STDIN, RunSettings
from bindwright.project.console.progress import Progress
from bindwright.project.errors import CommandError
from bindwright.targets.surface import Surface

WORTH_FORKING = 50_000
"""Bytes of a document from which on checking it takes longer than starting a process."""


class Lowered(Struct):
    """A document and what was made of it so far."""

    document: LoadedDocument
    diagnostics: Diagnostics
    api: Api | None = None
    names: dict[str, str] = field(default_factory=dict)
    """Names set by the configuration, keyed by the ids that the target uses."""

    @property
    def failed(self) -> bool:
        """Whether nothing can be generated."""
        return self.api is None or self.diagnostics.failed


class Emitted(Struct):
    """What would be written."""

    files: dict[str, bytes]
    names: dict[str, Any]
    coverage: dict[str, Any]
    package: str
    version: str = ""
    """Of what was generated."""


def lower(
    settings: RunSettings, progress: Progress, remote: Mapping[str, str], *, complete: bool = True
) -> Lowered:
    """Read and lower the document.

    Args:
        remote: the hashes that fetched files must have.
        complete: whether the whole IR is asked for, or what the Python target reads (`LowerOptions.complete`).
    """
    from bindwright import ir
    from bindwright.openapi import LoadOptions

    progress.stage("reading")
    options = LoadOptions(
        allow_outside=settings.allow_outside,
        allow_remote=settings.allow_remote,
        remote_hashes=remote,
        tolerant=settings.tolerant,
        overlays=settings.overlays,
    )
    document = _loaded(settings, options)
    if document.failed:
        return Lowered(document, document.diagnostics)
    progress.stage("lowering")
    references: Any = settings.xml_references
    pagination = {key: say["pagination"] for key, say in settings.operations.items() if "pagination" in say}
    lower_options = ir.LowerOptions(
        xml_references=references, pagination=pagination, infer_pagination=settings.infer_pagination,
        complete=complete,
    )  # fmt: skip
    with progress.without_threads():
        lowered = _lowered(document, lower_options)
    if lowered.api is None:
        return lowered
    if settings.only or settings.excepted:
        from bindwright.ir.selection import select

        for pattern in select(lowered.api, settings.only, settings.excepted):
            lowered.diagnostics.add(
                "warning", "selection-unused", f"{pattern!r} fits no operation",
                remedy="patterns are tag:NAME, 'GET /pets*', '/pets*' or an operation id",
            )  # fmt: skip
    lowered.names = overrides.apply(lowered.api, settings.names, settings.operations, lowered.diagnostics)
    return lowered


def _lowered(document: LoadedDocument, options: LowerOptions) -> Lowered:
    """The document, lowered; while that is done another process checks the structure of a large one."""
    from bindwright import ir
    from bindwright.targets import processes

    if document.size > WORTH_FORKING:
        document.check_meanwhile(processes.begin)
    try:
        api = ir.lower(document, options=options)
    except Exception:
        if not document.diagnostics.failed:
            raise
        api = None  # not of what it was made for
    return Lowered(document, document.diagnostics, None if document.diagnostics.failed else api)


def keep_words(lowered: Lowered, settings: RunSettings, names: Mapping[str, Any]) -> None:
    """Let the words of the IR be those of the names that the lock keeps for Python."""
    assert lowered.api is not None, "only a document that was lowered has words"
    if names.get("classes") or names.get("operations"):
        from bindwright import ir
        from bindwright.targets.python.naming.kept_names import kept_names

        ir.keep_words(lowered.api, kept_names(lowered.api, lowered.names, names, settings.group_by))


def _loaded(settings: RunSettings, options: LoadOptions) -> LoadedDocument:
    from bindwright import openapi as spec

    if settings.data is None:
        return spec.load(settings.document, options=options)
    if settings.document != STDIN:
        return spec.loads(settings.data, uri=settings.document, options=options)
    return spec.loads(settings.data, path=os.path.join(settings.folder, "<standard input>"), options=options)


def emit(
    lowered: Lowered,
    settings: RunSettings,
    names: Mapping[str, Any],
    progress: Progress,
    package: str = "",
    earlier: Mapping[str, bytes] = MappingProxyType({}),
    version: str = "",
) -> Emitted:
    """Write the bindings in memory. Their diagnostics are added to those of the document.

    Args:
        package: the name that the last run took, where none is configured.
        earlier: the surfaces that the last run wrote, by target.
        version: of the last release, where none is configured.
    """
    from bindwright import ir

    api = lowered.api
    assert api is not None, "only a document that was lowered can be emitted"
    progress.stage("writing code")
    package = settings.package or package or package_of(api.info.title)
    settings = settings._replace(version=settings.version or version or None)
    if settings.targets != ("python",):
        keep_words(lowered, settings, names)
    with progress.without_threads():
        outputs = {
            target: targets.emit(
                target, api, settings, package, lowered.names, names, _surface(earlier.get(target))
            )
            for target in settings.targets
        }
    diagnostics = [diagnostic for output in outputs.values() for diagnostic in output.diagnostics]
    lowered.diagnostics.items.extend(diagnostics)
    progress.stage("reporting")
    coverage = ir.coverage(api, lowered.document, diagnostics)
    locked: dict[str, Any] = {}
    for output in outputs.values():
        locked |= output.names
    return Emitted(
        targets.merged(settings, outputs),
        _with_others(settings, locked, names),
        coverage,
        package,
        targets.version_of(settings, api),
    )


def _with_others(settings: RunSettings, locked: dict[str, Any], old: Mapping[str, Any]) -> dict[str, Any]:
    """The names of this run, with those of targets that it left out: they come back under them."""
    if "python" not in settings.targets:
        locked = {key: value for key, value in old.items() if key != "typescript"} | locked
    if "typescript" not in settings.targets and "typescript" in old:
        locked = {**locked, "typescript": old["typescript"]}
    return locked


def _surface(raw: bytes | None) -> Surface | None:
    """The surface that stands in a file; None where it is none, which anybody may have made of it."""
    from bindwright.targets import surface

    try:
        return None if raw is None else surface.loads(raw)
    except ValueError:
        return None


def remote_hashes(lowered: Lowered) -> dict[str, str]:
    """Hash of each file that was fetched from a network, for the lock."""
    return dict(sorted(getattr(lowered.document, "remote_hashes", {}).items()))


def package_of(title: str) -> str:
    """The name of a package by the title of its document. Raises `CommandError` where that has none."""
    from bindwright.targets.naming import words

    parts = [part for part in words.snake(words.ascii_only(title.replace(" ", "_")))[:40].split("_") if part]
    while parts and parts[-1].isdigit():  # a version
        parts.pop()
    name = "_".join(parts)
    if not name or name[0].isdigit():
        raise CommandError(
            "no-package",
            "the generated package has no name, and the document's title gives none",
            "--package NAME",
        )
    configuration.check_package(name)
    return name
