"""Annotations that say what comes and goes, and sources that show what they hold."""

from __future__ import annotations

from typing import Any

import pytest
from bindwright.targets.python import Output, PythonOptions, emit

from tests.lowering import lowered


def generated(
    schemas: dict[str, Any], operation: dict[str, Any] | None = None, title: str = "Case", **options: Any
) -> Output:
    data = {
        "openapi": "3.1.1",
        "info": {"title": title, "version": "1"},
        "paths": {"/x": {"post": {"operationId": "x", **operation}}} if operation else {},
        "components": {"schemas": schemas},
    }
    return emit(lowered(data), PythonOptions(package="made", **options))


@pytest.mark.parametrize("value", [{}, [], [{}], {"a": []}])
def test_an_enum_of_empty_values_has_a_type(value: Any) -> None:
    text = generated({"E": {"enum": [value, "x"]}}).files["made/models/e.py"]
    assert 'member(cast("Any", ' in text
    assert "from typing import Any, cast" in text


def test_an_enum_that_is_anything_is_told() -> None:
    output = generated({"E": {"enum": [True, 1, {"a": 1}]}})
    assert [(diagnostic.level, diagnostic.code) for diagnostic in output.diagnostics] == [
        ("degraded", "enum-any")
    ]
    assert output.diagnostics[0].place.pointer == "/components/schemas/E"


@pytest.mark.parametrize("part", [{"contentEncoding": "binary"}, {"format": "binary"}])
def test_a_part_of_octets_is_bytes(part: dict[str, str]) -> None:
    form = {"type": "object", "required": ["file"], "properties": {"file": {"type": "string", **part}}}
    media = {"multipart/form-data": {"schema": {"$ref": "#/components/schemas/Form"}}}
    operation = {"requestBody": {"content": media}, "responses": {"204": {"description": "ok"}}}
    assert "    file: bytes" in generated({"Form": form}, operation).files["made/models/form.py"]
    assert "    file: str" in generated({"Form": form}).files["made/models/form.py"]  # JSON has no octets


@pytest.mark.parametrize("status", ["204", "205"])
def test_a_status_without_content_gives_none(status: str) -> None:
    media = {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}}
    responses = {code: {"description": "ok", "content": media} for code in ("200", status)}
    text = generated({"A": {"type": "object"}}, {"responses": responses}).files["made/api/default.py"]
    assert "-> A | None:" in text
    assert (
        "-> None:" in generated({}, {"responses": {status: responses[status]}}).files["made/api/default.py"]
    )


@pytest.mark.parametrize("name", ["dt", "typing", "field", "str", "list", "wire", "UNSET", "Any", "define"])
def test_a_chosen_name_hides_nothing(name: str) -> None:
    schemas = {
        "Chosen": {"x-bindwright-name": name, "type": "object", "properties": {"a": {"type": "string"}}},
        "Use": {
            "type": "object",
            "properties": {
                "d-1": {"$ref": "#/components/schemas/Chosen"},
                "at": {"type": "string", "format": "date-time"},
                "texts": {"type": "array", "items": {"type": "string"}},
            },
        },
    }
    assert generated(schemas).names["classes"]["#/components/schemas/Chosen"] == f"{name}_"


HIDDEN = "a \u202e\u2066\x1b[31m\u200b b"


@pytest.mark.parametrize("style", ["attrs", "pydantic", "dataclass", "typeddict", "msgspec"])
def test_no_file_holds_what_cannot_be_seen(style: str) -> None:
    schemas = {
        "Sign": {
            "type": "object",
            "title": HIDDEN,
            "description": HIDDEN,
            "properties": {
                "word": {"enum": [HIDDEN, "z"]},
                HIDDEN: {"type": "string", "pattern": "^\u202e+$"},
            },
        }
    }
    output = generated(schemas, title=HIDDEN, models=("attrs", style), description=HIDDEN)
    for path, text in output.files.items():
        assert not set(text) & set("\u202e\u2066\x1b\u200b"), path
    if style != "attrs":
        assert HIDDEN in repr(
            compile(output.files[f"made/models_{style}/__init__.py"], "x", "exec").co_consts
        ) or ("\\u202e" in output.files[f"made/models_{style}/__init__.py"])


@pytest.mark.parametrize("sequential", ["text/event-stream", "application/jsonl", "application/json-seq"])
def test_a_plain_call_gives_the_json_of_an_operation_that_also_streams(sequential: str) -> None:
    schemas = {
        name: {"type": "object", "properties": {"a": {"type": "string"}}} for name in ("Whole", "Event")
    }
    contents = {
        "application/json": {"schema": {"$ref": "#/components/schemas/Whole"}},
        sequential: {"itemSchema": {"$ref": "#/components/schemas/Event"}},
    }
    only = {sequential: contents[sequential]}
    operations = [
        {"responses": {"200": {"description": "ok", "content": chosen}}} for chosen in (contents, only)
    ]
    both, lines = (generated(schemas, operation).files["made/api/default.py"] for operation in operations)
    assert "-> Whole: ..." in both
    assert "-> Stream[Event]: ..." in both
    assert "-> list[Event]:" in lines


def test_a_member_that_a_derived_class_requires_needs_no_unset() -> None:
    base = {"type": "object", "properties": {"a": {"type": ["string", "null"]}}}
    derived = {"allOf": [{"$ref": "#/components/schemas/Base"},
                         {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}}]}  # fmt: skip
    text = generated({"Base": base, "Derived": derived}).files["made/models/derived.py"]
    assert "UNSET" not in text or "= UNSET" in text
