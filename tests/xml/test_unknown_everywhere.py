"""An unknown element or attribute comes back from wherever it is put into documents of many types.

A type may refuse what is put in (an item of a tuple, an entry of a map that is none), but nothing that is
read is lost. What nothing can be kept beside stands in `excused`.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest
from bindwright.runtime import xml
from bindwright.runtime.errors import DecodeError
from lxml import etree

from tests.xml.test_both_paths import CASES, NAMES, ROUNDS, subjects
from tests.xml.test_unknown_content import without_prefixes

XSI_NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
REF = "{http://schemas.microsoft.com/2003/10/Serialization/}Ref"
ODD = "{urn:zz}odd"
OPEN = {"free-form", "maps", "maps-of-lists", "named-alternatives-in-maps"}
"""Any element is an entry there, by its local name, and so is none that is unknown."""


def canonical(document: bytes) -> bytes:
    """The same for the same infoset; prefixes and white space between elements aside."""
    tree = etree.fromstring(document)
    for element in tree.iter():
        if len(element) and not (element.text or "").strip():
            element.text = None
        element.text = element.text or None
        element.tail = element.tail if (element.tail or "").strip() else None
    return bytes(etree.tostring(without_prefixes(tree), method="c14n"))


def excused(node: Any, where: str, type_: Any) -> bool:
    """A document that is null, or a scalar without a class, has no object; a reference gives one that was read
    elsewhere."""
    if where != "attribute":
        return False
    if node.getparent() is None and not len(node) and not isinstance(type_, type):
        return True
    return node.get(REF) is not None or (node.getparent() is None and node.get(XSI_NIL) is not None)


def with_odd(document: bytes, source: random.Random, type_: Any) -> Iterator[tuple[str, bytes]]:
    """The document with something unknown at one place, for each kind of thing."""
    for where in ("attribute", "last child", "before"):
        tree = etree.fromstring(document)
        node = source.choice([*tree.iter()])
        parent = node.getparent()
        if excused(node, where, type_):
            continue
        if where == "attribute":
            node.set(ODD, "1")
        elif where == "last child" and len(node):
            etree.SubElement(etree.SubElement(node, ODD, k="v"), "{urn:zz}deep")
        elif where == "before" and parent is not None:
            unknown = etree.Element(ODD, k="v")
            unknown.text = "t"
            parent.insert(parent.index(node), unknown)
        else:
            continue
        yield where, etree.tostring(tree, encoding="utf-8")


def faithful(name: str) -> list[bytes]:
    """Documents of a subject that come back as they are."""
    type_, documents, _ = subjects()[name]
    return [
        document
        for document in documents
        if canonical(xml.encode(xml.decode(document, type_), type_)) == canonical(document)
    ]


@pytest.mark.parametrize("name", [*CASES, *NAMES])
def test_what_is_read_comes_back(name: str) -> None:
    type_, source = subjects()[name][0], random.Random(f"odd {name}")
    documents = faithful(name)
    asked = read = 0
    for _ in range(ROUNDS if documents else 0):
        for where, data in with_odd(source.choice(documents), source, type_):
            if name in OPEN and where != "attribute":
                continue
            asked += 1
            try:
                value = xml.decode(data, type_)
            except DecodeError:
                continue
            read += 1
            assert canonical(xml.encode(value, type_)) == canonical(data), where
    assert read or not asked


def test_most_documents_are_asked() -> None:
    without = [name for name in (*CASES, *NAMES) if not faithful(name)]
    assert len(without) < len(CASES) / 4, without
