"""What types cannot say is asked of requests all the same, and samples keep to it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from bindwright.runtime.values.raw_schemas import satisfies
from bindwright.serve import App, Request, load
from jsonschema import Draft202012Validator

DOCUMENT = """
openapi: {version}
info: {{title: Assertions, version: '1'}}
paths:
  /value:
    put:
      requestBody: {{required: true, content: {{application/json: {{schema: {{$ref: '#/components/schemas/Value'}}}}}}}}
      responses: {{'204': {{description: ok}}}}
    get:
      responses:
        '200':
          description: ok
          content: {{application/json: {{schema: {{$ref: '#/components/schemas/Value'}}}}}}
components:
  schemas:
    Value: {schema}
    Word: {{type: string, enum: [red, green]}}
"""
MEMBERS = "properties: {a: {type: integer}, b: {type: string}, c: {type: boolean}}"
SCHEMAS: list[tuple[str, list[Any], list[Any]]] = [
    ("{type: string, not: {enum: [amber, birch]}}", ["cedar"], ["amber", 1]),
    ("{type: string, maxLength: 5, not: {pattern: '^.{0,4}$'}}", ["ember"], ["iris"]),
    ("{type: string, not: {$ref: '#/components/schemas/Word'}}", ["blue"], ["red"]),
    ("{type: integer, not: {multipleOf: 2}}", [3], [2]),
    (f"{{type: object, {MEMBERS}, not: {{required: [a, b]}}}}", [{"a": 1}, {"b": "x"}], [{"a": 1, "b": "x"}]),
    (f"{{type: object, {MEMBERS}, oneOf: [{{required: [a]}}, {{required: [b]}}]}}", [{"a": 1}], [{}, {"a": 1, "b": ""}]),
    (f"{{type: object, {MEMBERS}, anyOf: [{{required: [a]}}, {{required: [b]}}]}}", [{"b": ""}], [{"c": True}]),
    (f"{{type: object, {MEMBERS}, dependentRequired: {{a: [b]}}}}", [{"a": 1, "b": ""}, {"c": True}], [{"a": 1}]),
    (f"{{type: object, {MEMBERS}, if: {{required: [a]}}, then: {{required: [c]}}}}", [{"b": ""}], [{"a": 1}]),
    ("{oneOf: [{type: integer, minimum: 5}, {type: integer, multipleOf: 2}]}", [7, 4], [3, 8]),
    ("{anyOf: [{type: string, maxLength: 2}, {type: string, pattern: '^...$'}]}", ["ab", "abc"], ["abcd"]),
    ("{type: array, items: {type: integer}, contains: {minimum: 50}}", [[60]], [[1]]),
    (f"{{type: object, {MEMBERS}, dependentSchemas: {{a: {{properties: {{b: {{minLength: 9}}}}}}}}}}",
     [{"b": "x"}], [{"a": 1, "b": "x"}]),
    ("{type: object, properties: {a: {type: integer}}, dependentSchemas: {a: {properties: {b: {type: integer}}}}}",
     [{"b": "x"}, {"a": 1, "b": 2}], [{"a": 1, "b": "x"}]),
    ("{type: object, if: {required: [a]}, then: {properties: {v: {type: integer}}}, else: {properties: {v: {type: string}, w: {type: integer}}}}",
     [{"a": 0, "v": 1, "w": "x"}, {"v": "x", "w": 1}], [{"v": 1}, {"a": 0, "v": "x"}, {"w": "x"}]),
    ("{oneOf: [{type: string, pattern: '^a'}, {type: string, pattern: '^b'}, {type: string, format: date}]}",
     ["ab", "2020-01-01"], ["c"]),
    ("{type: object, patternProperties: {^a: {type: string}, ^b: {type: integer}}, additionalProperties: false}",
     [{"a1": "x", "b1": 1}, {}], [{"c": 1}, {"b1": "x"}]),
    ("{type: object, properties: {word: {type: string, not: {const: amber}}}}", [{"word": "x"}], [{"word": "amber"}]),
    ("{allOf: [{type: object, properties: {a: {type: integer}}, additionalProperties: false}, {properties: {b: {type: string}}}]}",
     [{"a": 1}, {}], [{"a": 1, "b": "x"}, {"b": "x"}]),
    ("{allOf: [{type: object, properties: {a: {type: integer}}, additionalProperties: {type: string}}, {properties: {b: {type: boolean}, c: {type: string}}}]}",
     [{"a": 1, "c": "x"}, {}], [{"b": True}]),
    ("{allOf: [{type: object, properties: {a: {type: integer}}, additionalProperties: {$ref: '#/components/schemas/Word'}}, {properties: {b: {type: string}}}]}",
     [{"a": 1, "b": "red"}], [{"b": "blue"}]),
    ("{type: array, minItems: 3, items: {type: integer, not: {enum: [1, 2, 3]}, minimum: 1, maximum: 4}}", [[4, 4, 4]], [[4, 4, 3]]),
    ("{type: array, minItems: 2, items: {type: string, enum: [a, b, c], not: {enum: [a, b]}}}", [["c", "c"]], [["c", "a"]]),
    ("{type: object, required: [a], properties: {a: {type: integer}, b: {type: string}}, dependentSchemas: {a: {required: [b], properties: {b: {minLength: 12}}}}}",
     [{"a": 1, "b": "x" * 12}], [{"a": 1, "b": "x"}, {"a": 1}]),
    ("{type: integer, format: uint32}", [0, 1.0, 4294967295.0], [-1, -1.0, 4294967296, 4294967296.0, 1e20]),
    ("{type: object, required: [k], properties: {k: {enum: [x, y]}, v: {type: string}, w: {type: integer}}, if: {properties: {k: {const: x}}}, then: {required: [v]}, else: {required: [w], properties: {w: {minimum: 1000}}}}",
     [{"k": "x", "v": ""}, {"k": "y", "w": 1000}], [{"k": "x"}, {"k": "y", "w": 1}]),
    ("{type: object, propertyNames: {pattern: ^x-}, minProperties: 3, additionalProperties: {type: integer}}",
     [{"x-": 1, "x-a": 2, "x-b": 3}], [{"x-": 1, "x-a": 2}, {"x-": 1, "x-a": 2, "y": 3}]),
    ("{type: object, patternProperties: {^x-: {type: integer}}, additionalProperties: false, minProperties: 2}",
     [{"x-": 1, "x-a": 2}], [{"x-": 1}]),
    ("{type: array, items: {type: string}, contains: {type: string, pattern: ^q}, minContains: 2}", [["q", "qu"]], [["q", "a"]]),
    (r"{type: string, format: date-time, pattern: '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$'}",
     ["2024-01-02T03:04:05.678Z"], ["2024-01-02T03:04:05Z"]),
    (r"{type: string, format: date-time, pattern: '\+\d\d:\d\d$'}", ["2024-01-02T03:04:05+01:00"], ["2024-01-02T03:04:05Z"]),
]  # fmt: skip


def mock(folder: Path, schema: str, version: str = "3.1.0", seed: int = 0) -> App:
    document = folder / "document.yaml"
    document.write_text(DOCUMENT.format(version=version, schema=schema))
    return load(document, seed=seed)


def put(app: App, value: Any) -> int:
    headers = (("Content-Type", "application/json"),)
    return app.respond(
        Request(method="PUT", target="/value", headers=headers, body=json.dumps(value).encode())
    ).status


@pytest.mark.parametrize(("schema", "good", "bad"), SCHEMAS, ids=[schema for schema, *_ in SCHEMAS])
def test_requests(tmp_path: Path, schema: str, good: list[Any], bad: list[Any]) -> None:
    app = mock(tmp_path, schema)
    assert [put(app, value) for value in good] == [204] * len(good)
    assert [put(app, value) for value in bad] == [422] * len(bad)


@pytest.mark.parametrize("schema", [schema for schema, *_ in SCHEMAS])
def test_samples(tmp_path: Path, schema: str) -> None:
    for seed in range(5):
        app = mock(tmp_path, schema, seed=seed)
        value = json.loads(app.respond(Request(method="GET", target="/value")).body)
        assert put(app, value) == 204, value


def test_what_a_base_asserts_holds_for_what_is_derived(tmp_path: Path) -> None:
    app = mock(
        tmp_path,
        "{allOf: [{$ref: '#/components/schemas/Base'}, {type: object, properties: {d: {type: integer}}}]}\n"
        f"    Base: {{type: object, {MEMBERS}, not: {{required: [a, b]}}}}",
    )
    assert put(app, {"a": 1, "d": 1}) == 204
    assert put(app, {"a": 1, "b": "x", "d": 1}) == 422


def test_what_an_alias_asserts_holds_where_it_is_used(tmp_path: Path) -> None:
    app = mock(
        tmp_path,
        "{type: object, properties: {w: {$ref: '#/components/schemas/Alias'}}}\n"
        "    Alias: {$ref: '#/components/schemas/Odd'}\n    Odd: {type: integer, not: {multipleOf: 2}}",
    )
    assert put(app, {"w": 1}) == 204
    assert put(app, {"w": 2}) == 422


def test_fragments_that_contain_themselves_are_left_out(tmp_path: Path) -> None:
    app = mock(
        tmp_path,
        "{type: object, properties: {a: {type: integer}}, not: {$ref: '#/components/schemas/Value'}}",
    )
    assert put(app, {"a": 1}) == 204


INSTANCES = [
    None, True, 0, 1, 1.0, 2.5, -3, "", "a", "abc", [], [1], [1, 1.0], [1, "a", None], {}, {"a": 1}, {"a": "x", "b": 2},
    {"xa": 1}, [[]], [{}],
]  # fmt: skip
FRAGMENTS: list[Any] = [
    True, False, {}, {"type": "integer"}, {"type": ["string", "null"]}, {"enum": [1, "a", None]}, {"const": 1},
    {"minimum": 1}, {"exclusiveMinimum": 1}, {"maximum": 1}, {"exclusiveMaximum": 1}, {"multipleOf": 0.5},
    {"minLength": 1, "maxLength": 2}, {"pattern": "^a"}, {"minItems": 1, "maxItems": 2}, {"uniqueItems": True},
    {"minProperties": 1, "maxProperties": 1}, {"required": ["a"]}, {"properties": {"a": {"type": "integer"}}},
    {"patternProperties": {"^x": {"type": "string"}}}, {"properties": {"a": {}}, "additionalProperties": False},
    {"patternProperties": {"^x": {}}, "additionalProperties": {"type": "string"}}, {"propertyNames": {"maxLength": 1}},
    {"items": {"type": "integer"}}, {"prefixItems": [{"type": "integer"}], "items": False}, {"contains": {"const": 1}},
    {"contains": {"type": "integer"}, "minContains": 2}, {"contains": {}, "maxContains": 1}, {"allOf": [{"type": "object"}]},
    {"anyOf": [{"type": "string"}, {"minimum": 1}]}, {"oneOf": [{"type": "integer"}, {"minimum": 1}]},
    {"not": {"type": "object"}}, {"if": {"type": "object"}, "then": {"required": ["a"]}, "else": {"type": "string"}},
    {"dependentRequired": {"a": ["b"]}}, {"dependentSchemas": {"a": {"minProperties": 2}}},
]  # fmt: skip


@pytest.mark.parametrize("fragment", FRAGMENTS, ids=str)
def test_a_second_opinion_on_fragments(fragment: Any) -> None:
    validator = Draft202012Validator(fragment)
    for instance in INSTANCES:
        assert satisfies(fragment, instance) is validator.is_valid(instance), instance


@pytest.mark.parametrize(
    "fragment", [{"not": 1}, {"minLength": "a"}, {"properties": []}, {"required": 1}, {"allOf": {}}]
)
def test_what_is_no_schema_refuses_nothing(fragment: Any) -> None:
    assert satisfies({"allOf": [fragment]}, {"a": 1}) or fragment == {"not": 1}
