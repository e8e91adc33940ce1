"""Expressions as automata (Thompson's construction), with look-around, in time linear in the text.

A search follows all states that are possible at once, so no text makes it go back. The sets of states that it meets
are kept with their successors (a deterministic automaton, built as far as texts need it). Whether a look-around holds
is found out for all positions of the text beforehand, by searches of its own: forwards for what stands behind a
position, backwards for what stands ahead.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator
from re import _constants  # type: ignore[attr-defined]
from typing import Any

from attrs import define, field

from bindwright.runtime.values.patterns.spelling import ranges_of
from bindwright.runtime.values.patterns.syntax import LINE_ENDS, REPEATS

MOST_STATES = 4_000
_BUDGET = 3_000_000
"""States visited in one search, those remembered not counted: about a second."""
_MOST_SETS = 4_000
_MOST_LOOKS = 32
_START, _END, _BOUNDARY, _INSIDE = "start", "end", "boundary", "inside"

Test = Callable[[str], bool]
Anchor = str | int | None
"""What must hold to go on: a kind of position, the number of a look-around, or nothing."""


class TooLarge(Exception):
    """The expression has more states than are kept, or what automata cannot say (references to groups)."""


class OverBudget(Exception):
    """The search took more steps than it may."""


@define
class _Look:
    """A look-around: its own automaton, and how its answer is to be read."""

    automaton: Automaton
    ahead: bool
    negated: bool


@define(eq=False)
class Automaton:
    """States, what leads from one to the next, and the look-arounds that this depends on."""

    tests: list[Test | None] = field(factory=list)
    """What each state's character must be; None: a state that only leads on."""
    following: list[list[tuple[int, Anchor]]] = field(factory=list)
    """Where each leads."""
    looks: list[_Look] = field(factory=list)
    look_numbers: dict[int, int] = field(factory=dict)
    """Numbers of look-arounds by the identity of their trees."""
    start: int = 0
    end: int = 0
    boundaries: bool = False
    """Whether word boundaries are asked for."""

    def add(self, test: Test | None = None) -> int:
        """A new state. Raises `TooLarge`."""
        if len(self.tests) >= MOST_STATES:
            raise TooLarge("too many states")
        self.tests.append(test)
        self.following.append([])
        return len(self.tests) - 1

    def link(self, state: int, to: int, anchor: Anchor = None) -> None:
        """Lead from one state to another."""
        self.following[state].append((to, anchor))

    def search(self, text: str) -> bool:
        """Whether it matches anywhere. Raises `OverBudget`."""
        return _Search(self, text, [_BUDGET]).matches()


class _Search:
    """One text: what holds at its positions, and the sets of states met in it."""

    def __init__(self, automaton: Automaton, text: str, budget: list[int]) -> None:
        self.automaton, self.text, self.budget = automaton, text, budget
        self.looks = [self._positions(look) for look in automaton.looks]
        self.varies = automaton.boundaries or bool(self.looks)

    def matches(self) -> bool:
        """Whether the automaton matches somewhere."""
        return any(self._forwards())

    def _forwards(self) -> Iterator[bool]:
        """For each position, whether a match ends there (a match may start anywhere before)."""
        end, start, text, length = self.automaton.end, self.automaton.start, self.text, len(self.text)
        moves: dict[Hashable, frozenset[int]] = {}
        current = self._closure({start}, 0)
        for index in range(length + 1):
            yield end in current
            if index == length:
                return
            key = (current, text[index], self._context(index + 1))
            successor = moves.get(key)
            if successor is None:
                successor = self._closure(self._step(current, text[index]) | {start}, index + 1)
                if len(moves) >= _MOST_SETS:
                    moves.clear()
                moves[key] = successor
            current = successor

    def _context(self, index: int) -> Hashable:
        """All that anchors ask of a position."""
        at_end = index == len(self.text)
        if not self.varies:
            return at_end
        return (at_end, _is_boundary(self.text, index), *(held[index] for held in self.looks))

    def _step(self, states: frozenset[int], char: str) -> set[int]:
        automaton = self.automaton
        reached: set[int] = set()
        for state in states:
            test = automaton.tests[state]
            if test is not None and test(char):
                reached.update(to for to, _ in automaton.following[state])
        return reached

    def _closure(self, states: set[int], index: int) -> frozenset[int]:
        """The states with all that they lead to without a character."""
        automaton, todo = self.automaton, list(states)
        while todo:
            state = todo.pop()
            if automaton.tests[state] is not None:
                continue
            for to, anchor in automaton.following[state]:
                if to not in states and (anchor is None or self._holds(anchor, index)):
                    states.add(to)
                    todo.append(to)
        self._spend(len(states) + 1)
        return frozenset(states)

    def _spend(self, steps: int) -> None:
        self.budget[0] -= steps
        if self.budget[0] < 0:
            raise OverBudget

    def _holds(self, anchor: str | int, index: int) -> bool:
        if isinstance(anchor, int):
            return bool(self.looks[anchor][index])
        if anchor == _START:
            return index == 0
        if anchor == _END:
            return index == len(self.text)
        return _is_boundary(self.text, index) == (anchor == _BOUNDARY)

    def _positions(self, look: _Look) -> bytearray:
        """For each position of the text, whether a look-around holds there."""
        search = _Search(look.automaton, self.text, self.budget)
        positions = search._backwards() if look.ahead else bytearray(search._forwards())
        return bytearray(not held for held in positions) if look.negated else positions

    def _backwards(self) -> bytearray:
        """For each position, whether a match begins there."""
        automaton, text = self.automaton, self.text
        leading, consuming = _reversed(automaton)
        positions = bytearray(len(text) + 1)
        states: set[int] = set()
        for index in range(len(text), -1, -1):
            if index < len(text):
                states = {
                    state
                    for to in states
                    for state in consuming[to]
                    if automaton.tests[state](text[index])  # type: ignore[misc]  # only states with a test
                }
            states.add(automaton.end)
            todo = list(states)
            while todo:
                for state, anchor in leading[todo.pop()]:
                    if state not in states and (anchor is None or self._holds(anchor, index)):
                        states.add(state)
                        todo.append(state)
            self._spend(len(states) + 1)
            positions[index] = automaton.start in states
        return positions


def _reversed(
    automaton: Automaton,
) -> tuple[dict[int, list[tuple[int, Anchor]]], dict[int, list[int]]]:
    """Who leads to each state: without a character, and with one."""
    leading: dict[int, list[tuple[int, Anchor]]] = defaultdict(list)
    consuming: dict[int, list[int]] = defaultdict(list)
    for state, targets in enumerate(automaton.following):
        for to, anchor in targets:
            if automaton.tests[state] is None:
                leading[to].append((state, anchor))
            else:
                consuming[to].append(state)
    return leading, consuming


def _is_boundary(text: str, index: int) -> bool:
    before = index > 0 and _is_word(text[index - 1])
    after = index < len(text) and _is_word(text[index])
    return before != after


def _is_word(char: str) -> bool:
    return char == "_" or (char.isascii() and char.isalnum())


_ANCHORS = {
    _constants.AT_BEGINNING: _START, _constants.AT_BEGINNING_STRING: _START, _constants.AT_END: _END,
    _constants.AT_END_STRING: _END, _constants.AT_BOUNDARY: _BOUNDARY, _constants.AT_NON_BOUNDARY: _INSIDE,
}  # fmt: skip


def build(tree: Any) -> Automaton | None:
    """The automaton of a tree; None where it is too large, or refers to groups."""
    try:
        return _automaton(tree)
    except (TooLarge, RecursionError):
        return None


def _automaton(tree: Any) -> Automaton:
    automaton = Automaton()
    automaton.start = automaton.add()
    automaton.end = _sequence(automaton, tree, automaton.start)
    return automaton


def _sequence(automaton: Automaton, tree: Any, state: int) -> int:
    """Add the states of a sequence behind a state; gives the last."""
    for operator, argument in tree:
        state = _part(automaton, operator, argument, state)
    return state


def _part(automaton: Automaton, operator: Any, argument: Any, state: int) -> int:
    if operator in REPEATS:
        low, high, content = argument
        return _repeat(automaton, low, high, content, state)
    if operator is _constants.SUBPATTERN:
        return _sequence(automaton, argument[3], state)
    last = automaton.add()
    if operator is _constants.BRANCH:
        for branch in argument[1]:
            first = automaton.add()
            automaton.link(state, first)
            automaton.link(_sequence(automaton, branch, first), last)
    elif operator in (_constants.ASSERT, _constants.ASSERT_NOT):
        automaton.link(state, last, _look(automaton, operator, argument))
    elif operator is _constants.AT:
        anchor = _ANCHORS[argument]
        automaton.boundaries |= anchor in (_BOUNDARY, _INSIDE)
        automaton.link(state, last, anchor)
    else:
        character = automaton.add(_test(operator, argument))
        automaton.link(state, character)
        automaton.link(character, last)
    return last


def _look(automaton: Automaton, operator: Any, argument: Any) -> int:
    """The number of a look-around; copies of a repeat share theirs."""
    direction, content = argument
    if id(content) not in automaton.look_numbers:
        if len(automaton.looks) >= _MOST_LOOKS:
            raise TooLarge("too many look-arounds")
        automaton.looks.append(_Look(_automaton(content), direction == 1, operator is _constants.ASSERT_NOT))
        automaton.look_numbers[id(content)] = len(automaton.looks) - 1
    return automaton.look_numbers[id(content)]


def _repeat(automaton: Automaton, low: int, high: int, content: Any, state: int) -> int:
    for _ in range(low):
        before = len(automaton.tests)
        state = _sequence(automaton, content, state)
        if len(automaton.tests) == before:  # nothing, however often: ``(?:){4000000000}``
            break
    last = automaton.add()
    if high is _constants.MAXREPEAT:
        first = automaton.add()
        automaton.link(state, first)
        automaton.link(_sequence(automaton, content, first), first)
        automaton.link(first, last)
        return last
    automaton.link(state, last)
    for _ in range(high - low):
        before = len(automaton.tests)
        state = _sequence(automaton, content, state)
        if len(automaton.tests) == before:
            break
        automaton.link(state, last)
    return last


def _test(operator: Any, argument: Any) -> Test:
    if operator is _constants.LITERAL:
        return chr(argument).__eq__
    if operator is _constants.NOT_LITERAL:
        return chr(argument).__ne__
    if operator is _constants.ANY:
        return lambda char: char not in LINE_ENDS
    if operator is not _constants.IN:
        raise TooLarge(f"no states for {operator}")
    ranges = [span for item in argument if item[0] is not _constants.NEGATE for span in ranges_of(*item)]
    negated = argument[0][0] is _constants.NEGATE
    return lambda char: any(low <= ord(char) <= high for low, high in ranges) != negated
