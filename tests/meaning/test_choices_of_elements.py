"""Choices of elements (OpenAPI 3.2.0, "XML Node Types", `none` with `oneOf`): what tells their alternatives."""

from __future__ import annotations

from typing import Any

import pytest
from bindwright.runtime import xml
from lxml import etree

from tests.meaning.driver import generate

SCHEMAS = """
Holder:
  type: object
  xml: {name: holder}
  properties: {one: {$ref: '#/components/schemas/One'}, all: {type: array, items: {$ref: '#/components/schemas/All'}}}
One: {xml: {nodeType: none}, oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Inner'}]}
Inner: {xml: {nodeType: none}, oneOf: [{$ref: '#/components/schemas/Owl'}, {type: integer, xml: {name: count}}]}
All: {xml: {nodeType: none}, oneOf: [{$ref: '#/components/schemas/Bee'}, {$ref: '#/components/schemas/Words'}]}
Words: {xml: {nodeType: none}, oneOf: [{type: string, xml: {name: word}}, {type: boolean, xml: {name: sign}}]}
Cat: {type: object, xml: {name: cat}, properties: {n: {type: string}}}
Owl: {type: object, xml: {name: owl}, properties: {n: {type: string}}}
Bee: {type: object, xml: {name: bee}, properties: {n: {type: string}}}
"""


@pytest.mark.parametrize(
    ("text", "member", "right"),
    [
        ("<holder><owl><n>x</n></owl></holder>", "one", lambda models: models.Owl(n="x")),
        ("<holder><count>5</count></holder>", "one", lambda models: 5),
        (
            "<holder><word>5</word><bee/><sign>true</sign></holder>",
            "all",
            lambda models: ["5", models.Bee(), True],
        ),
    ],
)
def test_a_choice_in_a_choice_is_one_choice(text: str, member: str, right: Any) -> None:
    package = generate(SCHEMAS, version="3.2.0")
    assert "invalid-node-type" not in package.codes
    holder = xml.decode(text.encode(), package.models.Holder)
    assert getattr(holder, member) == right(package.models)
    assert etree.tostring(etree.fromstring(xml.encode(holder)), method="c14n2") == etree.tostring(
        etree.fromstring(text), method="c14n2"
    )


@pytest.mark.parametrize(
    "alternative",
    [
        "{type: string, xml: {nodeType: text}}",
        "{type: string, xml: {nodeType: cdata}}",
        "{type: string, xml: {nodeType: attribute, name: a}}",
        "{type: array, xml: {nodeType: element, name: l}, items: {type: string}}",
        "{type: object, xml: {name: m}, additionalProperties: {type: string}}",
        "{type: object, xml: {nodeType: none}, properties: {u: {type: string}}}",
    ],
)
@pytest.mark.parametrize(
    "place", ["one: {$ref: '#/components/schemas/One'}", "one: {$ref: '#/components/schemas/Two'}"]
)
def test_an_alternative_without_an_element_is_told_of(alternative: str, place: str) -> None:
    package = generate(
        f"""
        Holder: {{type: object, xml: {{name: holder}}, properties: {{{place}}}}}
        One: {{xml: {{nodeType: none}}, oneOf: [{{$ref: '#/components/schemas/Cat'}}, {{$ref: '#/components/schemas/Odd'}}]}}
        Two: {{type: array, items: {{xml: {{nodeType: none}}, anyOf: [{{$ref: '#/components/schemas/Cat'}}, {alternative}]}}}}
        Cat: {{type: object, xml: {{name: cat}}, properties: {{n: {{type: string}}}}}}
        Odd: {alternative}
        """,
        version="3.2.0",
    )
    assert package.codes.count("invalid-node-type") == 2
