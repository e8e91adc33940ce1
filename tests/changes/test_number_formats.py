"""Formats of numbers: what becomes of the numbers that there are, for who asks and for who reads."""

from __future__ import annotations

from typing import Any

import pytest
from bindwright.changes import compare
from bindwright.changes.rules import RULES

from tests.lowering import lowered


def kinds(old: dict[str, Any], new: dict[str, Any]) -> set[str]:
    """The kinds of change between two schemas, each in a request and an answer."""

    def api(schema: dict[str, Any]) -> Any:
        content = {"application/json": {"schema": {"type": "object", "properties": {"a": schema}}}}
        post = {
            "requestBody": {"content": content},
            "responses": {"200": {"description": "", "content": content}},
        }
        document = {
            "openapi": "3.1.0",
            "info": {"title": "t", "version": "1"},
            "paths": {"/a": {"post": post}},
        }
        return lowered(document)

    return {change.kind for change in compare(api(old), api(new))}


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("int32", "int64", "format-int64"),
        ("int32", None, "format-int64"),
        ("uint32", "int64", "format-int64"),
        ("int64", "uint32", "format-int32"),
        ("int64", "int8", "format-int32"),
        ("int32", "uint32", "format-other-range"),
        ("uint64", "int64", "format-other-range"),
        (None, "int64", "format-range-said"),
        ("acme", "int32", "format-range-said"),
        ("acme", None, "format-note"),
    ],
)
def test_integers_by_their_range(before: str | None, after: str | None, kind: str) -> None:
    old, new = ({"type": "integer"} | ({"format": name} if name else {}) for name in (before, after))
    assert kinds(old, new) == {kind}


def test_what_is_limited_already_has_no_other_range() -> None:
    limited = {"type": "integer", "minimum": 0, "maximum": 100}
    assert kinds(limited, limited | {"format": "int64"}) <= {"format-note"}
    assert kinds(limited | {"format": "int32"}, limited | {"format": "uint8"}) <= {"format-note"}
    positive = {"type": "integer", "minimum": 0}
    assert kinds(positive | {"format": "int32"}, positive | {"format": "uint32"}) == {"format-int64"}


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("float", "double", "format-more-digits"),
        ("float", None, "format-more-digits"),
        (None, "float", "format-fewer-digits"),
        (None, "double", "format-note"),
        ("double", "decimal", "format-more-digits"),
    ],
)
def test_numbers_by_their_digits(before: str | None, after: str | None, kind: str) -> None:
    """They are the same text in JSON, which was said to be another one."""
    old, new = ({"type": "number"} | ({"format": name} if name else {}) for name in (before, after))
    assert kinds(old, new) == {kind}


def test_nobody_is_broken_by_a_format_that_says_what_was_open() -> None:
    for kind in ("format-range-said", "format-more-digits", "format-fewer-digits", "format-int64"):
        assert "breaking" not in RULES[kind].levels[:4]
