"""Which engine runs a pattern: linear in the text by construction, or within a budget.

1. Python's ``re`` where the pattern itself shows that backtracking is linear, or short enough for this text.
2. google-re2, where it is installed (``pip install 'bindwright[patterns]'``) and knows all that the pattern uses.
3. The automaton of this package, which knows look-around, within a number of steps.

What none of them can decide counts as matched: a value must not be refused for the matcher's sake.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from re import _constants  # type: ignore[attr-defined]
from typing import Any

from bindwright.runtime.values.patterns.automaton import Automaton, OverBudget, build
from bindwright.runtime.values.patterns.cost import Cost, cost_of
from bindwright.runtime.values.patterns.spelling import spell
from bindwright.runtime.values.patterns.syntax import operators, parse

Matches = Callable[[str], bool]

_STEPS = 200_000
"""Steps of backtracking that are taken at the most: some milliseconds."""
_BEYOND_RE2 = (_constants.ASSERT, _constants.ASSERT_NOT, _constants.GROUPREF)
_RE2_MEMORY = 8 << 20


@lru_cache(2_000)
def searcher(pattern: str) -> Matches | None:
    """A function that tells whether a pattern matches somewhere in a text; None where it is no pattern.

    Patterns that are not understood (flags, scripts of Unicode) give None as well.
    """
    try:
        tree = parse(pattern)
        search = _backtracking(tree)
    except (ValueError, RecursionError):
        return None
    cost = cost_of(tree)
    if search is not None and cost.is_linear:
        return lambda text: search(text) is not None
    return _Slow(tree, cost, tree.getwidth()[0], search)


def _backtracking(tree: Any) -> Callable[[str], Any] | None:
    """Python's matcher; None where it has no way to run the pattern (a look-behind of several lengths)."""
    try:
        return re.compile(spell(tree, r"\Z"), re.ASCII).search
    except (re.error, OverflowError):
        return None


class _Slow:
    """A pattern that could be slow; what runs it depends on the text's length."""

    def __init__(self, tree: Any, cost: Cost, shortest: int, search: Callable[[str], Any] | None) -> None:
        self._tree, self._cost, self._shortest, self._search = tree, cost, shortest, search
        self._linear: Matches | None = None
        self._built = False

    def __call__(self, text: str) -> bool:
        if len(text) < self._shortest:
            return False
        if self._search is not None and self._cost.steps(len(text)) <= _STEPS:
            return self._search(text) is not None
        if not self._built:
            self._linear, self._built = _linear(self._tree), True
        if self._linear is None:
            return True
        try:
            return self._linear(text)
        except OverBudget:
            return True


def _linear(tree: Any) -> Matches | None:
    """The pattern on an engine that is linear by construction; None where it is too large for each."""
    automaton = build(tree)
    fallback = automaton.search if isinstance(automaton, Automaton) else None
    return _re2(tree, fallback) or fallback


def _re2(tree: Any, fallback: Matches | None) -> Matches | None:
    engine = _engine()
    if engine is None or any(operator in _BEYOND_RE2 for operator in operators(tree)):
        return None
    options = engine.Options()
    options.log_errors, options.never_capture, options.max_mem = False, True, _RE2_MEMORY
    try:
        search = engine.compile(spell(tree, r"\z"), options=options).search
    except (engine.error, UnicodeError):  # too large, or a lone surrogate
        return None

    def matches(text: str) -> bool:
        try:
            return search(text) is not None
        except UnicodeError:  # a lone surrogate, which UTF-8 has no form for
            return fallback(text) if fallback is not None else True

    return matches


@cache
def _engine() -> Any:
    try:
        import re2  # type: ignore[import-untyped,import-not-found,unused-ignore]
    except ImportError:
        return None
    return re2
