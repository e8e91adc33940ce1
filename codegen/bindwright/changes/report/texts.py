"""The forms of a report."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from bindwright.changes.findings import Change
from bindwright.changes.report.lines import (
    Report,
    felt_by,
    group,
    letters,
    likeness_of,
    locate,
    reason,
    title,
)
from bindwright.changes.rules import COLUMNS, LEVELS
from bindwright.standards.markdown import code_span, plain_text
from bindwright.standards.terminal import escape_controls, escape_json
from bindwright.standards.xml_names import is_text

_HEADS = ("JSON ask", "JSON answer", "XML ask", "XML answer", "binding")
_LARGEST = 60_000
"""Bytes of Markdown: what fits into a comment."""


def table(report: Report) -> str:
    """For terminals: a line a change, under the operation that alone feels it."""
    lines: list[str] = []
    groups: dict[str, list[Change]] = {}
    for change in report.changes:
        groups.setdefault(group(change), []).append(change)
    for name, changes in groups.items():
        lines.append(f"{name or 'shared'}")
        for change in changes:
            verdicts = " ".join(letter.center(3) for letter in letters(change))
            place = locate(report.new, change.new_place) or locate(report.old, change.old_place)
            lines.append(f"  {verdicts}  {title(change)}")
            where = f"{place}: " if place is not None else ""
            felt = f"; felt by {felt_by(change)}" if len(change.operations) > 1 else ""
            lines.append(f"  {' ' * 19}  {where}{reason(change)}{felt}")
    if lines:
        head = (
            f"  ask ans ask ans  {report.binding}    (JSON, XML, binding; B breaking, R risky, C compatible)"
        )
        lines.insert(0, head)
    return "\n".join([*lines, summary(report)]) + "\n"


def summary(report: Report) -> str:
    """The changes, counted by level."""
    counts = {level: sum(change.level == level for change in report.changes) for level in reversed(LEVELS)}
    parts = [f"{count} {level}" for level, count in counts.items() if count and level != "none"]
    if counts["none"]:
        parts.append(f"{counts['none']} accepted")
    return ", ".join(parts) or "no change that anybody feels"


def markdown(report: Report) -> str:
    """For comments and summaries; cut where a comment would be full."""
    lines = [f"**{summary(report)}**", ""]
    if report.changes:
        lines += ["| " + " | ".join([*_HEADS, "change", "why", "where"]) + " |", "|" + " --- |" * 8]
    size = 0
    for number, change in enumerate(report.changes):
        place = locate(report.new, change.new_place) or locate(report.old, change.old_place)
        where = plain_text(escape_controls(str(place or felt_by(change)), lines=False))
        cells = [*letters(change), code_span(title(change), in_table=True), plain_text(reason(change)), where]
        line = "| " + " | ".join(cells) + " |"
        size += len(line.encode())
        if size > _LARGEST - 2_000:
            lines += ["", f"… {len(report.changes) - number} more; `bindwright diff` lists them."]
            break
        lines.append(line)
    return "\n".join(lines) + "\n"


def as_json(report: Report) -> str:
    """For programs: `report.schema.json` in this package describes it."""
    rows = [_row(report, change) for change in report.changes]
    data = {"$schema": "urn:bindwright:changes:1", "summary": summary(report), "changes": rows}
    return escape_json(json.dumps(data, indent=1, ensure_ascii=False, default=str)) + "\n"


def _row(report: Report, change: Change) -> dict[str, Any]:
    places = {
        name: {"file": line.file, "line": line.line, "column": line.column}
        for name, line in (
            ("old", locate(report.old, change.old_place)),
            ("new", locate(report.new, change.new_place)),
        )
        if line is not None
    }
    alike = likeness_of(change)
    return {
        "kind": change.kind,
        "element": change.element,
        "level": change.level,
        "verdicts": {column: change.levels[column] for column in COLUMNS},
        "accepted": dict(change.accepted),
        "silent": change.silent,
        "old": change.old,
        "new": change.new,
        **({"likeness": alike} if alike is not None else {}),
        "reason": reason(change),
        "operations": change.operations,
        "callers": [
            {"what": each.what, "symbol": each.symbol, "parameter": each.parameter, "level": each.level}
            for each in change.differences
        ],
        "places": places,
        "fingerprint": change.fingerprint,
    }


def github(report: Report) -> str:
    """Annotations of a GitHub workflow (workflow commands: ``::error file=…``)."""
    words = {"breaking": "error", "risky": "warning", "compatible": "notice", "none": "notice"}
    lines = []
    for change in report.changes:
        place = locate(report.new, change.new_place) or locate(report.old, change.old_place)
        properties = f"title={_property(change.kind)}"
        if place is not None:
            properties = f"file={_property(place.file)},line={place.line},col={place.column}," + properties
        lines.append(f"::{words[change.level]} {properties}::{_data(f'{title(change)}: {reason(change)}')}")
    return "\n".join([*lines, summary(report)]) + "\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def junit(report: Report) -> str:
    """A test case a change; those that fail the run are failures."""
    failed = {id(change) for change in report.failed}
    count = len(report.changes)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuite name="bindwright diff" tests="{count}" failures="{len(failed)}">',
    ]
    for change in report.changes:
        lines.append(f"  <testcase classname={_attribute(change.kind)} name={_attribute(change.element)}>")
        if id(change) in failed:
            text = f"{title(change)}: {reason(change)}"
            lines.append(f"    <failure message={_attribute(change.level)}>{_text(text)}</failure>")
        lines.append("  </testcase>")
    return "\n".join([*lines, "</testsuite>"]) + "\n"


def _printable(text: str) -> str:
    """Without the characters that XML 1.0 does not have, or that would control a terminal."""
    return "".join(letter if is_text(letter) else "\ufffd" for letter in escape_controls(text))


def _attribute(text: str) -> str:
    from xml.sax.saxutils import quoteattr  # imports urllib.request: a quarter of the start of a command

    return quoteattr(_printable(text))


def _text(text: str) -> str:
    from xml.sax.saxutils import escape

    return escape(_printable(text))


FORMATS: dict[str, Callable[[Report], str]] = {
    "table": table,
    "markdown": markdown,
    "json": as_json,
    "github": github,
    "junit": junit,
}


def levels_at_or_above(level: str) -> tuple[str, ...]:
    """The levels that fail a run: of ``any`` every one that is felt, of ``none`` none."""
    if level == "none":
        return ()
    return LEVELS[LEVELS.index({"any": "compatible"}.get(level, level)) :]


def failing(changes: list[Change], level: str) -> list[Change]:
    """The changes at or above a level."""
    return [change for change in changes if change.level in levels_at_or_above(level)]
