"""``bindwright diff``: what changed between two versions of a document, and who feels it."""

from __future__ import annotations

import os
from contextlib import ExitStack
from typing import Any

import click

from bindwright.commands.reading import lower, settle
from bindwright.project.console.messages import Messages
from bindwright.project.errors import INVALID, CommandError

_HELP = """Show what changed from OLD to NEW, and who feels it.

OLD and NEW are files, folders with a document, or REVISION:FILE of a git repository.
Each change has five verdicts: for who asks and who reads the answer, in JSON and in XML,
and for callers of the generated package. Exit code: 0 nothing at or above --fail-on,
1 something, 2 a document cannot be used.
"""


def _run(
    old: str,
    new: str,
    parts: str,
    form: str,
    fail_on: str,
    accepted: str | None,
    accept: str | None,
    **switches: Any,
) -> int:
    from bindwright.changes import compare
    from bindwright.changes.report.lines import Report, Side
    from bindwright.changes.report.texts import FORMATS, failing

    chosen = [part.strip() for part in parts.split(",") if part.strip()]
    if unknown := set(chosen) - {"json", "xml", "python"}:
        raise CommandError("format", f"--for does not know {', '.join(sorted(unknown))}", "json, xml, python")
    with ExitStack() as stack:
        sides = [_read(name, stack, switches) for name in (old, new)]
    if any(lowered.failed or lowered.api is None for lowered in sides):
        return INVALID
    changes = compare(sides[0].api, sides[1].api)
    for change in changes:
        for column in change.levels:
            if column.partition("_")[0].replace("binding", "python") not in chosen:
                change.levels[column] = "none"
    changes = [change for change in changes if change.level != "none"]
    _apply_accepted(changes, accepted, sides[1].api.info.version)
    failed = failing(changes, fail_on)
    if accept is not None:
        _write_accepted(failed, accepted, accept)
        return 0
    report = Report(changes, Side(old, sides[0].document), Side(new, sides[1].document), failed)
    click.echo(FORMATS[form](report), nl=False)
    return 1 if failed else 0


def _read(name: str, stack: ExitStack, switches: dict[str, Any]) -> Any:
    from bindwright.changes.sources import document_of

    path = stack.enter_context(document_of(name))
    lowered = lower(settle({"document": path, **switches}))
    if lowered.failed:
        Messages().diagnostics(lowered.diagnostics, lowered.document)
    return lowered


def _file(accepted: str | None) -> str:
    from bindwright.changes.accepted import FILE

    return accepted or FILE


def _apply_accepted(changes: list[Any], accepted: str | None, version: str) -> None:
    from bindwright.changes.accepted import accept, read

    path = _file(accepted)
    if accepted is None and not os.path.exists(path):
        return
    try:
        with open(path, encoding="utf-8") as file:
            entries = read(file.read())
    except FileNotFoundError:
        return
    except (OSError, ValueError) as error:
        raise CommandError("accepted-changes", str(error), where=path) from None
    for entry in accept(changes, entries, version):
        Messages().warn(f"{path}: nothing is {entry.kind} of {entry.element}, or no more")


def _write_accepted(changes: list[Any], accepted: str | None, reason: str) -> None:
    from bindwright.changes.accepted import write

    with open(_file(accepted), "a", encoding="utf-8") as file:
        file.write(write(changes, reason))
    click.echo(f"{len(changes)} written to {_file(accepted)}")


command = click.Command(
    "diff",
    callback=_run,
    help=_HELP,
    params=[
        click.Argument(["old"]),
        click.Argument(["new"]),
        click.Option(
            ["--for", "parts"], default="json,xml,python", show_default=True, help="Whose verdicts count."
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
            default="breaking",
            show_default=True,
            help="The level from which the exit code is 1.",
        ),
        click.Option(
            ["--accepted"], metavar="FILE", help="Accepted changes (default: accepted-changes.toml)."
        ),
        click.Option(["--accept"], metavar="REASON", help="Write what fails to that file, with this reason."),
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
