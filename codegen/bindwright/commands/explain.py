"""``bindwright explain``: what the code of a diagnostic means."""

from __future__ import annotations

import shutil
import sys
import textwrap
from pathlib import Path

import click

from bindwright.project.console import terminal
from bindwright.project.errors import INVALID


def codes() -> dict[str, str]:
    """Every code with its explanation, from ``codes.md``."""
    text = (Path(__file__).parent / "codes.md").read_text(encoding="utf-8")
    entries = (entry.partition("\n") for entry in text.split("\n## ")[1:])
    return {code.strip(): body.strip() for code, _, body in entries}


def _run(code: str | None) -> int:
    entries = codes()
    if code is None:
        room = shutil.get_terminal_size().columns - 29 if sys.stdout.isatty() else 10_000
        for name, body in entries.items():
            sentence = " ".join(body.split()).partition(". ")[0].rstrip(".") + "."
            terminal.say(f"{name:27} {textwrap.shorten(sentence, max(room, 20), placeholder=' …')}")
        return 0
    if code not in entries:
        import difflib

        close = ", ".join(difflib.get_close_matches(code, entries, n=3))
        terminal.note(f"there is no code {code!r}" + (f"; did you mean {close}?" if close else ""))
        return INVALID
    terminal.say(f"{code}\n\n{entries[code]}")
    return 0


command = click.Command(
    "explain",
    callback=_run,
    help="Say what the CODE of a diagnostic means; without one, list them all.",
    params=[click.Argument(["code"], required=False)],
)
