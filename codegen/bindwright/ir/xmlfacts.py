"""The XML Object (OpenAPI 3.2.0, 4.26), older spellings in 3.2's terms."""

from __future__ import annotations

from typing import Any

from bindwright.ir.model import Node, XmlFacts
from bindwright.ir.spot import Spot
from bindwright.ir.state import Lowering
from bindwright.ir.values import text_or_none, true

_NODES: dict[str, Node] = {
    "element": "element",
    "attribute": "attribute",
    "text": "text",
    "cdata": "cdata",
    "none": "none",
}


def xml_facts(low: Lowering, schema: dict[str, Any], spot: Spot) -> XmlFacts | None:
    """The facts of a schema's ``xml``; None where it has none."""
    given = schema.get("xml")
    if not isinstance(given, dict):
        return None
    node = _node(low, given, spot)
    array = schema.get("type") == "array" or "items" in schema or "prefixItems" in schema
    return XmlFacts(
        name=text_or_none(given.get("name")),
        namespace=text_or_none(given.get("namespace")),
        prefix=text_or_none(given.get("prefix")),
        node=node,
        # 3.2.0: `nodeType: element` on an array is what `wrapped: true` was.
        wrapped=true(given.get("wrapped")) or (node == "element" and array),
    )


def _node(low: Lowering, given: dict[str, Any], spot: Spot) -> Node | None:
    kind = given.get("nodeType")
    if kind is None:
        return "attribute" if true(given.get("attribute")) else None
    found = _NODES.get(kind) if isinstance(kind, str) else None
    if found is None:
        low.warn("invalid-node-type", f"`nodeType` cannot be {kind!r}", spot, f"one of {', '.join(_NODES)}")
    return found
