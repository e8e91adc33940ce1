"""Messages of a run: results, warnings, diagnostics."""

from __future__ import annotations

from collections import Counter

from bindwright.openapi import LoadedDocument
from bindwright.openapi.diagnostics.model import Diagnostic, Diagnostics
from bindwright.project.console import terminal
from bindwright.project.errors import CommandError

SHOWN = 20
"""Diagnostics that are not errors, shown one by one; more are counted by code."""
LARGE = 1_000_000
"""Bytes of a document in which finding a line takes longer than generating does."""
_LEVELS = ("degraded", "warning", "note")


class Messages:
    """Prints at the level of detail that was asked for."""

    def __init__(self, quiet: bool = False, verbose: bool = False) -> None:
        self.quiet = quiet
        self.verbose = verbose

    def result(self, text: str) -> None:
        """The line that sums up a run."""
        if not self.quiet:
            terminal.say(text)

    def detail(self, text: str) -> None:
        """A line for those who asked for all of them."""
        if self.verbose and not self.quiet:
            terminal.note(text)

    def warn(self, text: str) -> None:
        """A line that nobody should miss, though the run goes on."""
        if not self.quiet:
            terminal.note(f"{terminal.paint('warning', 'yellow')}: {text}")

    def error(self, error: CommandError) -> None:
        """Why a run cannot go on."""
        terminal.note(str(error))

    def diagnostics(
        self, diagnostics: Diagnostics, document: LoadedDocument, size: int = 0, all_: bool = False
    ) -> None:
        """Errors in full, each with its line; the rest in full where it is short, else counted by code.

        `size` is the document's in bytes.
        """
        errors = [item for item in diagnostics.items if item.level == "error"]
        lesser = [
            item
            for item in diagnostics.items
            if item.level in _LEVELS and (item.level != "note" or self.verbose or all_)
        ]
        if all_ or self.verbose or (len(lesser) <= SHOWN and size <= LARGE):
            in_full, counted = errors + lesser, []
        else:
            in_full, counted = errors, lesser
        if self.quiet and not all_:
            in_full, counted = errors, []
        if in_full:
            terminal.note(render(in_full, document))
        if counted:
            terminal.note(by_code(counted))


def render(items: list[Diagnostic], document: LoadedDocument) -> str:
    """Diagnostics as text: place, code, message, the line with a caret, the remedy."""
    import sys

    from bindwright import openapi as spec

    return str(spec.render(items, document, terminal.colours(sys.stderr))).rstrip("\n")


def by_code(items: list[Diagnostic]) -> str:
    """One line a level and code: ``degraded: 3 mixed-union, 1 not``."""
    lines = []
    for level in _LEVELS:
        codes = Counter(item.code for item in items if item.level == level)
        if codes:
            listed = ", ".join(f"{count} {code}" for code, count in codes.most_common())
            lines.append(f"{level}: {listed}")
    lines.append("  help: `bindwright check DOCUMENT` shows each with its place")
    return "\n".join(lines)
