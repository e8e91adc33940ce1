"""The XML Object (OpenAPI 3.2.0, 4.26), older spellings in 3.2's terms."""

from __future__ import annotations

from typing import Any

from bindwright.ir.lowering.context import Lowering
from bindwright.ir.lowering.location import Location
from bindwright.ir.lowering.values import text_or_none, true
from bindwright.ir.model import Node, XmlFacts

_NODES: dict[str, Node] = {
    "element": "element",
    "attribute": "attribute",
    "text": "text",
    "cdata": "cdata",
    "none": "none",
}


_KNOWN = {
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xml": "http://www.w3.org/XML/1998/namespace",
}


def xml_facts(context: Lowering, schema: dict[str, Any], location: Location) -> XmlFacts | None:
    """The facts of a schema's ``xml``; None where it has none."""
    xml = schema.get("xml")
    if not isinstance(xml, dict):
        return None
    node = _node(context, xml, location)
    array = schema.get("type") == "array" or "items" in schema or "prefixItems" in schema
    name, known_namespace = _expanded(text_or_none(xml.get("name")))
    namespace = text_or_none(xml.get("namespace"))
    name = _local(context, name, xml, location)
    return XmlFacts(
        name=name,
        namespace=known_namespace
        if namespace is None
        else namespace,  # "" says explicitly that there is none
        prefix=text_or_none(xml.get("prefix")),
        node=node or ("attribute" if known_namespace else None),
        # 3.2.0: `nodeType: element` on an array is what `wrapped: true` was.
        wrapped=true(xml.get("wrapped")) or (node == "element" and array),
    )


def _expanded(name: str | None) -> tuple[str | None, str | None]:
    """A name that carries the prefix of a namespace everybody knows, as ``xsi:type`` and ``xml:lang`` do: the
    local name and the namespace; such names are always attributes."""
    prefix, colon, local = (name or "").partition(":")
    if colon and local and prefix in _KNOWN:
        return local, _KNOWN[prefix]
    return name, None


def _local(context: Lowering, name: str | None, xml: dict[str, Any], location: Location) -> str | None:
    """A name without the prefix that documents put before it (Namespaces in XML 1.0, 5: names have one colon
    only as a declared prefix's); a prefix that `prefix` and `namespace` do not declare is told of."""
    prefix, colon, local = (name or "").rpartition(":")
    if not colon or not local:
        return name
    if prefix != xml.get("prefix") or not xml.get("namespace"):
        context.warn(
            "undeclared-xml-prefix",
            f"`xml.name` {name!r} has a prefix that nothing declares",
            location,
            f"`name: {local}` with `prefix` and `namespace`; {local!r} is used without a namespace",
        )
    return local


def _node(context: Lowering, xml: dict[str, Any], location: Location) -> Node | None:
    node_type = xml.get("nodeType")
    if node_type is None:
        return "attribute" if true(xml.get("attribute")) else None
    node = _NODES.get(node_type) if isinstance(node_type, str) else None
    if node is None:
        context.warn(
            "invalid-node-type",
            f"`nodeType` cannot be {node_type!r}",
            location,
            f"one of {', '.join(_NODES)}",
        )
    return node
