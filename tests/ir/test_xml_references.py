"""What a property that is a mere reference is called in XML: as the property, unless an XML Object says otherwise."""

from __future__ import annotations

from typing import Any

import pytest
from bindwright.ir import LowerOptions, lower
from bindwright.ir.model import XmlNode, XmlObject

from tests.ir.driver import document

TEXT = """
paths:
  /orders:
    get: {responses: {'200': {description: o, content: {application/xml: {schema: {$ref: '#/components/schemas/order'}}}}}}
components:
  schemas:
    order:
      type: object
      properties:
        shipTo: PLACE
        OTHER: {type: string}
    postal_address: {type: object, properties: {city: {type: string}} XML}
"""
REFERENCE = "{$ref: '#/components/schemas/postal_address'}"


def settled(
    place: str = REFERENCE, xml: str = "", version: str = "3.1.0", other: str = "note", **options: Any
) -> tuple[XmlNode, list[str]]:
    text = TEXT.replace("PLACE", place).replace("XML", xml).replace("OTHER", other)
    loaded = document(text, version)
    api = lower(loaded, options=LowerOptions(**options))
    content = api.xml["#/components/schemas/order"]
    assert isinstance(content, XmlObject)
    codes = [item.code for item in loaded.diagnostics.items]
    return next(node for node in content.elements if node.property == "shipTo"), codes


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0", "3.2.0"])
def test_the_property_names_the_element(version: str) -> None:
    node, codes = settled(version=version)
    assert node.name == "shipTo"
    assert [name.name for name in node.also_read] == (["postal_address"] if version == "3.2.0" else [])
    assert ("xml-reference-name" in codes) == (version == "3.2.0")


@pytest.mark.parametrize("name", ["postal_address", "address"])
def test_an_explicit_name_of_the_component_wins_also_where_it_is_the_key(name: str) -> None:
    node, codes = settled(xml=f", xml: {{name: {name}}}", version="3.2.0")
    assert node.name == name
    assert "xml-reference-name" not in codes


def test_a_name_at_the_place_wins() -> None:
    place = "{$ref: '#/components/schemas/postal_address', xml: {name: to}}"
    assert settled(place, xml=", xml: {name: address}")[0].name == "to"


def test_an_xml_object_at_the_place_says_which() -> None:
    place = "{$ref: '#/components/schemas/postal_address', xml: {nodeType: element}}"
    node, codes = settled(place, version="3.2.0")
    assert node.name == "shipTo"
    assert node.also_read == []
    assert "xml-reference-name" not in codes


def test_what_another_member_is_called_is_not_read() -> None:
    assert settled(version="3.2.0", other="postal_address")[0].also_read == []


def test_the_setting_takes_the_letter() -> None:
    node, codes = settled(version="3.2.0", xml_references="component")
    assert node.name == "postal_address"
    assert "xml-reference-name" not in codes
