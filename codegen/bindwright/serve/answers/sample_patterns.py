"""A text that matches a regular expression: best effort, by walking what Python's own parser read."""

from __future__ import annotations

import random
import string
from collections.abc import Iterable
from re import _constants as op  # type: ignore[attr-defined]  # the parser of `re` has no public name
from typing import Any

from bindwright.runtime.values.patterns import searcher
from bindwright.runtime.values.patterns.syntax import parse

_ATTEMPTS = 40
_MANY = 6
_LONGEST = 10_000
"""Characters, and turns of repeats."""
_ITEMS = 32
"""Items of a class among which a character is chosen; properties of Unicode have hundreds."""
_PRINTABLE = string.ascii_letters + string.digits + " -_.,:;!#%()*+/=?@[]{}"
_CLASSES = {
    op.CATEGORY_DIGIT: string.digits,
    op.CATEGORY_WORD: string.ascii_letters + string.digits + "_",
    op.CATEGORY_SPACE: " ",
    op.CATEGORY_NOT_DIGIT: string.ascii_letters,
    op.CATEGORY_NOT_WORD: "-.,:;",
    op.CATEGORY_NOT_SPACE: string.ascii_letters + string.digits,
}


def sample(pattern: str, rng: random.Random, minimum: int = 0, high: int | None = None) -> str | None:
    """A text of `low` to `high` characters in which the pattern is found; None where none was hit upon."""
    matches = searcher(pattern)
    if matches is None:
        return None
    tree = parse(pattern)
    if tree.getwidth()[0] > _LONGEST:
        return None
    for attempt in range(_ATTEMPTS):
        try:
            text = _Walk(rng, stretch=_stretch(attempt, minimum)).text(tree)
        except OverflowError:
            continue
        text = _padded(text, tree, minimum)
        if minimum <= len(text) and (high is None or len(text) <= high) and matches(text):
            return text
    return None


def matches(pattern: str | None, text: str) -> bool:
    """Whether a pattern is found in a text; no pattern is found in all."""
    search = searcher(pattern) if pattern is not None else None
    return pattern is None or (search is not None and bool(search(text)))


def _stretch(attempt: int, minimum: int) -> int:
    """How far an open repeat goes beyond its least: little at first, then up to what the length needs."""
    return min(attempt // 2, _MANY) if attempt % 2 else max(0, minimum - attempt // 4)


def _padded(text: str, tree: Any, minimum: int) -> str:
    """A pattern that is not anchored at the end may stand anywhere: more letters do no harm."""
    anchored = len(tree) > 0 and tree[-1] == (op.AT, op.AT_END_STRING)
    return text if anchored else text + "x" * (minimum - len(text))


class _Walk:
    """One walk over a parsed pattern."""

    def __init__(self, rng: random.Random, stretch: int) -> None:
        self.rng = rng
        self.stretch = stretch
        self.groups: dict[int, str] = {}
        self.turns = 0

    def text(self, tree: Iterable[tuple[Any, Any]]) -> str:
        """A text of the tree. Raises OverflowError where it would take too many turns of repeats."""
        return "".join(self.node(code, argument) for code, argument in tree)

    def node(self, code: Any, argument: Any) -> str:
        if code is op.LITERAL:
            return chr(argument)
        if code is op.NOT_LITERAL:
            return self.pick(char for char in _PRINTABLE if ord(char) != argument)
        if code is op.ANY:
            return self.pick(string.ascii_letters)
        if code is op.IN:
            return self.one_of(argument)
        if code is op.BRANCH:
            return self.text(self.rng.choice(argument[1]))
        if code is op.SUBPATTERN:
            return self.group(argument[0], argument[-1])
        return self.other(code, argument)

    def other(self, code: Any, argument: Any) -> str:
        if code in (op.MAX_REPEAT, op.MIN_REPEAT):
            minimum, high, content = argument
            return "".join(self.turn(content) for _ in range(min(minimum + self.stretch, int(high))))
        if code is op.GROUPREF:
            return self.groups.get(argument, "")
        return ""  # anchors and assertions write nothing; whether they hold is checked at the end

    def turn(self, content: Any) -> str:
        """One turn of a repeat; nested repeats multiply, so that turns are counted and not letters."""
        self.turns += 1
        if self.turns > _LONGEST:
            raise OverflowError
        return self.text(content)

    def group(self, number: int | None, content: Any) -> str:
        text = self.text(content)
        if number is not None:
            self.groups[number] = text
        return text

    def one_of(self, items: list[tuple[Any, Any]]) -> str:
        """A character of a class; of a negated one, something plain that is not in it."""
        if items[0][0] is op.NEGATE:
            return self.pick(
                char
                for char in _PRINTABLE
                if not any(_holds(code, argument, char) for code, argument in items)
            )
        members = [char for code, argument in items[:_ITEMS] for char in _members(code, argument)]
        return self.pick(char for char in members if char.isprintable()) or self.pick(members)

    def pick(self, chars: Iterable[str]) -> str:
        choices = list(chars)
        return self.rng.choice(choices) if choices else ""


def _holds(code: Any, argument: Any, char: str) -> bool:
    """Whether an item of a class has a character."""
    if code is op.RANGE:
        return bool(argument[0] <= ord(char) <= argument[1])
    return code is not op.NEGATE and char in _members(code, argument)


def _members(code: Any, argument: Any) -> Iterable[str]:
    if code is op.LITERAL:
        return chr(argument)
    if code is op.RANGE:
        return map(chr, range(argument[0], min(argument[1], argument[0] + 255) + 1))
    if code is op.CATEGORY:
        return _CLASSES.get(argument, "")
    return ""
