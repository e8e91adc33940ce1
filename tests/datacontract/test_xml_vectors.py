"""Every well-formed vector of .NET's serializers, both ways, with both writers."""

from __future__ import annotations

import math
import re

import pytest
from bindwright.runtime import xml
from bindwright.runtime.errors import DecodeError
from lxml import etree

from tests.datacontract.generated import type_named, vectors

UTF8 = xml.Settings(writer="utf8")
VECTORS = vectors()
WELL_FORMED = [
    name for name, vector in VECTORS.items() if "xml_xmlwriter_checkcharacters_error" not in vector
]


def numbers_apart(document: str) -> str:
    """A document with the numbers of a `FloatBox` by value: their digits depend on the .NET version."""

    def value(match: re.Match[str]) -> str:
        text = match[2]
        number = float(text.replace("INF", "inf")) if text != "NaN" else math.nan
        return f"<{match[1]}>{number!r}<"

    return re.sub(r"<(D|F|F32|F64)>([^<]*)<", value, document)


@pytest.mark.parametrize("case", WELL_FORMED)
def test_written_as_net_writes(case: str) -> None:
    vector = VECTORS[case]
    type_ = type_named(vector["type"])
    value = xml.decode(vector["xml_xmlwriter"], type_)
    assert numbers_apart(xml.encode(value, type_).decode()) == numbers_apart(vector["xml_xmlwriter"])


@pytest.mark.parametrize("case", WELL_FORMED)
def test_the_utf8_writers_document(case: str) -> None:
    vector = VECTORS[case]
    type_ = type_named(vector["type"])
    value = xml.decode(vector["xml_utf8writer"], type_)
    assert numbers_apart(xml.encode(value, type_, settings=UTF8).decode()) == numbers_apart(
        vector["xml_utf8writer"]
    )
    if "json_from_xml" not in vector or not case.startswith(("text.", "importjob.status")):
        assert xml.encode(value, type_) == xml.encode(xml.decode(vector["xml_xmlwriter"], type_), type_)


@pytest.mark.parametrize("case", [name for name, vector in VECTORS.items() if "xml_xmlwriter_lf" in vector])
def test_line_ends_of_the_host(case: str) -> None:
    vector = VECTORS[case]
    type_ = type_named(vector["type"])
    value = xml.decode(vector["xml_utf8writer"], type_)
    assert (
        xml.encode(value, type_, settings=xml.Settings(newline="\n")).decode() == vector["xml_xmlwriter_lf"]
    )


@pytest.mark.parametrize("case", [name for name in VECTORS if name not in WELL_FORMED])
def test_what_is_not_well_formed_is_refused(case: str) -> None:
    vector = VECTORS[case]
    with pytest.raises(DecodeError):
        xml.decode(vector["xml_xmlwriter"], type_named(vector["type"]))


@pytest.mark.parametrize("case", [name for name in WELL_FORMED if name != "ns.odd-characters"])
def test_lxml_reads_the_same_infoset(case: str) -> None:
    vector = VECTORS[case]
    type_ = type_named(vector["type"])
    ours = etree.fromstring(xml.encode(xml.decode(vector["xml_utf8writer"], type_), type_))
    theirs = etree.fromstring(vector["xml_utf8writer"].encode())
    assert [element.tag for element in ours.iter()] == [element.tag for element in theirs.iter()]
