"""Anything may stand in an extension: it is read with care, told of or passed over, and never an internal error."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from bindwright import ir
from bindwright.openapi import LoadOptions, loads
from bindwright.targets.python import PythonOptions, emit

EXTENSIONS = [
    "x-ms-pageable", "x-pagination", "x-poll", "x-ms-long-running-operation", "x-bindwright-name", "x-ms-enum",
    "x-enum-varnames", "x-enumNames", "x-enum-descriptions", "x-nullable", "x-xml-order", "x-xml-profile", "x-dcs-type",
    "x-dcs-enum", "x-dcs-flags", "x-dcs-order", "x-dcs-emit-default", "x-dcs-dictionary", "x-dcs-known-types",
    "x-dcs-is-reference", "x-dcs-only",
]  # fmt: skip
ODD: list[Any] = [
    None, True, 0, -1, 1.5, "", "x", [], {}, [None], [[]], ["x"], {"x": None}, {"a": {"b": []}}, {"nextLinkName": 5},
    {"nextLinkName": {"a": 1}}, {"itemName": []}, {"style": []}, {"style": "cursor", "parameter": {}, "next": []},
    {"style": "page", "parameter": "p", "first": {}}, {"style": "link", "items": {}}, {"state": [], "done": {}},
    {"state": "/a", "done": [{}], "interval": "x"}, {"item": {}, "key": 5}, {"item": "a", "key": [], "namespace": {}},
]  # fmt: skip


def described(extension: str, value: Any, place: str) -> str:
    text = {"type": "string"}
    object_: dict[str, Any] = {
        "type": "object",
        "properties": {
            "value": {"type": "array", "items": text},
            "nextLink": text,
            "enum": {"$ref": "#/components/schemas/E"},
            "map": {"$ref": "#/components/schemas/M"},
            "member": dict(text),
        },
    }
    enum: dict[str, Any] = {"type": "integer", "enum": [1, 2]}
    map_: dict[str, Any] = {"type": "object", "additionalProperties": text}
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/S"}}}
    operation: dict[str, Any] = {
        "parameters": [{"name": "p", "in": "query", "schema": {"type": "integer"}}],
        "responses": {"200": {"description": "d", "content": content}},
    }
    places = {
        "operation": operation,
        "object": object_,
        "enum": enum,
        "map": map_,
        "member": object_["properties"]["member"],
    }
    places[place][extension] = value
    schemas = {"S": object_, "E": enum, "M": map_}
    return json.dumps(
        {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {"/a": {"get": operation}},
         "components": {"schemas": schemas}}
    )  # fmt: skip


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_odd_values(extension: str) -> None:
    places = ["operation", "object", "enum", "map", "member"]
    source = random.Random(extension)
    for value in ODD:
        for place in source.sample(places, 3):
            api = ir.lower(loads(described(extension, value, place), options=LoadOptions(tolerant=True)))
            emit(api, PythonOptions(package="shop"))
