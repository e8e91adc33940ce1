"""A vector as it stands in a file, and files of them."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping
from typing import Any

from lxml import etree

Vector = dict[str, Any]
Text = str | dict[str, str]


def text_of(data: bytes) -> Text:
    """Bytes as they stand in a vector: a string, or ``{"base64": …}`` for what is no UTF-8."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(data).decode()}


def readable(document: bytes) -> bool:
    """Whether lxml reads a document and can write it anew: it refuses some namespace names that are no URIs.

    XML allows them. What libxml2 reads and what lxml makes an element of are two rules.
    """
    try:
        root = etree.fromstring(document)
        for namespace in {name for element in root.iter(etree.Element) for name in element.nsmap.values()}:
            etree.Element(f"{{{namespace}}}a")
    except (etree.XMLSyntaxError, ValueError):
        return False
    return True


def file_of(head: Mapping[str, Any], vectors: Iterable[Vector]) -> bytes:
    """A vector file: a head, then a vector a line."""
    lines = [{"vectors": 1, "ir": "ir.json", **head}, *vectors]
    return "".join(
        json.dumps(line, ensure_ascii=True, separators=(",", ":")) + "\n" for line in lines
    ).encode()
