"""Every pointer of a document has the line and column where it stands, in JSON and in YAML."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from bindwright.openapi import loads
from bindwright.openapi.diagnostics.model import Place
from bindwright.standards.json_pointer import join
from hypothesis import given, settings
from hypothesis import strategies as st

YAML = """\
openapi: 3.1.0
info:
  title: T
  version: "1"
paths:
  "/a/{b}":
    get: &get
      tags: [x, y]
      summary: |
        prose
    put:
      <<: *get
      200: ok
"""


@pytest.mark.parametrize(
    ("pointer", "line", "column", "width"),
    [
        ("", 1, 1, 1),
        ("/openapi", 1, 10, 5),
        ("/info", 2, 1, 4),
        ("/info/version", 4, 12, 3),
        ("/paths/~1a~1{b}", 6, 3, 8),
        ("/paths/~1a~1{b}/get", 7, 5, 3),
        ("/paths/~1a~1{b}/get/tags/1", 8, 17, 1),
        ("/paths/~1a~1{b}/get/summary", 9, 16, 1),
        ("/paths/~1a~1{b}/put/tags", 8, 7, 4),
        ("/paths/~1a~1{b}/put/200", 13, 12, 2),
        ("/paths/~1a~1{b}/put/none/at/all", 11, 5, 3),
        ("/nowhere", 1, 1, 1),
    ],
)
def test_yaml(pointer: str, line: int, column: int, width: int) -> None:
    position = loads(YAML).position(Place(pointer=pointer))
    assert position is not None
    assert (position.line, position.column, position.width) == (line, column, width)
    assert position.text == YAML.splitlines()[line - 1]


def test_json() -> None:
    text = '\n{"openapi": "3.1.0",\n  "a": {"b\\u0063": [1, {"d": null}],\n "e": "\u3042"}}'
    document = loads(text)
    where = {
        pointer: document.position(Place(pointer=pointer))
        for pointer in ("", "/openapi", "/a", "/a/bc", "/a/bc/1", "/a/bc/1/d", "/a/e")
    }
    assert {pointer: (position.line, position.column) for pointer, position in where.items() if position} == {
        "": (2, 1),
        "/openapi": (2, 13),
        "/a": (3, 3),
        "/a/bc": (3, 9),
        "/a/bc/1": (3, 24),
        "/a/bc/1/d": (3, 30),
        "/a/e": (4, 7),
    }
    name = document.position(Place(pointer="/openapi"), key=True)
    assert name is not None
    assert (name.line, name.column, name.width) == (2, 2, 9)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=15,
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.text(max_size=5), VALUES, max_size=4), st.sampled_from(["json", "pretty", "yaml"]))
def test_what_stands_there_is_the_value(value: dict[str, Any], form: str) -> None:
    if form == "yaml":
        text = yaml.safe_dump(value, default_style='"', sort_keys=False)
    else:
        text = json.dumps(value, indent=2 if form == "pretty" else None, ensure_ascii=False)
    document = loads(text)
    for pointer, item in scalars(value, ""):
        position = document.position(Place(pointer=pointer))
        assert position is not None
        rest = position.text[position.column - 1 :]
        if form != "yaml":
            assert json.JSONDecoder().raw_decode(rest)[0] == item
            assert json.loads(rest[: position.width]) == item
        else:
            assert rest[0] in '"!'


def scalars(value: Any, pointer: str) -> list[tuple[str, Any]]:
    if isinstance(value, dict):
        return [leaf for key, item in value.items() for leaf in scalars(item, join(pointer, key))]
    if isinstance(value, list):
        return [leaf for index, item in enumerate(value) for leaf in scalars(item, join(pointer, index))]
    return [(pointer, value)]
