"""Keys of dictionaries: in XML values of their type, in JSON what .NET's ``Convert.ToString`` gives (the rules, 10)."""

from __future__ import annotations

import math
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from bindwright.runtime import json, xml
from bindwright.runtime.errors import DecodeError, EncodeError

from tests.meaning.driver import generate

KEYS = {
    "String": "{type: string}", "Int": "{type: integer, format: int32}", "Long": "{type: integer, format: int64}",
    "Boolean": "{type: boolean}", "Double": "{type: number, format: double}", "Single": "{type: number, format: float}",
    "Decimal": "{type: number, format: decimal}", "DateTime": "{type: string, format: date-time}",
    "Guid": "{type: string, format: uuid}", "Span": "{type: string, x-dcs-type: duration}",
    "Char": "{type: string, x-dcs-type: char}", "Bytes": "{type: string, format: byte}",
    "Enum": "{$ref: '#/components/schemas/State'}", "Flags": "{$ref: '#/components/schemas/Sides'}",
    "Word": "{type: string, enum: [a, b]}",
}  # fmt: skip
DICTIONARY = (
    "{type: object, xml: {namespace: 'urn:dto'}, x-dcs-emit-default: false, additionalProperties: {type: integer},"
    " x-dcs-dictionary: {item: Entry, namespace: 'urn:dto', keyName: Key, valueName: Value, key: KEY}}"
)
SCHEMAS = """
    State: {type: integer, enum: [0, 1], x-dcs-enum: {Done: 0, Pending: 1}}
    Sides: {type: integer, x-dcs-flags: true, x-dcs-enum: {A: 1, B: 2, Both: 3, C: 4}}
    Box: {type: object, x-xml-profile: datacontract, xml: {name: Box, namespace: 'urn:dto'}, properties: {
""" + ",\n".join(f"      {name}: {DICTIONARY.replace('KEY', schema)}" for name, schema in KEYS.items())  # fmt: skip
DOCUMENT = SCHEMAS + "}}\n"
TEXTS = [
    ("String", "INF", "INF", "INF"),
    ("Int", "-5", "-5", -5),
    ("Long", "9007199254740993", "9007199254740993", 9007199254740993),
    ("Boolean", "True", "true", True),
    ("Boolean", "False", "false", False),
    ("Double", "5", "5", 5.0),
    ("Double", "1E+20", "1E+20", 1e20),
    ("Double", "Infinity", "INF", math.inf),
    ("Double", "-Infinity", "-INF", -math.inf),
    ("Single", "0.1", "0.1", 0.1),
    ("Single", "Infinity", "INF", math.inf),
    ("Decimal", "1.50", "1.50", Decimal("1.50")),
    ("Guid", "00000000-0000-0000-0000-00000000000a", "00000000-0000-0000-0000-00000000000a", UUID(int=10)),
    ("Span", "01:30:00", "PT1H30M", timedelta(minutes=90)),
    ("Char", "c", "99", "c"),
    ("Bytes", "AQI=", "AQI=", b"\1\2"),
    ("Enum", "Done", "Done", 0),
    ("Flags", "A", "A", 1),
    ("Flags", "Both", "Both", 3),
    ("Flags", "A, C", "A C", 5),
    ("Flags", "Both, C", "A B C", 7),
    ("Flags", "0", "", 0),
    ("Word", "b", "b", "b"),
]
"""The dictionary; its key in JSON, in XML and in Python."""


def member(box: Any) -> dict[Any, Any]:
    """The only dictionary that is there."""
    return next(value for field in box.__attrs_attrs__ if isinstance(value := getattr(box, field.name), dict))


@pytest.mark.parametrize(("name", "json_text", "xml_text", "key"), TEXTS)
def test_keys_of_every_type(name: str, json_text: str, xml_text: str, key: Any) -> None:
    model = generate(DOCUMENT, version="3.0.4").models.Box
    document = f'{{"{name}":{{"{json_text}":1}}}}'
    box = json.decode(document, model)
    assert member(box) == {key: 1}
    written = xml.encode(box)
    element = f"<Key>{xml_text}</Key>" if xml_text else "<Key />"
    assert element in written.decode()
    back = xml.decode(written, model)
    assert member(back) == {key: 1}
    assert json.encode(back).decode() == document


def test_a_key_that_is_no_number() -> None:
    model = generate(DOCUMENT, version="3.0.4").models.Box
    box = json.decode('{"Double":{"NaN":1}}', model)
    assert b"<Key>NaN</Key>" in xml.encode(box)
    assert json.encode(xml.decode(xml.encode(box), model)) == b'{"Double":{"NaN":1}}'


@pytest.mark.parametrize(
    ("name", "key"),
    [("Double", "1e999"), ("Double", "nan"), ("Double", "1_0"), ("Decimal", "NaN"), ("Bytes", "?"), ("Flags", "A B"),
     ("Flags", ""), ("Flags", "A, D"), ("Enum", "Neither"), ("Boolean", "TRUE"), ("Int", "5.0")],
)  # fmt: skip
def test_keys_that_are_refused(name: str, key: str) -> None:
    model = generate(DOCUMENT, version="3.0.4").models.Box
    with pytest.raises(DecodeError, match="key type") as caught:
        json.decode(f'{{"{name}":{{"{key}":1}}}}', model)
    assert caught.value.path.startswith(f"$.{name}")


def test_bits_without_names_have_a_number_in_json_and_no_xml() -> None:
    model = generate(DOCUMENT, version="3.0.4").models.Box
    box = json.decode('{"Flags":{"8":1}}', model)
    assert json.encode(box) == b'{"Flags":{"8":1}}'
    with pytest.raises(EncodeError, match="no names for 8"):
        xml.encode(box)
