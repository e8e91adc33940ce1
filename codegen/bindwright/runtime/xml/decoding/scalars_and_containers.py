"""Readers of scalars, lists, tuples and maps, one closure a place."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable, Hashable
from typing import Any

from attrs import evolve

from bindwright.runtime.kept import keeping
from bindwright.runtime.shapes import shape_of
from bindwright.runtime.values.times import DateTime, canonical_datetime, fraction_of, split_offset
from bindwright.runtime.xml.decoding.context import (
    DecodeContext,
    LenientNames,
    Reader,
    ReaderFactory,
    check_name,
    has_place,
    is_named,
    is_named_by_key,
    is_nil,
    null_of,
    only_blank,
    shown,
    tags_of,
    text_reader,
    unknown_on,
)
from bindwright.runtime.xml.decoding.open_content import key_of
from bindwright.runtime.xml.decoding.several_elements import ValuesByKey
from bindwright.runtime.xml.plan.places import SYSTEM, XmlPlace, xml_name
from bindwright.runtime.xml.plan.settling import place_of
from bindwright.runtime.xml.scalars.lexical import lexical_of
from bindwright.runtime.xml.scalars.numbers import read_int
from bindwright.runtime.xml.tree.names import expanded, local
from bindwright.runtime.xml.tree.parse import Element, wrong
from bindwright.runtime.xml.tree.unknown import BLANK, Inside, XmlExtra, fragment_of, keep_inside, nested


def scalar_reader(place: XmlPlace, factory: ReaderFactory) -> Reader:
    lexical = lexical_of(place.shape, place.profile)
    parse, what = lexical.parse, lexical.what

    def read(node: Element, context: DecodeContext) -> Any:
        if node.keys() and is_nil(node):
            return null_of(place, node, context)
        if len(node):
            return context.refuse_element(wrong(what, f"the element <{local(str(node[0].tag))}>", node), node)
        text = node.text or ""
        try:
            return parse(text)
        except (ValueError, ArithmeticError):
            error = wrong(what, shown(text), node)
        return context.refuse(error, text)

    return read


def offset_reader(place: XmlPlace, factory: ReaderFactory) -> Reader:
    """DateTimeOffset: the instant in UTC, and the offset in minutes (the profile's rules, 7.4)."""
    instant, minutes = expanded(SYSTEM, "DateTime"), expanded(SYSTEM, "OffsetMinutes")

    def read(node: Element, context: DecodeContext) -> Any:
        if node.keys() and is_nil(node):
            return null_of(place, node, context)
        texts: dict[str, str] = {}
        lenient = context.settings.namespaces == "lenient"
        for child in node:
            tag = str(child.tag)
            if lenient and tag[0] != "{":
                tag = expanded(SYSTEM, tag)
            if tag in texts:
                raise wrong("one element of each name", f"a second <{local(tag)}>", child)
            if tag not in (instant, minutes):
                context.aside.append((len(texts), fragment_of(child, context.fragments)))
                continue
            if child.keys() and (kept := unknown_on(child)):
                context.aside.append((int(tag == minutes), kept))
            texts[tag] = (child.text or "").strip(BLANK)
        if instant not in texts or minutes not in texts:
            raise wrong("<DateTime> and <OffsetMinutes>", "not both", node)
        try:
            return _shifted(texts[instant], read_int(texts[minutes]))
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
    build, item_kind = place.shape.type, place.item.kind
    by_key = is_named_by_key(place.item)  # its tag is no name, but for the namespace
    state: list[Any] = [read]
    nested, item = item_kind in ("list", "map", "tuple", "offset"), place.item

    def read_list(node: Element, context: DecodeContext) -> Any:
        if node.keys() and is_nil(node):
            return null_of(place, node, context)
        only_blank(node, context)
        read_item = state[0]
        start = len(context.aside)
        values: list[Any] = []
        attributes = not context.bare
        lenient_names: LenientNames | None = None
        for child in node:
            if (
                child.tag not in names
                and not by_key
                and not (
                    factory.lenient
                    and is_named(child, names, lenient=True)
                    and (lenient_names := lenient_names or LenientNames(node)).accepts(child)
                )
            ):
                context.aside.append((len(values), fragment_of(child, context.fragments)))
                continue
            before = len(context.aside)
            value = read_item(child, context)
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
    if value is None or value is context.instead or not (attributes or context.aside):
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
    places, fewest, build = place.items, place.fewest, place.shape.type
    read_rest = _rest_reader(place, factory)
    readers = [factory.item(item) if item.node == "element" else None for item in places]
    texts = [
        text_reader(lexical_of(item.shape, item.profile)) if item.node in ("text", "cdata") else None
        for item in places
    ]

    def read(node: Element, context: DecodeContext) -> Any:
        if node.keys() and is_nil(node):
            return null_of(place, node, context)
        if not any(texts):
            only_blank(node, context)
        nodes, values, before = list(node), [], node.text or ""
        index = 0
        for item, reader, text in zip(places, readers, texts, strict=True):
            if text is not None:
                values.append(text(before, node, context, None))
            elif index >= len(nodes):
                if len(values) >= fewest:
                    break
                raise wrong(f"<{item.name}>", "the end", node)
            else:
                child, start = nodes[index], len(context.aside)
                if not is_named_by_key(item):  # what stands in a map is named by its key
                    check_name(child, frozenset(tags_of(item)), item.tag, factory.settings)
                value = reader(child, context)  # type: ignore[misc]
                _settle(context, start, len(values), value)
                if child.keys() and not has_place(item, value) and (kept := unknown_on(child)):
                    context.aside.append((len(values), kept))
                values.append(value)
                before, index = child.tail or "", index + 1
        if read_rest is not None:
            read_rest(nodes[index:], values, context)
            return values if build is list else build(values)
        if index < len(nodes):
            raise wrong(f"{index} elements", f"<{local(str(nodes[index].tag))}>", nodes[index])
        return tuple(values)

    return read


def _rest_reader(
    place: XmlPlace, factory: ReaderFactory
) -> Callable[[list[Element], list[Any], DecodeContext], None] | None:
    """What reads the items behind those with positions, as a list's: other elements among them are set aside."""
    item = place.rest
    if item is None:
        return None
    reader, names, by_key = factory.item(item), frozenset(tags_of(item)), is_named_by_key(item)

    def read(nodes: list[Element], values: list[Any], context: DecodeContext) -> None:
        for child in nodes:
            if not by_key and not is_named(child, names, lenient=factory.lenient):
                context.aside.append((len(values), fragment_of(child, context.fragments)))
                continue
            start = len(context.aside)
            value = reader(child, context)
            _settle(context, start, len(values), value)
            if child.keys() and not has_place(item, value) and (kept := unknown_on(child)):
                context.aside.append((len(values), kept))
            values.append(value)

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
            return null_of(place, node, context)
        only_blank(node, context)
        start = len(context.aside)
        entries, loose_items = ValuesByKey(), dict[str, list[tuple[int, Any]]]()
        values = entries.values
        for child in node:
            key = key_of(child, place)
            if loose and not len(child) and (child.text or "").strip(BLANK):
                # A list without an element of its own.
                items = values.setdefault(key, [])
                if child.keys() and (kept := unknown_on(child)):
                    loose_items.setdefault(key, []).append((len(items), kept))
                items.append(read_loose(child, context))
                continue
            if key in values:
                if not entries.add_another(key, item, read_value, child, context):
                    context.refuse(wrong("each key once", f"a second <{local(str(child.tag))}>", child))
                continue
            before, index = len(context.aside), len(values)
            value = read_value(child, context)
            entries.add(key, value)
            _settle(context, before, index, value)
            if child.keys() and not has_place(item, value) and (kept := unknown_on(child)):
                context.aside.append((index, kept))
        if loose_items:
            numbers = {key: number for number, key in enumerate(values)}
            context.aside += [(numbers[key], nested(values[key], kept)) for key, kept in loose_items.items()]
        values = entries.settled()
        return values if build is dict else _named(build(values), context, start)

    return read


def key_place(place: XmlPlace) -> XmlPlace:
    """The place of an entry's key."""
    entries = place.entries
    assert entries is not None
    shape = shape_of(entries.key_type, wire=entries.key_wire, names=place.shape.names)
    return place_of(shape, name=entries.key, inherited=entries.namespace or "", profile=place.profile)


class _EntryReader:
    """Reads one entry of a map whose entries are elements: a key and a value (``x-dcs-dictionary``)."""

    def __init__(self, place: XmlPlace, factory: ReaderFactory) -> None:
        entries = place.entries
        assert entries is not None
        self.entries = entries
        namespace = entries.namespace or ""
        self.tag = expanded(namespace, xml_name(entries.item))
        self._places = {
            expanded(namespace, xml_name(entries.key)): key_place(place),
            expanded(namespace, xml_name(entries.value)): place.item,
        }
        self._names = list(self._places)
        self._readers = {tag: factory.item(part) for tag, part in self._places.items()}
        self._lenient = factory.lenient

    def _part(self, child: Element) -> str | None:
        tag = str(child.tag)
        if tag in self._places or not self._lenient:
            return tag if tag in self._places else None
        return next((name for name in self._names if is_named(child, frozenset((name,)), lenient=True)), None)

    def read(self, node: Element, context: DecodeContext) -> tuple[Any, Any, list[tuple[int, Any]]]:
        """The key, the value, and what stands beside them.

        Raises:
            DecodeError: one of the two is missing, or there twice.
        """
        only_blank(node, context)
        parts: dict[str, Any] = {}
        kept: list[tuple[int, Any]] = []
        behind = 0
        for child in node:
            name = self._part(child)
            if name is None:
                kept.append((behind, fragment_of(child, context.fragments)))
                continue
            if name in parts:
                raise wrong("a key and a value", f"a second <{local(name)}>", child)
            position, start = self._names.index(name), len(context.aside)
            parts[name] = value = self._readers[name](child, context)
            if (
                child.keys()
                and not has_place(self._places[name], value)
                and (attributes := unknown_on(child))
            ):
                kept.append((position, attributes))
            if len(context.aside) > start:
                kept.append((position, nested(value, context.aside[start:])))
                del context.aside[start:]
            behind = position + 1
        if len(parts) < 2:
            raise wrong(f"<{self.entries.key}> and <{self.entries.value}>", "not both", node)
        key, value = (parts[name] for name in self._names)
        return key, value, sorted(kept, key=lambda item: item[0])


def _entries(place: XmlPlace, factory: ReaderFactory) -> Reader:
    entry = _EntryReader(place, factory)
    build = place.shape.type
    names = frozenset((entry.tag,))

    def read(node: Element, context: DecodeContext) -> Any:
        if node.keys() and is_nil(node):
            return null_of(place, node, context)
        only_blank(node, context)
        start = len(context.aside)
        values: dict[Any, Any] = {}
        for child in node:
            if not is_named(child, names, lenient=factory.lenient):
                context.aside.append((len(values), fragment_of(child, context.fragments)))
                continue
            if child.keys() and (attributes := unknown_on(child)):
                context.aside.append((len(values), attributes))
            key, value, kept = entry.read(child, context)
            if kept:
                context.aside.append((len(values), Inside(0, 2, tuple(kept))))
            if not isinstance(key, Hashable):
                raise wrong("a key that a dictionary can have", f"a {type(key).__name__}", child)
            if key in values:
                raise wrong("each key once", f"a second {key!r}", child)
            values[key] = value
        return values if build is dict else _named(build(values), context, start)

    return read
