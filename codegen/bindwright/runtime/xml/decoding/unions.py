"""Unions: told by the element's name, by ``xsi:type``, by a discriminator, or by what fits.

OpenAPI leaves open how the member of a ``oneOf`` is told in XML; every way is read. Written is the
member's own element where members have names of their own, else the place's element with what tells
the member apart: the discriminator it carries, or ``xsi:type``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bindwright.runtime.errors import DecodeError
from bindwright.runtime.resolve import evaluate
from bindwright.runtime.xml.decoding.context import (
    TYPE,
    DecodeContext,
    Reader,
    ReaderFactory,
    is_nil,
    null_of,
    own_name,
    tags_of,
)
from bindwright.runtime.xml.plan.members import model_plan
from bindwright.runtime.xml.plan.places import XmlPlace, expanded
from bindwright.runtime.xml.plan.xsi_type import name_of, qname
from bindwright.runtime.xml.scalars.lexical import lexical_of
from bindwright.runtime.xml.settings import XSD
from bindwright.runtime.xml.tree.parse import Element, local, wrong
from bindwright.runtime.xml.tree.unknown import BLANK

XSD_NAMES = {
    "string": "string", "integer": "integer", "number": "double", "decimal": "decimal", "boolean": "boolean",
    "datetime": "dateTime", "date": "date", "time": "time", "duration": "duration", "bytes": "base64Binary",
    "uuid": "string", "enum": "string", "literal": "string",
}  # fmt: skip


_ORDER = (
    "null", "literal", "enum", "integer", "number", "decimal", "boolean", "datetime", "date", "time", "duration",
    "uuid", "model", "list", "tuple", "map", "union", "bytes", "string", "any",
)  # fmt: skip


def ordered(place: XmlPlace) -> list[XmlPlace]:
    """Members, the most specific kinds first."""
    return sorted(place.members, key=lambda member: _ORDER.index(member.shape.kind))


def reader(place: XmlPlace, factory: ReaderFactory) -> Reader:
    """The reader of a union's elements."""
    members = ordered(place)
    readers = {id(member): factory.item(member) for member in members}
    own_tags = (place.tag, *place.alternates)
    tags: dict[str, XmlPlace] = {}
    for member in members:
        for tag in tags_of(member):
            tags.setdefault(tag, member)

    def read(node: Element, context: DecodeContext) -> Any:
        if node.keys() and is_nil(node):
            return null_of(place, node)
        tag = str(node.tag)
        if tag in tags and tag not in own_tags:
            return readers[id(tags[tag])](node, context)
        member_place = _told(place, members, node)
        if member_place is not None:
            return readers[id(member_place)](node, context)
        if len(node) == 1 and str(node[0].tag) in tags and not (node.text or "").strip(BLANK):
            member_place = tags[str(node[0].tag)]
            if member_place.kind == "model":
                return readers[id(member_place)](node[0], context)
        return _tried(place, members, readers, node, context)

    return read


def _told(place: XmlPlace, members: list[XmlPlace], node: Element) -> XmlPlace | None:
    named = node.get(TYPE)
    if named is not None:
        type_name = qname(node, named)
        for member in members:
            if type_name in type_names(member):
                return member
        raise wrong("a type of the union", repr(named), node, TYPE)
    choice = place.shape.fact("choice")
    if choice is None or choice.discriminator is None:
        return None
    value = _discriminator(members, choice.discriminator, node)
    if value is None:
        return None
    wanted_type = evaluate(choice.mapping[value], place.shape.names) if value in choice.mapping else None
    for member in members:
        if member.shape.type is wanted_type or (
            wanted_type is None and value in (member.shape.name, own_name(member))
        ):
            return member
    raise wrong(f"a known {choice.discriminator}", repr(value), node)


def _discriminator(members: list[XmlPlace], name: str, node: Element) -> str | None:
    for member in members:
        if member.kind != "model":
            continue
        plan = model_plan(member)
        for slot in plan.slots:
            if slot.member.json != name:
                continue
            if slot.place.node == "attribute":
                text = node.get(expanded(slot.place.namespace, slot.place.name))
            else:
                text = next(
                    (child.text or "" for child in node if local(str(child.tag)) == slot.place.name), None
                )
            if text is not None:
                return str(text)
    return None


def type_names(place: XmlPlace) -> tuple[str, ...]:
    """What ``xsi:type`` may say of a member."""
    if place.kind == "model" or (place.shape.root is not None and place.shape.name):
        name = name_of(place.shape.type, place.shape)
        return (name, expanded(place.inherited, local(name)), expanded("", place.shape.name or ""))
    base = XSD_NAMES.get(place.shape.kind)
    if base is None:
        return (place.shape.kind,)
    also = {"integer": ("int", "long", "short", "byte"), "number": ("float",), "decimal": ("double",)}
    return tuple(expanded(XSD, name) for name in (base, *also.get(place.shape.kind, ())))


def _tried(
    place: XmlPlace,
    members: list[XmlPlace],
    readers: dict[int, Reader],
    node: Element,
    context: DecodeContext,
) -> Any:
    first: list[tuple[Any, list[tuple[int, Any]]]] = []
    first_error: DecodeError | None = None
    before = len(context.aside)
    for member in members:
        try:
            value = readers[id(member)](node, context)
        except DecodeError as error:
            first_error = error if first_error is None else first_error
            del context.aside[before:]
            continue
        kept = context.aside[before:]
        del context.aside[before:]
        if not kept and getattr(value, "_extra", None) is None:
            return value
        first.append((value, kept))
    if first:
        context.aside += first[0][1]
        return first[0][0]
    if first_error is not None and len(members) == 1:
        raise first_error
    raise wrong(
        "one of " + ", ".join(member.shape.name or member.shape.kind for member in members),
        "none of them",
        node,
    )


def member_for(place: XmlPlace, value: Any) -> Iterator[XmlPlace]:
    """The members that a value may be of, the best first."""
    for exact in (True, False):
        for member in ordered(place):
            if _fits(member, value, exact):
                yield member


_PYTHON: dict[str, Any] = {"list": (list, tuple), "tuple": (list, tuple), "map": dict}


def _fits(place: XmlPlace, value: Any, exact: bool) -> bool:
    shape = place.shape
    if shape.kind == "union":
        return next(member_for(place, value), None) is not None
    if shape.kind == "any":
        return not exact
    if shape.kind == "literal":
        return any(type(literal) is type(value) and literal == value for literal in shape.literals)
    if shape.kind == "null":
        return value is None
    python_type = _PYTHON.get(shape.kind, shape.type)
    if exact:
        return type(value) is python_type or type(value) is shape.type
    if shape.kind == "number":
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    return isinstance(value, python_type) and not (isinstance(value, bool) and python_type is int)


def reads_back(place: XmlPlace, member: XmlPlace, text: str) -> bool:
    """Whether a scalar's text would be read as of this member again without ``xsi:type``."""
    for candidate in ordered(place):
        if candidate is member:
            return True
        if candidate.kind == "scalar":
            try:
                lexical_of(candidate.shape, candidate.profile).parse(text)
            except (ValueError, ArithmeticError):
                continue
            return False
    return True
