"""What every report says of a change."""

from __future__ import annotations

import json
import os

from msgspec import Struct, field

from bindwright.changes.findings import Change
from bindwright.changes.likeness import likeness
from bindwright.changes.rules import COLUMNS, LEVELS, RULES, Level
from bindwright.ir.model import SourcePlace
from bindwright.openapi import LoadedDocument
from bindwright.openapi.diagnostics.model import Place
from bindwright.openapi.rendering import shown_name
from bindwright.standards.terminal import escape_controls

LETTERS: dict[Level, str] = {"none": "-", "compatible": "C", "risky": "R", "breaking": "B"}


class Side(Struct):
    """One of the two documents."""

    label: str
    """What stands before the names of its files."""
    document: LoadedDocument | None
    """None where only a package knows what it said."""
    checkout: str = ""
    """The folder that a revision was written to, where it was."""


class Line(Struct):
    """A line of a file; `column` counts from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Report(Struct):
    """All that a report is made of."""

    changes: list[Change]
    old: Side
    new: Side
    failed: list[Change] = field(default_factory=list)
    """Those at or above the level that fails."""
    binding: str = "py"
    """Whose callers have the last verdict, in two letters."""


def locate(side: Side, place: SourcePlace | None) -> Line | None:
    """Where something stands in one of the documents; None where it has no place there."""
    if place is None or side.document is None:
        return None
    document, said = side.document, Place(file=place.file, pointer=place.pointer)
    position = document.position(said)
    if position is None:
        return None
    written = document.source(said).file
    if written != place.file and not _is_checked_out(side, written):
        file = shown_name(document, written)  # an overlay, which may stand anywhere
    elif "://" in written:  # read from a network, wherever the document lies
        file = written
    else:
        file = f"{side.label}{written or os.path.basename(document.path or '')}"
    return Line(file, position.line, position.column)


def _is_checked_out(side: Side, name: str) -> bool:
    """Whether a file is one of the revision's."""
    assert side.document is not None, "somebody named the file"
    path = os.path.normpath(os.path.join(side.document.folder, name))
    return bool(side.checkout) and path.startswith(os.path.realpath(side.checkout) + os.sep)


def title(change: Change) -> str:
    """The change in one line."""
    texts = [_short(value) for value in (change.old, change.new)]
    if texts[0] == texts[1]:  # a number, and the text that is read as it
        texts = [_short([value])[1:-1] for value in (change.old, change.new) if value is not None]
    values = " → ".join(text for text in texts if text and not change.element.endswith(f"({text})"))
    return escape_controls(
        f"{change.kind}: {change.element}" + (f" ({values})" if values else ""), lines=False
    )


def likeness_of(change: Change) -> float | None:
    """How much the names of a rename are alike, from 0 to 1; None for other changes."""
    if "renamed" not in change.kind or not isinstance(change.old, str) or not isinstance(change.new, str):
        return None
    return round(likeness(change.old, change.new), 2)


def reason(change: Change) -> str:
    """Why it has its verdicts, and whether an old client notices."""
    rule = RULES[change.kind]
    levels = {column: change.accepted.get(column, change.levels[column]) for column in change.levels}
    asks, answers = (
        max(LEVELS.index(levels[f"{form}_{way}"]) for form in ("json", "xml"))
        for way in ("request", "response")
    )
    text = rule.answer_reason if rule.answer_reason and answers > asks else rule.reason
    xml = any(levels[column] in ("risky", "breaking") for column in ("xml_request", "xml_response"))
    parts = [text, *([rule.xml_reason] if rule.xml_reason and xml else [])]
    return "; ".join(parts) + (" (silent: no error tells an old client)" if change.silent else "")


def letters(change: Change) -> list[str]:
    """The verdicts, by `COLUMNS`; an accepted one in brackets."""
    return [
        f"({LETTERS[change.accepted[column]]})"
        if column in change.accepted
        else LETTERS[change.levels[column]]
        for column in COLUMNS
    ]


def group(change: Change) -> str:
    """The operation under which a change is listed; empty where several, or none, feel it."""
    return escape_controls(change.operations[0], lines=False) if len(change.operations) == 1 else ""


def felt_by(change: Change, most: int = 4) -> str:
    """The operations that feel a change."""
    names = [escape_controls(name, lines=False) for name in change.operations[:most]]
    return ", ".join(names) + (
        f" and {len(change.operations) - most} more" if len(change.operations) > most else ""
    )


def _short(value: object) -> str:
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else f"{text[:57]}..."
