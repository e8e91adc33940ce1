"""Every spelling of "or null" makes the use nullable, and none of them makes a union."""

from __future__ import annotations

import pytest
from bindwright.ir import lower

from tests.ir.driver import causes, document, member, named, schemas

SPELLINGS = [
    ("3.0.3", "{type: string, nullable: true}"),
    ("3.0.3", "{type: string, x-nullable: true}"),
    ("3.1.0", "{type: [string, 'null']}"),
    ("3.1.0", "{type: ['null', string]}"),
    ("3.1.0", "{oneOf: [{type: string}, {type: 'null'}]}"),
    ("3.1.0", "{anyOf: [{type: 'null'}, {type: string}]}"),
    ("3.1.0", "{anyOf: [{type: string}, {enum: [null]}]}"),
    ("3.1.0", "{anyOf: [{type: string}, {const: null}]}"),
    ("3.0.3", "{oneOf: [{type: string}, {nullable: true}]}"),
]


@pytest.mark.parametrize(("version", "schema"), SPELLINGS)
def test_a_nullable_string(version: str, schema: str) -> None:
    api = schemas(f"A: {{type: object, properties: {{a: {schema}, b: {{type: string}}}}}}", version)
    assert member(api, "A", "a").use.type == "string"
    assert member(api, "A", "a").use.nullable
    assert not member(api, "A", "b").use.nullable
    assert causes(api) == []


REFERENCES = [
    ("3.0.3", "{allOf: [{$ref: '#/components/schemas/B'}], nullable: true}"),
    ("3.0.3", "{nullable: true, $ref: '#/components/schemas/B'}"),
    ("3.1.0", "{anyOf: [{$ref: '#/components/schemas/B'}, {type: 'null'}]}"),
    ("3.1.0", "{oneOf: [{$ref: '#/components/schemas/Nothing'}, {$ref: '#/components/schemas/B'}]}"),
]


@pytest.mark.parametrize(("version", "schema"), REFERENCES)
def test_a_nullable_reference(version: str, schema: str) -> None:
    api = schemas(
        f"""
        A: {{type: object, properties: {{a: {schema}}}}}
        B: {{type: object, properties: {{x: {{type: string}}}}}}
        Nothing: {{type: 'null'}}
        """,
        version,
    )
    assert (member(api, "A", "a").use.type, member(api, "A", "a").use.nullable) == (
        "#/components/schemas/B",
        True,
    )


def test_a_named_type_makes_its_uses_nullable() -> None:
    api = schemas(
        """
        A: {type: object, properties: {b: {$ref: '#/components/schemas/B'}}}
        B: {type: string, nullable: true, format: uuid}
        """,
        "3.0.3",
    )
    assert named(api, "B").nullable
    assert member(api, "A", "b").use.nullable


def test_null_in_an_enum_is_not_a_value() -> None:
    api = schemas("A: {type: object, properties: {a: {enum: [x, null, y]}}}")
    use = member(api, "A", "a").use
    kind = api.types[use.type]
    assert use.nullable
    assert kind.kind == "enum"
    assert [member.value for member in kind.members] == ["x", "y"]


def test_null_alone_is_the_null_type() -> None:
    api = schemas("A: {type: object, properties: {a: {type: 'null'}, b: {const: null}}}")
    assert member(api, "A", "a").use.type == "null"
    assert member(api, "A", "b").use.type == "null"


@pytest.mark.parametrize(
    ("version", "schema", "warned"),
    [
        ("3.0.3", "{type: string, enum: [a, null]}", True),
        ("3.0.3", "{type: string, nullable: true, enum: [a, null]}", False),
        ("3.0.3", "{enum: [a, null]}", False),
        ("3.1.0", "{type: string, enum: [a, null]}", True),
        ("3.1.0", "{type: [string, 'null'], enum: [a, null]}", False),
    ],
)
def test_null_that_an_enum_lists_and_its_type_forbids(version: str, schema: str, warned: bool) -> None:
    text = f"components: {{schemas: {{A: {{type: object, properties: {{a: {schema}}}}}}}}}"
    loaded = document(text, version)
    assert member(lower(loaded), "A", "a").use.nullable
    assert ("enum-null" in [item.code for item in loaded.diagnostics.items]) is warned
