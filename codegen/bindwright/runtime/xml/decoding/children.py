"""What stands in a model's element, gathered by slot: children, attributes, text, and what is unknown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

import attrs
from lxml import etree

from bindwright.runtime.xml.decoding.context import (
    NIL,
    TYPE,
    DecodeContext,
    Reader,
    ReaderFactory,
    has_place,
    shown,
    tags_of,
    text_reader,
    unknown_on,
)
from bindwright.runtime.xml.plan.members import ModelPlan, id_slot
from bindwright.runtime.xml.plan.places import XmlPlace, expanded
from bindwright.runtime.xml.scalars.escape import decode_name
from bindwright.runtime.xml.scalars.lexical import lexical_of
from bindwright.runtime.xml.tree.cdata import cdata_of
from bindwright.runtime.xml.tree.parse import Element, local, wrong
from bindwright.runtime.xml.tree.unknown import (
    ADDITIONAL,
    BLANK,
    Inside,
    XmlExtra,
    count_of,
    fragment_of,
    nested,
)

MISSING: Any = object()


Entry = tuple[int, int, Reader, bool, XmlPlace, Any]
"""An element's slot, its index among the elements, its reader, whether it may stand there more than once, the
place of what stands in it, and a parser where that is text."""


class Unrecognised:
    """What was found beside the members."""

    __slots__ = ("attributes", "fragments", "inside", "node", "on", "order", "unknown")

    def __init__(self, node: Element) -> None:
        self.node = node
        self.attributes: list[tuple[str, str]] = []
        self.fragments: list[tuple[int, Any]] = []
        self.on: list[tuple[int, tuple[tuple[str, str], ...]]] = []
        self.inside: list[Inside] = []
        self.order: list[int] | None = None
        self.unknown: list[Element] = []


class ChildReader:
    """What the compiled function of one model calls: gathering children and attributes by slot."""

    def __init__(self, plan: ModelPlan, factory: ReaderFactory) -> None:

        self.plan = plan
        self.settings = factory.settings
        self.lenient = factory.lenient
        self.keeps = any(attribute.name == "_extra" for attribute in attrs.fields(plan.model))
        base = len(plan.attributes)
        self.count = len(plan.slots)
        self.slots: dict[str, Entry] = {}
        self.twins: dict[str, list[Entry]] = {}
        """Further members of the same element name, which some documents have: they are filled in order."""
        self.flat: dict[int, tuple[XmlPlace, Reader]] = {}
        self.loose = {
            slot.index for slot in plan.elements if slot.place.node == "none" and slot.place.kind == "list"
        }
        """Members whose items stand among the others."""
        for slot in plan.elements:
            place = slot.place
            many = place.node == "none" and place.kind == "list"
            item = place.item if many else place
            read = factory.item(item)
            if place.node == "none" and place.kind in ("model", "tuple"):
                self.flat[base + slot.index] = (place, read)
            parse = None
            if place.kind == "scalar" and place.node == "element":
                parse = lexical_of(place.shape, place.profile).parse
            entry = (base + slot.index, slot.index, read, many, item, parse)
            for tag in tags_of(place):
                if self.slots.setdefault(tag, entry) is not entry:
                    self.twins.setdefault(tag, []).append(entry)
        self.local = {local(tag): entry for tag, entry in reversed(self.slots.items())}
        self.attributes = {
            expanded(slot.place.namespace, slot.place.name): (number, text_reader(lexical_of(slot.place.shape, slot.place.profile)), slot)
            for number, slot in enumerate(plan.attributes)
        }  # fmt: skip
        self.text = None
        if plan.text is not None:
            self.text = text_reader(lexical_of(plan.text.place.shape, plan.text.place.profile))
        self.ordered = plan.profile != "datacontract"
        self.id = id_slot(plan)
        self.run: list[tuple[str, Any, Any]] = []
        """Names, small integers by their text, and parsers of the scalars that stand first in written order."""
        if not plan.attributes and plan.text is None and not self.flat:
            for slot in plan.elements:
                first = self.slots.get(slot.place.tag)
                if first is None or first[1] != slot.index or first[5] is None:
                    break
                lexical = lexical_of(slot.place.shape, slot.place.profile)
                self.run.append((slot.place.tag, lexical.small.get, lexical.quick()))
        self.read_additional = None
        if plan.additional is not None:
            self.read_additional = factory.item(plan.additional.place.item)

    def gather(self, node: Element, context: DecodeContext) -> tuple[list[Any], Unrecognised | None]:
        """The members' values by slot, `MISSING` where there is none, and what else was found."""
        values = [MISSING] * self.count
        extra: Unrecognised | None = None
        if node.keys():
            extra = self._attributes(node, values)
        if self.text is not None:
            self._text(node, values)
        elif node.text is not None and node.text.strip(BLANK):
            self._refuse_text(node, node.text)
        return values, self.children(node, iter(node), values, extra, -1, context)

    def rest(
        self,
        node: Element,
        following: Element,
        nodes: Iterator[Element],
        read: list[Any],
        context: DecodeContext,
    ) -> tuple[list[Any], Unrecognised | None]:
        """As `gather`, where the first children have been read in written order and ``one`` is the next."""
        values = [*read, *[MISSING] * (self.count - len(read))]
        return values, self.children(node, chain((following,), nodes), values, None, len(read) - 1, context)

    def children(
        self,
        node: Element,
        nodes: Iterator[Element],
        values: list[Any],
        extra: Unrecognised | None,
        last: int,
        context: DecodeContext,
    ) -> Unrecognised | None:
        """Read children, of which the one before was the known one at ``last``, into the values."""
        slots, bare = self.slots, context.bare
        aside, start = context.aside, len(context.aside)
        moved = False
        indexes = list(range(last + 1))  # the members of the elements so far
        for child in nodes:
            entry = slots.get(child.tag)
            if entry is None:
                entry = self.local.get(local(str(child.tag))) if self.lenient else None
                if entry is None:
                    extra = self._unknown(extra, node, child, last, values)
                    if self.read_additional is not None:
                        last = len(self.plan.elements)  # they are written behind all others
                        indexes.append(last)
                    self._tail(child)
                    continue
            number, index, read, many, place, parse = entry
            if (
                parse is not None
                and values[number] is MISSING
                and (bare or not child.keys())
                and not len(child)
            ):
                text = child.text
                try:
                    values[number] = parse("" if text is None else text)
                except (ValueError, ArithmeticError):
                    read(child, context)  # says what is wrong
                moved = moved or index < last
                last = index
                indexes.append(index)
                if child.tail is not None:
                    self._tail(child)
                continue
            if many:
                if values[number] is MISSING:
                    values[number] = []
                value = read(child, context)
                position = len(values[number])
                values[number].append(value)
                if not bare and child.keys() and not has_place(place, value) and (kept := unknown_on(child)):
                    extra = self._inside(extra, node, index, [(position, kept)])
                if len(aside) > start:
                    extra = self._inside(extra, node, index, [(position, nested(value, aside[start:]))])
                    del aside[start:]
            elif number in self.flat:
                values[number] = [] if values[number] is MISSING else values[number]
                values[number].append(child)
            else:
                if values[number] is not MISSING:
                    number, index, read, _, place, _ = self._twin(child, values)
                values[number] = value = read(child, context)
                if not bare and child.keys() and not has_place(place, value):
                    extra = self._on(extra, node, child, index)
                if len(aside) > start:
                    extra = self._inside(extra, node, index, aside[start:])
                    del aside[start:]
            moved = moved or index < last
            last = index
            indexes.append(index)
            if child.tail is not None:
                self._tail(child)
        if moved and self.ordered:
            extra = extra or Unrecognised(node)
            extra.order = _order(indexes)
        for number, (place, read) in self.flat.items():
            if values[number] is not MISSING:
                values[number] = self._flattened(node, place, read, values[number], context)
                if len(aside) > start:
                    index = number - len(self.plan.attributes)
                    extra = self._inside(extra, node, index, aside[start:])
                    del aside[start:]
        if extra is not None and extra.inside:
            extra.inside = [self._counted(inside, values) for inside in extra.inside]
        if self.loose:
            self._settle_lists(values)
        return extra

    def _twin(self, child: Element, values: list[Any]) -> Entry:
        """The next member of a repeated element's name."""
        for entry in self.twins.get(str(child.tag), ()):
            if values[entry[0]] is MISSING and not entry[3] and entry[0] not in self.flat:
                return entry
        raise wrong(f"one <{local(str(child.tag))}>", "a second one", child)

    def _settle_lists(self, values: list[Any]) -> None:
        base = len(self.plan.attributes)
        for slot in self.plan.elements:
            if slot.place.node != "none" or slot.place.kind != "list":
                continue
            number, build = base + slot.index, slot.place.shape.type
            if values[number] is MISSING:
                if slot.member.required:
                    values[number] = build()
            elif build is not list:
                values[number] = build(values[number])

    def _flattened(
        self, node: Element, place: XmlPlace, read: Reader, children: list[Element], context: DecodeContext
    ) -> Any:
        """A member without an element of its own: read from a stand-in that holds its elements."""
        holder = etree.SubElement(node, place.tag)
        try:
            holder.extend(children)
            for child in children:
                child.tail = None
            return read(holder, context)
        finally:
            node.remove(holder)

    def _attributes(self, node: Element, values: list[Any]) -> Unrecognised | None:
        extra: Unrecognised | None = None
        for key, value in node.items():
            name = str(key)
            entry = self.attributes.get(name)
            if entry is None and self.lenient:
                entry = next(
                    (candidate for tag, candidate in self.attributes.items() if local(tag) == local(name)),
                    None,
                )
            if entry is not None:
                number, read, slot = entry
                values[number] = read(str(value), node, name)
                if slot is self.id and re.fullmatch(r"i[0-9]+", str(value)):
                    values[number] = str(value)[1:]
            elif name not in (NIL, TYPE):
                extra = extra or Unrecognised(node)
                extra.attributes.append((name, str(value)))
        return extra

    def _text(self, node: Element, values: list[Any]) -> None:
        slot, read = self.plan.text, self.text
        assert slot is not None
        assert read is not None
        text = (
            cdata_of(node)
            if slot.place.node == "cdata"
            else (node.text or "") + "".join(child.tail or "" for child in node)
        )
        blank = not text.strip(BLANK)
        if (
            blank
            and (not slot.member.required or slot.member.shape.nullable)
            and (slot.member.shape.kind != "string" or len(node) or not text)
        ):
            if slot.member.required:
                values[self.count - 1] = None
            return
        values[self.count - 1] = read(text, node, None)

    def _tail(self, child: Element) -> None:
        if self.text is None and child.tail is not None and child.tail.strip(BLANK):
            self._refuse_text(child.getparent(), child.tail)  # type: ignore[arg-type]

    def _refuse_text(self, node: Element, text: str) -> None:

        raise wrong("elements only", f"text {shown(text.strip(BLANK))}", node)

    def _unknown(
        self, extra: Unrecognised | None, node: Element, child: Element, last: int, values: list[Any]
    ) -> Unrecognised | None:
        if not isinstance(child.tag, str):
            raise wrong("elements only", "an entity reference", node)
        extra = extra or Unrecognised(node)
        if self.read_additional is not None:
            extra.unknown.append(child)
        elif last in self.loose:
            count = len(values[len(self.plan.attributes) + last])
            return self._inside(extra, node, last, [(count, fragment_of(child))])
        elif self.keeps:
            extra.fragments.append((last, fragment_of(child)))
        return extra

    def _on(
        self, extra: Unrecognised | None, node: Element, child: Element, index: int
    ) -> Unrecognised | None:
        if kept := unknown_on(child):
            extra = extra or Unrecognised(node)
            extra.on.append((index, kept))
        return extra

    def _inside(
        self, extra: Unrecognised | None, node: Element, index: int, kept: list[tuple[int, Any]]
    ) -> Unrecognised | None:
        if not self.keeps:
            return extra
        extra = extra or Unrecognised(node)
        before = [inside for inside in extra.inside if inside.index == index]
        extra.inside = [inside for inside in extra.inside if inside.index != index]
        extra.inside.append(Inside(index, 0, (*(entry for inside in before for entry in inside.kept), *kept)))
        return extra

    def _counted(self, inside: Inside, values: list[Any]) -> Inside:
        """With the number of items that were read."""
        items = values[len(self.plan.attributes) + inside.index]
        return attrs.evolve(inside, count=count_of(items))

    def refuse(self, child: Element, context: DecodeContext) -> None:
        """Say what is wrong with an element whose text is none of its type."""
        self.slots[str(child.tag)][2](child, context)

    def missing(self, number: int, node: Element) -> Any:
        """Refuse a required member that is not there."""
        slot = self.plan.slots[number]
        name = (
            f"the attribute {slot.place.name}" if slot.place.node == "attribute" else f"<{slot.place.name}>"
        )
        if slot.place.node in ("text", "cdata"):
            name = "text"
        raise wrong(name, "nothing of that name", node)

    def begin(self, node: Element, context: DecodeContext, instance: Any) -> Any:
        """Make an object known by its id before its members are read, for they may refer to it."""
        if self.id is not None:
            key = node.get(expanded(self.id.place.namespace, self.id.place.name))
            if key is not None:
                if key in context.references:
                    raise wrong("each id once", repr(key), node)
                context.references[key] = instance
        return instance

    def additional(self, extra: Unrecognised | None, context: DecodeContext) -> Any:
        """Typed additional members, by element name."""
        values: dict[str, Any] = {}
        kept: list[tuple[int, Any]] = []
        if extra is None or self.plan.additional is None:
            return values
        place = self.plan.additional.place.item
        for child in extra.unknown:
            key = decode_name(local(str(child.tag)))
            if key in values:
                raise wrong(f"one <{local(str(child.tag))}>", "a second one", child)
            start, position = len(context.aside), len(values)
            values[key] = value = self.read_additional(child, context)  # type: ignore[misc]
            if child.keys() and not has_place(place, value) and (on := unknown_on(child)):
                kept.append((position, on))
            if len(context.aside) > start:
                kept.append((position, nested(value, context.aside[start:])))
                del context.aside[start:]
        if kept and self.keeps:
            extra.inside.append(Inside(ADDITIONAL, len(values), tuple(kept)))
        return values

    def extra(self, unrecognised: Unrecognised | None) -> XmlExtra | None:
        """What is kept in ``_extra``."""
        if unrecognised is None:
            return None
        if not (
            unrecognised.attributes
            or unrecognised.fragments
            or unrecognised.on
            or unrecognised.inside
            or unrecognised.order
        ):
            return None
        return XmlExtra(
            attributes=tuple(unrecognised.attributes), fragments=tuple(unrecognised.fragments), on=tuple(unrecognised.on),
            inside=tuple(unrecognised.inside),
            order=None if unrecognised.order is None else tuple(unrecognised.order),
        )  # fmt: skip


def _order(indexes: list[int]) -> list[int]:
    """The order of members by their elements: each once where its elements stand together."""
    runs = [index for position, index in enumerate(indexes) if not position or indexes[position - 1] != index]
    return runs if len(set(runs)) == len(runs) else indexes
