"""A discriminator whose mapping says another value than the schema that it leads to: schemas say what is valid.

"The discriminator … does not change the validation outcome" (OpenAPI 3.2.0, Discriminator Object).
"""

from __future__ import annotations

import importlib
from typing import Any

import pytest
from bindwright.ir.model import Use
from bindwright.runtime import json, xml
from bindwright.runtime.errors import DecodeError
from bindwright.serve.validation.json_values import Checker

from tests.meaning.driver import generate

STYLES = ("attrs", "pydantic", "dataclass", "typeddict", "msgspec")


def _schemas(cat: str, dog: str) -> str:
    return f"""
Cat: {{type: object, required: [kind], properties: {{kind: {cat}, lives: {{type: integer}}}}}}
Dog: {{type: object, required: [kind], properties: {{kind: {dog}, barks: {{type: boolean}}}}}}
Home:
  type: object
  properties:
    pet:
      oneOf: [{{$ref: '#/components/schemas/Cat'}}, {{$ref: '#/components/schemas/Dog'}}]
      discriminator:
        propertyName: kind
        mapping: {{a: '#/components/schemas/Cat', d: '#/components/schemas/Dog'}}
"""


@pytest.mark.parametrize(
    ("cat", "dog", "contradictions", "valid", "refused"),
    [
        ("{const: b}", "{const: d}", 1, {"b": "Cat", "d": "Dog"}, ["a"]),
        ("{const: b}", "{const: a}", 2, {"b": "Cat", "a": "Dog"}, ["d"]),
        ("{enum: [b]}", "{enum: [a]}", 2, {"b": "Cat", "a": "Dog", "d": "Dog"}, ["e"]),
        ("{enum: [b, c]}", "{enum: [d]}", 1, {"a": "Cat", "b": "Cat", "c": "Cat", "d": "Dog"}, ["e"]),
        ("{enum: [a, b]}", "{enum: [d]}", 0, {"a": "Cat", "b": "Cat", "d": "Dog"}, ["e"]),
        ("{type: string}", "{const: b}", 1, {"a": "Cat", "b": "Dog"}, ["d"]),
    ],
)
def test_what_the_schemas_list_decides(
    cat: str, dog: str, contradictions: int, valid: dict[str, str], refused: list[str]
) -> None:
    package = generate(_schemas(cat, dog), models=STYLES)
    assert package.codes.count("contradicted-mapping") == contradictions
    for style in STYLES:
        module = "models" if style == "attrs" else f"models_{style}"
        models: Any = importlib.import_module(f"{package.package}.{module}")
        for value, name in valid.items():
            text = f'{{"pet":{{"kind":"{value}"}}}}'.encode()
            home = json.decode(text, models.Home)
            assert style == "typeddict" or type(home.pet).__name__ == name
            assert json.encode(home, models.Home) == text
        for value in refused:
            with pytest.raises(DecodeError):
                json.decode(f'{{"pet":{{"kind":"{value}"}}}}'.encode(), models.Home)


def test_what_is_written_of_nothing_is_what_the_schema_lists() -> None:
    models: Any = generate(_schemas("{enum: [b]}", "{const: d}")).models
    home = models.Home(pet=models.Cat(lives=9))
    assert json.encode(home) == b'{"pet":{"kind":"b","lives":9}}'
    assert xml.decode(xml.encode(home), models.Home) == home


def test_the_mock_asks_the_same() -> None:
    package = generate(_schemas("{const: b}", "{const: a}"))
    check = Checker(package.api, "response").check
    home = Use(type="#/components/schemas/Home")
    assert not check({"pet": {"kind": "b", "lives": 9}}, home)
    assert not check({"pet": {"kind": "a", "barks": True}}, home)
    assert check({"pet": {"kind": "d", "barks": True}}, home)


def test_a_base_heeds_its_derived_schemas() -> None:
    package = generate("""
Pet:
  type: object
  required: [kind]
  properties: {kind: {type: string}}
  discriminator: {propertyName: kind, mapping: {a: '#/components/schemas/Cat'}}
Cat:
  allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {kind: {const: b}, lives: {type: integer}}}]
""")
    models: Any = package.models
    assert package.codes.count("contradicted-mapping") == 1
    assert type(json.decode(b'{"kind":"b","lives":9}', models.Pet)) is models.Cat


UNLISTED = """
A: {type: object, required: [k], properties: {k: {type: string}, a: {type: integer}}}
B: {allOf: [{$ref: '#/components/schemas/A'}, {type: object, properties: {b: {type: integer}}}]}
C: {type: object, required: [k], properties: {k: {type: string}, c: {type: integer}}}
U: {oneOf: [{$ref: '#/components/schemas/A'}, {type: string}], discriminator: {propertyName: k, mapping: {a: A, b: B, c: C}}}
H: {type: object, properties: {u: {$ref: '#/components/schemas/U'}}}
"""


def test_what_a_mapping_leads_to_is_an_alternative() -> None:
    """A derived class is one already; of another, the types say what is read, in both formats."""
    package = generate(UNLISTED)
    models: Any = package.models
    assert package.codes.count("unlisted-mapping") == 1
    value = json.decode(b'{"u":{"k":"c","c":1}}', models.H)
    assert value == models.H(u=models.C(k="c", c=1))
    assert xml.decode(xml.encode(value), models.H) == value
    assert {use.type.rpartition("/")[2] for use in package.api.types["#/components/schemas/U"].members} >= {
        "A",
        "C",
    }


NAMED = """
Animal:
  type: object
  required: [kind]
  discriminator: {propertyName: kind, MAPPING}
  properties: {kind: KIND}
Zebra: {allOf: [{$ref: '#/components/schemas/Animal'}, {type: object, properties: {s: {type: integer}}}]}
"""


@pytest.mark.parametrize(
    ("kind", "mapping", "warnings"),
    [
        ("{type: string, enum: [zebra, Animal]}", "", 1),
        ("{type: object}", "", 1),
        ("{type: string, enum: [zebra, Animal]}", "mapping: {zebra: Zebra}", 0),
        ("{type: string, enum: [Zebra, Animal]}", "", 0),
        ("{type: string}", "", 0),
    ],
)
def test_a_name_that_is_no_value_of_the_member_is_told_of(kind: str, mapping: str, warnings: int) -> None:
    package = generate(NAMED.replace("KIND", kind).replace("MAPPING", mapping))
    assert package.codes.count("unlisted-name") == warnings
