"""The elements of an object in written order, and which other names they may be read by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from bindwright.ir.lowering.context import Lowering
from bindwright.ir.lowering.location import Location
from bindwright.ir.model import (
    AnyXml,
    ContentId,
    Object,
    Property,
    TypeId,
    XmlList,
    XmlNode,
    XmlObject,
    XmlTuple,
    XmlUnion,
)
from bindwright.ir.walks import parts_of


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
    elements = [element for node in nodes for element in _elements(node, contents, set())]
    if not any(node.also_read for node in elements):
        return
    names_written = {(node.namespace, node.name) for node in elements}
    claims = Counter((name.namespace, name.name) for node in elements for name in node.also_read)
    for node in elements:
        node.also_read = [
            name
            for name in node.also_read
            if claims[name.namespace, name.name] == 1 and (name.namespace, name.name) not in names_written
        ]


def warn_of_shared_names(context: Lowering) -> None:
    """Tell of members of one object whose elements have one expanded name: nobody can tell them apart.

    Contents of one type in several namespaces share the members, of which each pair is told once.
    """
    pairs: set[tuple[str, str]] = set()
    for content in list(context.api.xml.values()):
        owner = context.types.get(content.type)
        if not isinstance(content, XmlObject) or not isinstance(owner, Object):
            continue
        properties = {property_.name: property_ for property_ in owner.properties}
        for first, second, node in _shared_names(content.elements, properties, context.api.xml):
            places = [f"{property_.place.file}#{property_.place.pointer}" for property_ in (first, second)]
            if (pair := (min(places), max(places))) in pairs:
                continue
            pairs.add(pair)
            space = f" in the namespace {node.namespace[:80]!r}" if node.namespace else ""
            context.warn(
                "xml-shared-name",
                f"`{second.name[:60]}` is the element `{node.name[:60]}`{space}, as is `{first.name[:60]}` ({places[0]}): "
                "where only one is there, it is the one that is required, else the first",
                Location(second.place.file, second.place.pointer),
                "give one of them another `xml.name` or `xml.namespace`, or an element around its items",
            )


def may_meet(first: Property, second: Property) -> bool:
    """Whether a document may have both members: not where one is of requests alone and the other of answers alone."""
    return {(use.read_only, use.write_only) for use in (first.use, second.use)} != {
        (True, False),
        (False, True),
    }


def _shared_names(
    nodes: list[XmlNode], properties: dict[str, Property], contents: dict[ContentId, AnyXml]
) -> Iterator[tuple[Property, Property, XmlNode]]:
    """Pairs of members that have a name in common, and the node that has it; in the order of the document."""
    elements = [element for node in nodes for element in _elements(node, contents, set())]
    if len({(element.namespace, element.name) for element in elements}) == len(elements):
        return
    claims: dict[tuple[str, str], Property] = {}
    ranks = {name: index for index, name in enumerate(properties)}
    for node in sorted(nodes, key=lambda node: ranks[node.property]):
        property_ = properties[node.property]
        for element in _elements(node, contents, set()):
            if not element.name:
                continue  # a text, or what is called by a key
            first = claims.setdefault((element.namespace, element.name), property_)
            if first is not property_ and may_meet(first, property_):
                yield first, property_, element


def _elements(node: XmlNode, contents: dict[ContentId, AnyXml], visited: set[ContentId]) -> Iterator[XmlNode]:
    """The elements that stand among those of an object: of what has no node of its own, those within; of a choice that
    the names of elements tell, those of the alternatives. What is within in several ways is given once."""
    content = contents[node.content]
    is_choice = isinstance(content, XmlUnion) and content.by_name and node.node == "element"
    if node.node != "none" and not is_choice:
        yield node
        return
    if node.content in visited:
        return
    visited.add(node.content)
    inside: list[XmlNode] = []
    if isinstance(content, XmlList):
        inside = [content.item]
    elif isinstance(content, XmlTuple):
        inside = parts_of(content)
    elif isinstance(content, XmlUnion):
        inside = content.alternatives
    elif isinstance(content, XmlObject):
        inside = content.elements
    for part in inside:
        yield from _elements(part, contents, visited)
