"""Names of inline types stay with what they are of, whatever is added or removed around them."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from bindwright.targets.python import Output, PythonOptions, emit

from tests.lowering import lowered

CIRCLE = {"type": "object", "properties": {"r": {"type": "number"}}}
SQUARE = {"type": "object", "properties": {"side": {"type": "number"}}}
PLANE = {"type": "object", "properties": {"w": {"type": "number"}, "h": {"type": "number"}}}


def document(
    schema: dict[str, Any], parameters: list[dict[str, Any]] = (), **operation: Any
) -> dict[str, Any]:  # type: ignore[assignment]
    return {
        "openapi": "3.1.1",
        "info": {"title": "Case", "version": "1"},
        "paths": {
            "/shapes/{id}": {
                "put": {
                    "operationId": "putShape",
                    "parameters": [
                        {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}},
                        *parameters,
                    ],
                    "responses": {"204": {"description": "ok"}},
                    **operation,
                }
            }
        },
        "components": {"schemas": {"Shape": schema}},
    }


def generated(data: dict[str, Any], lock: dict[str, Any] | None = None) -> Output:

    api = lowered(data)
    return emit(api, PythonOptions(package="made"), lock)


def class_of(output: Output, member: str) -> str:
    """The one class whose field has this name."""
    names = []
    for path, text in output.files.items():
        if path.startswith("made/models/") and not path.endswith("__init__.py"):
            for block in text.split("\nclass ")[1:]:
                if f"\n    {member}: " in block:
                    names.append(block.partition("(")[0])
    assert len(names) == 1, names
    return names[0]


@pytest.mark.parametrize("keyword", ["oneOf", "anyOf"])
@pytest.mark.parametrize("titled", [False, True])
def test_the_next_alternative_does_not_take_over_a_name(keyword: str, titled: bool) -> None:
    alternatives = [CIRCLE, SQUARE, PLANE]
    if titled:
        alternatives = [
            {**alternative, "title": name}
            for alternative, name in zip(alternatives, ["A", "B", "C"], strict=True)
        ]
    old = generated(document({keyword: alternatives}))
    new = generated(document({keyword: alternatives[1:]}), old.names)
    for member in ("side", "h"):
        assert class_of(new, member) == class_of(old, member)
    assert class_of(old, "r") not in new.names["classes"].values()


def test_an_alternative_in_front_renames_nobody() -> None:
    old = generated(document({"oneOf": [CIRCLE, SQUARE]}))
    new = generated(document({"oneOf": [PLANE, CIRCLE, SQUARE]}), old.names)
    for member in ("r", "side"):
        assert class_of(new, member) == class_of(old, member)


def test_an_alternative_that_gets_a_member_keeps_its_name() -> None:
    old = generated(document({"oneOf": [CIRCLE, SQUARE, PLANE]}))
    wider = copy.deepcopy(PLANE)
    wider["properties"]["area"] = {"type": "number"}  # type: ignore[index]
    new = generated(document({"oneOf": [SQUARE, wider]}), old.names)
    assert class_of(new, "area") == class_of(old, "h")
    assert class_of(new, "side") == class_of(old, "side")


def test_types_within_an_alternative_move_with_it() -> None:
    deep = {"type": "object", "properties": {"part": {"oneOf": [CIRCLE, SQUARE]}, "x": {"type": "string"}}}
    old = generated(document({"oneOf": [PLANE, deep]}))
    new = generated(document({"oneOf": [deep]}), old.names)
    for member in ("r", "side", "x"):
        assert class_of(new, member) == class_of(old, member)


def test_lists_of_inline_objects_are_told_by_their_items() -> None:
    lists = [{"type": "array", "items": item} for item in (CIRCLE, SQUARE)]
    old = generated(document({"oneOf": lists}))
    new = generated(document({"oneOf": lists[1:]}), old.names)
    assert class_of(new, "side") == class_of(old, "side")


def test_the_next_parameter_does_not_take_over_a_name() -> None:
    parameters = [
        {"name": name, "in": "query", "schema": schema} for name, schema in (("a", CIRCLE), ("b", SQUARE))
    ]
    old = generated(document(PLANE, parameters))
    new = generated(document(PLANE, parameters[1:]), old.names)
    assert class_of(new, "side") == class_of(old, "side")
    assert class_of(old, "r") not in new.names["classes"].values()


def test_what_is_said_of_fields_and_members_moves_too() -> None:
    odd = {"type": "object", "properties": {"b-c": {"type": "string"}, "mode": {"enum": ["x y", "z"]}}}
    old = generated(document({"oneOf": [CIRCLE, odd]}))
    lock = copy.deepcopy(old.names)
    for section in ("fields", "members"):
        for names in lock[section].values():
            for key in names:
                names[key] = f"chosen_{section}" if section == "fields" else f"CHOSEN_{len(names)}"
    new = generated(document({"oneOf": [odd]}), lock)
    assert "chosen_fields" in "".join(new.files.values())


def test_a_type_that_becomes_one_of_several_keeps_its_name() -> None:
    holder = {"type": "object", "properties": {"shape": CIRCLE}}
    wider = {"type": "object", "properties": {"shape": {"oneOf": [CIRCLE, SQUARE]}}}
    old = generated(document(holder))
    new = generated(document(wider), old.names)
    assert class_of(new, "r") == class_of(old, "r")


def test_a_type_that_may_be_null_keeps_its_name() -> None:
    holder = {"type": "object", "properties": {"shape": CIRCLE}}
    wider = {"type": "object", "properties": {"shape": {"oneOf": [CIRCLE, {"type": "null"}]}}}
    old = generated(document(holder))
    assert class_of(generated(document(wider), old.names), "r") == class_of(old, "r")
    assert class_of(generated(document(wider)), "r") == class_of(old, "r")


def test_a_lock_with_ids_is_read_and_written_anew() -> None:
    data = document({"oneOf": [CIRCLE, SQUARE]})
    lock = {
        "classes": {
            "#/components/schemas/Shape": "Shape",
            "#/components/schemas/Shape/oneOf/0": "ShapeOption1",
            "#/components/schemas/Shape/oneOf/1": "ShapeOption2",
        }
    }
    migrated = generated(data, lock)
    assert (class_of(migrated, "r"), class_of(migrated, "side")) == ("ShapeOption1", "ShapeOption2")
    later = generated(document({"oneOf": [SQUARE]}), migrated.names)
    assert class_of(later, "side") == "ShapeOption2"
    assert generated(data, migrated.names).names == migrated.names


def test_a_body_that_becomes_optional_stays_positional() -> None:
    body = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Shape"}}}}
    required = generated(document(CIRCLE, requestBody={**body, "required": True})).files[
        "made/api/default.py"
    ]
    optional = generated(document(CIRCLE, requestBody=body)).files["made/api/default.py"]
    assert "self, id: str, body: Shape | ShapeDict, **options" in " ".join(required.split())
    assert "self, id: str, body: Shape | ShapeDict | None = None, **options" in " ".join(optional.split())


@pytest.mark.parametrize("location", ["query", "header", "cookie"])
def test_a_later_parameter_of_the_same_name_renames_nobody(location: str) -> None:
    parameters = [{"name": "id", "in": location, "schema": {"type": "string"}}]
    old = generated(document(CIRCLE))
    assert old.names["arguments"]["PUT /shapes/{id}"] == {"path:id": "id"}
    new = generated(document(CIRCLE, parameters), old.names)
    assert new.names["arguments"]["PUT /shapes/{id}"] == {"path:id": "id", f"{location}:id": f"id_{location}"}
    again = generated(document(CIRCLE, parameters))
    assert again.names["arguments"] == new.names["arguments"]
