"""JSON to XML and XML to JSON through the model, wherever the vector records no loss."""

from __future__ import annotations

import pytest
from bindwright.runtime import json, xml

from tests.datacontract.generated import type_named, vectors
from tests.datacontract.test_xml_vectors import VECTORS, WELL_FORMED, numbers_apart

COMPUTED = {name for name, one in vectors().items() if one["type"] == "MixedAttributes"}
"""Their JSON has members that .NET's class computes and XML does not carry (``x-dcs-only: json``)."""


@pytest.mark.parametrize(
    "case", [one for one in WELL_FORMED if not {"xml_from_json", "xml_from_json_error"} & set(VECTORS[one])]
)
def test_json_to_xml(case: str) -> None:
    vector = VECTORS[case]
    type_ = type_named(vector["type"])
    written = xml.encode(json.decode(vector["json"], type_), type_).decode()
    assert numbers_apart(written) == numbers_apart(vector["xml_xmlwriter"])


@pytest.mark.parametrize(
    "case", [one for one in WELL_FORMED if "json_from_xml" not in VECTORS[one] and one not in COMPUTED]
)
@pytest.mark.parametrize("writer", ["xml_xmlwriter", "xml_utf8writer"])
def test_xml_to_json(case: str, writer: str) -> None:
    vector = VECTORS[case]
    type_ = type_named(vector["type"])
    assert json.encode(xml.decode(vector[writer], type_), type_).decode() == vector["json"]


@pytest.mark.parametrize(
    "case",
    sorted(
        one
        for one in WELL_FORMED
        if "json_from_xml" in VECTORS[one] and one.startswith(("text", "importjob"))
    ),
)
def test_what_xmlwriter_loses(case: str) -> None:
    vector = VECTORS[case]
    type_ = type_named(vector["type"])
    assert json.encode(xml.decode(vector["xml_xmlwriter"], type_), type_).decode() == vector["json_from_xml"]
