"""JSON to XML and XML to JSON through the model, wherever the vector records no loss."""

from __future__ import annotations

import pytest
from bindwright.runtime import json, xml

from tests.datacontract.generated import type_named, vectors
from tests.datacontract.test_xml_vectors import VECTORS, WELL_FORMED, numbers_apart

COMPUTED = {name for name, vector in vectors().items() if vector["type"] == "MixedAttributes"}
"""Their JSON has members that .NET's class computes and XML does not carry (``x-dcs-only: json``)."""


@pytest.mark.parametrize(
    "case",
    [case for case in WELL_FORMED if not {"xml_from_json", "xml_from_json_error"} & set(VECTORS[case])],
)
def test_json_to_xml(case: str) -> None:
    vector = VECTORS[case]
    type_ = type_named(vector["type"])
    written = xml.encode(json.decode(vector["json"], type_), type_).decode()
    assert numbers_apart(written) == numbers_apart(vector["xml_xmlwriter"])


@pytest.mark.parametrize("case", [case for case in WELL_FORMED if "xml_from_json" in VECTORS[case]])
def test_json_to_xml_as_net_does(case: str) -> None:
    """What .NET writes after JSON has lost something: the type of an `object`, a derived type, a sign."""
    vector = VECTORS[case]
    type_ = type_named(vector["type"])
    written = xml.encode(json.decode(vector["json"], type_), type_).decode()
    assert numbers_apart(written) == numbers_apart(vector["xml_from_json"])


@pytest.mark.parametrize(
    ("type_name", "text"),
    [("string", "2025-11-24T10:45:01Z"), ("dateTime", "2025-11-24T10:45:01Z"), ("string", "2025-02-30T00:00:00Z"),
     ("int", "1"), ("long", "1"), ("short", "1")],
)  # fmt: skip
def test_an_object_keeps_the_type_that_xml_named(type_name: str, text: str) -> None:
    type_ = type_named("AnyBox")
    namespace = 'xmlns="http://schemas.datacontract.org/2004/07/W50API.Models.DTO"'
    typed = f'xmlns:d2p1="http://www.w3.org/2001/XMLSchema" i:type="d2p1:{type_name}"'
    document = (
        f'<AnyBox xmlns:i="http://www.w3.org/2001/XMLSchema-instance" {namespace}><Value {typed}>{text}</Value>'
        '<Values xmlns:d2p1="http://schemas.microsoft.com/2003/10/Serialization/Arrays" i:nil="true" /></AnyBox>'
    )
    assert xml.encode(xml.decode(document, type_), type_).decode() == document


@pytest.mark.parametrize(
    ("text", "type_name"),
    [('"2025-11-24T10:45:01Z"', "dateTime"), ('"2025-02-30T00:00:00Z"', "string"), ('"2025-11-24"', "string"),
     ("1", "long"), ("9223372036854775808", "unsignedLong")],
)  # fmt: skip
def test_the_type_of_an_object_from_json(text: str, type_name: str) -> None:
    type_ = type_named("AnyBox")
    written = xml.encode(json.decode(f'{{"Value":{text},"Values":null}}', type_), type_).decode()
    assert f'i:type="d2p1:{type_name}">' in written


@pytest.mark.parametrize(
    "case", [case for case in WELL_FORMED if "json_from_xml" not in VECTORS[case] and case not in COMPUTED]
)
@pytest.mark.parametrize("writer", ["xml_xmlwriter", "xml_utf8writer"])
def test_xml_to_json(case: str, writer: str) -> None:
    vector = VECTORS[case]
    type_ = type_named(vector["type"])
    assert json.encode(xml.decode(vector[writer], type_), type_).decode() == vector["json"]


@pytest.mark.parametrize(
    "case",
    sorted(
        case
        for case in WELL_FORMED
        if "json_from_xml" in VECTORS[case] and case.startswith(("text", "importjob"))
    ),
)
def test_what_xmlwriter_loses(case: str) -> None:
    vector = VECTORS[case]
    type_ = type_named(vector["type"])
    assert json.encode(xml.decode(vector["xml_xmlwriter"], type_), type_).decode() == vector["json_from_xml"]
