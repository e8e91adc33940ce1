"""What was written is parsed again, block by block."""

from __future__ import annotations

import pytest
from bindwright.targets.python.syntax import syntax_check
from bindwright.targets.python.syntax.syntax_check import is_python

PLAIN = "class A:\n    x = 1\n\n\ndef f() -> None:\n    pass\n"


def test_a_block_that_is_no_python_is_seen() -> None:
    assert is_python(PLAIN + "\n\nx = '\\n'\n")
    assert not is_python(PLAIN + "\n\nx = '\\'\n")
    assert not is_python(PLAIN + '\n\nx = "\u00e9\n')


def test_a_warning_of_the_parser_is_none_of_ours() -> None:
    assert not is_python("x = '\\d'\n")


def test_what_looks_like_the_end_of_a_block_is_none_in_a_text() -> None:
    assert is_python('"""A text.\n\n\nwith \u00e9\n\n\nclass A:\n"""\n\n\nx = "\\n"\n')


def test_only_blocks_that_needed_an_escape_are_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[str] = []
    parses = syntax_check.parses

    def noting(text: str) -> bool:
        parsed.append(text)
        return parses(text)

    monkeypatch.setattr(syntax_check, "parses", noting)
    assert is_python(PLAIN)
    assert is_python(PLAIN + '\n\nx = "\u00e9"\n')
    assert parsed == ['x = "\u00e9"\n']
