"""``pattern`` of JSON Schema: ECMA 262 regular expressions, matched in time linear in the text.

Most patterns run as Python's. Those whose repeats could make a backtracking matcher slow run as a set of
states instead (Thompson's construction). What neither can express (look-around in a slow pattern,
Unicode property classes) is not checked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any

MOST_STATES = 4000
_SHORT = 2000
"""Up to this length, a few repeats one after another are left to the backtracking matcher."""

_REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT)
_escape = re.compile(
    r"\\u\{([0-9A-Fa-f]{1,6})\}|\\c([A-Za-z])|\\k<(\w+)>|\(\?<(?![=!])|\\.|\[\^?|\]|\$", re.DOTALL
)


@cache
def searcher(pattern: str) -> Callable[[str], bool] | None:
    """A function that tells whether the pattern matches somewhere in a text; None where it cannot be said."""
    try:
        text = python_pattern(pattern)
        tree = _parser.parse(text, re.ASCII)
        search = re.compile(text, re.ASCII).search
    except (re.error, OverflowError, RecursionError, ValueError):
        return None
    nested, unbounded = _repeats(tree)
    if not nested and unbounded <= 1:
        return lambda value: search(value) is not None
    states = _states(tree)
    if states is None:
        return None if nested else lambda value: search(value) is not None
    if nested or unbounded > 3:
        return states.search
    return lambda value: search(value) is not None if len(value) <= _SHORT else states.search(value)


def python_pattern(pattern: str) -> str:
    """The same expression in Python's syntax.

    Raises:
        ValueError: it uses what Python's ``re`` has no word for.
    """
    inside = False

    def spelt(match: re.Match[str]) -> str:
        nonlocal inside
        text = match[0]
        if match[1]:
            return re.escape(chr(int(match[1], 16)))
        if match[2]:
            return f"\\x{ord(match[2]) % 32:02x}"
        if text.startswith("[") and not inside:
            inside = True
            return text
        if text.startswith("["):
            return "\\" + text
        if text == "]":
            inside = False
            return text
        if inside and text == "$":
            return text
        return _outside(text, match)

    return _escape.sub(spelt, pattern)


def _outside(text: str, match: re.Match[str]) -> str:
    if text == "$":
        return r"\Z"
    if text == "(?<":
        return "(?P<"
    if match[3]:
        return f"(?P={match[3]})"
    if text in (r"\p", r"\P"):
        raise ValueError("Unicode property classes")
    if len(text) == 2 and text[1].isalpha() and text[1] not in "dDwWsSbBnrtfvxu":
        return text[1]
    if text == r"\/":
        return "/"
    return text


def _repeats(tree: Any, repeated: bool = False) -> tuple[bool, int]:
    """Whether a repeat stands within a repeat, and how many are without bound."""
    nested, count = False, 0
    for operator, argument in tree:
        if operator in _REPEATS or operator is _constants.POSSESSIVE_REPEAT:
            long = argument[1] > 8
            inner_nested, inner_count = _repeats(argument[2], repeated or long)
            nested |= inner_nested or (repeated and long)
            count += inner_count + (argument[1] is _constants.MAXREPEAT or argument[1] > 100)
        else:
            for branch in _children(operator, argument):
                inner_nested, inner_count = _repeats(branch, repeated)
                nested |= inner_nested or (repeated and operator is _constants.BRANCH)
                count += inner_count
    return nested, count


def _children(operator: Any, argument: Any) -> Iterator[Any]:
    if operator is _constants.SUBPATTERN:
        yield argument[3]
    elif operator is _constants.BRANCH:
        yield from argument[1]
    elif operator in (_constants.ASSERT, _constants.ASSERT_NOT):
        yield argument[1]
    elif operator is _constants.ATOMIC_GROUP:
        yield argument


class States:
    """An expression as states; searching follows all that are possible at once."""

    def __init__(self) -> None:
        self.tests: list[Callable[[str], bool] | None] = []
        """What each state's character must be; None: a state that only leads on."""
        self.next: list[list[tuple[int, str]]] = []
        """Where each leads: state, and the anchor that must hold ("" for none)."""
        self.start = self.end = 0

    def add(self, test: Callable[[str], bool] | None = None) -> int:
        """A new state."""
        if len(self.tests) >= MOST_STATES:
            raise ValueError("too many states")
        self.tests.append(test)
        self.next.append([])
        return len(self.tests) - 1

    def search(self, text: str) -> bool:
        """Whether it matches anywhere."""
        current: set[int] = set()
        for index in range(len(text) + 1):
            current = self._closure({*current, self.start}, text, index)
            if self.end in current:
                return True
            if index == len(text):
                return False
            character = text[index]
            following: set[int] = set()
            for state in current:
                test = self.tests[state]
                if test is not None and test(character):
                    following.update(to for to, _ in self.next[state])
            current = following
        return False

    def _closure(self, states: set[int], text: str, index: int) -> set[int]:
        todo, reached = list(states), set(states)
        while todo:
            state = todo.pop()
            if self.tests[state] is not None:
                continue
            for to, anchor in self.next[state]:
                if to not in reached and (not anchor or _holds(anchor, text, index)):
                    reached.add(to)
                    todo.append(to)
        return reached


def _holds(anchor: str, text: str, index: int) -> bool:
    if anchor == "start":
        return index == 0
    if anchor == "end":
        return index == len(text)
    before = index > 0 and _is_word(text[index - 1])
    after = index < len(text) and _is_word(text[index])
    return (before != after) == (anchor == "boundary")


def _is_word(character: str) -> bool:
    return character == "_" or (character.isascii() and character.isalnum())


_ANCHORS = {
    _constants.AT_BEGINNING: "start", _constants.AT_BEGINNING_STRING: "start", _constants.AT_END: "end",
    _constants.AT_END_STRING: "end", _constants.AT_BOUNDARY: "boundary", _constants.AT_NON_BOUNDARY: "inside",
}  # fmt: skip


def _states(tree: Any) -> States | None:
    states = States()
    try:
        states.start = states.add()
        states.end = _sequence(states, tree, states.start)
    except (ValueError, KeyError):
        return None
    return states


def _sequence(states: States, tree: Any, state: int) -> int:
    """Add the states of a sequence behind ``at``; gives the last."""
    for operator, argument in tree:
        state = _one(states, operator, argument, state)
    return state


def _one(states: States, operator: Any, argument: Any, state_: int) -> int:
    if operator in _REPEATS:
        return _repeat(states, argument, state_)
    if operator is _constants.SUBPATTERN:
        return _sequence(states, argument[3], state_)
    if operator is _constants.BRANCH:
        last = states.add()
        for branch in argument[1]:
            first = states.add()
            states.next[state_].append((first, ""))
            states.next[_sequence(states, branch, first)].append((last, ""))
        return last
    last = states.add()
    if operator is _constants.AT:
        states.next[state_].append((last, _ANCHORS[argument]))
        return last
    state = states.add(_test(operator, argument))
    states.next[state_].append((state, ""))
    states.next[state].append((last, ""))
    return last


def _repeat(states: States, argument: Any, state: int) -> int:
    minimum, high, body = argument
    for _ in range(minimum):
        state = _sequence(states, body, state)
    last = states.add()
    if high is _constants.MAXREPEAT:
        first = states.add()
        states.next[state].append((first, ""))
        states.next[_sequence(states, body, first)].append((first, ""))
        states.next[first].append((last, ""))
        return last
    states.next[state].append((last, ""))
    for _ in range(high - minimum):
        state = _sequence(states, body, state)
        states.next[state].append((last, ""))
    return last


def _test(operator: Any, argument: Any) -> Callable[[str], bool]:
    if operator is _constants.LITERAL:
        return chr(argument).__eq__
    if operator is _constants.NOT_LITERAL:
        return chr(argument).__ne__
    if operator is _constants.ANY:
        return lambda character: character not in "\n\r\u2028\u2029"
    if operator is not _constants.IN:
        raise ValueError(f"no states for {operator}")
    tests = [_in_test(*item) for item in argument if item[0] is not _constants.NEGATE]
    negated = argument[0][0] is _constants.NEGATE
    return lambda character: any(test(character) for test in tests) != negated


def _in_test(operator: Any, argument: Any) -> Callable[[str], bool]:
    if operator is _constants.RANGE:
        first, high = map(chr, argument)
        return lambda character: first <= character <= high
    if operator is _constants.CATEGORY:
        return _CATEGORIES[argument]
    return _test(operator, argument)


def _is_digit(character: str) -> bool:
    return character in "0123456789"


_CATEGORIES: dict[Any, Callable[[str], bool]] = {
    _constants.CATEGORY_DIGIT: _is_digit, _constants.CATEGORY_NOT_DIGIT: lambda character: not _is_digit(character),
    _constants.CATEGORY_WORD: _is_word, _constants.CATEGORY_NOT_WORD: lambda character: not _is_word(character),
    _constants.CATEGORY_SPACE: str.isspace, _constants.CATEGORY_NOT_SPACE: lambda character: not character.isspace(),
}  # fmt: skip
