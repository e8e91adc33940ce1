"""``accepted-changes.toml``: changes that were looked at and are wanted.

An entry names kind and element (``*`` and ``?`` stand for anything), and may name formats; it has a reason, and may
hold until a version of the API. An accepted change leaves the verdict, not the list.
"""

from __future__ import annotations

import fnmatch
import json
import re
import tomllib
from collections.abc import Iterable

from msgspec import Struct, ValidationError, convert, field

from bindwright.changes.findings import Change
from bindwright.changes.rules import COLUMNS
from bindwright.project.errors import CommandError
from bindwright.standards.terminal import escape_json

FILE = "accepted-changes.toml"


class Entry(Struct, forbid_unknown_fields=True):
    """One accepted change."""

    kind: str
    element: str
    reason: str = ""
    formats: list[str] = field(default_factory=list)
    """``json``, ``xml``, ``binding``; empty: all."""
    until: str = ""
    """The version of the API from which the entry holds no more."""


def read_file(path: str | None = None) -> list[Entry]:
    """The entries of a file; none where the one that stands by default is not there.

    Raises:
        CommandError: it cannot be read, or is none.
    """
    try:
        with open(path or FILE, encoding="utf-8") as file:
            return read(file.read())
    except FileNotFoundError:
        if path is not None:
            raise CommandError("accepted-changes", "there is no such file", where=path) from None
        return []
    except (OSError, ValueError) as error:
        raise CommandError("accepted-changes", str(error), where=path or FILE) from None


def read(text: str) -> list[Entry]:
    """The entries of a file. Raises ValueError where it is none."""
    data = tomllib.loads(text)
    if data.keys() - {"accepted"}:
        raise ValueError("only [[accepted]] tables are known")
    try:
        return convert(data.get("accepted", []), list[Entry])
    except ValidationError as error:
        raise ValueError(str(error)) from None


def accept(changes: Iterable[Change], entries: list[Entry], version: str) -> list[Entry]:
    """Take accepted verdicts off the changes; gives the entries that matched nothing, expired ones among them."""
    used: list[Entry] = []
    for change in changes:
        for entry in entries:
            if entry.until and not _before(version, entry.until):
                continue
            if _matches(change.kind, entry.kind) and _matches(change.element, entry.element):
                used.append(entry)
                for column in COLUMNS:
                    if not entry.formats or column.partition("_")[0] in entry.formats:
                        change.accepted[column] = change.levels[column]
                        change.levels[column] = "none"
    return [entry for entry in entries if entry not in used]


def _matches(text: str, pattern: str) -> bool:
    """Whether a text is as a pattern has it; brackets stand for themselves, as names have them (``page[size]``)."""
    return fnmatch.fnmatchcase(text, pattern.replace("[", "[[]"))


def _before(version: str, until: str) -> bool:
    def numbers(text: str) -> list[int]:
        return [int(number) for number in re.findall(r"\d+", text)]

    return numbers(version) < numbers(until)


def write(changes: Iterable[Change], reason: str) -> str:
    """Entries for changes, as text to append to the file."""
    lines = []
    for change in changes:
        lines += [
            "[[accepted]]",
            f"kind = {_toml(change.kind)}",
            f"element = {_toml(change.element)}",
            f"reason = {_toml(reason)}",
            "",
        ]
    return "\n".join(lines)


def _toml(text: str) -> str:
    """A basic string; TOML has no halves of characters beyond U+FFFF, and no control character as itself."""
    return escape_json(json.dumps(text.encode("utf-8", "replace").decode(), ensure_ascii=False))
