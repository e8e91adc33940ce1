"""CDATA sections as they stand in a document."""

from __future__ import annotations

import re

from lxml import etree

from bindwright.runtime.xml.tree.parse import Element
from bindwright.runtime.xml.tree.unknown import BLANK

_sections = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL).finditer


def cdata_of(node: Element) -> str:
    """The text of an element, without white space around its CDATA sections."""
    whole = (node.text or "") + "".join(one.tail or "" for one in node)
    shown = etree.tostring(node, encoding="unicode", with_tail=False)
    spans = [found.span() for found in _sections(shown)]
    if not spans:
        return whole
    head = shown[shown.index(">") + 1 : spans[0][0]]
    tail = shown[spans[-1][1] : shown.rindex("</")]
    if head.strip(BLANK) or tail.strip(BLANK):
        return whole
    return whole[len(head) : len(whole) - len(tail)]
