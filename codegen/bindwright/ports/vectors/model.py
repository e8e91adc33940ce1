"""A vector as it stands in a file, and files of them."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping
from typing import Any

from lxml import etree

from bindwright.ir.model import Api
from bindwright.ports.tagged import Tagged

Vector = dict[str, Any]
Text = str | dict[str, str]
_REALS = (["double"], ["float"], ["dotnet-double"], ["dotnet-float"], ["number"])
"""Forms of numbers whose digits are the port's."""


def text_of(data: bytes) -> Text:
    """Bytes as they stand in a vector: a string, or ``{"base64": …}`` for what is no UTF-8."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(data).decode()}


def octets(text: Text) -> bytes:
    """The bytes of a text of a vector."""
    return (
        text.encode("utf-8", "surrogatepass") if isinstance(text, str) else base64.b64decode(text["base64"])
    )


def comparison(api: Api, type_id: str, value: Tagged) -> dict[str, str]:
    """The `compare` of a document, by what its authority leaves open: .NET's is told to the byte, OpenAPI says nothing
    of prefixes and of where namespaces are declared; digits of doubles differ everywhere."""
    has_xml = api.types[type_id].root is not None
    parts = ["infoset"] if has_xml and api.types[type_id].profile != "datacontract" else []
    parts += ["number"] if has_reals(value) else []
    return {"compare": "-".join(parts)} if parts else {}


def has_reals(value: Tagged) -> bool:
    """Whether a number stands in a value whose digits are the port's."""
    if isinstance(value, dict):
        return any(map(has_reals, value.values()))
    if isinstance(value, list):
        return value[:1] in _REALS or any(has_reals(part) for part in value if not isinstance(part, str))
    return False


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
    return lines_of([{"vectors": 1, "ir": "ir.json", **head}, *vectors])


def lines_of(vectors: Iterable[Vector]) -> bytes:
    """A vector a line."""
    return "".join(
        json.dumps(line, ensure_ascii=True, separators=(",", ":")) + "\n" for line in vectors
    ).encode()
