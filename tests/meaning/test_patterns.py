"""`patternProperties`: the name of a member tells what it is (JSON Schema 2020-12 core, 10.3.2.2), in every style."""

from __future__ import annotations

import importlib
from typing import Any

import pytest
from bindwright.runtime import json, xml
from bindwright.runtime.errors import DecodeError
from bindwright.runtime.validate import validate

from tests.meaning.driver import Generated, generate

STYLES = ("attrs", "pydantic", "dataclass", "typeddict", "msgspec")
CASES: list[tuple[str, str, list[str]]] = [
    ("Open", '{"n1":3,"x":"a","y":{"q":"1"},"z":null}', []),
    ("Open", '{"n1":9,"x":9}', ["$.n1 maximum"]),
    ("Many", '{"d1":"2020-01-01","p1":{"n":1},"az":"b","x":1}', []),
    ("Many", '{"az":"abcdef"}', ["$.az maxLength"]),
    ("Many", '{"d1z":"2020-01-01"}', ["$.d1z maxLength"]),  # all patterns hold that a name matches
    ("Many", '{"p1z":{"n":1}}', ["$.p1z type"]),
    ("Shut", '{"d1":"2020-01-01","n1":"1.50"}', []),
    ("Beside", '{"size":1,"pa":{"n":1},"px":{"n":2},"other":"x"}', []),
    ("Beside", '{"pa":{}}', ["$ patternProperties"]),  # and members with a name of their own
    ("Derived", '{"own":"a","q1":1,"px":{"n":1},"o":null}', []),
    ("True", '{"n1":3,"x":"a"}', []),
    ("Moments", '{"n":"2020-01-02","t":"2020-01-02T00:00:00.50Z"}', []),
]
WRONG = [
    ("Open", '{"n1":"s"}'),
    ("Many", '{"x":"s"}'),
    ("Beside", '{"px":1}'),
    ("Moments", '{"n":"2020-01-02T00:00:00Z"}'),
]


@pytest.fixture(scope="module")
def package() -> Generated:
    return generate(
        """
        Open: {type: object, patternProperties: {'^n': {type: integer, maximum: 5}}}
        Many:
          patternProperties:
            '^d': {type: string, format: date}
            '^p': {$ref: '#/components/schemas/Part'}
            'z$': {type: string, maxLength: 5}
          additionalProperties: {type: integer}
        Shut:
          type: object
          patternProperties: {'^d': {type: string, format: date}, '^n': {type: string, format: decimal}}
          additionalProperties: false
        Beside:
          type: object
          properties: {size: {type: integer}, pa: {type: object, properties: {n: {type: integer}}}}
          patternProperties: {'^p': {$ref: '#/components/schemas/Part'}}
        Derived:
          allOf:
          - $ref: '#/components/schemas/Beside'
          - {type: object, properties: {own: {type: string}}, patternProperties: {'^q': {type: integer}}}
        'True': {type: object, patternProperties: {'^n': {type: integer}}, additionalProperties: true}
        Moments:
          type: object
          properties: {a: {type: string}}
          patternProperties: {'^n': {type: string, format: date}}
          additionalProperties: {type: string, format: date-time}
        Part: {type: object, required: [n], properties: {n: {type: integer}}}
        """,
        models=STYLES,
    )


def _type(package: Generated, style: str, name: str) -> Any:
    models = (
        package.models if style == "attrs" else importlib.import_module(f"{package.package}.models_{style}")
    )
    return getattr(models, "True_" if name == "True" else name)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(("name", "text", "violations"), CASES)
def test_names_tell_what_members_are(
    package: Generated, style: str, name: str, text: str, violations: list[str]
) -> None:
    type_ = _type(package, style, name)
    value = json.decode(text.encode(), type_)
    assert json.encode(value, type_).decode() == text
    reported = [f"{violation.path} {violation.rule}" for violation in validate(value, type_)]
    assert reported == violations
    again = xml.decode(xml.encode(value, type_), type_)
    assert json.encode(again, type_).decode() == text.replace('"x":9', '"x":"9"')


@pytest.mark.parametrize(("name", "text"), WRONG)
def test_what_a_name_tells_is_asked_for(package: Generated, name: str, text: str) -> None:
    type_ = _type(package, "attrs", name)
    with pytest.raises(DecodeError, match=r"at \$\."):
        json.decode(text.encode(), type_)
    settings = json.Settings(values="lenient")
    assert (
        json.encode(json.decode(text.encode(), type_, settings=settings), settings=settings) == text.encode()
    )


def test_values_are_of_the_types_that_names_tell(package: Generated) -> None:
    value = json.decode(b'{"d1":"2020-01-01","p1":{"n":1},"x":1}', package.models.Many)
    kinds = [type(item).__name__ for item in value.additional_properties.values()]
    assert kinds == ["date", "Part", "int"]
    annotations = package.models.Many.__annotations__, package.models.Open.__annotations__
    assert [annotation["additional_properties"] for annotation in annotations] == [
        "dict[str, dt.date | Part | str | int]",
        "dict[str, Any]",
    ]
