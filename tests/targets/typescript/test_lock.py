"""Names in the lock are those of things, not of places in lists: nobody takes over what is gone."""

from __future__ import annotations

import json
from typing import Any

from bindwright import ir, openapi
from bindwright.targets.typescript import TypeScriptOptions, emit

CIRCLE = {"type": "object", "title": "Circle", "properties": {"radius": {"type": "number"}}}
SQUARE = {"type": "object", "title": "Square", "properties": {"side": {"type": "number"}}}


def parameter(name: str) -> dict[str, Any]:
    schema = {"type": "object", "properties": {name: {"type": "string"}}}
    return {"name": name, "in": "query", "schema": schema}


def emitted(shapes: list[Any], parameters: list[Any], lock: Any = None) -> Any:
    answer = {
        "description": "fine",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Shape"}}},
    }
    operation = {"operationId": "draw", "parameters": parameters, "responses": {"200": answer}}
    document = {
        "openapi": "3.1.1",
        "info": {"title": "Shapes", "version": "1"},
        "paths": {"/shapes": {"get": operation}},
        "components": {"schemas": {"Shape": {"oneOf": [*shapes, {"type": "string"}]}}},
    }
    return emit(ir.lower(openapi.loads(json.dumps(document))), TypeScriptOptions(package="p"), lock)


def test_what_is_left_keeps_its_name() -> None:
    first = emitted([CIRCLE, SQUARE], [parameter("first"), parameter("second")])
    second = emitted([SQUARE], [parameter("second")], json.loads(json.dumps(first.names)))
    assert set(second.names["types"].values()) == {"Shape", "ShapeSquare", "DrawSecond"}
    back = emitted([CIRCLE, SQUARE], [parameter("first"), parameter("second")], second.names)
    assert back.files == first.files


def test_a_lock_of_ids_is_read() -> None:
    ids = {"#/components/schemas/Shape/oneOf/0": "Round", "#/components/schemas/Shape": "Form"}
    names = emitted([CIRCLE, SQUARE], [], {"types": ids}).names
    assert set(names["types"].values()) == {"Form", "Round", "ShapeSquare"}


def test_a_lock_that_is_none_is_none() -> None:
    assert emitted([CIRCLE], [], ["names"]).names == emitted([CIRCLE], []).names
