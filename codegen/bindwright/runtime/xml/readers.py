"""Readers: from an element to a value, one closure a place.

A reader takes an element and the `Reading` and gives the value, or raises `DecodeError` with the
element's path. Models are read by functions compiled for them (`models`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from attrs import define, field

from bindwright.runtime.model import UNSET
from bindwright.runtime.shapes import shape_of
from bindwright.runtime.times import DateTime, canonical_datetime, fraction_of, split_offset
from bindwright.runtime.xml import anything, models, unions
from bindwright.runtime.xml.escape import decode_name
from bindwright.runtime.xml.extra import BLANK
from bindwright.runtime.xml.lexical import Lexical, lexical_of
from bindwright.runtime.xml.plan import SYSTEM, Place, expanded, place_of
from bindwright.runtime.xml.settings import XSI, Settings
from bindwright.runtime.xml.source import Element, local, wrong

NIL = f"{{{XSI}}}nil"
TYPE = f"{{{XSI}}}type"
_TRUE, _FALSE = ("true", "1"), ("false", "0")


@define
class Reading:
    """The state of reading one document."""

    settings: Settings
    bare: bool = False
    """Whether no element but the root has attributes, as a glance at the text tells."""
    references: dict[str, Any] = field(factory=dict)
    """Objects by their id (IsReference)."""


Reader = Callable[[Element, Reading], Any]


def is_nil(node: Element) -> bool:
    """Whether an element has ``xsi:nil`` and means it."""
    value = node.get(NIL)
    if value is None:
        return False
    if (value := value.strip(BLANK)) in _TRUE:
        return True
    if value in _FALSE:
        return False
    raise wrong("true or false", repr(value), node, NIL)


def null_of(place: Place, node: Element) -> None:
    """The value of an element with ``xsi:nil="true"``."""
    if not place.shape.nullable:
        raise wrong("a value", 'xsi:nil="true"', node)


def reader_of(place: Place, settings: Settings) -> Reader:
    """The reader of elements at a place; the element's name has been checked already."""
    kind = place.kind
    if kind == "scalar":
        return _scalar(place)
    if kind == "offset":
        return _offset(place)
    if kind == "model":
        return models.reader(place, settings)
    if kind == "list":
        return _list(place, settings)
    if kind == "tuple":
        return _tuple(place, settings)
    if kind == "map":
        return _map(place, settings)
    if kind == "union":
        return unions.reader(place, settings)
    return anything.reader(place, settings)


def text_reader(lexical: Lexical) -> Callable[[str, Element, str | None], Any]:
    """From text to value, with the node at which an error is told."""
    parse, what = lexical.parse, lexical.what

    def read(text: str, node: Element, attribute: str | None = None) -> Any:
        try:
            return parse(text)
        except (ValueError, ArithmeticError):
            raise wrong(what, shown(text), node, attribute) from None

    return read


def shown(text: str) -> str:
    """Text for an error message, shortened."""
    return repr(text if len(text) <= 60 else text[:57] + "...")


def _scalar(place: Place) -> Reader:
    lexical = lexical_of(place.shape, place.profile)
    parse, what = lexical.parse, lexical.what

    def read(node: Element, reading: Reading) -> Any:
        if node.keys() and is_nil(node):
            return null_of(place, node)
        if len(node):
            raise wrong(what, f"the element <{local(str(node[0].tag))}>", node)
        text = node.text or ""
        try:
            return parse(text)
        except (ValueError, ArithmeticError):
            raise wrong(what, shown(text), node) from None

    return read


def _offset(place: Place) -> Reader:
    """DateTimeOffset: the instant in UTC, and the offset in minutes (the profile's rules, 7.4)."""
    instant, minutes = expanded(SYSTEM, "DateTime"), expanded(SYSTEM, "OffsetMinutes")

    def read(node: Element, reading: Reading) -> Any:
        if node.keys() and is_nil(node):
            return null_of(place, node)
        found: dict[str, str] = {}
        lenient = reading.settings.namespaces == "lenient"
        for one in node:
            tag = str(one.tag)
            tag = expanded(SYSTEM, local(tag)) if lenient else tag
            if tag in found:
                raise wrong("one element of each name", f"a second <{local(tag)}>", one)
            found[tag] = (one.text or "").strip(BLANK)
        if instant not in found or minutes not in found:
            raise wrong("<DateTime> and <OffsetMinutes>", "not both", node)
        try:
            return _shifted(found[instant], int(found[minutes]))
        except (ValueError, OverflowError):
            raise wrong(
                "an instant and an offset in minutes", shown(f"{found[instant]}, {found[minutes]}"), node
            ) from None

    return read


def _shifted(text: str, minutes: int) -> dt.datetime:
    value = DateTime.parse(text)
    digits = fraction_of(text)
    if abs(minutes) > 14 * 60:
        raise ValueError(minutes)
    zone = dt.timezone(dt.timedelta(minutes=minutes))
    moved = dt.datetime(*value.timetuple()[:6]) + zone.utcoffset(None)
    head = split_offset(canonical_datetime(moved))[0].partition(".")[0]
    sign, left = ("-", -minutes) if minutes < 0 else ("+", minutes)
    return DateTime.parse(f"{head}{'.' + digits if digits else ''}{sign}{left // 60:02d}:{left % 60:02d}")


def tags_of(place: Place) -> tuple[str, ...]:
    """The expanded names of elements that belong to a member of a model."""
    if place.node == "none":
        if place.kind == "list":
            return tags_of(place.item)
        if place.kind == "union":
            return tuple(tag for one in place.members for tag in tags_of(one))
        if place.kind == "model":
            return tuple(tag for slot in place.model_plan().elements for tag in tags_of(slot.place))
        if place.kind == "tuple":
            return tuple(tag for one in place.items for tag in tags_of(one))
    if place.kind == "union" and unions.by_name(place):
        return (*(tag for one in place.members for tag in tags_of(one)), place.tag, *place.alternates)
    return (place.tag, *place.alternates)


def check_name(node: Element, names: frozenset[str], expected: str, settings: Settings) -> None:
    """Whether an element has one of the expanded names."""
    tag = str(node.tag)
    if tag in names or (settings.namespaces == "lenient" and local(tag) in {local(one) for one in names}):
        return
    raise wrong(f"<{expected}>", f"<{local(tag)}>" if local(expected) != local(tag) else f"<{tag}>", node)


def only_blank(node: Element) -> None:
    """Refuse text between elements."""
    if node.text is not None and node.text.strip(BLANK):
        raise wrong("elements only", f"text {shown(node.text.strip(BLANK))}", node)
    for one in node:
        if one.tail is not None and one.tail.strip(BLANK):
            raise wrong("elements only", f"text {shown(one.tail.strip(BLANK))}", node)


def _list(place: Place, settings: Settings) -> Reader:
    read = item_reader(place.item, settings)
    names = frozenset(tags_of(place.item))
    build = place.shape.type
    wanted = place.item.tag
    state: list[Any] = [read]

    def read_list(node: Element, reading: Reading) -> Any:
        if node.keys() and is_nil(node):
            return null_of(place, node)
        only_blank(node)
        one_read, found = state[0], []
        for one in node:
            if one.tag not in names:
                check_name(one, names, wanted, settings)
            found.append(one_read(one, reading))
        return found if build is list else build(found)

    return read_list


def item_reader(place: Place, settings: Settings) -> Reader:
    """The reader of an item: made on first use, for types may contain themselves."""
    made: list[Reader] = []

    def read(node: Element, reading: Reading) -> Any:
        if not made:
            made.append(reader_of(place, settings))
        return made[0](node, reading)

    return reader_of(place, settings) if place.kind == "scalar" else read


def _tuple(place: Place, settings: Settings) -> Reader:
    """``prefixItems``: elements and text nodes in order (OpenAPI 3.2.0, "Ordered Elements and Text")."""
    places = place.items
    readers = [item_reader(one, settings) if one.node == "element" else None for one in places]
    texts = [
        text_reader(lexical_of(one.shape, one.profile)) if one.node in ("text", "cdata") else None
        for one in places
    ]

    def read(node: Element, reading: Reading) -> Any:
        if node.keys() and is_nil(node):
            return null_of(place, node)
        if not any(texts):
            only_blank(node)
        nodes, found, before = list(node), [], node.text or ""
        index = 0
        for one, reader, text in zip(places, readers, texts, strict=True):
            if text is not None:
                found.append(text(before, node, None))
            elif index >= len(nodes):
                raise wrong(f"<{one.name}>", "the end", node)
            else:
                at = nodes[index]
                check_name(at, frozenset(tags_of(one)), one.tag, settings)
                found.append(reader(at, reading))  # type: ignore[misc]
                before, index = at.tail or "", index + 1
        if index < len(nodes):
            raise wrong(f"{index} elements", f"<{local(str(nodes[index].tag))}>", nodes[index])
        return tuple(found)

    return read


def _map(place: Place, settings: Settings) -> Reader:
    return _entries(place, settings) if place.entries is not None else _plain_map(place, settings)


def _plain_map(place: Place, settings: Settings) -> Reader:
    read_value = item_reader(place.item, settings)
    build = place.shape.type

    def read(node: Element, reading: Reading) -> Any:
        if node.keys() and is_nil(node):
            return null_of(place, node)
        only_blank(node)
        found: dict[str, Any] = {}
        for one in node:
            key = decode_name(local(str(one.tag)))
            if key in found:
                raise wrong("each key once", f"a second <{local(str(one.tag))}>", one)
            found[key] = read_value(one, reading)
        return found if build is dict else build(found)

    return read


def key_place(place: Place) -> Place:
    """The place of an entry's key."""
    entries = place.entries
    assert entries is not None
    shape = shape_of(entries.key_type, wire=entries.key_wire, names=place.shape.names)
    return place_of(shape, name=entries.key, inherited=entries.namespace or "", profile=place.profile)


def _entries(place: Place, settings: Settings) -> Reader:
    entries = place.entries
    assert entries is not None
    space = entries.namespace or ""
    item, value_tag = expanded(space, entries.item), expanded(space, entries.value)
    key_tag = expanded(space, entries.key)
    key_at = key_place(place)
    read_key = item_reader(key_at, settings)
    read_value = item_reader(place.item, settings)
    build, lenient = place.shape.type, settings.namespaces == "lenient"

    def read_entry(node: Element, reading: Reading) -> tuple[Any, Any]:
        only_blank(node)
        found: dict[str, Any] = {}
        for one in node:
            tag = expanded(space, local(str(one.tag))) if lenient else str(one.tag)
            if tag in found:
                raise wrong("a key and a value", f"a second <{local(tag)}>", one)
            if tag == key_tag:
                found[tag] = read_key(one, reading)
            elif tag == value_tag:
                found[tag] = read_value(one, reading)
            else:
                raise wrong(f"<{entries.key}> and <{entries.value}>", f"<{local(tag)}>", one)
        if key_tag not in found or value_tag not in found:
            raise wrong(f"<{entries.key}> and <{entries.value}>", "not both", node)
        return found[key_tag], found[value_tag]

    def read(node: Element, reading: Reading) -> Any:
        if node.keys() and is_nil(node):
            return null_of(place, node)
        only_blank(node)
        found: dict[Any, Any] = {}
        names = frozenset((item,))
        for one in node:
            check_name(one, names, item, settings)
            key, value = read_entry(one, reading)
            if key in found:
                raise wrong("each key once", f"a second {key!r}", one)
            found[key] = value
        return found if build is dict else build(found)

    return read


__all__ = ["NIL", "TYPE", "UNSET", "Reader", "Reading", "is_nil", "reader_of"]
