"""``bindwright diff``: what changed between two versions of a document, and who feels it."""

from __future__ import annotations

import os
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import click

from bindwright.project.console.messages import Messages
from bindwright.project.errors import INVALID, CommandError

if TYPE_CHECKING:
    from bindwright.changes.inputs.sources import Source
    from bindwright.project.console.steps import Steps

_HELP = """Show what changed from OLD to NEW, and who feels it.

OLD and NEW are files, folders with a document, REVISION:PATH of a git repository, or the folder or
lock of a generated package: the document that it was generated from, with the names of its lock.
With neither, the configured document is compared with what was committed last.
Each change has five verdicts: for who asks and who reads the answer, in JSON and in XML,
and for callers of the generated package. [tool.bindwright.diff] says whose verdicts count.

Exit code: 0 nothing at or above --fail-on, 1 something, 2 a document cannot be used.
"""
_STEPS = 6
"""Reading and lowering of both, comparing of messages and of packages."""


class _Side:
    """One of the two versions, read and lowered."""

    def __init__(self, source: Source, lowered: Any, options: Any) -> None:
        self.source, self.lowered, self.options = source, lowered, options
        self.api = source.api if source.api is not None else lowered.api

    @property
    def document(self) -> Any:
        """Where it was read from; None where only a package knows what it said."""
        return self.lowered.document if self.lowered is not None else None

    @property
    def failed(self) -> bool:
        """Whether it cannot be used."""
        return self.api is None or (self.lowered is not None and self.lowered.failed)


def _run(old: str | None, new: str | None, **arguments: Any) -> int:
    from bindwright.ir.collector import without_collector

    with without_collector():  # all that is made stays until it is reported
        return _compared(old, new, **arguments)


def _compared(
    old: str | None,
    new: str | None,
    since: str | None,
    parts: str | None,
    form: str,
    fail_on: str | None,
    accepted: str | None,
    accept: str | None,
    **switches: Any,
) -> int:
    from bindwright.changes.compare import PackageOf, compare
    from bindwright.changes.inputs import configuration
    from bindwright.changes.report import lines
    from bindwright.changes.report.texts import FORMATS, failing
    from bindwright.project.console.steps import Steps

    old, new = _versions(old, new, since, switches.get("config") or "")
    settings = configuration.settings_of(switches.get("config") or "")
    if parts is not None:
        settings.parts = [part.strip() for part in parts.split(",") if part.strip()]
    settings.fail_on = fail_on or settings.fail_on
    settings.accepted = accepted or settings.accepted
    configuration.check(settings)
    with ExitStack() as stack:
        steps = stack.enter_context(Steps(_STEPS))
        sides = [_read(name, stack, switches, steps) for name in (old, new)]
        steps_failed = any(side.failed for side in sides)
        changes = []
        if not steps_failed:
            packages = [PackageOf(side.options, side.source.names, side.source.typescript) for side in sides]
            changes = compare(
                sides[0].api, sides[1].api, binding="python" in settings.parts,
                typescript="typescript" in settings.parts, old_package=packages[0],
                new_package=packages[1], stage=steps.stage,
            )  # fmt: skip
    if steps_failed:
        return INVALID
    changes = configuration.apply(settings, changes)
    _apply_accepted(changes, settings.accepted, sides[1].api.info.version)
    failed = failing(changes, settings.fail_on)
    if accept is not None:
        _write_accepted(failed, settings.accepted, accept)
        return 0
    before, after = (lines.Side(side.source.label, side.document, side.source.checkout) for side in sides)
    binding = "py" if "python" in settings.parts else "ts"
    report = lines.Report(changes, before, after, failed, binding)
    click.echo(FORMATS[form](report), nl=False)
    return 1 if failed else 0


def _versions(old: str | None, new: str | None, since: str | None, config: str) -> tuple[str, str]:
    """What is compared: what is named, else the configured document with itself as a revision has it."""
    from bindwright.project.configuration import configuration
    from bindwright.project.configuration.settings import relative_path

    if old is not None and (new is not None) != (since is not None):
        return (old, new) if new is not None else (f"{since}:{old}", old)
    if old is not None:
        raise CommandError(
            "versions", "OLD and NEW, or one document and --since REVISION", "bindwright diff --help"
        )
    document = configuration.find(os.getcwd(), config).path("document")
    if not document:
        raise CommandError(
            "no-document",
            "no document is named",
            "bindwright diff OLD NEW, or `document` in [tool.bindwright]",
        )
    named = relative_path(document)
    return f"{since or 'HEAD'}:{named}", named


def _read(name: str, stack: ExitStack, switches: dict[str, Any], steps: Steps) -> _Side:
    from bindwright.changes.inputs.sources import source_of
    from bindwright.project import pipeline
    from bindwright.project.configuration import configuration
    from bindwright.targets.python import PythonOptions

    source = stack.enter_context(source_of(name, whole=bool(switches.get("allow_outside"))))
    if source.api is not None:
        return _Side(source, None, PythonOptions(package="package"))
    values = {key.replace("_", "-"): value for key, value in switches.items()}
    # The configuration beside the document holds for it: its overlays, names and what may be read.
    folder = os.getcwd() if switches.get("config") or "://" in source.document else _folder(source.document)
    settings = configuration.settle({**values, "document": source.document}, folder)
    lowered = pipeline.lower(settings, steps, {})  # type: ignore[arg-type]  # shows stages as `Progress` does
    if lowered.failed:
        Messages().diagnostics(lowered.diagnostics, lowered.document)
    return _Side(
        source, lowered, PythonOptions(package="package", names=lowered.names, group_by=settings.group_by)
    )


def _folder(document: str) -> str:
    return os.path.dirname(os.path.abspath(document))


def _apply_accepted(changes: list[Any], path: str, version: str) -> None:
    from bindwright.changes.inputs.accepted import FILE, accept, read_file

    for entry in accept(changes, read_file(path or None), version):
        Messages().warn(f"{path or FILE}: nothing is {entry.kind} of {entry.element}, or no more")


def _write_accepted(changes: list[Any], path: str, reason: str) -> None:
    from bindwright.changes.inputs.accepted import FILE, write

    with open(path or FILE, "a", encoding="utf-8") as file:
        file.write(write(changes, reason))
    click.echo(f"{len(changes)} written to {path or FILE}")


command = click.Command(
    "diff",
    callback=_run,
    help=_HELP,
    params=[
        click.Argument(["old"], required=False),
        click.Argument(["new"], required=False),
        click.Option(
            ["--since"],
            metavar="REVISION",
            help="Compare a document (default: the configured one) with this revision (default: HEAD).",
        ),
        click.Option(
            ["--for", "parts"],
            metavar="PART,...",
            help="Whose verdicts count: json, xml, python, typescript (default: the first three).",
        ),
        click.Option(
            ["--format", "form"],
            type=click.Choice(["table", "markdown", "json", "github", "junit"]),
            default="table",
            show_default=True,
            help="How the changes are written.",
        ),
        click.Option(
            ["--fail-on"],
            type=click.Choice(["breaking", "risky", "any", "none"]),
            default=None,
            help="The level from which the exit code is 1 (default: breaking).",
        ),
        click.Option(
            ["--accepted"], metavar="FILE", help="Accepted changes (default: accepted-changes.toml)."
        ),
        click.Option(["--accept"], metavar="REASON", help="Write what fails to that file, with this reason."),
        click.Option(
            ["--overlay"], metavar="FILE", multiple=True, help="Correct both documents by an OpenAPI Overlay."
        ),
        click.Option(["--config"], metavar="FILE", help="Read [tool.bindwright] of this file."),
        click.Option(["--tolerant/--no-tolerant"], default=None, help="Go on where a part is unusable."),
        click.Option(
            ["--allow-remote/--no-allow-remote"], default=None, help="Follow references to the network."
        ),
        click.Option(
            ["--allow-outside/--no-allow-outside"], default=None, help="Follow references out of the folder."
        ),
    ],
)
