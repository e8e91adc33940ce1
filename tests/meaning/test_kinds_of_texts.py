"""Texts that several alternatives can read: none may lose what the text says, alone or as an item of a list."""

from __future__ import annotations

from typing import Any

import pytest
from bindwright.runtime import json, xml

from tests.meaning.driver import Generated, generate

FORMATS = {
    "uuid": ["123E4567-E89B-12D3-A456-426614174000", "123e4567-e89b-12d3-a456-426614174000"],
    "decimal": ["007", "+5", "1e2", "5.", "-1.50"],
    "date-time": ["2024-01-01", "20240101T000000Z", "2024-01-01T00:00:00Z"],
    "date": ["20240101", "2024-01-01"],
    "time": ["10:11", "10:11:12Z"],
    "duration": ["pt1m", "PT1M"],
}
LISTS = """
Kinds: {oneOf: [{type: array, items: {type: string}}, {type: array, items: {type: integer}}]}
Limits: {oneOf: [{type: array, items: {type: integer, enum: [1, 2, 3]}}, {type: string, pattern: '^p'}, {type: array, items: {type: string, maxLength: 3}}]}
Maps: {oneOf: [{type: object, additionalProperties: {type: string}}, {type: object, additionalProperties: {type: boolean}}]}
Wrapped:
  oneOf:
  - {type: array, items: {type: string, pattern: '^a'}, xml: {wrapped: true}}
  - {type: array, items: {type: string, format: date}, xml: {wrapped: true}}
Holder: {type: object, properties: {kinds: {$ref: '#/components/schemas/Kinds'}, limits: {$ref: '#/components/schemas/Limits'},
    dates: {oneOf: [{type: array, items: {type: string, format: date-time}}, {type: array, items: {type: integer}}]},
    moment: {oneOf: [{oneOf: [{type: string}, {type: string, format: date}]}, {type: string, format: date-time}]},
    days: {oneOf: [{anyOf: [{type: string, format: date-time}, {type: boolean}]}, {type: array, items: {type: string, format: date}}]},
    nullable: {oneOf: [{type: array, items: {type: number}}, {type: [array, 'null'], items: {type: string}}]},
    number: {oneOf: [{anyOf: [{type: number}, {enum: [a, b]}]}, {type: string}]},
    maps: {$ref: '#/components/schemas/Maps'}, wrapped: {$ref: '#/components/schemas/Wrapped'}}}
"""


@pytest.fixture(scope="module")
def package() -> Generated:
    lines = [
        f"Of{name.title().replace('-', '')}: {{type: object, properties: {{v: "
        f"{{anyOf: [{{type: string, format: {name}}}, {{type: string}}]}}}}}}"
        for name in FORMATS
    ]
    return generate("\n".join(lines) + LISTS)


@pytest.mark.parametrize("name", FORMATS)
def test_a_text_beside_a_format_keeps_its_spelling(package: Generated, name: str) -> None:
    type_: Any = getattr(package.models, "Of" + name.title().replace("-", ""))
    for text in FORMATS[name]:
        document = f'{{"v":"{text}"}}'.encode()
        value = json.decode(document, type_)
        assert json.encode(value) == document
        assert json.encode(xml.decode(xml.encode(value), type_)) == document
    assert not isinstance(value.v, str)  # the last one is a value of the format


@pytest.mark.parametrize(
    "text",
    [
        '{"kinds":[1,2]}', '{"kinds":["x","2"]}', '{"kinds":["007"]}', '{"kinds":["007","8"]}', '{"limits":[3]}',
        '{"limits":[3,1]}', '{"limits":["abc"]}', '{"limits":"p1"}', '{"limits":["x","y"]}', '{"maps":{"a":true}}',
        '{"maps":{"a":"x"}}', '{"dates":["2024-01-01T00:00:00Z"]}', '{"dates":[1]}', '{"moment":"2024-01-01T01:02:03.500+02:00"}', '{"days":["2024-01-01"]}', '{"nullable":null}',  '{"wrapped":["ab"]}', '{"wrapped":["2024-01-01","2024-01-02"]}',
    ],
)  # fmt: skip
def test_lists_and_maps_are_told_by_their_items(package: Generated, text: str) -> None:
    type_: Any = package.models.Holder
    document = xml.encode(json.decode(text, type_))
    for _ in range(3):
        assert json.encode(xml.decode(document, type_)) == text.encode()
