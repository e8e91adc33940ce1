"""Lists and maps that stand twice in each level: each is written once, whatever stands within it."""

from __future__ import annotations

from typing import Any

import pytest
from bindwright.targets import python
from bindwright.targets.python import PythonOptions

from tests.lowering import lowered


def size(levels: int, schema: dict[str, Any]) -> int:
    """Characters of the package of as many levels, each of which mentions the one below it twice."""
    schemas: dict[str, Any] = {"L0": {"type": "object", "properties": {"a": {"type": "string"}}}}
    for level in range(1, levels + 1):
        below = {"$ref": f"#/components/schemas/L{level - 1}"}
        schemas[f"L{level}"] = _with(schema, below)
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/L{levels}"}}}
    post = {
        "requestBody": {"content": content},
        "responses": {"200": {"description": "", "content": content}},
    }
    document = {
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
        "paths": {"/a": {"post": post}},
        "components": {"schemas": schemas},
    }
    return sum(map(len, python.emit(lowered(document), PythonOptions(package="p"), {}).files.values()))


def _with(schema: Any, below: dict[str, Any]) -> Any:
    if isinstance(schema, dict):
        return {name: _with(value, below) for name, value in schema.items()}
    return (
        [_with(item, below) for item in schema]
        if isinstance(schema, list)
        else below
        if schema == "L"
        else schema
    )


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "array", "prefixItems": ["L", "L"], "items": False},
        {"type": "array", "prefixItems": ["L", "L"]},
        {"type": "object", "additionalProperties": {"type": "array", "prefixItems": ["L", "L"]}},
        {"type": "array", "items": {"oneOf": ["L", {"type": "array", "items": "L"}]}},
    ],
)
def test_what_is_written_grows_with_the_levels(schema: dict[str, Any]) -> None:
    small, middle, large = (size(levels, schema) for levels in (6, 12, 18))
    assert large - middle < 2 * (middle - small)
