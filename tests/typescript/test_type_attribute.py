"""A member that is ``xsi:type`` is the local name of a QName, in TypeScript as in Python."""

from __future__ import annotations

import json
from typing import Any

import pytest
from bindwright.ir import lower
from bindwright.openapi import load

from tests.ports.test_interpreter import written
from tests.ports.test_unfamiliar import HERE
from tests.typescript.node import answers, transcode

XSI = "http://www.w3.org/2001/XMLSchema-instance"
DOCUMENT = HERE / "unfamiliar.yaml"
TYPE = "#Grantee"
JSON = '{"role":"Group","who":"me"}'


def answer(source: str, target: str, text: str) -> dict[str, Any]:
    """What the runtime makes of one value."""
    return answers(written(DOCUMENT, "grantee"), [transcode(TYPE, source, target, text)])[0]


def grantee(name: str, declarations: str = "") -> str:
    """A document whose ``xsi:type`` is a text."""
    return f'<Grantee xmlns="urn:g" xmlns:xsi="{XSI}"{declarations} xsi:type="{name}"><who>me</who></Grantee>'


def test_the_ir_says_which_attribute_is_a_qname() -> None:
    content = lower(load(DOCUMENT)).xml["#/components/schemas/Grantee"]
    assert [(node.property, node.qname) for node in content.attributes] == [("role", True)]
    assert not any(
        node.qname for node in lower(load(DOCUMENT)).xml["#/components/schemas/Everything"].attributes
    )


@pytest.mark.parametrize(
    ("name", "declarations"),
    [
        ("Group", ""),
        ("g:Group", ' xmlns:g="urn:g"'),
        (" xsi:Group ", ""),
        ("o:Group", ' xmlns:o="urn:other"'),
    ],
)
def test_the_prefix_is_none_of_the_value(name: str, declarations: str) -> None:
    assert json.loads(answer("xml", "json", grantee(name, declarations))["output"]["json"]) == json.loads(
        JSON
    )


def test_a_value_is_written_in_the_namespace_of_its_element() -> None:
    assert 'xsi:type="Group"' in answer("json", "xml", JSON)["output"]["xml"]


def test_the_namespace_that_was_read_is_written() -> None:
    output = answer("xml", "xml", grantee("o:Group", ' xmlns:o="urn:other"'))["output"]["xml"]
    assert 'xmlns:ns1="urn:other"' in output
    assert 'xsi:type="ns1:Group"' in output


def test_a_prefix_without_a_declaration_is_refused() -> None:
    assert "no declaration of the prefix" in json.dumps(answer("xml", "json", grantee("o:Group")))
