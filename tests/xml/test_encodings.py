"""Encodings on reading and writing, declaration, indentation, prefixes; and xmltodict's and lxml's reading."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
import xmltodict
from attrs import define, field
from bindwright.runtime import Model, Xml, at, root, wire, xml
from bindwright.runtime.errors import DecodeError
from lxml import etree

from tests.xml.jobs import ImportJob, sample

JOB = attrs.evolve(
    xml.decode(sample("get-import-job").replace(b"> <", b"><"), ImportJob), current_status="é ü € “q”"
)
TEXT = xml.encode(JOB).decode()


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "windows-1252"]
)
def test_by_declaration_and_mark(encoding: str) -> None:
    declared = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>{TEXT}'
    assert xml.decode(declared.encode(encoding), ImportJob) == JOB
    if encoding.startswith("utf"):
        assert xml.decode(TEXT.encode(encoding), ImportJob) == JOB


def test_the_media_types_charset_counts_more_than_the_declaration() -> None:
    data = f'<?xml version="1.0" encoding="utf-8"?>{TEXT}'.encode("windows-1252")
    with pytest.raises(DecodeError, match="utf-8"):
        xml.decode(data, ImportJob)
    assert xml.decode(data, ImportJob, settings=xml.Settings(charset="Windows-1252")) == JOB


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "us-ascii"])
def test_written_in_other_encodings(encoding: str) -> None:
    data = xml.encode(JOB, settings=xml.Settings(encoding=encoding, declaration=True))
    assert xml.decode(data, ImportJob) == JOB
    assert etree.fromstring(data).find("{*}CurrentStatus").text == JOB.current_status


def test_indentation_changes_no_value() -> None:
    data = xml.encode(JOB, settings=xml.Settings(indent="  "))
    assert b"\n  <Id>1</Id>\n" in data
    assert xml.decode(data, ImportJob) == JOB


@define(kw_only=True)
class Line(Model):
    __wire__ = root("Line", namespace="urn:lines", prefix="l")

    sku: str = field(metadata=wire("sku", xml=Xml(node="attribute")))
    note: str | None = field(default=None, metadata=wire("note", xml=Xml(namespace="urn:notes", prefix="n")))


@define(kw_only=True)
class Order(Model):
    __wire__ = root("Order", namespace="urn:orders")

    number: int = field(metadata=wire("number"))
    lines: list[Line] = field(factory=list, metadata=wire("lines", items=at(xml=Xml(name="line"))))
    tags: list[str] | None = field(
        default=None, metadata=wire("tags", xml=Xml(wrapped=True), items=at(xml=Xml(name="tag")))
    )


ORDER = Order(number=7, lines=[Line(sku="a & b", note="x\ty"), Line(sku="c")], tags=["", " ", "]]>"])


def test_second_opinion_of_xmltodict_and_lxml() -> None:
    data = xml.encode(ORDER)
    plain: dict[str, Any] = xmltodict.parse(data, process_namespaces=True, strip_whitespace=False)[
        "urn:orders:Order"
    ]
    assert plain["urn:orders:number"] == "7"
    lines = next(value for name, value in plain.items() if name.endswith("line"))
    assert [line["@sku"] for line in lines] == ["a & b", "c"]
    assert plain["urn:orders:tags"]["urn:orders:tag"] == [None, " ", "]]>"]
    assert etree.fromstring(data).findtext(".//{urn:notes}note") == "x\ty"
    assert xml.decode(data, Order) == ORDER


def test_prefixes_by_choice() -> None:
    data = xml.encode(ORDER, settings=xml.Settings(prefixes={"urn:notes": "zz", "urn:lines": "ll"}))
    assert etree.fromstring(data).nsmap["zz"] == "urn:notes"
    assert xml.decode(data, Order) == ORDER


def test_untyped_documents_are_xmltodicts() -> None:
    data = b'<a k="v"><b>1</b><b>2</b></a>'
    value = xml.decode(data, dict)
    assert value == xmltodict.parse(data)
    assert xml.encode(value, dict) == data
