"""Patterns with possessive groups, said with atomic ones for Pythons that mistake them."""

from __future__ import annotations

import re

import pytest
from bindwright.standards.regular_expressions import atomic, possessive


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"<!--(?:[^-]++|-(?!-))*+-->", r"<!--(?>(?:[^-]++|-(?!-))*)-->"),
        (r'"(?:[^"\\]++|\\.)*+"?', r'"(?>(?:[^"\\]++|\\.)*)"?'),
        (r"(a(?:b)?+)*+c", r"(?>(a(?>(?:b)?))*)c"),
        (r"(?:[]()*+]|[^]()*+])++", r"(?>(?:[]()*+]|[^]()*+])+)"),
        (r"\((?:x){2,3}+\)", r"\((?>(?:x){2,3})\)"),
        (r"(?:a|b)*(?=c)\)*+", r"(?:a|b)*(?=c)\)*+"),
    ],
)
def test_atomic_groups_say_the_same(pattern: str, expected: str) -> None:
    assert atomic(pattern) == expected
    for text in ("<!-- a-b -->", '"a\\"b"', "ababc", "]()*+x", "(xxx)", "abc", "--"):
        assert (re.search(possessive(pattern), text) is None) == (re.search(expected, text) is None)
