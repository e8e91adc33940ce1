"""Text of others in Markdown is shown as it is, whatever it says, in the eyes of a parser that is not ours."""

from __future__ import annotations

import pytest
from bindwright.standards.markdown import code_span, plain_text
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

HOSTILE = [
    "`x` <img src=x> `", "a|b`|c", "a\\|b`<b>`", "``", "`", "", " ", "![x](http://a)", "@all", "<!-- -->", "a\\", "&#96;", "\x1b[31m",
    "a\nb", "~~~", " < ", " a", "a ",
]  # fmt: skip
PARSER = MarkdownIt("commonmark", {"html": True}).enable("table")


def cells(text: str) -> list[Token]:
    """What stands in the middle one of three cells."""
    tokens = PARSER.parse(f"| a | b | c |\n|---|---|---|\n| 1 | {text} | 3 |\n")
    inline = [token for token in tokens if token.type == "inline"][3:]
    assert [token.content for token in (inline[0], inline[-1])] == ["1", "3"]
    assert len(inline) == 3
    return inline[1].children or []


@pytest.mark.parametrize("text", HOSTILE)
def test_code_in_a_table_is_code(text: str) -> None:
    check(text)


@given(st.text(st.sampled_from("`|\\<>a &#*\n[]()!")))
def test_any_code_in_a_table_is_code(text: str) -> None:
    check(text)


def check(text: str) -> None:
    tokens = cells(code_span(text, in_table=True))
    printable = text.replace("\n", "\\x0a").replace("\x1b", "\\x1b")
    if tokens[0].type == "code_inline":
        assert [token.content for token in tokens] == [printable]
    else:
        assert (tokens[0].content, tokens[-1].content) == ("<code>", "</code>")
        assert {token.type for token in tokens[1:-1]} <= {"text", "text_special"}
        assert "".join(token.content for token in tokens[1:-1]) == printable


@given(st.text(st.sampled_from("`|\\<>a &*_[]()!~")))
def test_plain_text_does_nothing(text: str) -> None:
    tokens = cells(f"x{plain_text(text)}x")
    assert {token.type for token in tokens} <= {"text", "text_special"}
