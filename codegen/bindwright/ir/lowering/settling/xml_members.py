"""The elements of an object in written order, and which other names they may be read by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from bindwright.ir.model import (
    AnyXml,
    ContentId,
    Object,
    Property,
    TypeId,
    XmlList,
    XmlNode,
    XmlObject,
    XmlUnion,
)


def order_elements(
    type_: Object,
    nodes: list[XmlNode],
    properties: dict[str, Property],
    profile: str,
    level: Callable[[TypeId], int],
) -> list[XmlNode]:
    """Written order: ``x-xml-order`` where there is one, else as declared, and alphabetical in the profile."""
    order = type_.member_order or ("alphabetical" if profile == "datacontract" else "declared")
    if isinstance(order, list):
        ranks = {name: index for index, name in enumerate(order)}
        return sorted(
            nodes,
            key=lambda node: min(ranks.get(node.property, len(ranks)), ranks.get(node.name, len(ranks))),
        )
    if order == "declared":
        return nodes

    def rank(node: XmlNode) -> tuple[int, bool, int, bytes]:
        property_ = properties[node.property]
        depth = level(property_.declared_in) if profile == "datacontract" else 0
        position = property_.use.order
        # .NET compares encoded names by their UTF-16 units.
        return depth, position is not None, position or 0, node.name.encode("utf-16-be", "surrogatepass")

    return sorted(nodes, key=rank)


def remove_ambiguous(nodes: list[XmlNode], contents: dict[ContentId, AnyXml]) -> None:
    """Drop the other names that more than one member, or another member's own name, claims."""
    elements = [element for node in nodes for element in _elements(node, contents, frozenset())]
    names_written = {(node.namespace, node.name) for node in elements}
    claims = Counter((name.namespace, name.name) for node in elements for name in node.also_read)
    for node in elements:
        node.also_read = [
            name
            for name in node.also_read
            if claims[name.namespace, name.name] == 1 and (name.namespace, name.name) not in names_written
        ]


def _elements(
    node: XmlNode, contents: dict[ContentId, AnyXml], around: frozenset[ContentId]
) -> Iterator[XmlNode]:
    """The elements that stand among those of an object: of what has no node of its own, those within."""
    if node.node != "none":
        yield node
        return
    content = contents[node.content]
    if node.content in around:
        return
    inside: list[XmlNode] = []
    if isinstance(content, XmlList):
        inside = [content.item]
    elif isinstance(content, XmlUnion):
        inside = content.alternatives
    elif isinstance(content, XmlObject):
        inside = content.elements
    for part in inside:
        yield from _elements(part, contents, around | {node.content})
