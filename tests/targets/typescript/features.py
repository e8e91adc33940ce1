"""A document with every kind of type, parameter and body, and with every place where it may say a text of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Text = Callable[[str, str], str]
"""Slot and harmless text to the text that stands there."""


_XSI = "http://www.w3.org/2001/XMLSchema-instance"


def plain(_: str, text: str) -> str:
    """Every slot holds its harmless text."""
    return text


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name.replace('~', '~0').replace('/', '~1').replace('%', '%25')}"}


def document(text: Text = plain) -> dict[str, Any]:
    """The document; each text of it goes through `text`."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": text("title", "a b"),
            "version": text("version", "a b"),
            "summary": text("info summary", "a b"),
            "description": text("info description", "a b"),
        },
        "tags": [{"name": text("tag", "a b"), "description": text("tag description", "a b")}],
        "paths": {"/pets/{id}": {"put": _operation(text)}, "/events": {"get": _events(text)}},
        "components": {"schemas": _schemas(text), "securitySchemes": _security(text)},
    }


def _security(text: Text) -> dict[str, Any]:
    return {
        "key": {"type": "apiKey", "in": "header", "name": text("api key", "X-Key")},
        "bearer": {"type": "http", "scheme": "bearer"},
    }


def _operation(text: Text) -> dict[str, Any]:
    pet = {"schema": _ref("Pet")}
    return {
        "operationId": text("operationId", "put pet"),
        "tags": [text("tag", "a b")],
        "summary": text("summary", "a b"),
        "description": text("description", "a b"),
        "deprecated": True,
        "security": [{"key": []}, {"bearer": []}],
        "parameters": [
            {"name": "id", "in": "path", "required": True, "schema": {"type": "integer", "format": "int64"}},
            {
                "name": text("query", "a b"), "in": "query", "description": text("parameter description", "a b"),
                "style": "pipeDelimited", "explode": False, "schema": {"type": "array", "items": {"type": "string"}},
            },
            {"name": text("header", "X-A"), "in": "header", "schema": {"type": "string"}},
            {"name": "deep", "in": "query", "style": "deepObject", "schema": {"type": "object", "properties": {"a": {"type": "string"}}}},
        ],
        "requestBody": {
            "required": True,
            "description": text("body description", "a b"),
            "content": {
                "application/json": pet,
                "application/xml": pet,
                "multipart/form-data": {
                    "schema": {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}, "note": {"type": "string"}, "pet": _ref("Pet")}},
                    "encoding": {"pet": {"contentType": "application/xml"}, "note": {"contentType": text("part type", "text/plain")}},
                },
            },
        },
        "responses": {
            "200": {"description": text("answer description", "a b"), "headers": _headers(text), "content": {"application/json": pet, "application/xml": pet}},
            "404": {"description": "gone", "content": {"text/plain": {"schema": {"type": "string"}}}},
            "5XX": {"description": "broken", "content": {"application/problem+json": {"schema": _ref("Tree")}}},
            "default": {"description": "else"},
        },
    }  # fmt: skip


def _headers(text: Text) -> dict[str, Any]:
    return {
        "Content-Type": {"schema": {"type": "string"}},
        "X-Total": {"required": True, "description": text("header description", "a b"), "schema": {"type": "integer", "format": "int64"}},
        "X-Ids": {"schema": {"type": "array", "items": {"type": "integer"}}},
        "X-Color": {"deprecated": True, "schema": _ref("Color")},
        "X-Page": {"content": {"application/json": {"schema": _ref("Tree")}}},
        "X-Odd": {"schema": {"type": "object", "properties": {"a": {"type": "string"}}}},
        "X-Inline": {"schema": {"enum": ["a", "b"]}},
    }  # fmt: skip


def _events(text: Text) -> dict[str, Any]:
    return {
        "servers": [
            {
                "url": text("server", "https://{a}.example"),
                "variables": {"a": {"default": text("server variable", "b")}},
            }
        ],
        "parameters": [{"name": text("cookie", "c d"), "in": "cookie", "schema": _ref("Color")}],
        "responses": {
            "200": {
                "description": "events",
                "content": {"text/event-stream": {"itemSchema": _ref("Animal")}},
            },
            "202": {"description": "lines", "content": {"application/jsonl": {"itemSchema": _ref("Tree")}}},
            "203": {"description": "octets", "content": {"application/octet-stream": {}}},
        },
    }


def _schemas(text: Text) -> dict[str, Any]:
    return _objects(text) | {
        text("schema name", "a b"): {"type": "object", "description": "Its name is any text.", "properties": {"x": _ref("Color")}},
        "Color": {
            "description": text("enum description", "a b"),
            "enum": [text("enum value", "a b"), "red", "green"],
        },
        "Level": {"type": "integer", "format": "int64", "enum": [1, 2, 9007199254740993]},
        "Mixed": {"enum": [1, "one", True, None]},
        "Odd": {"enum": [[1], {"a": 1}]},
        "Anything": {"oneOf": [_ref("Pet"), _ref("Color"), {"type": "number"}, {"type": "array", "items": _ref("Anything")}]},
        "Loop": {"oneOf": [_ref("Loop"), {"type": "string"}]},
        "Pair": {"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}], "items": {"type": "boolean"}},
        "Grantee": {
            "type": "object", "required": ["role"],
            "properties": {"role": {"type": "string", "xml": {"name": "xsi:type", "namespace": _XSI, "prefix": "xsi", "attribute": True}}},
        },
        "Names": {"type": "object", "additionalProperties": {"type": ["string", "null"]}},
        "Amount": {"type": "string", "format": "decimal", "title": text("schema title", "a b")},
        "Tree": {"type": "object", "required": ["children"], "properties": {"children": {"type": "array", "items": _ref("Tree")}, "up": _ref("Tree")}},
    }  # fmt: skip


def _objects(text: Text) -> dict[str, Any]:
    return {
        "Pet": {
            "type": "object",
            "description": text("schema description", "a b"),
            "required": ["id", "state", text("property", "a b")],
            "xml": {"name": text("xml name", "pet"), "namespace": text("xml namespace", "urn:pets"), "prefix": "p"},
            "properties": {
                "id": {"type": "integer", "format": "int64", "readOnly": True, "xml": {"attribute": True}},
                text("property", "a b"): {
                    "type": "string", "description": text("property description", "a b"), "default": text("default", "a b"),
                },
                "secret": {"type": "string", "writeOnly": True, "deprecated": True},
                "state": {"enum": ["new", text("inline enum value", "old one")]},
                "kind": {"const": text("constant", "a b")},
                "born": {"type": ["string", "null"], "format": "date-time"},
                "tags": {"type": "array", "items": {"type": "string"}, "xml": {"wrapped": True}},
                "owner": {"type": "object", "properties": {"name": {"type": "string"}, "pets": {"type": "array", "items": _ref("Pet")}}},
                "data": {"type": "string", "contentEncoding": "base64"}, "7": {"type": "string"}, "class": {"type": "string"},
            },
        },
        "Animal": {
            "type": "object", "required": ["type"],
            "properties": {"type": {"type": "string"}, "name": {"type": "string"}},
            "discriminator": {"propertyName": "type", "mapping": {text("mapping", "cat one"): "#/components/schemas/Cat", "dog": "#/components/schemas/Dog"}},
        },
        "Cat": {"allOf": [_ref("Animal"), {"type": "object", "properties": {"lives": {"type": "integer"}}}]},
        "Dog": {"allOf": [_ref("Animal"), {"type": "object", "required": ["barks"], "properties": {"barks": {"type": "boolean"}, "friend": _ref("Animal")}}]},
        "Shape": {
            "oneOf": [_ref("Circle"), _ref("Square")],
            "discriminator": {"propertyName": "shape", "mapping": {"circle": "#/components/schemas/Circle", "square": "#/components/schemas/Square"}},
        },
        "Circle": {"type": "object", "required": ["shape", "radius"], "properties": {"shape": {"const": "circle"}, "radius": {"type": "number"}}},
        "Square": {"type": "object", "required": ["shape"], "properties": {"shape": {"type": "string"}, "side": {"type": "number"}}},
        "Bag": {
            "type": "object", "required": ["name"], "properties": {"name": {"type": "string"}, "size": {"type": "integer", "format": "int32"}},
            "additionalProperties": _ref("Shape"),
        },
        "Strange": {"type": "object", "properties": {"__proto__": {"type": "string"}, "constructor": {"type": "string"}, "toString": {"type": "integer"}}},
        "Closed": {"type": "object", "additionalProperties": False, "properties": {"a": {"type": "string"}}},
        "Empty": {"type": "object", "properties": {}, "additionalProperties": False},
    }  # fmt: skip


def slots() -> list[str]:
    """The names of all slots."""
    names: dict[str, None] = {}

    def noted(slot: str, text: str) -> str:
        names[slot] = None
        return text

    document(noted)
    return list(names)
