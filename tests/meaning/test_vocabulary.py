"""Coverage that is true: each keyword of the vocabularies has an effect on the IR, or a diagnostic says that it has none.

The vocabulary is that of OpenAPI 3.2.0 and JSON Schema 2020-12 (with what earlier drafts called otherwise). A keyword
is added to a place where it means something; `tests/ir/test_corpus.py` has documents as they are in the wild.
"""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from bindwright import ir
from bindwright.ir import serialize
from bindwright.openapi import LoadOptions, loads

PLACES: dict[str, dict[str, Any]] = {
    "object": {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "integer"}}},
    "map": {"type": "object", "additionalProperties": {"type": "integer"}},
    "array": {"type": "array", "items": {"type": "string"}},
    "tuple": {"type": "array", "prefixItems": [{"type": "string"}], "items": {"type": "integer"}},
    "string": {"type": "string"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "any": {},
    "enum": {"type": "string", "enum": ["a", "b"]},
    "ref": {"$ref": "#/components/schemas/R"},
    "union": {"oneOf": [{"type": "string"}, {"type": "integer"}]},
    "allOf": {"allOf": [{"$ref": "#/components/schemas/R"}, {"properties": {"z": {"type": "string"}}}]},
}
EVERYWHERE = tuple(PLACES)
OBJECTS = ("object", "map", "any", "ref", "allOf")
ARRAYS = ("array", "tuple", "any")
STRINGS = ("string", "any", "enum", "union")
NUMBERS = ("integer", "number", "any", "union")
TEXTS = ("string", "any", "enum")

VOCABULARY: dict[str, tuple[Any, tuple[str, ...]]] = {
    "title": ("T", EVERYWHERE), "description": ("D", EVERYWHERE), "default": ("a", EVERYWHERE),
    "deprecated": (True, EVERYWHERE), "readOnly": (True, EVERYWHERE), "writeOnly": (True, EVERYWHERE),
    "examples": (["a"], EVERYWHERE), "example": ("a", EVERYWHERE), "externalDocs": ({"url": "http://a"}, EVERYWHERE),
    "xml": ({"name": "n"}, EVERYWHERE), "nullable": (True, EVERYWHERE),
    "discriminator": ({"propertyName": "a"}, ("object",)),
    "enum": (["a", "c"], ("string", "any")), "const": ("a", ("string", "any", "enum")),
    "format": ("date-time", ("string", "any")), "multipleOf": (3, NUMBERS), "maximum": (3, NUMBERS),
    "minimum": (3, NUMBERS), "exclusiveMaximum": (3, NUMBERS), "exclusiveMinimum": (3, NUMBERS),
    "maxLength": (3, STRINGS), "minLength": (3, STRINGS), "pattern": ("^a", STRINGS),
    "contentEncoding": ("base64", TEXTS), "contentMediaType": ("application/json", TEXTS),
    "contentSchema": ({"type": "object"}, TEXTS),
    "maxItems": (3, ARRAYS), "minItems": (3, ARRAYS), "uniqueItems": (True, ARRAYS),
    "contains": ({"type": "string"}, ARRAYS), "prefixItems": ([{"type": "string"}], ("array", "any")),
    "items": ({"type": "boolean"}, ("any",)),
    "maxProperties": (3, OBJECTS), "minProperties": (3, OBJECTS), "required": (["a"], OBJECTS),
    "dependentRequired": ({"a": ["b"]}, OBJECTS), "dependentSchemas": ({"a": {"required": ["b"]}}, OBJECTS),
    "dependencies": ({"a": ["b"]}, OBJECTS), "patternProperties": ({"^x": {"type": "boolean"}}, OBJECTS),
    "propertyNames": ({"pattern": "^a"}, OBJECTS), "properties": ({"q": {"type": "string"}}, OBJECTS),
    "additionalProperties": (False, ("object", "any", "ref", "allOf")),
    "unevaluatedProperties": (False, ("object", "any", "ref", "allOf")),
    "if": ({"required": ["a"]}, EVERYWHERE), "not": ({"required": ["a"]}, EVERYWHERE),
    "allOf": ([{"minLength": 1, "minItems": 1, "minProperties": 1, "minimum": 1}], PLACES.keys() - {"boolean"}),
    "anyOf": ([{"required": ["a"]}, {"required": ["b"]}], OBJECTS),
    "oneOf": ([{"required": ["a"]}, {"required": ["b"]}], OBJECTS),
    "$recursiveRef": ("#", EVERYWHERE), "$recursiveAnchor": (True, EVERYWHERE), "$vocabulary": ({}, EVERYWHERE),
    "collectionFormat": ("csv", ("array",)), "maxLenght": (3, STRINGS), "id": ("x", EVERYWHERE),
}  # fmt: skip
"""Keyword to a value and the places where it means something.

Left out: what only names a place or a dialect (``$id``, ``$anchor``, ``$dynamicAnchor``, ``$defs``, ``$schema``,
``$comment``), and what has a meaning beside another keyword alone (``then``, ``minContains``, ``unevaluatedItems``).
"""


def _document(version: str, schema: dict[str, Any], **more: Any) -> str:
    schemas = {
        "R": {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "string"}}},
        "Member": {"type": "object", "properties": {"m": schema}},
        "Named": schema,
    }
    root = {
        "openapi": version,
        "info": {"title": "t", "version": "1"},
        "paths": {},
        "components": {"schemas": schemas},
    }
    return json.dumps({**root, **more})


def _meaning(text: str) -> tuple[Any, list[tuple[str, str]]]:
    document = loads(text, options=LoadOptions(tolerant=True))
    api = json.loads(serialize.dumps(ir.lower(document)))
    return api, [(item.code, item.place.pointer) for item in document.diagnostics.items]


CASES = [(keyword, place) for keyword, (_, places) in VOCABULARY.items() for place in sorted(places)]


@pytest.mark.parametrize("version", ["3.0.4", "3.1.1", "3.2.0"])
@pytest.mark.parametrize("keyword", VOCABULARY)
def test_a_keyword_of_a_schema_has_an_effect_or_a_diagnostic(keyword: str, version: str) -> None:
    value, places = VOCABULARY[keyword]
    for place in places:
        schema = PLACES[place]
        if keyword not in schema:
            before = _meaning(_document(version, schema))
            assert _meaning(_document(version, {**schema, keyword: value})) != before, place


@pytest.mark.parametrize("seed", range(6))
def test_two_keywords_do_not_hide_each_other(seed: int) -> None:
    """A seeded part of all pairs at one place."""
    rng = random.Random(seed)
    for _ in range(25):
        first, place = rng.choice(CASES)
        second = rng.choice([keyword for keyword, other in CASES if other == place])
        schema = PLACES[place]
        if first == second or {first, second} & schema.keys() or {first, second} <= {"enum", "const"}:
            continue
        single = {**schema, first: VOCABULARY[first][0]}
        both = {**single, second: VOCABULARY[second][0]}
        if _shadows(first, second, place):
            continue
        assert _meaning(_document("3.1.1", both)) != _meaning(_document("3.1.1", single)), (
            first,
            second,
            place,
        )


def _shadows(first: str, second: str, place: str) -> bool:
    """Pairs of which the second says nothing that the first has not said."""
    return (
        {first, second} <= {"additionalProperties", "unevaluatedProperties", "maxProperties"}
        or {first, second} <= {"required", "anyOf", "oneOf", "not", "if", "dependentRequired"}
        or {first, second} <= {"title", "description", "externalDocs"}
        or {first, second} <= {"example", "examples"}
        or (place == "any" and bool({first, second} & {"enum", "const", "format", "contentEncoding"}))
        or "allOf" in (first, second)
    )


PARAMETER: dict[str, Any] = {
    "name": "p",
    "in": "query",
    "schema": {"type": "array", "items": {"type": "string"}},
}
OF_PARAMETERS = {
    "description": "D", "required": True, "deprecated": True, "allowEmptyValue": True, "style": "pipeDelimited",
    "explode": False, "allowReserved": True, "example": ["a"], "examples": {"e": {"value": ["a"]}},
}  # fmt: skip
OF_CONTENTS = {
    "example": {"a": "x"}, "examples": {"e": {"value": {"a": "x"}}}, "itemSchema": {"type": "object"},
    "encoding": {"a": {"contentType": "text/plain"}}, "prefixEncoding": [{"contentType": "text/plain"}],
    "itemEncoding": {"contentType": "text/plain"},
}  # fmt: skip
OF_ENCODINGS = {
    "contentType": "text/plain", "headers": {"X": {"schema": {"const": "1"}}}, "style": "pipeDelimited",
    "explode": False, "allowReserved": True, "encoding": {"b": {"contentType": "text/plain"}},
}  # fmt: skip


def _paths(parameter: dict[str, Any], content: dict[str, Any]) -> dict[str, Any]:
    operation = {
        "operationId": "x",
        "parameters": [parameter],
        "requestBody": {"content": {"multipart/form-data": content}},
        "responses": {"200": {"description": "ok"}},
    }
    return {"/a": {"post": operation}}


@pytest.mark.parametrize("member", OF_PARAMETERS)
def test_a_member_of_a_parameter_has_an_effect_or_a_diagnostic(member: str) -> None:
    content = {"schema": {"type": "object"}}
    before = _meaning(_document("3.2.0", {}, paths=_paths(PARAMETER, content)))
    changed = {**PARAMETER, member: OF_PARAMETERS[member]}
    assert _meaning(_document("3.2.0", {}, paths=_paths(changed, content))) != before


@pytest.mark.parametrize("member", OF_CONTENTS)
def test_a_member_of_a_content_has_an_effect_or_a_diagnostic(member: str) -> None:
    content = {"schema": {"type": "object", "properties": {"a": {"type": "string"}}}}
    before = _meaning(_document("3.2.0", {}, paths=_paths(PARAMETER, content)))
    changed = {**content, member: OF_CONTENTS[member]}
    assert _meaning(_document("3.2.0", {}, paths=_paths(PARAMETER, changed))) != before


@pytest.mark.parametrize("member", OF_ENCODINGS)
def test_a_member_of_an_encoding_has_an_effect_or_a_diagnostic(member: str) -> None:
    schema = {"type": "object", "properties": {"a": {"type": "array", "items": {"type": "string"}}}}
    before = _meaning(
        _document("3.2.0", {}, paths=_paths(PARAMETER, {"schema": schema, "encoding": {"a": {}}}))
    )
    encoding = {"a": {member: OF_ENCODINGS[member]}}
    changed = _paths(PARAMETER, {"schema": schema, "encoding": encoding})
    assert _meaning(_document("3.2.0", {}, paths=changed)) != before


def test_other_places_for_paths_are_told_of() -> None:
    text = json.dumps({
        "swagger": "2.0", "info": {"title": "t", "version": "1"}, "paths": {},
        "x-ms-paths": {"/a?comp=list": {"get": {"responses": {}}}},
    })  # fmt: skip
    assert ("unread-paths", "/x-ms-paths") in _meaning(text)[1]


@pytest.mark.parametrize(
    ("bounds", "closed"),
    [({"minItems": 2, "maxItems": 2}, True), ({"maxItems": 1}, True), ({"maxItems": 3}, False), ({}, False)],
)
def test_a_tuple_is_closed_by_its_length_too(bounds: dict[str, int], closed: bool) -> None:
    """JSON Schema 2020-12 validation, 6.4.1: `maxItems` ends a list as `items: false` does."""
    schema = {"type": "array", "prefixItems": [{"type": "integer"}, {"type": "string"}], **bounds}
    api, diagnostics = _meaning(_document("3.1.1", schema))
    assert (("open-tuple", "/components/schemas/Named") not in diagnostics) is closed
    assert (api["types"]["#Named"].get("items") is None) is closed


REFERENCE = {"$ref": "#/components/schemas/R"}
BASE = {
    "type": "object",
    "properties": {"x": {"type": "object"}, "l": {"type": "array", "items": {"type": "object"}}},
}


def _narrowed(members: dict[str, Any]) -> dict[str, Any]:
    return {"allOf": [BASE, {"properties": members}]}


@pytest.mark.parametrize("version", ["3.0.4", "3.1.1", "3.2.0"])
@pytest.mark.parametrize(
    "keyword",
    ["readOnly", "writeOnly", "example", "deprecated", "description", "title", "externalDocs", "required"],
)
def test_what_stands_beside_a_reference_in_all_of_is_not_dropped(keyword: str, version: str) -> None:
    """In a member of `allOf`, and in properties and items that are put together from several declarations."""
    reference = {**REFERENCE, keyword: VOCABULARY[keyword][0]}
    for plain, changed in (
        ({"allOf": [REFERENCE, {"properties": {}}]}, {"allOf": [reference, {"properties": {}}]}),
        (_narrowed({"x": REFERENCE}), _narrowed({"x": reference})),
        (_narrowed({"l": {"items": REFERENCE}}), _narrowed({"l": {"items": reference}})),
    ):
        assert _meaning(_document(version, changed)) != _meaning(_document(version, plain)), changed


@pytest.mark.parametrize(
    ("schema", "diagnosed"),
    [
        ({"type": "object", "properties": {"a": {}}, "items": {}}, True),
        ({"type": "array", "items": {}, "properties": {"a": {}}}, True),
        ({"type": "string", "minItems": 1}, True),
        ({"type": ["object", "array"], "items": {}, "properties": {"a": {}}}, False),
    ],
)
def test_keywords_of_another_type_are_told_of(schema: dict[str, Any], diagnosed: bool) -> None:
    codes = _meaning(_document("3.1.1", schema))[1]
    assert (("unread-keyword", "/components/schemas/Named") in codes) is diagnosed
    assert (("unread-keyword", "/components/schemas/Member/properties/m") in codes) is diagnosed


@pytest.mark.parametrize("keyword", ["readOnly", "writeOnly"])
def test_a_side_of_what_no_member_has_is_told_of(keyword: str) -> None:
    used = {"Member": {"type": "object", "properties": {"m": {"$ref": "#/components/schemas/Side"}}}}
    side = {"Side": {"type": "object", "properties": {"a": {}}, keyword: True}}
    for schemas, diagnosed in ((side, True), ({**side, **used}, False)):
        codes = _meaning(_document("3.1.1", {}, components={"schemas": schemas}))[1]
        assert (("unread-keyword", "/components/schemas/Side") in codes) is diagnosed


PART = {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}}


@pytest.mark.parametrize("base", [PART, {**PART, "required": []}])
@pytest.mark.parametrize("more", [{}, {"patternProperties": {"^x-": {}}}])
@pytest.mark.parametrize(
    "own", [{"properties": {"z": {"type": "string"}}}, {"$ref": "#/components/schemas/R"}]
)
def test_a_closed_part_of_all_of_closes_something_or_is_told_of(
    base: dict[str, Any], more: dict[str, Any], own: dict[str, Any]
) -> None:
    plain = {"allOf": [base, {**own, **more}]}
    closed = {"allOf": [base, {**own, **more, "additionalProperties": False}]}
    before, after = (_meaning(_document("3.1.1", schema)) for schema in (plain, closed))
    assert after != before
    impossible = bool(base["required"])
    assert (("contradicted-part", "/components/schemas/Named") in after[1]) is impossible


@pytest.mark.parametrize("keyword", ["allOf", "additionalProperties", "required", "uniqueItems"])
def test_what_old_versions_ignore_beside_a_reference_is_told_of_in_alternatives_too(keyword: str) -> None:
    """`uniqueItems` beside the alternatives has them put together with it, one by one."""

    def union(branch: dict[str, Any]) -> dict[str, Any]:
        return {"anyOf": [branch, {"type": "array", "items": {}}], "uniqueItems": True}

    changed = _document("3.0.4", union({**REFERENCE, keyword: VOCABULARY[keyword][0]}))
    assert _meaning(changed) != _meaning(_document("3.0.4", union(REFERENCE)))


@pytest.mark.parametrize("keyword", ["title", "externalDocs", "description", "deprecated", "xml", "example"])
def test_what_stands_beside_an_all_of_around_a_reference_is_said_of_the_use(keyword: str) -> None:
    wrapper = {"allOf": [REFERENCE]}
    changed = _document("3.0.4", {**wrapper, keyword: VOCABULARY[keyword][0]})
    assert _meaning(changed)[0] != _meaning(_document("3.0.4", wrapper))[0]


DOCS = {"externalDocs": {"url": "http://docs"}}


def _described(**added: dict[str, Any]) -> Any:
    operation = {"description": "D", "summary": "S", "responses": {"204": {"description": "none"}}}
    operation |= added.get("operation", {})
    operation["responses"] = {"204": {"description": "none", **added.get("response", {})}}
    paths = {"/a": {"get": operation, **added.get("path", {})}}
    tags = [{"name": "t", **added.get("tag", {})}]
    return _meaning(_document("3.2.0", {}, paths=paths, tags=tags, **added.get("root", {})))


@pytest.mark.parametrize(
    ("place", "members"),
    [
        ("root", DOCS), ("tag", DOCS), ("operation", DOCS), ("path", {"summary": "P"}), ("path", {"description": "P"}),
        ("response", {"content": {"text/plain": {"schema": {"type": "string"}}}}), ("response", {"summary": "S"}),
    ],
)  # fmt: skip
def test_what_describes_operations_is_kept_or_told_of(place: str, members: dict[str, Any]) -> None:
    assert _described(**{place: members}) != _described()
