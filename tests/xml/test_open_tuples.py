"""Lists with `prefixItems` and `items` of different names in XML: each item has the name and type of its position."""

from __future__ import annotations

import io
import json as stdlib
from functools import cache
from types import ModuleType

import pytest
import yaml
from bindwright import ir
from bindwright.openapi import load
from bindwright.runtime import json, xml
from bindwright.runtime.xml import DecodeError, EncodeError
from lxml import etree

from tests.datacontract.generated import generate
from tests.scratch import new_folder
from tests.xml.test_openapi_cases import canonical

SCHEMAS = """
Row:
  type: array
  xml: {nodeType: element, name: row}
  prefixItems:
  - {type: string, xml: {name: label}}
  items: {type: integer, xml: {name: v}}
Words:
  type: array
  xml: {nodeType: element, name: words}
  prefixItems:
  - {type: string, xml: {name: title, namespace: 'urn:t', prefix: t}}
  - {$ref: '#/components/schemas/Author'}
  items: {type: string, xml: {name: word}}
Author: {type: object, xml: {name: by}, properties: {id: {type: string, xml: {nodeType: attribute}}}}
Holder:
  type: object
  xml: {name: holder}
  properties:
    before: {type: string}
    bare:
      type: array
      prefixItems:
      - {type: string, xml: {name: label}}
      items: {type: integer, xml: {name: v}}
    after: {type: string}
    wrapped:
      type: array
      xml: {nodeType: element, name: all}
      prefixItems:
      - {type: integer, xml: {name: size}}
      items: {type: [string, 'null'], xml: {name: v}}
Two:
  type: array
  minItems: 2
  xml: {nodeType: element, name: two}
  prefixItems:
  - {type: string, xml: {name: a}}
  - {type: string, xml: {name: b}}
  - {type: string, xml: {name: c}}
  items: {type: integer, xml: {name: v}}
OneName:
  type: array
  xml: {nodeType: element, name: same}
  prefixItems:
  - {type: string, xml: {name: v}}
  items: {type: integer, xml: {name: v}}
"""
XSI = b'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
CASES = [
    ("Row", ["5", 1, 2], b"<row><label>5</label><v>1</v><v>2</v></row>"),
    ("Row", ["a"], b"<row><label>a</label></row>"),
    ("Row", [], b"<row/>"),
    ("Words", ["x", {"id": "7"}, "5", "y"],
     b'<words><t:title xmlns:t="urn:t">x</t:title><by id="7"/><word>5</word><word>y</word></words>'),
    ("Holder", {"before": "b", "bare": ["5", 1, 2], "after": "a"},
     b"<holder><before>b</before><label>5</label><v>1</v><v>2</v><after>a</after></holder>"),
    ("Holder", {"wrapped": [1, "2", None]},
     b"<holder " + XSI + b'><all><size>1</size><v>2</v><v xsi:nil="true"/></all></holder>'),
    ("Holder", {}, b"<holder/>"),
    ("OneName", ["5", 5, 6], b"<same><v>5</v><v>5</v><v>6</v></same>"),
    ("Two", ["a", "b"], b"<two><a>a</a><b>b</b></two>"),
    ("Two", ["a", "b", "c", 4], b"<two><a>a</a><b>b</b><c>c</c><v>4</v></two>"),
]  # fmt: skip


@cache
def models() -> ModuleType:
    """The models of all cases."""
    schemas = yaml.safe_load(SCHEMAS)
    document = {
        "openapi": "3.2.0", "info": {"title": "t", "version": "1"}, "paths": {}, "components": {"schemas": schemas},
    }  # fmt: skip
    path = new_folder() / "openapi.json"
    path.write_text(stdlib.dumps(document))
    return generate(path, "open_tuples")


@pytest.mark.parametrize(("name", "data", "document"), CASES)
def test_items_have_the_name_and_type_of_their_position(name: str, data: object, document: bytes) -> None:
    type_ = getattr(models(), name)
    value = json.decode(stdlib.dumps(data), type_)
    assert xml.encode(value, type_) == document
    assert xml.decode(document, type_) == value
    assert stdlib.loads(json.encode(xml.decode(document, type_), type_)) == data


def test_an_element_of_another_name_is_no_first_item() -> None:
    with pytest.raises(DecodeError, match="label"):
        xml.decode(b"<row><v>1</v></row>", models().Row)


def test_what_stands_among_the_items_behind_is_written_back() -> None:
    document = b'<row><label>a</label><v>1</v><other k="w">t</other><v>2</v></row>'
    value = xml.decode(document, models().Row)
    assert list(value) == ["a", 1, 2]
    assert xml.encode(value, models().Row) == document


def test_text_is_no_list_of_them() -> None:
    with pytest.raises((TypeError, ValueError)):
        xml.encode("ab", models().Row)


def test_only_what_dotnet_cannot_say_is_told() -> None:
    degraded = {}
    for profile in ("openapi", "datacontract"):
        path = new_folder() / "openapi.json"
        path.write_text(stdlib.dumps({
            "openapi": "3.2.0", "info": {"title": "t", "version": "1"}, "paths": {}, "x-xml-profile": profile,
            "components": {"schemas": yaml.safe_load(SCHEMAS)},
        }))  # fmt: skip
        loaded = load(path)
        ir.lower(loaded)
        degraded[profile] = sorted(
            item.place.pointer.removeprefix("/components/schemas/")
            for item in loaded.diagnostics.items
            if item.code == "xml-open-tuple" and item.level == "degraded"
        )
    assert degraded["openapi"] == []
    assert degraded["datacontract"] == [
        "Holder/properties/bare",
        "Holder/properties/wrapped",
        "Row",
        "Two",
        "Words",
    ]


def test_a_stream_writes_each_item_by_its_position() -> None:
    for name, data, document in CASES:
        if isinstance(data, list):
            type_ = getattr(models(), name)
            buffer = io.BytesIO()
            with xml.writer(buffer, type_) as out:
                for item in json.decode(stdlib.dumps(data), type_):
                    out.write(item)
            root = etree.fromstring(buffer.getvalue())
            etree.cleanup_namespaces(root)
            assert etree.tostring(root, method="c14n2") == canonical(document)


def test_a_stream_of_too_few_items_says_so() -> None:
    buffer = io.BytesIO()
    with pytest.raises(EncodeError, match="2 items or more"), xml.writer(buffer, models().Two) as out:
        out.write("a")
