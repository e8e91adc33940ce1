"""Lists in header fields: RFC 9110, 5.6.1 (lists), 5.6.4 (quoted strings), 5.6.7 (dates), 8.8.3 (entity tags)."""

from __future__ import annotations

import pytest
from bindwright.standards.header_lists import members, quoted, text_of
from hypothesis import given
from hypothesis import strategies as st

DATE = "Mon, 16 Dec 2019 23:48:18 GMT"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a,b", ["a", "b"]),
        (" a ,\tb ", ["a", "b"]),
        ("", [""]),
        ("a,,b", ["a", "", "b"]),
        ('"b,c", "\\"def\\"", a', ['"b,c"', '"\\"def\\""', "a"]),
        ('W/"a,b", "c"', ['W/"a,b"', '"c"']),
        ('x="1,2",y=3', ['x="1,2"', "y=3"]),
        (f"{DATE}, {DATE}", [DATE, DATE]),
        ('5",6"', ['5"', '6"']),
        ('"open, b', ['"open', "b"]),
    ],
)
def test_members_end_where_the_field_says(text: str, expected: list[str]) -> None:
    assert members(text) == expected


@pytest.mark.parametrize(
    ("member", "expected"),
    [
        ('"b,c"', "b,c"),
        ('"\\"def\\""', '"def"'),
        ('" a"', " a"),
        ('"abc"', '"abc"'),
        ('W/"a,b"', 'W/"a,b"'),
        ("a", "a"),
    ],
)
def test_quotation_marks_that_were_needed_are_not_of_the_text(member: str, expected: str) -> None:
    assert text_of(member) == expected


def test_what_needs_no_quotes_gets_none() -> None:
    for text in ("a", '"abc"', 'W/"abc"', DATE, "a b", 'say "x" now'):
        assert quoted(text) == text


PRINTABLE = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=12)


@given(st.lists(PRINTABLE, min_size=1))
def test_what_is_written_is_read(texts: list[str]) -> None:
    assert [text_of(member) for member in members(",".join(map(quoted, texts)))] == texts
