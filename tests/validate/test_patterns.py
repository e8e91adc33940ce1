"""Patterns are ECMA 262's, and none is slow."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from bindwright.runtime.values.patterns import engines, searcher
from bindwright.runtime.values.patterns.automaton import Automaton, OverBudget, build
from bindwright.runtime.values.patterns.cost import cost_of
from bindwright.runtime.values.patterns.syntax import parse
from hypothesis import assume, given, settings
from hypothesis import strategies as st

CASES = [
    ("^[a-z]+$", "abc", True), ("^[a-z]+$", "abc\n", False), ("b", "abc", True),
    (r"^\d{3}$", "１２３", False),
    (r"^\w+$", "é", False), (r"^\u{1F600}$", "😀", True), (r"^[\u0041-\u0043]$", "B", True),
    (r"^\/a\-b$", "/a-b", True), (r"^(?<year>\d+)-\k<year>$", "12-12", True), (r"^\cJ$", "\n", True),
    (r"^[$]$", "$", True), (r"^[[]$", "[", True), (r"\bfoo\b", "a foo b", True), (r"^a{2,3}$", "aaaa", False),
    (r"^(a|b|cd)*$", "abcdab", True), (r"^(a|b|cd)*$", "abc", False), (r"^(?:x+x+)+y$", "xxxxy", True),
    (r"^([\w.]+)*@x$", "a.b.c@x", True), ("^$", "", True), (r"^[^a]$", "b", True), (r"^.$", "\n", False),
    (r"^\s$", "\u00a0", True), (r"^\S$", "\ufeff", False), (r"^[^\s\d]+$", "a\u20282", False),
    (r"^[\S]$", "x", True), (r"^a{,2}$", "a{,2}", True), (r"^[+--]+$", "-", True), (r"^[a&&b]+$", "&", True),
    (r"^.$", "\u2028", False), (r"^[^]$", "x", None), (r"^x++$", "xx", None), (r"^(?i)x$", "X", None),
    (r"(?<=a+)b", "aab", True), (r"(?<!a|bb)c", "bbc", False), (r"a(?!b|$)", "ab a", False), (r"\.\B", ". ", True),
    (r"^\p{L}+$", "Größe", True), (r"^\p{L}+$", "a1", False), (r"^[\p{Lu}\p{Nd}_-]+$", "Ä9-_", True), (r"^[\p{Lu}-z]$", "-", True),
    (r"^[^\p{L}]$", "1", True), (r"^\P{L}$", "x", False), (r"^[\P{L}]$", "1", True), (r"^\p{gc=Letter}$", "x", True),
    (r"^\p{ASCII}$", "é", False), (r"^\p{Cs}$", "\ud800", True), (r"^\\p{L}$", "\\p{L}", True),
    (r"^(?=.*\d)[a-z\d]+$", "ab1", True), (r"^(?=.*\d)[a-z\d]+$", "ab", False), (r"^(a*)*$", "aaab", False),
]  # fmt: skip


@pytest.mark.parametrize(("pattern", "text", "matches"), CASES)
def test_a_pattern_matches_as_in_ecmascript(pattern: str, text: str, matches: bool | None) -> None:
    search = searcher(pattern)
    if matches is None:
        assert search is None
        return
    assert search is not None
    assert search(text) is matches


@pytest.mark.parametrize(
    "pattern",
    [
        r"^\p{Script=Greek}+$",
        r"\p{Alnum}",
        r"\p{}",
        r"\p",
        r"(?i:a)",
        r"[\P{Any}]",
        "(",
        "[z-a]",
        "a{99999999999}",
    ],
)
def test_what_cannot_be_said_is_not_checked(pattern: str) -> None:
    assert searcher(pattern) is None


SLOW: list[tuple[str, Callable[[int], str]]] = [
    (r"^(a+)+$", lambda n: "a" * n + "b"),
    (r"^(a|aa)+$", lambda n: "a" * n + "b"),
    (r"^(\w+\s?)*$", lambda n: "word " * (n // 5) + "!"),
    (r"^([a-z0-9]+[-.]?)*[a-z]+@$", lambda n: "a" * n),
    (r"a*a*a*a*a*b", lambda n: "a" * n),
    (r"a+b", lambda n: "a" * n),
    (r"\s+$", lambda n: " " * n + "x"),
    (r"^(?:(?:a{0,15}){0,15}){0,2}$", lambda n: "a" * n + "b"),
    (r"^(?:a{1,20}){1,20}$", lambda n: "a" * n + "b"),
    (r"a{0,90}a{0,90}a{0,90}b", lambda n: "a" * n),
    (r"(?:a?){60}b", lambda n: "a" * n),
    (r"^((?!x).)*$", lambda n: "a" * n + "x"),
    (r"^(?=.*\d)(?=.*[a-z]).*.*!$", lambda n: "a1" * (n // 2)),
    (r"(?=(a+)+c)a", lambda n: "a" * n),
    (r"(?<=(a+)+c)b", lambda n: "a" * n),
    (r"(?:a+)+(?!a*c)d", lambda n: "a" * n),
]


@pytest.mark.parametrize(("pattern", "text"), SLOW, ids=[pattern for pattern, _ in SLOW])
@pytest.mark.parametrize("engine", ["re2", "automaton"])
def test_time_grows_with_the_text(
    pattern: str, text: Callable[[int], str], engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Texts of 4, 8, ... 32 thousand characters: a quadratic matcher takes 64 times as long for the last."""
    if engine == "re2":
        pytest.importorskip("re2")
    else:
        monkeypatch.setattr(engines, "_engine", lambda: None)
    searcher.cache_clear()
    search = searcher(pattern)
    assert search is not None
    times = {}
    for length in (4_000, 8_000, 16_000, 32_000):
        start = time.process_time()
        assert search(text(length)) is False
        times[length] = time.process_time() - start
    searcher.cache_clear()
    assert times[32_000] < 20 * times[4_000] + 0.5


@pytest.mark.parametrize(
    "pattern",
    [
        "a{4000000000}",
        "(?:a{4000000000}){4000000000}",
        "^(?:){4000000000}b$",
        "(a{1000}){1000}",
        "a{0,4000000000}b",
    ],
)
@pytest.mark.parametrize("length", [10, 30_000])
def test_long_repeats_are_answered_at_once(pattern: str, length: int) -> None:
    start = time.process_time()
    search = searcher(pattern)
    assert search is not None
    search("a" * length)
    assert search("x") is False
    assert time.process_time() - start < 3


def test_steps_are_counted_and_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bindwright.runtime.values.patterns.automaton._BUDGET", 100_000)
    automaton = build(parse("(?:a{0,800}a?){1,2}[^a]b"))
    assert automaton is not None
    with pytest.raises(OverBudget):
        automaton.search("a" * 30_000)


@pytest.mark.parametrize(
    ("pattern", "linear"),
    [
        ("^[a-z]+$", True), ("abc", True), ("^a{2,5}b?$", True), ("a+b", False), (r"\s+$", False), ("^(a+)+$", False),
        ("^a*b*$", False), ("^(a|bc)*$", False), ("a{100}", False), ("^a{100}$", True), ("(?:a?){40}", False),
    ],
)  # fmt: skip
def test_which_patterns_backtracking_cannot_slow_down(pattern: str, linear: bool) -> None:
    assert cost_of(parse(pattern)).is_linear is linear


PIECES = st.recursive(
    st.sampled_from(["a", "b", "[ab]", "[^a]", ".", r"\d", r"\b", "^", "$", r"\w"]),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})"),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{0,2}", "{2}"])).map(lambda p: f"(?:{p[0]}){p[1]}"),
    ),
    max_leaves=6,
)


LOOKS = st.tuples(st.sampled_from(["(?=", "(?!", "(?<=", "(?<!"]), PIECES).map(
    lambda pair: f"{pair[0]}{pair[1]})"
)
PATTERNS = st.lists(st.one_of(PIECES, PIECES, LOOKS), min_size=1, max_size=3).map("".join)


@settings(deadline=None, max_examples=400)
@given(PATTERNS, st.text(alphabet="ab1 \n", max_size=8))
def test_all_engines_agree(pattern: str, text: str) -> None:
    """Python's matcher on the respelled pattern, the automaton, RE2; and Python's on the plain one."""
    try:
        tree = parse(pattern)
    except ValueError:
        assume(False)
    automaton = build(tree)
    assert isinstance(automaton, Automaton)
    results: dict[str, Any] = {"automaton": automaton.search(text)}
    if (backtracking := engines._backtracking(tree)) is not None:
        results["re"] = backtracking(text) is not None
        plain = re.compile(pattern.replace("$", r"\Z").replace(".", "[^\n\r]"), re.ASCII)
        results["plain"] = plain.search(text) is not None
    if (re2 := engines._re2(tree, None)) is not None:
        results["re2"] = re2(text)
    assert len(set(results.values())) == 1, results
