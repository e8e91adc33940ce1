"""The text of a schema document is markup as the standard library writes it, and read back as it was."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from bindwright.targets.xsd.markup import Element, child, text_of
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

TEXTS = st.text(st.sampled_from("a\"'&<>\t\n\r é\u2028\U0001f600;"), max_size=8)


@given(TEXTS, TEXTS)
def test_texts_and_attributes(text: str, value: str) -> None:
    root = Element("xs:schema", name=value)
    child(root, "xs:documentation", text)
    quoted = quoteattr(value, {"\t": "&#9;", "\n": "&#10;", "\r": "&#13;"})
    inner = f"<xs:documentation>{escape(text)}</xs:documentation>" if text else "<xs:documentation/>"
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f"<xs:schema name={quoted}>",
        f"  {inner}",
        "</xs:schema>",
        "",
    ]
    assert text_of(root).decode() == "\n".join(lines)


@given(TEXTS)
def test_any_value_of_an_attribute_comes_back(value: str) -> None:
    assert etree.fromstring(text_of(Element("schema", name=value))).get("name") == value
