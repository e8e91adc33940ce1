"""What is called otherwise than in the package that stands there: its older names stay as aliases.

The lock tells by keys of the document what a name belonged to, so whatever has another key now (a component, a tag, a
property or a parameter that was renamed) is new to it. Here the surface of the package that stands there is asked: a name
that is gone, and one that came, are the same thing where what they hold is the same. In doubt they are not: an alias that
means another thing is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from bindwright.targets.surface import Surface, Symbol

LIKE = 0.5
"""Likeness of two names of which one may be the other's new spelling."""
SAME = 0.6
"""Share of the members that two classes must have in common."""
_ASYNCHRONOUS = re.compile(r"(api\.\w+\.)?Async")
_WORD = re.compile(r"[^\W\d]\w*")
Older = dict[str, dict[str, Any]]
"""As the section ``aliases`` of the lock, by the ids of this document."""
OlderEntries = Iterator[tuple[tuple[str, ...], str]]
"""Sections with the keys in them, and older names."""


class Renames:
    """Two surfaces of one API's package; each language says what there is in them.

    Args:
        earlier: the surface of the package that stands there.
        now: the surface that the new one would have.
    """

    def __init__(self, earlier: Surface, now: Surface) -> None:
        self.old, self.new = _named_today(earlier), _named_today(now)
        self.kept = now.symbols.keys()
        self.origins = now.origins
        self.old_below, self.new_below = _below(self.old), _below(self.new)
        self.classes: dict[str, str] = {}
        """Old names of models to new ones."""

    def parts(self) -> Iterable[Callable[[], OlderEntries]]:
        """What finds older names, models first: annotations name them."""
        raise NotImplementedError

    def older_names(self) -> Older:
        """All older names that can be told."""
        if self.old == self.new:
            return {}
        older: Older = {}
        for part in self.parts():
            for (section, *keys), name in part():
                table = older.setdefault(section, {})
                for key in keys[:-1]:
                    table = table.setdefault(key, {})
                if name not in (names := table.setdefault(keys[-1], [])):
                    names.append(name)
        return older

    def gone_and_come(self, prefix: str) -> tuple[list[str], list[str]]:
        """The classes of one part of the package that are gone, and those that came."""

        def classes(symbols: Mapping[str, Symbol], others: Iterable[str]) -> list[str]:
            return [
                name
                for name, symbol in symbols.items()
                if name.startswith(prefix) and symbol["kind"] in ("class", "alias") and name not in others
            ]

        return classes(self.old, self.kept), classes(self.new, self.old.keys())

    def likeness(self, old: str, new: str) -> float:
        """How much two classes are one: 0 where they are not."""
        first, second = self.old[old], self.new[new]
        if first["kind"] != second["kind"]:
            return 0
        mine, other = self.old_below.get(old, {}), self.new_below.get(new, {})
        names = _likeness(old.rpartition(".")[2], new.rpartition(".")[2])
        if not mine or not other:
            same = first.get("bases") == second.get("bases") and first.get("value") == second.get("value")
            return names if same and not mine and not other and names >= LIKE else 0
        common = mine.keys() & other.keys()
        share = len(common) / len(mine.keys() | other.keys())
        alike = sum(_what(mine[name]) == _what(other[name]) for name in common)
        if share < SAME or 2 * alike < len(common) or (len(common) < 2 and names < LIKE):
            return 0
        return share + alike / len(common) + names

    def matched(
        self, old: Mapping[str, Symbol], new: Mapping[str, Symbol], gone: list[str], come: list[str]
    ) -> Iterator[tuple[str, str]]:
        """Members or parameters that are gone, with those that came in their places."""
        only = len(gone) == len(come) == 1
        yield from pairs(gone, come, lambda a, b: self.alike(old[a], new[b], a, b, only))

    def alike(self, old: Symbol, new: Symbol, before: str, after: str, only: bool) -> float:
        """How much a member or parameter that is gone is one that came: the same type, and a like name, or a type
        that tells them from all others."""
        annotation = _WORD.sub(lambda match: self.classes.get(match[0], match[0]), old["annotation"])
        if annotation != new["annotation"] or ("default" in old) != ("default" in new):
            return 0
        if old.get("kind") == "positional" == new.get("kind") and only:
            return 1
        names = _likeness(before, after)
        telling = only and any(f"models.{word}" in self.new for word in _WORD.findall(annotation))
        return names if names >= LIKE else LIKE if telling else 0

    def arguments(self, arguments_of: Mapping[str, Mapping[str, str]]) -> OlderEntries:
        """Older names of arguments.

        Args:
            arguments_of: ids of operations to the names of their arguments, by keys.
        """
        for name, symbol in self.new.items():
            old = self.old.get(name)
            operation = self.origins.get(name, "")
            if old is None or old == symbol or "parameters" not in symbol or operation not in arguments_of:
                continue
            before = {each["name"]: each for each in old["parameters"] if "deprecated" not in each}
            after = {each["name"]: each for each in symbol["parameters"] if "deprecated" not in each}
            gone = [each for each in before if each not in after]
            come = [each for each in after if each not in before]
            keys = {argument: key for key, argument in arguments_of[operation].items()}
            for first, second in self.matched(before, after, gone, come):
                if second in keys and before[first]["kind"] == after[second]["kind"]:
                    yield ("arguments", operation, keys[second]), first


def _named_today(surface: Surface) -> dict[str, Symbol]:
    """The symbols without older names, and without asynchronous classes, which say the same once more."""
    return {
        name: symbol
        for name, symbol in surface.symbols.items()
        if "deprecated" not in symbol and not _ASYNCHRONOUS.match(name)
    }


def _below(symbols: Mapping[str, Symbol]) -> dict[str, dict[str, Symbol]]:
    """The members of each class by their own names."""
    below: dict[str, dict[str, Symbol]] = {}
    for name, symbol in symbols.items():
        owner, _, member = name.rpartition(".")
        below.setdefault(owner, {})[member] = symbol
    return below


def _what(symbol: Symbol) -> object:
    return symbol.get("annotation", symbol.get("value"))


def _likeness(first: str, second: str) -> float:
    first, second = first.casefold(), second.casefold()
    contained = min(len(first), len(second)) > 2 and (first in second or second in first)
    from difflib import SequenceMatcher  # most runs rename nothing

    return max(SequenceMatcher(None, first, second).ratio(), LIKE if contained else 0)


def pairs(
    gone: list[str], come: list[str], likeness: Callable[[str, str], float]
) -> Iterator[tuple[str, str]]:
    """Each that is gone with the one that is most like it, and likes it most."""
    scores = sorted(
        ((score, old, new) for old in gone for new in come if (score := likeness(old, new)) > 0),
        key=lambda each: (-each[0], each[1], each[2]),
    )
    taken: set[str] = set()
    for _, old, new in scores:
        if old not in taken and new not in taken:
            taken |= {old, new}
            yield old, new


def table_of(locked: Mapping[str, Any], section: str) -> dict[str, str]:
    """A section of a lock, which anybody may have edited."""
    table = locked.get(section)
    return (
        {key: name for key, name in table.items() if isinstance(name, str)}
        if isinstance(table, Mapping)
        else {}
    )
