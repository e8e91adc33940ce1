"""A null that the document does not allow is the same in JSON and in XML, in every style of models."""

from __future__ import annotations

import importlib
from typing import Any

import pytest
from bindwright.runtime import json, xml
from bindwright.runtime.validate import validate

from tests.meaning.driver import Generated, generate

STYLES = ("pydantic", "dataclass", "typeddict", "msgspec")
NIL = ' xsi:nil="true"/>'
CASES = [
    ("Whole", '{"a":null,"id":"x"}', f"<a{NIL}<id>x</id>"),
    ("Whole", '{"id":"x","part":null}', f"<id>x</id><part{NIL}"),
    ("Whole", '{"id":"x","part":{"p":null,"q":1}}', f"<id>x</id><part><p{NIL}<q>1</q></part>"),
    ("Whole", '{"id":"x","parts":[{"q":null},{}]}', f"<id>x</id><parts><q{NIL}</parts><parts/>"),
    ("Whole", '{"id":"x","either":{"p":null,"q":1}}', f"<id>x</id><either><p{NIL}<q>1</q></either>"),
    ("Whole", '{"id":"x","wrapped":null}', f"<id>x</id><wrapped{NIL}"),
    ("Open", '{"p":null,"e":1}', f"<p{NIL}<e>1</e>"),
]


@pytest.fixture(scope="module")
def package() -> Generated:
    return generate(
        """
        Whole:
          type: object
          required: [id]
          properties:
            a: {type: string}
            at: {type: string, xml: {attribute: true}}
            id: {type: string}
            part: {$ref: '#/components/schemas/Part'}
            parts: {type: array, items: {$ref: '#/components/schemas/Part'}}
            either: {oneOf: [{$ref: '#/components/schemas/Part'}, {$ref: '#/components/schemas/Other'}]}
            wrapped: {type: array, items: {type: string}, xml: {wrapped: true}}
        Part: {type: object, properties: {p: {type: string}, q: {type: integer}}}
        Other: {type: object, required: [o], properties: {o: {type: string}}}
        Open: {type: object, properties: {p: {type: string}}, additionalProperties: {type: integer}}
        """,
        models=("attrs", *STYLES),
    )


def _models(package: Generated, style: str) -> Any:
    return (
        package.models if style == "attrs" else importlib.import_module(f"{package.package}.models_{style}")
    )


@pytest.mark.parametrize("style", ["attrs", *STYLES])
@pytest.mark.parametrize(("name", "text", "inside"), CASES)
def test_it_is_the_same_in_both_formats(
    package: Generated, style: str, name: str, text: str, inside: str
) -> None:
    type_ = getattr(_models(package, style), name)
    value = json.decode(text.encode(), type_)
    assert json.encode(value, type_).decode() == text
    document = xml.encode(value, type_).decode()
    assert document == f'<{name} xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{inside}</{name}>'
    again = xml.decode(document.encode(), type_)
    assert json.encode(again, type_).decode() == text
    assert [violation.rule for violation in validate(again, type_)] == ["type"]


def test_a_value_that_was_set_since_is_written(package: Generated) -> None:
    value = json.decode(b'{"a":null,"id":"x"}', package.models.Whole)
    value.a = "y"
    assert xml.encode(value) == b"<Whole><a>y</a><id>x</id></Whole>"
    value = xml.decode(
        xml.encode(json.decode(b'{"a":null,"id":"x"}', package.models.Whole)), package.models.Whole
    )
    value.a = "y"
    assert json.encode(value) == b'{"a":"y","id":"x"}'


@pytest.mark.parametrize("text", ['{"id":null}', '{"p":null,"e":null}'])
def test_it_is_the_same_where_answers_are_read_leniently(package: Generated, text: str) -> None:
    name = "Open" if "p" in text else "Whole"
    type_ = getattr(package.models, name)
    settings: Any = json.Settings(values="lenient"), xml.Settings(values="lenient")
    value = json.decode(text.encode(), type_, settings=settings[0])
    document = xml.encode(value, settings=settings[1])
    assert document.count(b"nil") == text.count("null")
    again = xml.decode(document, type_, settings=settings[1])
    assert xml.encode(again, settings=settings[1]) == document
    assert json.encode(again, settings=settings[0]).decode() == text


def test_a_missing_member_is_no_null_in_xml(package: Generated) -> None:
    settings = xml.Settings(values="lenient")
    value = xml.decode(b"<Whole/>", package.models.Whole, settings=settings)
    assert xml.encode(value, settings=settings) == b"<Whole/>"
