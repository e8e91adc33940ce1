"""CDATA sections as they stand in a document."""

from __future__ import annotations

import re

from lxml import etree

from bindwright.runtime.xml.tree.parse import Element
from bindwright.runtime.xml.tree.unknown import BLANK

_sections = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL).finditer


def cdata_of(node: Element) -> str:
    """The text of an element, without white space around its CDATA sections."""
    content = (node.text or "") + "".join(child.tail or "" for child in node)
    text = etree.tostring(node, encoding="unicode", with_tail=False)
    spans = [match.span() for match in _sections(text)]
    if not spans:
        return content
    head = text[text.index(">") + 1 : spans[0][0]]
    tail = text[spans[-1][1] : text.rindex("</")]
    if head.strip(BLANK) or tail.strip(BLANK):
        return content
    return content[len(head) : len(content) - len(tail)]
