"""The XML Object (OpenAPI 3.2.0, 4.26), older spellings in 3.2's terms."""

from __future__ import annotations

from typing import Any

from bindwright.ir.lowering.context import Lowering
from bindwright.ir.lowering.location import Location
from bindwright.ir.lowering.values import text_or_none, true
from bindwright.ir.model import Node, XmlFacts
from bindwright.standards.xml_names import DECLARATIONS, XML, element_name, is_ncname, is_prefix, is_text

_NODES: dict[str, Node] = {
    "element": "element",
    "attribute": "attribute",
    "text": "text",
    "cdata": "cdata",
    "none": "none",
}

_KNOWN = {
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xml": XML,
}


def xml_facts(context: Lowering, schema: dict[str, Any], location: Location) -> XmlFacts | None:
    """The facts of a schema's ``xml``; None where it has none."""
    xml = schema.get("xml")
    if not isinstance(xml, dict):
        return None
    node = _node(context, xml, location)
    array = schema.get("type") == "array" or "items" in schema or "prefixItems" in schema
    name, known_namespace = _expanded(text_or_none(xml.get("name")))
    namespace = namespace_name(context, xml.get("namespace"), location)
    name = checked_name(context, _local(context, name, xml, location), "`xml.name`", location)
    return XmlFacts(
        name=name,
        namespace=known_namespace
        if namespace is None
        else namespace,  # "" says explicitly that there is none
        prefix=_prefix(context, text_or_none(xml.get("prefix")), namespace, location),
        node=node or ("attribute" if known_namespace else None),
        # 3.2.0: `nodeType: element` on an array is what `wrapped: true` was.
        wrapped=true(xml.get("wrapped")) or (node == "element" and array),
    )


def checked_name(context: Lowering, name: str | None, what: str, location: Location) -> str | None:
    """A name of an element or attribute; one that XML cannot have is told of, and is written encoded."""
    if name and not is_ncname(name):
        context.warn(
            "xml-name",
            f"{what} {name[:60]!r} is no name that XML can have",
            location,
            f"letters, digits, `-`, `_` and `.`, with a letter first; {element_name(name)[:60]!r} is written",
        )
    return name


def namespace_name(context: Lowering, value: Any, location: Location) -> str | None:
    """A namespace name; one that no declaration can say is told of, and there is none then."""
    name = text_or_none(value)
    if name is None or (is_text(name) and "}" not in name and name != DECLARATIONS):
        return name
    why = "a namespace name with a brace is not written: many readers cannot tell where it ends"
    if name == DECLARATIONS:
        why = "that is the namespace of declarations themselves, which nothing can be in"
    elif not is_text(name):
        why = f"no XML can hold {name[:60]!r}"
    context.degrade("xml-name", f"{why}; there is no namespace then", location, "write an absolute URI")
    return None


def _prefix(context: Lowering, prefix: str | None, namespace: str | None, location: Location) -> str | None:
    """A prefix that the namespace can be declared with (Namespaces in XML 1.0, 3); another is told of."""
    if not prefix or is_prefix(prefix, namespace):
        return prefix
    context.warn(
        "xml-name",
        f"{prefix[:60]!r} cannot be the prefix of {(namespace or '')[:60]!r}",
        location,
        "letters and digits with a letter first, not `xml` or `xmlns`; the namespace is declared without a prefix",
    )
    return None


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
