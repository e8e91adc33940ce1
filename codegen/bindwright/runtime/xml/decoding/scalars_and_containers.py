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
    DecodeContext,
    Reader,
    ReaderFactory,
    check_name,
    has_place,
    is_nil,
    null_of,
    only_blank,
    shown,
    tags_of,
    text_reader,
    unknown_on,
)
from bindwright.runtime.xml.plan.places import SYSTEM, XmlPlace, expanded, place_of
from bindwright.runtime.xml.scalars.escape import decode_name
from bindwright.runtime.xml.scalars.lexical import lexical_of
from bindwright.runtime.xml.tree.parse import Element, local, wrong
from bindwright.runtime.xml.tree.unknown import BLANK, Inside, XmlExtra, fragment_of, keep_inside, nested


def scalar_reader(place: XmlPlace, factory: ReaderFactory) -> Reader:
    lexical = lexical_of(place.shape, place.profile)
    parse, what = lexical.parse, lexical.what

    def read(node: Element, context: DecodeContext) -> Any:
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


def offset_reader(place: XmlPlace, factory: ReaderFactory) -> Reader:
    """DateTimeOffset: the instant in UTC, and the offset in minutes (the profile's rules, 7.4)."""
    instant, minutes = expanded(SYSTEM, "DateTime"), expanded(SYSTEM, "OffsetMinutes")

    def read(node: Element, context: DecodeContext) -> Any:
        if node.keys() and is_nil(node):
            return null_of(place, node)
        texts: dict[str, str] = {}
        lenient = context.settings.namespaces == "lenient"
        for child in node:
            tag = str(child.tag)
            tag = expanded(SYSTEM, local(tag)) if lenient else tag
            if tag in texts:
                raise wrong("one element of each name", f"a second <{local(tag)}>", child)
            if tag not in (instant, minutes):
                context.aside.append((len(texts), fragment_of(child)))
                continue
            if child.keys() and (kept := unknown_on(child)):
                context.aside.append((int(tag == minutes), kept))
            texts[tag] = (child.text or "").strip(BLANK)
        if instant not in texts or minutes not in texts:
            raise wrong("<DateTime> and <OffsetMinutes>", "not both", node)
        try:
            return _shifted(texts[instant], int(texts[minutes]))
        except (ValueError, OverflowError):
            raise wrong(
                "an instant and an offset in minutes", shown(f"{texts[instant]}, {texts[minutes]}"), node
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
    sign, rest = ("-", -minutes) if minutes < 0 else ("+", minutes)
    return DateTime.parse(f"{head}{'.' + digits if digits else ''}{sign}{rest // 60:02d}:{rest % 60:02d}")


def list_reader(place: XmlPlace, factory: ReaderFactory) -> Reader:
    read = factory.item(place.item)
    names = frozenset(tags_of(place.item))
    locals_ = frozenset(local(name) for name in names)
    build, item_kind = place.shape.type, place.item.kind
    item_tag = place.item.tag
    state: list[Any] = [read]
    nested, item = item_kind in ("list", "map", "tuple", "offset"), place.item

    def read_list(node: Element, context: DecodeContext) -> Any:
        if node.keys() and is_nil(node):
            return null_of(place, node)
        only_blank(node)
        one_read = state[0]
        start = len(context.aside)
        values: list[Any] = []
        attributes = not context.bare
        for child in node:
            if child.tag not in names and item_tag:
                if isinstance(child.tag, str) and local(child.tag) not in locals_:
                    context.aside.append((len(values), fragment_of(child)))
                    continue
                check_name(child, names, item_tag, factory.settings)
            before = len(context.aside)
            value = one_read(child, context)
            if nested:
                _settle(context, before, len(values), value)
            if attributes and child.keys() and not has_place(item, value) and (kept := unknown_on(child)):
                context.aside.append((len(values), kept))
            values.append(value)
        return values if build is list else _named(build(values), context, start)

    return read_list


def _settle(context: DecodeContext, start: int, index: int, value: Any) -> None:
    """What was set aside within an item belongs to that item."""
    if len(context.aside) > start:
        context.aside[start:] = [(index, nested(value, context.aside[start:]))]


def _named(value: Any, context: DecodeContext, start: int) -> Any:
    """A list or map of a named type, with what stood among its items."""
    if len(context.aside) > start and keep_inside(value, len(value), context.aside[start:]):
        del context.aside[start:]
    return value


def kept_at_root(root: Element, value: Any, context: DecodeContext) -> Any:
    """A list, map or scalar that is the document itself, with what stood among its items and on the root.

    A list or map of no class of its own gets one that can keep that; a scalar keeps it where its type has a name.
    """
    attributes = unknown_on(root)
    if value is None or not (attributes or context.aside):
        return value
    if not isinstance(value, (list, tuple, dict)):
        if hasattr(value, "__dict__") and not isinstance(value, enum.Enum):  # whose members are shared
            value._extra = XmlExtra(attributes=attributes)
        return value
    extra = getattr(value, "_extra", None) or XmlExtra()
    if context.aside:
        extra = evolve(extra, inside=(Inside(0, len(value), tuple(context.aside)),))
    value = keeping(value, evolve(extra, attributes=attributes))
    return value


def tuple_reader(place: XmlPlace, factory: ReaderFactory) -> Reader:
    """``prefixItems``: elements and text nodes in order (OpenAPI 3.2.0, "Ordered Elements and Text")."""
    places = place.items
    readers = [factory.item(item) if item.node == "element" else None for item in places]
    texts = [
        text_reader(lexical_of(item.shape, item.profile)) if item.node in ("text", "cdata") else None
        for item in places
    ]

    def read(node: Element, context: DecodeContext) -> Any:
        if node.keys() and is_nil(node):
            return null_of(place, node)
        if not any(texts):
            only_blank(node)
        nodes, values, before = list(node), [], node.text or ""
        index = 0
        for item, reader, text in zip(places, readers, texts, strict=True):
            if text is not None:
                values.append(text(before, node, None))
            elif index >= len(nodes):
                raise wrong(f"<{item.name}>", "the end", node)
            else:
                child, start = nodes[index], len(context.aside)
                check_name(child, frozenset(tags_of(item)), item.tag, factory.settings)
                value = reader(child, context)  # type: ignore[misc]
                _settle(context, start, len(values), value)
                if child.keys() and not has_place(item, value) and (kept := unknown_on(child)):
                    context.aside.append((len(values), kept))
                values.append(value)
                before, index = child.tail or "", index + 1
        if index < len(nodes):
            raise wrong(f"{index} elements", f"<{local(str(nodes[index].tag))}>", nodes[index])
        return tuple(values)

    return read


def map_reader(place: XmlPlace, factory: ReaderFactory) -> Reader:
    return _entries(place, factory) if place.entries is not None else _plain_map(place, factory)


def _plain_map(place: XmlPlace, factory: ReaderFactory) -> Reader:
    read_value = factory.item(place.item)
    build, item = place.shape.type, place.item
    loose = place.item.kind == "list" and place.item.shape.type is list and place.item.item.kind == "scalar"
    read_loose = factory.item(place.item.item if loose else place.item)

    def read(node: Element, context: DecodeContext) -> Any:
        if node.keys() and is_nil(node):
            return null_of(place, node)
        only_blank(node)
        start = len(context.aside)
        values: dict[str, Any] = {}
        for child in node:
            key = decode_name(local(str(child.tag)))
            if loose and not len(child) and (child.text or "").strip(BLANK):
                values.setdefault(key, []).append(
                    read_loose(child, context)
                )  # a list without an element of its own
                continue
            if key in values:
                raise wrong("each key once", f"a second <{local(str(child.tag))}>", child)
            before, index = len(context.aside), len(values)
            values[key] = value = read_value(child, context)
            _settle(context, before, index, value)
            if child.keys() and not has_place(item, value) and (kept := unknown_on(child)):
                context.aside.append((index, kept))
        return values if build is dict else _named(build(values), context, start)

    return read


def key_place(place: XmlPlace) -> XmlPlace:
    """The place of an entry's key."""
    entries = place.entries
    assert entries is not None
    shape = shape_of(entries.key_type, wire=entries.key_wire, names=place.shape.names)
    return place_of(shape, name=entries.key, inherited=entries.namespace or "", profile=place.profile)


def _entries(place: XmlPlace, factory: ReaderFactory) -> Reader:
    entries = place.entries
    assert entries is not None
    space = entries.namespace or ""
    item, value_tag = expanded(space, entries.item), expanded(space, entries.value)
    key_tag = expanded(space, entries.key)
    key_at = key_place(place)
    read_key = factory.item(key_at)
    read_value = factory.item(place.item)
    build, lenient = place.shape.type, factory.lenient

    def read_entry(node: Element, context: DecodeContext) -> tuple[Any, Any, list[tuple[int, Any]]]:
        only_blank(node)
        parts: dict[str, Any] = {}
        kept: list[tuple[int, Any]] = []
        behind = 0
        for child in node:
            tag = expanded(space, local(str(child.tag))) if lenient else str(child.tag)
            if tag in parts:
                raise wrong("a key and a value", f"a second <{local(tag)}>", child)
            if tag != key_tag and tag != value_tag:
                kept.append((behind, fragment_of(child)))
                continue
            part, start = int(tag == value_tag), len(context.aside)
            parts[tag] = read_value(child, context) if part else read_key(child, context)
            keeps = has_place(place.item if part else key_at, parts[tag])
            if child.keys() and not keeps and (attributes := unknown_on(child)):
                kept.append((part, attributes))
            if len(context.aside) > start:
                kept.append((part, nested(parts[tag], context.aside[start:])))
                del context.aside[start:]
            behind = part + 1
        if key_tag not in parts or value_tag not in parts:
            raise wrong(f"<{entries.key}> and <{entries.value}>", "not both", node)
        return parts[key_tag], parts[value_tag], sorted(kept, key=lambda entry: entry[0])

    def read(node: Element, context: DecodeContext) -> Any:
        if node.keys() and is_nil(node):
            return null_of(place, node)
        only_blank(node)
        start = len(context.aside)
        values: dict[Any, Any] = {}
        names = frozenset((item,))
        for child in node:
            if isinstance(child.tag, str) and local(child.tag) != entries.item:
                context.aside.append((len(values), fragment_of(child)))
                continue
            check_name(child, names, item, factory.settings)
            if child.keys() and (attributes := unknown_on(child)):
                context.aside.append((len(values), attributes))
            key, value, kept = read_entry(child, context)
            if kept:
                context.aside.append((len(values), Inside(0, 2, tuple(kept))))
            if key in values:
                raise wrong("each key once", f"a second {key!r}", child)
            values[key] = value
        return values if build is dict else _named(build(values), context, start)

    return read
