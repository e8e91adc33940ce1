"""What our client writes and our mock serves is valid by the schemas: kinds of documents that once were not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bindwright.ir.model import Api
from bindwright.ports.bindings import Bindings
from bindwright.targets.xsd import emit
from lxml import etree

from tests.lowering import lowered
from tests.targets.xsd.schemas import compiled
from tests.targets.xsd.written import documents
from tests.targets.xsd.xerces import Xerces, available


@pytest.fixture(scope="module")
def xerces(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Xerces | None]:
    if not available():
        yield None
        return
    with Xerces(tmp_path_factory.mktemp("java")) as machine:
        yield machine


def api_of(schemas: dict[str, Any]) -> Api:
    """An API whose one operation sends and answers with each schema as XML."""
    content = {
        name: {"application/xml": {"schema": {"$ref": f"#/components/schemas/{name}"}}} for name in schemas
    }
    paths = {
        f"/{name.lower()}": {
            "post": {
                "requestBody": {"content": body},
                "responses": {"200": {"description": "it", "content": body}},
            }
        }
        for name, body in content.items()
    }
    document = {
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
        "paths": paths,
        "components": {"schemas": schemas},
    }
    return lowered(document)


def member(name: str) -> dict[str, Any]:
    return {"type": "object", "properties": {name: {"type": "string"}}}


TEXT = {"type": "string"}
ITEMS = {"type": "array", "items": {"xml": {"name": "item"}, **member("a")}}
KINDS: dict[str, dict[str, Any]] = {
    "alternatives without a name": {
        "Base": {"type": "object", "properties": {"base": TEXT, "lang": TEXT}},
        "Stamp": {"type": "object", "additionalProperties": False, "anyOf": [{"$ref": "#/components/schemas/Base"}, {"properties": {"text": TEXT}}]},
        "Held": {"type": "object", "properties": {"stamp": {"$ref": "#/components/schemas/Stamp"}, "many": {"type": "array", "items": {"oneOf": [member("a"), member("b")]}}}},
    },
    "scalars that types tell": {
        "Scalars": {"type": "object", "properties": {"one": {"oneOf": [{"type": "integer"}, {"type": "string", "enum": ["5", "x"]}, TEXT]}, "many": {"type": "array", "items": {"oneOf": [{"type": "boolean"}, {"type": "string", "examples": ["true"]}]}}}},
    },
    "items that positions tell": {
        "Row": {"type": "array", "xml": {"name": "row", "wrapped": True}, "prefixItems": [{"type": "string", "xml": {"name": "label"}}], "items": {"type": "integer", "xml": {"name": "v"}}},
        "Same": {"type": "object", "properties": {"m": {"type": "array", "xml": {"wrapped": True}, "prefixItems": [TEXT, {"type": "boolean"}], "items": {"type": "integer"}}, "bare": {"type": "array", "prefixItems": [{"type": "string", "xml": {"name": "label"}}], "items": {"type": "integer", "xml": {"name": "v"}}}}},
    },
    "alternatives with names": {
        "Named": {"type": "object", "properties": {"one": {"oneOf": [{"type": "integer", "xml": {"name": "num"}}, {"type": "string", "xml": {"name": "word"}}]}, "many": {"type": "array", "items": {"oneOf": [{"type": "integer", "xml": {"name": "n"}}, {"type": "string", "xml": {"name": "w"}}]}}}},
        "Root": {"oneOf": [{"type": "integer", "xml": {"name": "roundRoot"}}, {"type": "string", "xml": {"name": "wordRoot"}}]},
    },
    "two types of one name": {
        "Found": {"xml": {"name": "Response"}, **member("found")},
        "Failed": {"xml": {"name": "Response"}, "type": "object", "properties": {"why": {"type": "integer"}}},
    },
    "one type in two namespaces": {
        "Cause": {"type": "object", "properties": {"code": TEXT, "next": {"$ref": "#/components/schemas/Detail"}}},
        "Detail": {"type": "object", "properties": {"field": TEXT}},
        "One": {"xml": {"namespace": "urn:one"}, "type": "object", "properties": {"cause": {"$ref": "#/components/schemas/Cause"}}},
        "Two": {"xml": {"namespace": "urn:two"}, "type": "object", "properties": {"cause": {"$ref": "#/components/schemas/Cause"}}},
    },
    "two lists that are not wrapped, with items of one name": {
        "Vpc": {
            "type": "object",
            "properties": {"v4": ITEMS, "v6": {"type": "array", "items": {"xml": {"name": "item"}, **member("b")}}, "id": TEXT},
        }
    },
    "alternatives whose members are called as a component": {
        "old": {"type": "object", "required": ["name"], "properties": {"name": TEXT}},
        "Image": {"type": "object", "properties": {"of": {"anyOf": [{"type": "object", "required": ["old"], "properties": {"old": {"type": "boolean"}}}, {"type": "object", "required": ["url"], "properties": {"url": TEXT}}]}}},
    },
    "objects with ids": {
        "Shared": {"type": "object", "x-dcs-is-reference": {}, "properties": {"name": TEXT, "next": {"$ref": "#/components/schemas/Shared"}, "many": {"type": "array", "items": {"$ref": "#/components/schemas/Shared"}}}},
        "Keyed": {"type": "object", "x-dcs-is-reference": {"idProperty": "key"}, "properties": {"key": {"type": "string", "xml": {"attribute": True}}, "next": {"$ref": "#/components/schemas/Keyed"}}},
        "Named": {"type": "object", "x-dcs-is-reference": {"idProperty": "key"}, "properties": {"key": {"type": "string", "xml": {"attribute": True, "namespace": "urn:keys"}}, "next": {"$ref": "#/components/schemas/Named"}}, "additionalProperties": TEXT},
    },
    "an attribute that names a type": {
        "Grantee": {
            "xml": {"namespace": "urn:s3"},
            "type": "object",
            "required": ["Type"],
            "properties": {
                "Name": TEXT,
                "Type": {
                    "type": "string",
                    "enum": ["CanonicalUser", "Group"],
                    "xml": {"name": "xsi:type", "attribute": True, "prefix": "xsi", "namespace": "http://www.w3.org/2001/XMLSchema-instance"},
                },
            },
        },
        "Grant": {"xml": {"namespace": "urn:s3"}, "type": "object", "properties": {"Grantee": {"$ref": "#/components/schemas/Grantee"}}},
    },
}  # fmt: skip


@pytest.mark.parametrize("tolerant", [False, True])
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_what_is_written_is_valid(kind: str, tolerant: bool, tmp_path: Path, xerces: Xerces | None) -> None:
    api = api_of(KINDS[kind])
    schema = compiled(emit(api, tolerant=tolerant), tmp_path)
    if xerces is not None:
        assert xerces.schemas(tmp_path) == ""
    count = 0
    with Bindings.of(api) as bindings:
        for name, text in documents(bindings, 20):
            assert schema.validate(etree.fromstring(text)), (name, text, schema.error_log.last_error)
            if xerces is not None:
                assert xerces.fault(text) == "", (name, text)
            count += 1
    assert count >= 6
