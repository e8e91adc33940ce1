"""Unions in XML: whether the names of elements tell their alternatives, and what of those names nobody can see."""

from __future__ import annotations

from collections.abc import Iterator

from bindwright.ir.lowering.settling.settle_lexical import lexical_of
from bindwright.ir.lowering.settling.xml_names import NOTHING
from bindwright.ir.lowering.settling.xml_places import HoldingList
from bindwright.ir.model import AnyType, Array, Enum, Object, Scalar, TypeId, Union, XmlNode
from bindwright.standards.xml_names import element_name


def alternative_names(types: dict[TypeId, AnyType], type_: Union) -> list[str | None]:
    """The names in XML that the document gives to alternatives, or to the components that they are."""
    return [(use.xml or NOTHING).name or (types[use.type].xml or NOTHING).name for use in type_.members]


def list_item_names(types: dict[TypeId, AnyType], type_: Union) -> Iterator[str]:
    """The names that the document gives to items of alternatives that are lists and are not wrapped."""
    for use in type_.members:
        array = types[use.type]
        facts = [each for each in (use.xml, array.xml) if each is not None]
        if not isinstance(array, Array) or array.items is None or array.prefix:
            continue
        if any(each.wrapped or each.node == "element" for each in facts):
            continue
        item = array.items
        name = (item.xml or NOTHING).name or (types[item.type].xml or NOTHING).name
        if name is not None:
            yield element_name(name)


def names_of_one_kind(types: dict[TypeId, AnyType], type_: Union) -> list[str]:
    """Names of scalars in XML that have one kind of value."""
    names: dict[str, list[str]] = {}
    for use, name in zip(type_.members, alternative_names(types, type_), strict=True):
        scalar = types[use.type]
        if isinstance(scalar, Scalar) and name:
            form = lexical_of(scalar, use.format, "openapi").json
            names.setdefault(scalar.base if scalar.base in ("integer", "number") else form, []).append(name)
    return next((several for several in names.values() if len(several) > 1), [])


def is_told_by_name(
    types: dict[TypeId, AnyType], type_: Union, alternatives: list[XmlNode], holder: HoldingList
) -> bool:
    """Whether the names of elements tell the alternatives: the document gives a name to each object and scalar,
    and nothing else names the element. A scalar without a name is called as the place, beside scalars with names.
    """
    members = [types[use.type] for use in type_.members]
    names = alternative_names(types, type_)
    if holder.is_named or type_.discriminator is not None or not any(names):
        return False
    if not all(names):
        if not all(isinstance(member, (Enum, Scalar)) for member in members):
            return False
        for node, name in zip(alternatives, names, strict=True):
            node.name = node.name if name else holder.name
    return all(isinstance(member, (Object, Enum, Scalar)) for member in members) and len(
        {(node.namespace, node.name) for node in alternatives}
    ) == len(members)
