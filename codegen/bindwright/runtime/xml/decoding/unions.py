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
    KINDS,
    TYPE,
    Reader,
    Reading,
    is_nil,
    item_reader,
    null_of,
    own_name,
    tags_of,
)
from bindwright.runtime.xml.plan.members import model_plan
from bindwright.runtime.xml.plan.places import Place, expanded
from bindwright.runtime.xml.plan.xsi_type import name_of, qname
from bindwright.runtime.xml.scalars.lexical import lexical_of
from bindwright.runtime.xml.settings import XSD, Settings
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


def ordered(place: Place) -> list[Place]:
    """Members, the most specific kinds first."""
    return sorted(place.members, key=lambda one: _ORDER.index(one.shape.kind))


def reader(place: Place, settings: Settings) -> Reader:
    """The reader of a union's elements."""
    members = ordered(place)
    readers = {id(one): item_reader(one, settings) for one in members}
    own = (place.tag, *place.alternates)
    tags: dict[str, Place] = {}
    for one in members:
        for tag in tags_of(one):
            tags.setdefault(tag, one)

    def read(node: Element, reading: Reading) -> Any:
        if node.keys() and is_nil(node):
            return null_of(place, node)
        tag = str(node.tag)
        if tag in tags and tag not in own:
            return readers[id(tags[tag])](node, reading)
        told = _told(place, members, node)
        if told is not None:
            return readers[id(told)](node, reading)
        if len(node) == 1 and str(node[0].tag) in tags and not (node.text or "").strip(BLANK):
            inner = tags[str(node[0].tag)]
            if inner.kind == "model":
                return readers[id(inner)](node[0], reading)
        return _tried(place, members, readers, node, reading)

    return read


def _told(place: Place, members: list[Place], node: Element) -> Place | None:
    named = node.get(TYPE)
    if named is not None:
        wanted = qname(node, named)
        for one in members:
            if wanted in type_names(one):
                return one
        raise wrong("a type of the union", repr(named), node, TYPE)
    choice = place.shape.fact("choice")
    if choice is None or choice.discriminator is None:
        return None
    value = _discriminator(members, choice.discriminator, node)
    if value is None:
        return None
    wanted_type = evaluate(choice.mapping[value], place.shape.names) if value in choice.mapping else None
    for one in members:
        if one.shape.type is wanted_type or (
            wanted_type is None and value in (one.shape.name, own_name(one))
        ):
            return one
    raise wrong(f"a known {choice.discriminator}", repr(value), node)


def _discriminator(members: list[Place], name: str, node: Element) -> str | None:
    for one in members:
        if one.kind != "model":
            continue
        plan = model_plan(one)
        for slot in plan.slots:
            if slot.member.json != name:
                continue
            if slot.place.node == "attribute":
                found = node.get(expanded(slot.place.namespace, slot.place.name))
            else:
                found = next(
                    (child.text or "" for child in node if local(str(child.tag)) == slot.place.name), None
                )
            if found is not None:
                return str(found)
    return None


def type_names(place: Place) -> tuple[str, ...]:
    """What ``xsi:type`` may say of a member."""
    if place.kind == "model" or (place.shape.root is not None and place.shape.name):
        name = name_of(place.shape.type, place.shape)
        return (name, expanded(place.inherited, local(name)), expanded("", place.shape.name or ""))
    base = XSD_NAMES.get(place.shape.kind)
    if base is None:
        return (place.shape.kind,)
    also = {"integer": ("int", "long", "short", "byte"), "number": ("float",), "decimal": ("double",)}
    return tuple(expanded(XSD, one) for one in (base, *also.get(place.shape.kind, ())))


def _tried(
    place: Place, members: list[Place], readers: dict[int, Reader], node: Element, reading: Reading
) -> Any:
    first: list[tuple[Any, list[tuple[int, Any]]]] = []
    told: DecodeError | None = None
    before = len(reading.aside)
    for one in members:
        try:
            value = readers[id(one)](node, reading)
        except DecodeError as error:
            told = error if told is None else told
            del reading.aside[before:]
            continue
        kept = reading.aside[before:]
        del reading.aside[before:]
        if not kept and getattr(value, "_extra", None) is None:
            return value
        first.append((value, kept))
    if first:
        reading.aside += first[0][1]
        return first[0][0]
    if told is not None and len(members) == 1:
        raise told
    raise wrong(
        "one of " + ", ".join(one.shape.name or one.shape.kind for one in members), "none of them", node
    )


def member_for(place: Place, value: Any) -> Iterator[Place]:
    """The members that a value may be of, the best first."""
    for exact in (True, False):
        for one in ordered(place):
            if _fits(one, value, exact):
                yield one


_PYTHON: dict[str, Any] = {"list": (list, tuple), "tuple": (list, tuple), "map": dict}


def _fits(place: Place, value: Any, exact: bool) -> bool:
    shape = place.shape
    if shape.kind == "union":
        return next(member_for(place, value), None) is not None
    if shape.kind == "any":
        return not exact
    if shape.kind == "literal":
        return any(type(one) is type(value) and one == value for one in shape.literals)
    if shape.kind == "null":
        return value is None
    kind = _PYTHON.get(shape.kind, shape.type)
    if exact:
        return type(value) is kind or type(value) is shape.type
    if shape.kind == "number":
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    return isinstance(value, kind) and not (isinstance(value, bool) and kind is int)


def reads_back(place: Place, member: Place, text: str) -> bool:
    """Whether a scalar's text would be read as of this member again without ``xsi:type``."""
    for one in ordered(place):
        if one is member:
            return True
        if one.kind == "scalar":
            try:
                lexical_of(one.shape, one.profile).parse(text)
            except (ValueError, ArithmeticError):
                continue
            return False
    return True


KINDS["union"] = reader
