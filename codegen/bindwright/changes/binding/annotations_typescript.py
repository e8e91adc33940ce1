"""Whether a value of one type of TypeScript may stand where another is asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from bindwright.changes.binding.annotations import Annotations
from bindwright.changes.binding.members import Members
from bindwright.changes.rules import Level
from bindwright.targets.surface import Symbol

_LITERAL = re.compile(r"'(?:[^'\\]|\\.)*'")
_NUMBER = re.compile(r"-?\d[\d.eE+-]*")
_OPEN = re.compile(r"\((\w+) & \{\}\)")
"""How a type says that values which are not listed may be given, too."""


class TypeScriptAnnotations(Annotations):
    """Compares types as texts; where this cannot tell, two types that differ do not fit."""

    anything, nothing = "Json", "undefined"
    not_given = ("undefined", "null")

    def __init__(
        self, old: Mapping[str, Symbol], new: Mapping[str, Symbol], classes: Mapping[str, str], lines: Members
    ) -> None:
        super().__init__(old, new, classes, lines)
        self._compared: set[tuple[str, str]] = set()
        """Pairs of interfaces that are being compared."""

    def of_argument(self, old: str, new: str) -> Level:
        self._compared.clear()
        return super().of_argument(old, new)

    def of_result(self, old: str, new: str) -> Level:
        self._compared.clear()
        return super().of_result(old, new)

    def of_field(self, old: str, new: str) -> Level:
        self._compared.clear()
        return super().of_field(old, new)

    def _parts(self, text: str) -> list[str]:
        return _split(text, "|")

    def _sorted(self, text: str) -> str:
        return _normal(text)

    def _values(self, text: str) -> bool:
        return all(part in self.not_given or _plain(part) for part in self._parts(text))

    def _part_fits(self, part: str, place: str) -> bool:
        if place in (part, "unknown") or part == self.anything:
            return True
        value, target = (_OPEN.sub(r"\1", each) for each in (part, place))
        return target in (value, _plain(value)) or self._has_members(value, target)

    def _has_members(self, value: str, target: str) -> bool:
        """Whether one interface has the members of another: types are what they hold."""
        names = f"models.{value}", f"models.{target}"
        if any(self._new.get(name, {}).get("kind") != "class" for name in names):
            return False
        if names in self._compared:
            return True  # as far as this comparison has come
        self._compared.add(names)
        members, asked = (self._lines.of(name) for name in names)
        if asked and members.keys().isdisjoint(asked):
            return False  # where all may be missing, one has to be there all the same
        return all(
            self.fits(members[name]["annotation"], symbol["annotation"])
            if name in members
            else "default" in symbol
            for name, symbol in asked.items()
        )


def _split(text: str, mark: str) -> list[str]:
    """What stands between marks outside of brackets and literals."""
    parts: list[str] = []
    depth, quoted, start, position = 0, False, 0, 0
    while position < len(text):
        letter = text[position]
        if quoted:
            position += letter == "\\"
            quoted = letter != "'"
        elif letter == "'":
            quoted = True
        elif letter in "([{<":
            depth += 1
        elif letter in ")]}>":
            depth -= 1
        elif letter == mark and not depth:
            parts.append(text[start:position].strip())
            start = position + 1
        position += 1
    return [*parts, text[start:].strip()]


@lru_cache(maxsize=1 << 12)
def _normal(text: str) -> str:
    """A type with the members of each union in one order."""
    return " | ".join(sorted(map(_within, _split(text, "|"))))


def _within(part: str) -> str:
    """The same for what stands in brackets."""
    if part.endswith("[]"):
        return f"{_within(part[:-2])}[]"
    if part.startswith("(") and part.endswith(")") and len(_split(part[1:], ")")) == 1:
        return f"({_normal(part[1:-1])})"
    if part.startswith("{ ") and part.endswith(" }"):
        members = [_split(member, ":") for member in _split(part[2:-2], ";")]
        return "{ " + "; ".join(f"{': '.join(name)}: {_normal(type_)}" for *name, type_ in members) + " }"
    return part


def _plain(part: str) -> str:
    """The plain type of a listed value; empty for other types."""
    if _LITERAL.fullmatch(part):
        return "string"
    if part in ("true", "false"):
        return "boolean"
    if _NUMBER.fullmatch(part.removesuffix("n")):
        return "bigint" if part.endswith("n") else "number"
    return ""
