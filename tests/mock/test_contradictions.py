"""What the explanations of `make mock` prove: a contradiction where there is one, and none where a value is to be had."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.mock.contradictions import Contradictions
from tests.mock.document_schemas import DocumentSchemas

WORD = {"type": "object", "properties": {"word": {"type": "string"}}, "additionalProperties": False}
NUMBER = {"type": "object", "properties": {"number": {"type": "integer"}}}
SCHEMAS: dict[str, dict[str, Any]] = {
    "Member": {
        "type": "object",
        "properties": {"n": {"type": "integer", "enum": ["6", "12"]}, "s": {"type": "string"}},
    },
    "Needed": {"allOf": [WORD, {**NUMBER, "required": ["number"]}]},
    "Twins": {"oneOf": [NUMBER, NUMBER]},
    "Optional": {"allOf": [WORD, NUMBER]},
    "Plain": NUMBER,
    "Holder": {
        "type": "object",
        "properties": {"items": {"type": "array", "items": {"$ref": "#/components/schemas/Needed"}}},
    },
}


@pytest.fixture(scope="module")
def contradictions(tmp_path_factory: pytest.TempPathFactory) -> Contradictions:
    document: Path = tmp_path_factory.mktemp("contradictions") / "document.json"
    info = {"title": "t", "version": "1"}
    document.write_text(
        json.dumps({"openapi": "3.1.0", "info": info, "paths": {}, "components": {"schemas": SCHEMAS}})
    )
    return Contradictions(DocumentSchemas(document))


@pytest.mark.parametrize(
    ("name", "value", "place"),
    [
        ("Member", {"n": 6, "s": "x"}, "/components/schemas/Member/properties/n"),
        ("Needed", {"number": 1}, "/components/schemas/Needed"),
        ("Twins", {"number": 1}, "/components/schemas/Twins"),
        ("Holder", {"items": [{"number": 1}]}, "/components/schemas/Holder/properties/items/items"),
        ("Optional", {"word": "x", "number": 1}, None),
        ("Plain", {"number": "1"}, None),
    ],
)
def test_places(contradictions: Contradictions, name: str, value: Any, place: str | None) -> None:
    assert contradictions.explain(f"/components/schemas/{name}", value) == place
