"""Lists as values of maps: their items are called by the key, in the namespace of what holds the map."""

from __future__ import annotations

from typing import Any

import pytest
from bindwright.runtime import json, xml
from bindwright.runtime.xml import Settings

from tests.meaning.driver import Generated, generate

SCHEMAS = """
    Plain: {type: object, xml: {namespace: 'urn:n'}, properties: {
        m: {type: object, additionalProperties: {type: array, items: {type: string}}}}}
    Wrapped: {type: object, xml: {namespace: 'urn:n'}, properties: {
        m: {type: object, additionalProperties: {type: array, xml: {wrapped: true}, items: {type: string}}}}}
    Named: {type: object, xml: {namespace: 'urn:n'}, properties: {
        m: {type: object, additionalProperties: {type: array, items: {type: string, xml: {name: it}}}}}}
    Listed: {type: object, xml: {namespace: 'urn:n'}, properties: {
        m: {type: array, items: {type: object, additionalProperties: {type: array, items: {type: string}}}}}}
    Choice: {type: object, xml: {namespace: 'urn:n'}, properties: {
        m: {type: object, additionalProperties: {oneOf: [{type: integer}, {type: array, items: {type: integer}}]}}}}
"""


@pytest.fixture(scope="module")
def package() -> Generated:
    return generate(SCHEMAS)


@pytest.mark.parametrize(
    ("name", "value", "content"),
    [
        ("Plain", {"m": {"k": ["a", "b"], "x y": []}}, "<m><k><k>a</k><k>b</k></k><x_x0020_y/></m>"),
        ("Wrapped", {"m": {"k": ["a"]}}, "<m><k><k>a</k></k></m>"),
        ("Named", {"m": {"k": ["a", "b"]}}, "<m><k><it>a</it><it>b</it></k></m>"),
        ("Listed", {"m": [{"k": ["a"]}, {"l": ["b"]}]}, "<m><k><k>a</k></k></m><m><l><l>b</l></l></m>"),
        ("Choice", {"m": {"k": [1, 2], "l": 3}}, "<m><k><k>1</k><k>2</k></k><l>3</l></m>"),
    ],
)
def test_they_are_read_as_they_were_written(
    package: Generated, name: str, value: dict[str, Any], content: str
) -> None:
    model = getattr(package.models, name)
    document = f'<{name} xmlns="urn:n">{content}</{name}>'.encode()
    assert xml.encode(model.from_dict(value)) == document
    for settings in (Settings(), Settings(values="lenient"), Settings(namespaces="lenient")):
        for _ in range(3):  # the first documents teach the layout
            assert json.encode(xml.decode(document, model, settings=settings)) == json.encode(
                model.from_dict(value)
            )
