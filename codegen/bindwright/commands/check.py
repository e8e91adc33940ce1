"""``bindwright check``: the diagnostics of a document, all of them, with nothing written."""

from __future__ import annotations

from typing import Any

import click

from bindwright.commands.reading import OPTIONS, lower, settle
from bindwright.project.console import terminal
from bindwright.project.console.messages import Messages
from bindwright.project.errors import INVALID


def _run(strict: bool, **values: Any) -> int:
    settings = settle(values)
    lowered = lower(settings)
    Messages().diagnostics(lowered.diagnostics, lowered.document, all_=True)
    levels = [item.level for item in lowered.diagnostics.items]
    counts = ", ".join(
        _counted(levels.count(level), level) for level in ("error", "degraded", "warning", "note")
    )
    terminal.say(f"{settings.document_as_typed()}: {counts}")
    return INVALID if lowered.failed or (strict and "degraded" in levels) else 0


def _counted(number: int, level: str) -> str:
    """``1 error``, ``2 errors``; *degraded* is an adjective."""
    return f"{number} {level}{'s' if number != 1 and level != 'degraded' else ''}"


command = click.Command(
    "check",
    callback=_run,
    help="Show everything that is wrong with DOCUMENT, with places and remedies. Exit code 2: errors.",
    params=[*OPTIONS, click.Option(["--strict"], is_flag=True, help="Exit code 2 for degraded parts too.")],
)
