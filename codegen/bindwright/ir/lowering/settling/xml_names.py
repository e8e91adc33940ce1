"""Names and namespaces of XML: of places, of components, of roots without a name."""

from __future__ import annotations

from bindwright.ir.lowering.settling.settle_lexical import text_of
from bindwright.ir.model import (
    AnyType,
    Array,
    Enum,
    Object,
    Scalar,
    TypeId,
    Union,
    Use,
    XmlFacts,
)  # fmt: skip
from bindwright.standards.xml_names import element_name, encode_name

NOTHING = XmlFacts()
"""What a place or a type says of XML that says nothing."""
XSI = "http://www.w3.org/2001/XMLSchema-instance"
PREFIXES = {
    XSI: "xsi",
    "http://www.w3.org/XML/1998/namespace": "xml",
}
"""Namespaces that are always called so: one may not be the default, the other has its prefix for ever."""


def joined_words(type_: AnyType) -> str:
    """The words of a type as one name."""
    return "".join(word[:1].upper() + word[1:] for word in type_.words)


def component_name(type_: AnyType) -> str | None:
    """The key of a component as a name of XML has to begin from: a key may be empty, a name may not."""
    return encode_name("") if type_.name == "" else type_.name


def namespace_of(place: XmlFacts, type_facts: XmlFacts, inherited: str) -> tuple[str, str | None]:
    """The namespace of an element and the prefix that it is to have: of the place, else of the type, else inherited."""
    if place.namespace is not None:
        return place.namespace, place.prefix or PREFIXES.get(place.namespace)
    if type_facts.namespace is not None:
        prefix = type_facts.prefix if place.prefix is None else place.prefix
        return type_facts.namespace, prefix or PREFIXES.get(type_facts.namespace)
    return inherited, PREFIXES.get(inherited)


def inherited_namespace(place: XmlFacts, type_facts: XmlFacts, inherited: str) -> str:
    """A namespace without a prefix is the default of the element and of its descendants."""
    for facts in (type_facts, place):
        if facts.namespace is not None and facts.prefix is None:
            return facts.namespace
    return inherited


def attribute_name(place: XmlFacts, type_facts: XmlFacts, name: str) -> tuple[str, str]:
    """The namespace and the local name of an attribute; without a namespace of its own it has none."""
    return place.namespace or type_facts.namespace or "", element_name(place.name or type_facts.name or name)


def root_name(types: dict[TypeId, AnyType], type_: AnyType) -> str:
    """What the root of a type without a name is called."""
    if isinstance(type_, Array) and type_.items is not None:
        item = types[type_.items.type]
        # Lists, maps and scalars are written out where they stand: they name nothing.
        named = isinstance(item, (Object, Enum, Union))
        return "ArrayOf" + (((item.xml or NOTHING).name or item.name or "Item") if named else "Item")
    if isinstance(type_, Scalar):
        plain = type_.base != "string" or text_of(type_, Use(type=type_.id), "openapi") == "string"
        names = {"string": "string", "integer": "int", "boolean": "boolean"} if plain else {}
        return names.get(type_.base, "value")
    if isinstance(type_, Object) or (isinstance(type_, Enum) and len(type_.members) > 1):
        return joined_words(type_)
    if isinstance(type_, Union):
        scalars = [types[member.type] for member in type_.members]
        # Alternatives that are all one scalar are that scalar.
        names_of_all = {root_name(types, scalar) for scalar in scalars if isinstance(scalar, Scalar)}
        if len(names_of_all) == 1 and all(isinstance(scalar, Scalar) for scalar in scalars):
            return names_of_all.pop()
    return "value"


def root_namespace(types: dict[TypeId, AnyType], type_: AnyType) -> str:
    """The namespace of the root of a type that names none: of a list without a name, its items'."""
    if isinstance(type_, Array) and type_.name is None and type_.items is not None:
        type_facts = types[type_.items.type].xml or NOTHING
        return (type_.items.xml or NOTHING).namespace or type_facts.namespace or ""
    return ""


def root_items_name(types: dict[TypeId, AnyType], use: Use, type_: AnyType, name: str) -> str:
    """What the items of a root list are called that have no name: as their component is, in a plain list."""
    if not isinstance(type_, Array) or type_.name is not None or type_.items is None:
        return name
    item = types[type_.items.type]
    named = (use.xml or NOTHING).name or (type_.xml or NOTHING).name
    return name if named or not isinstance(item, Object) else item.name or name
