"""Nodes that cannot be what the document says: attributes and texts that have members, and all but the first of
several texts or of several attributes of one name. They are elements, and are told of.
"""

from __future__ import annotations

from msgspec.structs import replace

from bindwright.ir.lowering.context import Lowering
from bindwright.ir.lowering.location import Location
from bindwright.ir.lowering.settling.xml_members import may_meet
from bindwright.ir.lowering.settling.xml_names import NOTHING, attribute_name
from bindwright.ir.model import AnyType, Array, Enum, Map, Object, Property, TypeId, Union
from bindwright.ir.walks import uses_of


def has_members(types: dict[TypeId, AnyType], type_: AnyType) -> bool:
    """Whether a value is, or holds, more than a text can say."""
    pending, visited = [type_], {type_.id}
    while pending:
        part = pending.pop()
        if isinstance(part, (Object, Map)):
            return True
        for use in uses_of(part) if isinstance(part, (Array, Union)) else ():
            if use.type not in visited:
                visited.add(use.type)
                pending.append(types[use.type])
    return False


def warn_of_members(context: Lowering) -> None:
    """Tell of attributes and texts whose values no text can hold: they are elements."""
    for owner in context.types.values():
        for property_ in owner.properties if isinstance(owner, Object) else ():
            type_ = context.types[property_.use.type]
            node = (property_.use.xml or type_.xml or NOTHING).node
            if property_.declared_in != owner.id or node not in ("attribute", "text", "cdata"):
                continue
            if has_members(context.types, type_):
                words = "an attribute" if node == "attribute" else "text"
                context.warn(
                    "xml-node-of-members",
                    f"`{property_.name[:60]}` cannot be {words}: its values have members. It is an element",
                    Location(property_.place.file, property_.place.pointer),
                )


def keep_one_text(context: Lowering) -> None:
    """Make elements of all texts of an object but the first, and tell of it: nobody could tell them apart.

    A base's text comes before those of the object itself.
    """
    for owner in context.types.values():
        texts = [
            property_
            for property_ in (owner.properties if isinstance(owner, Object) else ())
            if (property_.use.xml or context.types[property_.use.type].xml or NOTHING).node
            in ("text", "cdata")
            and not has_members(context.types, context.types[property_.use.type])
        ]
        texts.sort(key=lambda property_: property_.declared_in == owner.id)
        for property_ in texts[1:]:
            facts = property_.use.xml or context.types[property_.use.type].xml or NOTHING
            property_.use.xml = replace(facts, node="element")
            if property_.declared_in == owner.id:
                context.warn(
                    "xml-second-text",
                    f"`{property_.name[:60]}` cannot be text: `{texts[0].name[:60]}` is. It is an element",
                    Location(property_.place.file, property_.place.pointer),
                )


def keep_distinct_attributes(context: Lowering) -> None:
    """Make elements of all attributes of an object with the name of an earlier one, and tell of it.

    An element has at most one attribute of a name (Namespaces in XML 1.0, 6.3). A base's come before those of the object
    itself; a member that only requests have never meets one that only answers have.
    """
    for owner in context.types.values():
        properties = owner.properties if isinstance(owner, Object) else []
        firsts: dict[tuple[str, str], list[Property]] = {}
        for property_ in sorted(properties, key=lambda property_: property_.declared_in == owner.id):
            type_ = context.types[property_.use.type]
            place, type_facts = property_.use.xml or NOTHING, type_.xml or NOTHING
            if (place.node or type_facts.node) != "attribute" or has_members(context.types, type_):
                continue
            of_type = type_facts if isinstance(type_, (Enum, Union)) else NOTHING
            name = attribute_name(place, of_type, property_.name)
            first = next((each for each in firsts.get(name, []) if may_meet(each, property_)), None)
            if first is None:
                firsts.setdefault(name, []).append(property_)
                continue
            property_.use.xml = replace(place, node="element")
            if property_.declared_in == owner.id:
                context.warn(
                    "xml-shared-name",
                    f"`{property_.name[:60]}` cannot be the attribute `{name[1][:60]}`: `{first.name[:60]}` "
                    f"({first.place.file}#{first.place.pointer}) is. It is an element",
                    Location(property_.place.file, property_.place.pointer),
                    "give one of them another `xml.name` or `xml.namespace`",
                )
