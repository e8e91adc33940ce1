"""Named scalars, lists, maps and choices say the same in every style: an alias of ``str`` has its name's facts."""

from __future__ import annotations

import importlib
from typing import Any

import pytest
from bindwright.runtime import json, xml
from bindwright.runtime.validate import validate

from tests.meaning.driver import Generated, generate

STYLES = ("attrs", "pydantic", "dataclass", "typeddict", "msgspec")
CASES: list[tuple[str, str, list[str]]] = [
    ("Code", '"abcd"', ["$ maxLength", "$ pattern"]),
    ("Size", "10", ["$ maximum"]),
    ("Share", "0.3", ["$ multipleOf"]),
    ("Price", '"1.50"', []),
    ("Codes", '["A","A"]', ["$ uniqueItems"]),
    ("Codes", '["a"]', ["$ minItems", "$[0] pattern"]),
    ("Sizes", '{"a":0,"b":1}', ["$ maxProperties", "$.a minimum"]),
    ("Either", "11", ["$ maximum"]),
    ("Nothing", '"a"', ["$ not"]),
    ("Texts", '["P1D","1.50"]', []),
]


@pytest.fixture(scope="module")
def package() -> Generated:
    return generate(
        """
        Code: {type: string, pattern: '^[A-Z]+$', maxLength: 3}
        Size: {type: integer, minimum: 1, maximum: 9}
        Share: {type: number, multipleOf: 0.5}
        Price: {type: string, format: decimal}
        Codes: {type: array, items: {$ref: '#/components/schemas/Code'}, minItems: 2, uniqueItems: true}
        Sizes: {type: object, additionalProperties: {$ref: '#/components/schemas/Size'}, maxProperties: 1}
        Either: {anyOf: [{$ref: '#/components/schemas/Code'}, {$ref: '#/components/schemas/Size'}]}
        Nothing: {type: string, not: {const: a}}
        Texts: {type: array, items: {anyOf: [{type: string, format: duration}, {type: string, format: decimal}]}}
        """,
        models=STYLES,
    )


@pytest.mark.parametrize("style", STYLES)
def test_validate_finds_the_same(package: Generated, style: str) -> None:
    models: Any = (
        package.models if style == "attrs" else importlib.import_module(f"{package.package}.models_{style}")
    )
    for name, text, expected in CASES:
        type_ = getattr(models, name)
        value = json.decode(text.encode(), type_)
        reported = [f"{violation.path} {violation.rule}" for violation in validate(value, type_)]
        assert reported == expected, (name, text)
        assert json.encode(value, type_).decode() == text
        assert validate([value], list[type_]) == [] or expected
        assert json.encode(xml.decode(xml.encode(value, type_), type_), type_).decode() == text


@pytest.mark.parametrize("style", STYLES)
def test_null_and_a_truth_value_beside_numbers(style: str) -> None:
    package = generate(
        """
        Maybe: {type: [boolean, 'null']}
        Holder: {type: object, properties: {mixed: {enum: [a, 1]}}}
        """,
        models=("attrs", style) if style != "attrs" else ("attrs",),
    )
    models = (
        package.models if style == "attrs" else importlib.import_module(f"{package.package}.models_{style}")
    )
    maybe: Any = models.Maybe | None if style == "attrs" else models.Maybe
    assert json.encode(json.decode(b"null", maybe), maybe) == b"null"
    value = json.decode(b'{"mixed":true}', models.Holder)
    assert json.encode(value, models.Holder) == b'{"mixed":true}'
    assert [violation.rule for violation in validate(value, models.Holder)] == ["enum"]
