"""Names in the lock are those of things, not of places in lists: nobody takes over what is gone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bindwright.targets.typescript import TypeScriptOptions, emit

from tests.lowering import lowered
from tests.targets.typescript.packages import complaints, write
from tests.typescript.node import available

CIRCLE = {"type": "object", "title": "Circle", "properties": {"radius": {"type": "number"}}}
SQUARE = {"type": "object", "title": "Square", "properties": {"side": {"type": "number"}}}


def parameter(name: str) -> dict[str, Any]:
    schema = {"type": "object", "properties": {name: {"type": "string"}}}
    return {"name": name, "in": "query", "schema": schema}


def emitted(
    shapes: list[Any], parameters: list[Any], lock: Any = None, names: dict[str, str] | None = None
) -> Any:
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
    return emit(lowered(document), TypeScriptOptions(package="p", names=names or {}), lock)


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


def test_a_name_that_another_one_is_asked_for_in_place_of_stays(tmp_path: Path) -> None:
    chosen = {"Shape": "Figure", "GET /shapes": "sketch"}
    first = emitted([CIRCLE, SQUARE], [])
    second = emitted([CIRCLE, SQUARE], [], json.loads(json.dumps(first.names)), chosen)
    third = emitted([CIRCLE, SQUARE], [], json.loads(json.dumps(second.names)), chosen)
    assert third.files == second.files
    assert second.names["aliases"]["operations"] == {"GET /shapes": ["draw"]}
    assert [diagnostic.code for diagnostic in second.diagnostics] == ["renamed", "renamed"]
    assert not third.diagnostics
    symbols = json.loads(second.files["surface.typescript.json"])["symbols"]
    assert symbols["models.Shape"]["value"] == "Figure"
    assert {"models.Shape", "operations.draw"} == {
        name for name, symbol in symbols.items() if "deprecated" in symbol
    }
    write(second.files, tmp_path)
    (tmp_path / "program.ts").write_text(
        "import { connect, draw, sketch, Figure, Shape, toJson } from './index.js';\n"
        "import { bindAll } from './client.js';\n"
        "const client = connect('');\n"
        "const old: Shape = await draw(client, {});\n"
        "const now: Figure = await sketch(client, {});\n"
        "export const texts: string[] = [toJson(Shape, now), toJson(Figure, old), typeof bindAll(client).api.draw];\n"
    )
    assert available(lambda: complaints(tmp_path)) == ""


def test_a_name_that_is_asked_for_is_not_taken_from_another() -> None:
    first = emitted([CIRCLE, SQUARE], [])
    second = emitted([CIRCLE, SQUARE], [], first.names, {"Shape": "ShapeSquare"})
    assert set(second.names["types"].values()) == {"Shape", "ShapeCircle", "ShapeSquare"}
    assert "aliases" not in second.names
