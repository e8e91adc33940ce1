"""Patterns are ECMA 262's, and none is slow."""

from __future__ import annotations

import re
import time

import pytest
from bindwright.runtime.values.patterns import States, _parser, _states, searcher
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
    (r"^(?=.*\d)[a-z\d]+$", "ab1", True), (r"^(?=.*\d)[a-z\d]+$", "ab", False), (r"^(a*)*$", "aaab", False),
]  # fmt: skip


@pytest.mark.parametrize(("pattern", "text", "matches"), CASES)
def test_matches(pattern: str, text: str, matches: bool) -> None:
    search = searcher(pattern)
    assert search is not None
    assert search(text) is matches


@pytest.mark.parametrize("pattern", [r"^\p{L}+$", "(", "[z-a]", "a{99999999999}"])
def test_what_cannot_be_said_is_not_checked(pattern: str) -> None:
    assert searcher(pattern) is None


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"^(a+)+$", "a" * 5000 + "b"),
        (r"^(a|aa)+$", "a" * 5000 + "b"),
        (r"^(\w+\s?)*$", "word " * 1000 + "!"),
        (r"^([a-z0-9]+[-.]?)*[a-z]+@$", "a" * 3000),
        (r"a*a*a*a*a*b", "a" * 3000),
    ],
)
def test_no_text_makes_one_slow(pattern: str, text: str) -> None:
    search = searcher(pattern)
    assert search is not None
    start = time.process_time()
    assert search(text) is False
    assert time.process_time() - start < 5


PIECES = st.recursive(
    st.sampled_from(["a", "b", "[ab]", "[^a]", ".", r"\d", r"\b", "^", "$", r"\w"]),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})"),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{0,2}", "{2}"])).map(lambda p: f"(?:{p[0]}){p[1]}"),
    ),
    max_leaves=6,
)


@settings(deadline=None, max_examples=300)
@given(PIECES, st.text(alphabet="ab1 \n", max_size=8))
def test_states_match_what_the_other_matcher_matches(pattern: str, text: str) -> None:
    spelt = pattern.replace("$", r"\Z")
    try:
        tree = _parser.parse(spelt, re.ASCII)
    except re.error:
        assume(False)
    states = _states(tree)
    assert isinstance(states, States)
    assert states.search(text) is (re.search(spelt, text, re.ASCII) is not None)
