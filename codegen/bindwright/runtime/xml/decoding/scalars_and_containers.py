"""Readers of scalars, lists, tuples and maps, one closure a place."""

from __future__ import annotations

import datetime as dt
import enum
from typing import Any

from attrs import evolve

from bindwright.runtime.kept import keeping
from bindwright.runtime.shapes import shape_of
from bindwright.runtime.values.times import DateTime, canonical_datetime, fraction_of, split_offset
from bindwright.runtime.xml.decoding.context import (
    KINDS,
    Reader,
    Reading,
    check_name,
    has_place,
    is_nil,
    item_reader,
    null_of,
    only_blank,
    shown,
    tags_of,
    text_reader,
    unknown_on,
)
from bindwright.runtime.xml.plan.places import SYSTEM, Place, expanded, place_of
from bindwright.runtime.xml.scalars.escape import decode_name
from bindwright.runtime.xml.scalars.lexical import lexical_of
from bindwright.runtime.xml.settings import Settings
from bindwright.runtime.xml.tree.parse import Element, local, wrong
from bindwright.runtime.xml.tree.unknown import BLANK, Extra, Inside, fragment_of, keep_inside, nested


def _scalar(place: Place, settings: Settings) -> Reader:
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


def _offset(place: Place, settings: Settings) -> Reader:
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
            if tag not in (instant, minutes):
                reading.aside.append((len(found), fragment_of(one)))
                continue
            if one.keys() and (kept := unknown_on(one)):
                reading.aside.append((int(tag == minutes), kept))
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


def _list(place: Place, settings: Settings) -> Reader:
    read = item_reader(place.item, settings)
    names = frozenset(tags_of(place.item))
    locals_ = frozenset(local(one) for one in names)
    build, kind = place.shape.type, place.item.kind
    wanted = place.item.tag
    state: list[Any] = [read]
    nested, item = kind in ("list", "map", "tuple", "offset"), place.item

    def read_list(node: Element, reading: Reading) -> Any:
        if node.keys() and is_nil(node):
            return null_of(place, node)
        only_blank(node)
        one_read = state[0]
        start = len(reading.aside)
        found: list[Any] = []
        attributes = not reading.bare
        for one in node:
            if one.tag not in names and wanted:
                if isinstance(one.tag, str) and local(one.tag) not in locals_:
                    reading.aside.append((len(found), fragment_of(one)))
                    continue
                check_name(one, names, wanted, settings)
            before = len(reading.aside)
            value = one_read(one, reading)
            if nested:
                _settle(reading, before, len(found), value)
            if attributes and one.keys() and not has_place(item, value) and (kept := unknown_on(one)):
                reading.aside.append((len(found), kept))
            found.append(value)
        return found if build is list else _named(build(found), reading, start)

    return read_list


def _settle(reading: Reading, start: int, at: int, value: Any) -> None:
    """What was set aside within an item belongs to that item."""
    if len(reading.aside) > start:
        reading.aside[start:] = [(at, nested(value, reading.aside[start:]))]


def _named(value: Any, reading: Reading, start: int) -> Any:
    """A list or map of a named type, with what stood among its items."""
    if len(reading.aside) > start and keep_inside(value, len(value), reading.aside[start:]):
        del reading.aside[start:]
    return value


def kept_at_root(root: Element, value: Any, reading: Reading) -> Any:
    """A list, map or scalar that is the document itself, with what stood among its items and on the root.

    A list or map of no class of its own gets one that can keep that; a scalar keeps it where its type has a name.
    """
    attributes = unknown_on(root)
    if value is None or not (attributes or reading.aside):
        return value
    if not isinstance(value, (list, tuple, dict)):
        if hasattr(value, "__dict__") and not isinstance(value, enum.Enum):  # whose members are shared
            value._extra = Extra(attributes=attributes)
        return value
    extra = getattr(value, "_extra", None) or Extra()
    if reading.aside:
        extra = evolve(extra, inside=(Inside(0, len(value), tuple(reading.aside)),))
    value = keeping(value, evolve(extra, attributes=attributes))
    return value


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
                at, start = nodes[index], len(reading.aside)
                check_name(at, frozenset(tags_of(one)), one.tag, settings)
                value = reader(at, reading)  # type: ignore[misc]
                _settle(reading, start, len(found), value)
                if at.keys() and not has_place(one, value) and (kept := unknown_on(at)):
                    reading.aside.append((len(found), kept))
                found.append(value)
                before, index = at.tail or "", index + 1
        if index < len(nodes):
            raise wrong(f"{index} elements", f"<{local(str(nodes[index].tag))}>", nodes[index])
        return tuple(found)

    return read


def _map(place: Place, settings: Settings) -> Reader:
    return _entries(place, settings) if place.entries is not None else _plain_map(place, settings)


def _plain_map(place: Place, settings: Settings) -> Reader:
    read_value = item_reader(place.item, settings)
    build, item = place.shape.type, place.item
    loose = place.item.kind == "list" and place.item.shape.type is list and place.item.item.kind == "scalar"
    read_loose = item_reader(place.item.item if loose else place.item, settings)

    def read(node: Element, reading: Reading) -> Any:
        if node.keys() and is_nil(node):
            return null_of(place, node)
        only_blank(node)
        start = len(reading.aside)
        found: dict[str, Any] = {}
        for one in node:
            key = decode_name(local(str(one.tag)))
            if loose and not len(one) and (one.text or "").strip(BLANK):
                found.setdefault(key, []).append(
                    read_loose(one, reading)
                )  # a list without an element of its own
                continue
            if key in found:
                raise wrong("each key once", f"a second <{local(str(one.tag))}>", one)
            before, at = len(reading.aside), len(found)
            found[key] = value = read_value(one, reading)
            _settle(reading, before, at, value)
            if one.keys() and not has_place(item, value) and (kept := unknown_on(one)):
                reading.aside.append((at, kept))
        return found if build is dict else _named(build(found), reading, start)

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

    def read_entry(node: Element, reading: Reading) -> tuple[Any, Any, list[tuple[int, Any]]]:
        only_blank(node)
        found: dict[str, Any] = {}
        kept: list[tuple[int, Any]] = []
        behind = 0
        for one in node:
            tag = expanded(space, local(str(one.tag))) if lenient else str(one.tag)
            if tag in found:
                raise wrong("a key and a value", f"a second <{local(tag)}>", one)
            if tag != key_tag and tag != value_tag:
                kept.append((behind, fragment_of(one)))
                continue
            at, start = int(tag == value_tag), len(reading.aside)
            found[tag] = read_value(one, reading) if at else read_key(one, reading)
            held = has_place(place.item if at else key_at, found[tag])
            if one.keys() and not held and (attributes := unknown_on(one)):
                kept.append((at, attributes))
            if len(reading.aside) > start:
                kept.append((at, nested(found[tag], reading.aside[start:])))
                del reading.aside[start:]
            behind = at + 1
        if key_tag not in found or value_tag not in found:
            raise wrong(f"<{entries.key}> and <{entries.value}>", "not both", node)
        return found[key_tag], found[value_tag], sorted(kept, key=lambda one: one[0])

    def read(node: Element, reading: Reading) -> Any:
        if node.keys() and is_nil(node):
            return null_of(place, node)
        only_blank(node)
        start = len(reading.aside)
        found: dict[Any, Any] = {}
        names = frozenset((item,))
        for one in node:
            if isinstance(one.tag, str) and local(one.tag) != entries.item:
                reading.aside.append((len(found), fragment_of(one)))
                continue
            check_name(one, names, item, settings)
            if one.keys() and (attributes := unknown_on(one)):
                reading.aside.append((len(found), attributes))
            key, value, kept = read_entry(one, reading)
            if kept:
                reading.aside.append((len(found), Inside(0, 2, tuple(kept))))
            if key in found:
                raise wrong("each key once", f"a second {key!r}", one)
            found[key] = value
        return found if build is dict else _named(build(found), reading, start)

    return read


KINDS.update(scalar=_scalar, offset=_offset, list=_list, tuple=_tuple, map=_map)
