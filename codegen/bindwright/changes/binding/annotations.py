"""Whether a value of one annotation may stand where another is asked for, as type checkers see it.

Texts are compared, with the surfaces at hand to look names up: what an alias stands for, what a class derives from. Where
this cannot tell, two annotations that differ do not fit: a verdict is never milder than it is.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from bindwright.changes.binding.members import Members
from bindwright.changes.rules import Level
from bindwright.targets.surface import Symbol

_NAME = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[^\W\d]\w*""")
"""Names, and the literals in which there is none."""
_LITERAL = re.compile(r"Literal\[(.*)\]", re.DOTALL)
_PROMOTED = {"int": ("float",), "bool": ("int", "float")}
"""Types that type checkers take in the place of others (PEP 484, "The numeric tower")."""
_ENUMERATIONS = {"OpenStrEnum": "str", "OpenIntEnum": "int", "OpenIntFlag": "int", "OpenFloatEnum": "float"}
_NOT_GIVEN = ("None", "Unset")


class Annotations:
    """Compares annotations of an old surface with those of a new one.

    Args:
        old: symbols of the old surface.
        new: symbols of the new surface.
        classes: old names of classes to their new ones, where they differ.
        lines: the classes of the new surface.
    """

    anything, nothing = "Any", "None"
    not_given: tuple[str, ...] = _NOT_GIVEN
    """What a value may be where none was given."""

    def __init__(
        self,
        old: Mapping[str, Symbol],
        new: Mapping[str, Symbol],
        classes: Mapping[str, str],
        lines: Members,
    ) -> None:
        self._old, self._new, self._classes = old, new, classes
        self._lines = lines

    def renamed(self, text: str) -> str:
        """An old annotation in the names of the new surface."""
        if not self._classes:
            return text
        return _NAME.sub(lambda match: self._classes.get(match[0], match[0]), text)

    def derives(self, class_: str, base: str) -> bool:
        """Whether a class of the new surface has a base, however far up."""
        line = self._lines.line_of(class_)
        return any(base in self._new[name].get("bases", ()) for name in line)

    def of_argument(self, old: str, new: str) -> Level:
        """The verdict of callers who hand a value in."""
        before, new = self.renamed(_short(old)), _short(new)
        if before == new:
            return "none"
        if not self.fits(before, new):
            return "breaking"
        return "none" if self.fits(new, before) else "compatible"

    def of_result(self, old: str, new: str) -> Level:
        """The verdict of callers who get a value."""
        before, new = self.renamed(_short(old)), _short(new)
        if before == new:
            return "none"
        if self.anything in self._parts(new):
            return "risky"
        if before == self.nothing:  # nobody can have used what was returned
            return "compatible"
        if not self.fits(new, before):
            return "breaking"
        return "none" if self.fits(before, new) else "compatible"

    def of_field(self, old: str, new: str) -> Level:
        """The verdict of callers who read a field, and build objects with it.

        What becomes one of some values only (``Literal``, an enumeration) is read as before, and what callers write
        there mostly is one of them.
        """
        before, new = self.renamed(_short(old)), _short(new)
        if before == new:
            return "none"
        if self.anything in self._parts(new):
            return "risky"
        if not self.fits(self._read(new), before):
            return "breaking"
        if self.fits(before, new):
            return "none"
        left = [
            part
            for part in self._parts(before)
            if not any(self._part_fits(part, each) for each in self._parts(new))
        ]
        return (
            "breaking" if any(part in self.not_given for part in left) or not self._values(new) else "risky"
        )

    def _read(self, text: str) -> str:
        """What is read where values of an enumeration may be given beside its members: the members."""
        parts = self._parts(text)
        if not any(map(self._enumeration, parts)):
            return text
        return " | ".join(part for part in parts if not part.startswith("Literal["))

    def _values(self, text: str) -> bool:
        return all(
            part in self.not_given or part.startswith("Literal[") or self._enumeration(part)
            for part in self._parts(text)
        )

    def _enumeration(self, name: str) -> str:
        """The plain type of an enumeration's values; empty for other classes."""
        bases = self._new.get(f"models.{name}", {}).get("bases", [""])
        return _ENUMERATIONS.get(bases[0] if bases else "", "")

    def fits(self, value: str, place: str) -> bool:
        """Whether every value of one annotation is one of the other."""
        parts = list(self._expanded(self._sorted(place)))
        return self.anything in parts or all(
            any(self._part_fits(part, each) for each in parts) for part in self._expanded(self._sorted(value))
        )

    def _parts(self, text: str) -> list[str]:
        return _parts(text)

    def _sorted(self, text: str) -> str:
        return _sorted(text)

    def _expanded(self, text: str, depth: int = 0) -> Iterator[str]:
        for part in self._parts(text):
            alias = self._new.get(f"models.{part}", {})
            if alias.get("kind") == "alias" and "value" in alias and depth < 10:
                yield from self._expanded(alias["value"], depth + 1)
            elif match := _LITERAL.fullmatch(part):
                yield from (f"Literal[{value}]" for value in _literals(match[1]))
            else:
                yield part

    def _part_fits(self, part: str, place: str) -> bool:
        if place in (part, "object") or part == "Any" or place in _PROMOTED.get(part, ()):
            return True
        if part.startswith("Literal["):
            value = part.removeprefix("Literal[").removesuffix("]")
            return place == _type_of(value)
        plain = self._enumeration(part)
        if plain and (place == plain or place in _PROMOTED.get(plain, ())):
            return True
        return self.derives(f"models.{part}", place)


def _short(text: str) -> str:
    """An annotation without what a class writes where a method of its own is called as a built-in type."""
    return text.replace("builtins.", "")


@lru_cache(maxsize=1 << 12)
def _sorted(text: str) -> str:
    """An annotation with the members of each union in one order."""
    try:
        tree = ast.parse(text, mode="eval").body
    except SyntaxError:
        return text
    return ast.unparse(_Sorted().visit(tree))


class _Sorted(ast.NodeTransformer):
    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        self.generic_visit(node)
        if (
            isinstance(node.value, ast.Name)
            and node.value.id == "Literal"
            and isinstance(node.slice, ast.Tuple)
        ):
            node.slice.elts.sort(key=ast.unparse)
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        members: list[ast.expr] = []
        waiting: list[ast.expr] = [node]
        while waiting:
            each = waiting.pop()
            if isinstance(each, ast.BinOp) and isinstance(each.op, ast.BitOr):
                waiting += [each.left, each.right]
            else:
                members.append(self.visit(each))
        first, *rest = sorted(members, key=ast.unparse)
        for member in rest:
            first = ast.BinOp(first, ast.BitOr(), member)
        return first


def _parts(text: str) -> list[str]:
    """The members of a union, at its top."""
    parts, depth, quote, start = [], 0, "", 0
    for position, letter in enumerate(text):
        if quote:
            quote = "" if letter == quote and text[position - 1] != "\\" else quote
        elif letter in "'\"":
            quote = letter
        elif letter in "[(":
            depth += 1
        elif letter in "])":
            depth -= 1
        elif letter == "|" and not depth:
            parts.append(text[start:position].strip())
            start = position + 1
    return [*parts, text[start:].strip()]


def _literals(text: str) -> list[str]:
    try:
        values = ast.literal_eval(f"({text},)")
    except (SyntaxError, ValueError):
        return [text]
    return [repr(value) for value in values]


def _type_of(value: str) -> str:
    try:
        return type(ast.literal_eval(value)).__name__
    except (SyntaxError, ValueError):
        return ""
