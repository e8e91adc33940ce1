"""A body that may be left out and can only be ``{}`` is no argument; any other is one.

And bodies that nothing here reads, or that stand behind constants of the path.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from bindwright import ir, openapi
from bindwright.targets.python import PythonOptions, emit

from tests.lowering import lowered

CLOSED = {"type": "object", "properties": {}, "additionalProperties": False}
FORM, JSON = "application/x-www-form-urlencoded", "application/json"


def _signature(body: dict[str, Any]) -> str:
    operation = {
        "operationId": "search",
        "tags": ["things"],
        "parameters": [{"name": "text", "in": "query", "required": True, "schema": {"type": "string"}}],
        "requestBody": body,
        "responses": {"204": {"description": "ok"}},
    }
    document = {
        "openapi": "3.1.1",
        "info": {"title": "Case", "version": "1"},
        "paths": {"/things": {"get": operation}},
        "components": {"schemas": {"Nothing": CLOSED}},
    }
    files = emit(lowered(document), PythonOptions(package="empty_case")).files
    text = files["empty_case/api/things.py"]
    return text[text.index("def search(") : text.index("GET /things")]


@pytest.mark.parametrize(
    "content",
    [
        {FORM: {"schema": CLOSED}},
        {JSON: {"schema": {"$ref": "#/components/schemas/Nothing"}}, FORM: {"schema": CLOSED}},
    ],
)
def test_nothing_to_say(content: dict[str, Any]) -> None:
    assert "body" not in _signature({"content": content})
    assert "members" not in _signature({"content": content})
    assert "body" in _signature({"content": content, "required": True})


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "object"},
        {"type": ["object", "null"], "additionalProperties": False},
        CLOSED | {"properties": {"a": {"type": "string"}}},
        CLOSED | {"patternProperties": {"^x-": {"type": "string"}}},
        {"type": "string"},
    ],
)
def test_something_to_say(schema: dict[str, Any]) -> None:
    assert "body" in _signature({"content": {JSON: {"schema": schema}}})
    assert "body" in _signature({"content": {FORM: {"schema": CLOSED}, JSON: {"schema": schema}}})


@pytest.mark.parametrize(
    ("media_types", "sent", "answered", "diagnosed"),
    [
        (["application/yaml"], "Row | str", "str", 1),
        (["text/csv"], "str", "str", 2),
        (["application/x-protobuf"], "RawBody", "bytes", 2),
        (["application/octet-stream"], "RawBody", "bytes", 2),
        (["text/plain"], "Row", "Row", 0),
        (["application/x-own"], "Row", "Row", 0),
        (["application/json", "application/yaml", "text/csv"], "Row | RowDict | str", "Row", 0),
    ],
)
def test_formats_that_nothing_reads_are_texts_or_octets(
    media_types: list[str], sent: str, answered: str, diagnosed: int
) -> None:
    content = {media_type: {"schema": {"$ref": "#/components/schemas/Row"}} for media_type in media_types}
    operation = {
        "operationId": "put",
        "tags": ["things"],
        "requestBody": {"content": content, "required": True},
        "responses": {"200": {"description": "ok", "content": content}},
    }
    document = openapi.loads(
        json.dumps(
            {
                "openapi": "3.1.1",
                "info": {"title": "Case", "version": "1"},
                "paths": {"/things": {"put": operation}},
                "components": {"schemas": {"Row": {"type": "object", "properties": {"a": {}}}}},
            }
        )
    )
    api = ir.lower(document)
    text = emit(api, PythonOptions(package="case")).files["case/api/things.py"]
    assert f"def put(self, body: {sent}, **options: Unpack[CallOptions]) -> {answered}:" in text
    unread = [
        diagnostic for diagnostic in document.diagnostics.items if diagnostic.code == "unread-media-type"
    ]
    assert len(unread) == diagnosed == len(api.operations[0].degraded)


@pytest.mark.parametrize("names", [["a"], ["a", "b"], ["a", "b", "free"]])
@pytest.mark.parametrize("required", [True, False, None])
def test_constants_of_a_path_stand_once(names: list[str], required: bool | None) -> None:
    """Whatever follows them: something that has to be given, something that has not, or nothing."""
    schemas = {name: {"type": "string"} | ({} if name == "free" else {"enum": ["x"]}) for name in names}
    content = {JSON: {"schema": {"type": "object", "properties": {"n": {"type": "string"}}}}}
    operation = {
        "operationId": "put",
        "tags": ["things"],
        "parameters": [
            {"name": name, "in": "path", "required": True, "schema": schemas[name]} for name in names
        ],
        "responses": {"204": {"description": "ok"}},
        **({} if required is None else {"requestBody": {"required": required, "content": content}}),
    }
    path = "/" + "/".join(f"{{{name}}}" for name in names)
    document = {
        "openapi": "3.1.1",
        "info": {"title": "t", "version": "1"},
        "paths": {path: {"put": operation}},
    }
    files = emit(lowered(document), PythonOptions(package="case")).files
    compile(files["case/api/things.py"], "things.py", "exec")
