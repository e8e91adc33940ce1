"""What lists, maps and scalars with names say of XML, settled at the places that refer to them.

Objects, enumerations and choices keep their facts, which hold wherever they are referred to; a list, map or scalar is
written out where it stands. What kind of node a member of an object is, its place says of all.
"""

from __future__ import annotations

from msgspec.structs import replace

from bindwright.ir.model import (
    AnyType,
    Api,
    Array,
    Enum,
    Map,
    Object,
    Scalar,
    TypeId,
    Union,
    Use,
    XmlFacts,
)
from bindwright.ir.walks import uses_in, uses_of


def settle_facts(api: Api, types: dict[TypeId, AnyType]) -> None:
    """Give each place what its list, map or scalar says and it does not say itself, and the kind of node of any type."""
    _settle_nodes(types)
    described = {
        type_.id: (type_.xml, type_.profile == "datacontract")
        for type_ in types.values()
        if type_.xml is not None and type_.name is not None and isinstance(type_, (Array, Map, Scalar))
    }
    if not described:
        return
    for owner in types.values():
        for use in uses_of(owner):
            if use.type in described:
                type_facts, is_contract = described[use.type]
                # In the profile a member's element has the member's name and namespace, whatever its type.
                if not (is_contract and isinstance(owner, Object) and _is_member(owner, use)):
                    use.xml = _merged(use.xml, type_facts)
    for use in uses_in(api):
        if use.type in described:
            use.xml = _merged(use.xml, described[use.type][0])


def _settle_nodes(types: dict[TypeId, AnyType]) -> None:
    """The same of the kind of node at members of objects; elsewhere there are elements alone."""
    nodes = {
        type_.id: type_.xml.node
        for type_ in types.values()
        if type_.xml is not None
        # Members of an object are in no attribute or text: it has an element, or none.
        and type_.xml.node
        in (("none",) if isinstance(type_, Object) else ("attribute", "text", "cdata", "none"))
        and isinstance(type_, (Object, Enum, Union))
    }
    for owner in types.values() if nodes else ():
        for property_ in owner.properties if isinstance(owner, Object) else ():
            use = property_.use
            if use.type in nodes and (use.xml is None or use.xml.node is None):
                use.xml = replace(use.xml or XmlFacts(), node=nodes[use.type])


def _is_member(owner: Object, use: Use) -> bool:
    return any(property_.use is use for property_ in owner.properties)


def _merged(place: XmlFacts | None, type_facts: XmlFacts) -> XmlFacts:
    """What the place says, and what its type says where the place is silent."""
    if place is None:
        return type_facts
    return XmlFacts(
        name=place.name if place.name is not None else type_facts.name,
        namespace=place.namespace if place.namespace is not None else type_facts.namespace,
        prefix=place.prefix if place.prefix is not None else type_facts.prefix,
        node=place.node if place.node is not None else type_facts.node,
        wrapped=place.wrapped or type_facts.wrapped,
    )
