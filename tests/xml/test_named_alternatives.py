"""Choices of scalars whose alternatives have names in XML: who is called so, and what is told where nobody is."""

from __future__ import annotations

import importlib
import json as stdlib
from functools import cache
from typing import Any

import pytest
from bindwright.runtime import json, xml

from tests.meaning.driver import Generated, generate

STYLES = ("pydantic", "dataclass", "typeddict", "msgspec")
CHOICE = "oneOf: [{type: integer, xml: {name: num}}, {type: string, xml: {name: word}}]"
SCHEMAS = f"""
Member: {{type: object, xml: {{name: h}}, properties: {{m: {{{CHOICE}}}, z: {{type: string}}}}}}
Items: {{type: object, xml: {{name: h}}, properties: {{m: {{type: array, items: {{{CHOICE}}}}}}}}}
Keyed: {{type: object, xml: {{name: h}}, properties: {{m: {{type: object, additionalProperties: {{{CHOICE}}}}}}}}}
Lists: {{type: object, xml: {{name: h}}, properties: {{m: {{type: object, additionalProperties: {{type: array, items: {{{CHOICE}}}}}}}}}}}
Further: {{type: object, xml: {{name: h}}, properties: {{a: {{type: string}}}}, additionalProperties: {{{CHOICE}}}}}
Attribute: {{type: object, xml: {{name: h}}, properties: {{m: {{xml: {{attribute: true}}, {CHOICE}}}}}}}
Place: {{type: object, xml: {{name: h}}, properties: {{m: {{xml: {{name: p}}, {CHOICE}}}}}}}
Some: {{type: object, xml: {{name: h}}, properties: {{m: {{type: array, items: {{oneOf: [{{type: integer, xml: {{name: num}}}}, {{type: string}}]}}}}}}}}
Null: {{type: object, xml: {{name: h}}, properties: {{m: {{type: array, xml: {{wrapped: true}}, items: {{oneOf: [{{type: 'null'}}, {{type: integer, xml: {{name: num}}}}, {{type: string, xml: {{name: word}}}}]}}}}}}}}
Formats: {{type: object, xml: {{name: h}}, properties: {{m: {{type: array, items: {{oneOf: [{{type: string, format: uuid, xml: {{name: id}}}}, {{type: string, format: date, xml: {{name: day}}}}, {{type: string, enum: [x, y], xml: {{name: e}}}}, {{type: boolean, xml: {{name: b}}}}]}}}}}}}}
Listed: {{type: object, xml: {{name: h}}, properties: {{m: {{type: array, items: {{anyOf: [{{type: string, enum: [x, y], xml: {{name: a}}}}, {{type: string, xml: {{name: b}}}}]}}}}}}}}
"""
XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
STRING = 'xmlns:ns1="http://www.w3.org/2001/XMLSchema" xsi:type="ns1:string"'
UUID = "123e4567-e89b-12d3-a456-426614174000"
CASES: list[tuple[str, Any, str]] = [
    ("Member", {"m": 5, "z": "q"}, "<h><num>5</num><z>q</z></h>"),
    ("Member", {"m": "5", "z": "q"}, "<h><word>5</word><z>q</z></h>"),
    ("Items", {"m": ["5", 5, "a"]}, "<h><word>5</word><num>5</num><word>a</word></h>"),
    ("Keyed", {"m": {"k": 5, "j": "b"}}, "<h><m><k>5</k><j>b</j></m></h>"),
    ("Keyed", {"m": {"j": "5"}}, f"<h {XSI}><m><j {STRING}>5</j></m></h>"),
    ("Lists", {"m": {"k": [5, "5"], "j": []}}, "<h><m><k><num>5</num><word>5</word></k><j/></m></h>"),
    ("Further", {"a": "q", "k": 5, "j": "x"}, "<h><a>q</a><k>5</k><j>x</j></h>"),
    ("Attribute", {"m": 5}, '<h m="5"/>'),
    ("Attribute", {"m": "x"}, '<h m="x"/>'),
    ("Place", {"m": 5}, "<h><p>5</p></h>"),
    ("Place", {"m": "x"}, "<h><p>x</p></h>"),
    ("Some", {"m": [5, "5"]}, "<h><num>5</num><m>5</m></h>"),
    ("Null", {"m": [5, None, "a"]}, f'<h {XSI}><m><num>5</num><m xsi:nil="true"/><word>a</word></m></h>'),
    ("Formats", {"m": [UUID, "2020-01-01", "x", True]}, f"<h><id>{UUID}</id><day>2020-01-01</day><e>x</e><b>true</b></h>"),
    ("Listed", {"m": ["x", "z"]}, "<h><a>x</a><b>z</b></h>"),
]  # fmt: skip


@cache
def package() -> Generated:
    """The models of all cases, in every style."""
    return generate(SCHEMAS, models=("attrs", *STYLES))


@pytest.mark.parametrize("style", ["attrs", *STYLES])
@pytest.mark.parametrize(("name", "data", "document"), CASES)
def test_each_is_called_as_the_alternative_it_is_of(style: str, name: str, data: Any, document: str) -> None:
    module = (
        package().models
        if style == "attrs"
        else importlib.import_module(f"{package().package}.models_{style}")
    )
    type_ = getattr(module, name)
    assert xml.encode(json.decode(stdlib.dumps(data), type_), type_).decode() == document
    value = xml.decode(document.encode(), type_)
    assert stdlib.loads(json.encode(value, type_)) == data
    assert xml.encode(value, type_).decode() == document


DIAGNOSED = {
    "strings": "H: {type: object, xml: {name: h}, properties: {m: {oneOf: [{type: string, xml: {name: a}}, {type: string, xml: {name: b}}]}}}",
    "ranges": "H: {type: object, xml: {name: h}, properties: {m: {oneOf: [{type: integer, maximum: 5, xml: {name: a}}, {type: integer, minimum: 6, xml: {name: b}}]}}}",
    "widths": "H: {type: object, xml: {name: h}, properties: {m: {oneOf: [{type: integer, format: int32, xml: {name: a}}, {type: integer, format: int64, xml: {name: b}}]}}}",
    "keys": f"H: {{type: object, xml: {{name: h}}, additionalProperties: {{{CHOICE}}}}}",
    "attribute": f"H: {{type: object, xml: {{name: h}}, properties: {{m: {{xml: {{attribute: true}}, {CHOICE}}}}}}}",
    "object": "H: {type: object, xml: {name: h}, properties: {m: {oneOf: [{type: integer, xml: {name: a}}, {type: object, properties: {q: {type: string}}}]}}}",
    "list": "H: {type: object, xml: {name: h}, properties: {m: {oneOf: [{type: integer, xml: {name: a}}, {type: array, items: {type: string}}]}}}",
    "items": "H: {type: object, xml: {name: h}, properties: {m: {type: [string, array], items: {type: string, xml: {name: i}}}}}",
    "one name": "H: {type: object, xml: {name: h}, properties: {m: {oneOf: [{type: string, format: date, xml: {name: a}}, {type: string, xml: {name: a}}]}}}",
}  # fmt: skip
UNDIAGNOSED = {
    "bare": "H: {type: object, xml: {name: h}, properties: {m: {type: [string, array], items: {type: string}}}}",
    "named alike": "H: {type: object, xml: {name: h}, properties: {m: {type: [string, array], items: {type: string, xml: {name: m}}}}}",
    "wrapped": "H: {type: object, xml: {name: h}, properties: {m: {oneOf: [{type: string}, {type: array, xml: {wrapped: true}, items: {type: string, xml: {name: i}}}]}}}",
    "items": f"H: {{type: object, xml: {{name: h}}, properties: {{m: {{type: array, items: {{{CHOICE}}}}}}}}}",
    "place": f"H: {{type: object, xml: {{name: h}}, properties: {{m: {{xml: {{name: p}}, {CHOICE}}}}}}}",
    "some": "H: {type: object, xml: {name: h}, properties: {m: {oneOf: [{type: integer, xml: {name: a}}, {type: string}]}}}",
}  # fmt: skip


@pytest.mark.parametrize("case", DIAGNOSED)
def test_names_that_no_element_has_are_told(case: str) -> None:
    assert generate(DIAGNOSED[case]).codes.count("xml-alternative-names") == 1


@pytest.mark.parametrize("case", UNDIAGNOSED)
def test_nothing_is_diagnosed_of_names_that_elements_have(case: str) -> None:
    assert "xml-alternative-names" not in generate(UNDIAGNOSED[case]).codes


def test_two_members_with_alternatives_of_one_name_are_told() -> None:
    schemas = f"H: {{type: object, xml: {{name: h}}, properties: {{m: {{{CHOICE}}}, n: {{type: array, items: {{{CHOICE}}}}}}}}}"
    assert "xml-shared-name" in generate(schemas).codes


LISTS = "m: {oneOf: [{type: array, items: {type: string%s}}, {type: array, items: {type: %s}}]}"


@pytest.mark.parametrize(
    ("facts", "other", "is_diagnosed"),
    [
        ("", "integer", True),
        ("", "boolean", True),
        (", pattern: '^x'", "integer", False),
        (", format: date", "number", False),
        ("", "object", False),
    ],
)
def test_lists_whose_items_say_no_type_are_told(facts: str, other: str, is_diagnosed: bool) -> None:
    members = LISTS % (facts, other)
    codes = generate(f"H: {{type: object, xml: {{name: h}}, properties: {{{members}}}}}").codes
    assert ("xml-alternative-values" in codes) is is_diagnosed
    # A document that does not speak of XML has nothing to lose by it.
    assert "xml-alternative-values" not in generate(f"H: {{type: object, properties: {{{members}}}}}").codes
