"""An entry of the package's changelog: what changed, in the words of those who call it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from bindwright.changes.binding.surfaces import Difference
from bindwright.changes.findings import Change
from bindwright.changes.report.lines import reason as reason_of
from bindwright.changes.rules import COLUMNS, Level, worse
from bindwright.standards.markdown import code_span

FILE = "CHANGELOG.md"
_TITLE = "# Changelog\n"
_HEADINGS: dict[Level, str] = {"breaking": "Breaking", "risky": "Risky", "compatible": "Added"}
_ENTRY = re.compile(r"^## ", re.M)
_METHOD = re.compile(r"api\.\w+\.(?:Async)?(\w+)\.(\w+)")


def entry(version: str, changes: list[Change], ended: list[str], groups: dict[str, str]) -> str:
    """The entry of a release: a sentence a line, breaks first.

    Args:
        ended: older names that work no more.
        groups: classes of methods to the properties of the client through which callers reach them.
    """
    by_level: dict[Level, list[str]] = {level: [] for level in _HEADINGS}
    by_level["breaking"] += [f"The older name {code_span(name)} works no more." for name in ended]
    for change in changes:
        for level, sentence in _sentences(change, groups):
            if level in by_level and sentence not in by_level[level]:
                by_level[level].append(sentence)
    lines = [f"## {version}", ""]
    for level, heading in _HEADINGS.items():
        if by_level[level]:
            lines += [f"### {heading}", "", *(f"- {sentence}" for sentence in by_level[level]), ""]
    if not any(by_level.values()):
        lines += ["Nothing that callers feel: words, and the generator.", ""]
    return "\n".join(lines)


def with_entry(text: str, version: str, written: str) -> str:
    """A changelog with an entry before the others; as it is where it has one of this version.

    What was written by hand stays.
    """
    if re.search(rf"^## {re.escape(version)}\s*$", text, re.M):
        return text
    if not text.strip():
        return f"{_TITLE}\n{written}"
    first = _ENTRY.search(text)
    if first is None:
        return f"{text.rstrip()}\n\n{written}"
    return f"{text[: first.start()]}{written}\n{text[first.start() :]}"


def _sentences(change: Change, groups: dict[str, str]) -> Iterator[tuple[Level, str]]:
    """What callers see, each by its own verdict; and what is on the wire, where that is the stronger one."""
    levels = {column: change.accepted.get(column, change.levels[column]) for column in COLUMNS}
    binding = levels.pop("binding")
    strongest: Level = "none"
    for level in levels.values():
        strongest = worse(strongest, level)
    of_callers = [(each.level, text) for each in change.differences if (text := _of_callers(each, groups))]
    yield from of_callers
    if not of_callers or (strongest in ("breaking", "risky") and worse(binding, strongest) != binding):
        yield worse(binding, strongest), _of_wire(change)


def _of_wire(change: Change) -> str:
    """A change that no signature shows."""
    values = " instead of ".join(_shown(value) for value in (change.new, change.old) if value is not None)
    reason = reason_of(change)
    return f"{code_span(change.element)}: {reason}" + (f" ({values})." if values else ".")


def _shown(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return code_span(text[:80])


def _name(symbol: str, groups: dict[str, str]) -> str:
    """A symbol as callers write it: ``client.orders.list_orders``, ``Order.note``."""
    match = _METHOD.fullmatch(symbol)
    if match:
        return f"client.{groups.get(match[1], match[1].lower())}.{match[2]}"
    if symbol.startswith(("Client.", "AsyncClient.")):
        return "client." + symbol.partition(".")[2]
    return symbol.removeprefix("models.")


_OF_SYMBOLS = {
    "removed": "{name} is gone.",
    "added": "{name} is new.",
    "renamed": "{name} is called {new_name} now.",
    "bases": "{name} derives from {new} now, no longer from {old}.",
    "annotation": "{name} is {new} now; it was {old}.",
    "returns": "{name} returns {new} now; it returned {old}.",
    "kind": "{name} is {new} now; it was {old}.",
    "value": "{name} is {new} now; it was {old}.",
    "deprecated": "{name} is deprecated.",
    "parameter-required": "{name} has to be given.",
    "parameter-optional": "{name} may be left out.",
    "parameter-default": "{name} is {new} where it is left out; it was {old}.",
}
_OF_PARAMETERS = {
    "parameter-removed": "{name} no longer takes {parameter}.",
    "parameter-added": "{name} takes {parameter}.",
    "parameter-renamed": "{name} takes {plain_new} in the place of {parameter}.",
    "parameter-moved": "{name} takes {parameter} at another place.",
    "parameter-required": "{name} needs {parameter}.",
    "parameter-optional": "{name} takes {parameter}, which may be left out now.",
    "parameter-default": "{name} takes {new} for {parameter} where it is left out; it was {old}.",
    "parameter-annotation": "{name} takes {new} for {parameter}; it took {old}.",
}


def _of_callers(difference: Difference, groups: dict[str, str]) -> str:
    """What callers see, in a sentence; empty for what says nothing new (the class in which a method stands)."""
    if re.fullmatch(r"api\.\w+\.\w+", difference.symbol):
        return ""
    name = code_span(_name(difference.symbol, groups))
    templates = _OF_PARAMETERS if difference.parameter else _OF_SYMBOLS
    if difference.what == "parameter-added" and difference.level == "breaking":
        return f"{name} needs {code_span(difference.parameter)}, which is new."
    if difference.what == "added" and difference.level == "breaking":
        return f"{name} is new, and has to be given."
    return templates[difference.what].format(
        name=name, parameter=code_span(difference.parameter), plain_new=code_span(str(difference.new)),
        new_name=code_span(_name(str(difference.new), groups)), old=_code(difference.old), new=_code(difference.new),
    )  # fmt: skip


def _code(value: object) -> str:
    text = str(value)
    return code_span(text if len(text) <= 120 else f"{text[:117]}...")
