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
    Reader,
    Reading,
    has_place,
    item_reader,
    shown,
    tags_of,
    text_reader,
    unknown_on,
)
from bindwright.runtime.xml.plan.members import ModelPlan, id_slot
from bindwright.runtime.xml.plan.places import Place, expanded
from bindwright.runtime.xml.scalars.escape import decode_name
from bindwright.runtime.xml.scalars.lexical import lexical_of
from bindwright.runtime.xml.settings import Settings
from bindwright.runtime.xml.tree.cdata import cdata_of
from bindwright.runtime.xml.tree.parse import Element, local, wrong
from bindwright.runtime.xml.tree.unknown import (
    ADDITIONAL,
    BLANK,
    Extra,
    Inside,
    count_of,
    fragment_of,
    nested,
)

MISSING: Any = object()


Entry = tuple[int, int, Reader, bool, Place, Any]
"""An element's slot, its index among the elements, its reader, whether it may stand there more than once, the
place of what stands in it, and a parser where that is text."""


class Gathered:
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


class Work:
    """What the compiled function of one model calls: gathering children and attributes by slot."""

    def __init__(self, plan: ModelPlan, settings: Settings) -> None:

        self.plan = plan
        self.settings = settings
        self.lenient = settings.namespaces == "lenient"
        self.keeps = any(one.name == "_extra" for one in attrs.fields(plan.model))
        base = len(plan.attributes)
        self.count = len(plan.slots)
        self.slots: dict[str, Entry] = {}
        self.twins: dict[str, list[Entry]] = {}
        """Further members of the same element name, which some documents have: they are filled in order."""
        self.flat: dict[int, tuple[Place, Reader]] = {}
        self.loose = {
            one.index for one in plan.elements if one.place.node == "none" and one.place.kind == "list"
        }
        """Members whose items stand among the others."""
        for slot in plan.elements:
            place = slot.place
            many = place.node == "none" and place.kind == "list"
            inner = place.item if many else place
            read = item_reader(inner, settings)
            if place.node == "none" and place.kind in ("model", "tuple"):
                self.flat[base + slot.index] = (place, read)
            parse = None
            if place.kind == "scalar" and place.node == "element":
                parse = lexical_of(place.shape, place.profile).parse
            entry = (base + slot.index, slot.index, read, many, inner, parse)
            for tag in tags_of(place):
                if self.slots.setdefault(tag, entry) is not entry:
                    self.twins.setdefault(tag, []).append(entry)
        self.local = {local(tag): entry for tag, entry in reversed(self.slots.items())}
        self.attributes = {
            expanded(one.place.namespace, one.place.name): (number, text_reader(lexical_of(one.place.shape, one.place.profile)), one)
            for number, one in enumerate(plan.attributes)
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
            self.read_additional = item_reader(plan.additional.place.item, settings)

    def gather(self, node: Element, reading: Reading) -> tuple[list[Any], Gathered | None]:
        """The members' values by slot, `MISSING` where there is none, and what else was found."""
        values = [MISSING] * self.count
        extra: Gathered | None = None
        if node.keys():
            extra = self._attributes(node, values)
        if self.text is not None:
            self._text(node, values)
        elif node.text is not None and node.text.strip(BLANK):
            self._refuse_text(node, node.text)
        return values, self.children(node, iter(node), values, extra, -1, reading)

    def rest(
        self, node: Element, one: Element, nodes: Iterator[Element], read: list[Any], reading: Reading
    ) -> tuple[list[Any], Gathered | None]:
        """As `gather`, where the first children have been read in written order and ``one`` is the next."""
        values = [*read, *[MISSING] * (self.count - len(read))]
        return values, self.children(node, chain((one,), nodes), values, None, len(read) - 1, reading)

    def children(
        self,
        node: Element,
        nodes: Iterator[Element],
        values: list[Any],
        extra: Gathered | None,
        last: int,
        reading: Reading,
    ) -> Gathered | None:
        """Read children, of which the one before was the known one at ``last``, into the values."""
        slots, bare = self.slots, reading.bare
        aside, start = reading.aside, len(reading.aside)
        moved = False
        seen = list(range(last + 1))  # the members of the elements so far
        for one in nodes:
            entry = slots.get(one.tag)
            if entry is None:
                entry = self.local.get(local(str(one.tag))) if self.lenient else None
                if entry is None:
                    extra = self._unknown(extra, node, one, last, values)
                    if self.read_additional is not None:
                        last = len(self.plan.elements)  # they are written behind all others
                        seen.append(last)
                    self._tail(one)
                    continue
            number, index, read, many, place, parse = entry
            if parse is not None and values[number] is MISSING and (bare or not one.keys()) and not len(one):
                text = one.text
                try:
                    values[number] = parse("" if text is None else text)
                except (ValueError, ArithmeticError):
                    read(one, reading)  # says what is wrong
                moved = moved or index < last
                last = index
                seen.append(index)
                if one.tail is not None:
                    self._tail(one)
                continue
            if many:
                if values[number] is MISSING:
                    values[number] = []
                value = read(one, reading)
                at = len(values[number])
                values[number].append(value)
                if not bare and one.keys() and not has_place(place, value) and (kept := unknown_on(one)):
                    extra = self._inside(extra, node, index, [(at, kept)])
                if len(aside) > start:
                    extra = self._inside(extra, node, index, [(at, nested(value, aside[start:]))])
                    del aside[start:]
            elif number in self.flat:
                values[number] = [] if values[number] is MISSING else values[number]
                values[number].append(one)
            else:
                if values[number] is not MISSING:
                    number, index, read, _, place, _ = self._twin(one, values)
                values[number] = value = read(one, reading)
                if not bare and one.keys() and not has_place(place, value):
                    extra = self._on(extra, node, one, index)
                if len(aside) > start:
                    extra = self._inside(extra, node, index, aside[start:])
                    del aside[start:]
            moved = moved or index < last
            last = index
            seen.append(index)
            if one.tail is not None:
                self._tail(one)
        if moved and self.ordered:
            extra = extra or Gathered(node)
            extra.order = _order(seen)
        for number, (place, read) in self.flat.items():
            if values[number] is not MISSING:
                values[number] = self._flattened(node, place, read, values[number], reading)
                if len(aside) > start:
                    index = number - len(self.plan.attributes)
                    extra = self._inside(extra, node, index, aside[start:])
                    del aside[start:]
        if extra is not None and extra.inside:
            extra.inside = [self._counted(one, values) for one in extra.inside]
        if self.loose:
            self._settle_lists(values)
        return extra

    def _twin(self, one: Element, values: list[Any]) -> Entry:
        """The next member of a repeated element's name."""
        for entry in self.twins.get(str(one.tag), ()):
            if values[entry[0]] is MISSING and not entry[3] and entry[0] not in self.flat:
                return entry
        raise wrong(f"one <{local(str(one.tag))}>", "a second one", one)

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
        self, node: Element, place: Place, read: Reader, found: list[Element], reading: Reading
    ) -> Any:
        """A member without an element of its own: read from a stand-in that holds its elements."""
        holder = etree.SubElement(node, place.tag)
        try:
            holder.extend(found)
            for one in found:
                one.tail = None
            return read(holder, reading)
        finally:
            node.remove(holder)

    def _attributes(self, node: Element, values: list[Any]) -> Gathered | None:
        extra: Gathered | None = None
        for key, value in node.items():
            name = str(key)
            found = self.attributes.get(name)
            if found is None and self.lenient:
                found = next((one for tag, one in self.attributes.items() if local(tag) == local(name)), None)
            if found is not None:
                number, read, slot = found
                values[number] = read(str(value), node, name)
                if slot is self.id and re.fullmatch(r"i[0-9]+", str(value)):
                    values[number] = str(value)[1:]
            elif name not in (NIL, TYPE):
                extra = extra or Gathered(node)
                extra.attributes.append((name, str(value)))
        return extra

    def _text(self, node: Element, values: list[Any]) -> None:
        slot, read = self.plan.text, self.text
        assert slot is not None
        assert read is not None
        text = (
            cdata_of(node)
            if slot.place.node == "cdata"
            else (node.text or "") + "".join(one.tail or "" for one in node)
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

    def _tail(self, one: Element) -> None:
        if self.text is None and one.tail is not None and one.tail.strip(BLANK):
            self._refuse_text(one.getparent(), one.tail)  # type: ignore[arg-type]

    def _refuse_text(self, node: Element, text: str) -> None:

        raise wrong("elements only", f"text {shown(text.strip(BLANK))}", node)

    def _unknown(
        self, extra: Gathered | None, node: Element, one: Element, last: int, values: list[Any]
    ) -> Gathered | None:
        if not isinstance(one.tag, str):
            raise wrong("elements only", "an entity reference", node)
        extra = extra or Gathered(node)
        if self.read_additional is not None:
            extra.unknown.append(one)
        elif last in self.loose:
            count = len(values[len(self.plan.attributes) + last])
            return self._inside(extra, node, last, [(count, fragment_of(one))])
        elif self.keeps:
            extra.fragments.append((last, fragment_of(one)))
        return extra

    def _on(self, extra: Gathered | None, node: Element, one: Element, index: int) -> Gathered | None:
        if kept := unknown_on(one):
            extra = extra or Gathered(node)
            extra.on.append((index, kept))
        return extra

    def _inside(
        self, extra: Gathered | None, node: Element, index: int, kept: list[tuple[int, Any]]
    ) -> Gathered | None:
        if not self.keeps:
            return extra
        extra = extra or Gathered(node)
        before = [one for one in extra.inside if one.index == index]
        extra.inside = [one for one in extra.inside if one.index != index]
        extra.inside.append(Inside(index, 0, (*(found for one in before for found in one.kept), *kept)))
        return extra

    def _counted(self, one: Inside, values: list[Any]) -> Inside:
        """With the number of items that were read."""
        items = values[len(self.plan.attributes) + one.index]
        return attrs.evolve(one, count=count_of(items))

    def refuse(self, one: Element, reading: Reading) -> None:
        """Say what is wrong with an element whose text is none of its type."""
        self.slots[str(one.tag)][2](one, reading)

    def missing(self, number: int, node: Element) -> Any:
        """Refuse a required member that is not there."""
        slot = self.plan.slots[number]
        name = (
            f"the attribute {slot.place.name}" if slot.place.node == "attribute" else f"<{slot.place.name}>"
        )
        if slot.place.node in ("text", "cdata"):
            name = "text"
        raise wrong(name, "nothing of that name", node)

    def begin(self, node: Element, reading: Reading, made: Any) -> Any:
        """Make an object known by its id before its members are read, for they may refer to it."""
        if self.id is not None:
            key = node.get(expanded(self.id.place.namespace, self.id.place.name))
            if key is not None:
                if key in reading.references:
                    raise wrong("each id once", repr(key), node)
                reading.references[key] = made
        return made

    def additional(self, extra: Gathered | None, reading: Reading) -> Any:
        """Typed additional members, by element name."""
        found: dict[str, Any] = {}
        kept: list[tuple[int, Any]] = []
        if extra is None or self.plan.additional is None:
            return found
        place = self.plan.additional.place.item
        for one in extra.unknown:
            key = decode_name(local(str(one.tag)))
            if key in found:
                raise wrong(f"one <{local(str(one.tag))}>", "a second one", one)
            start, at = len(reading.aside), len(found)
            found[key] = value = self.read_additional(one, reading)  # type: ignore[misc]
            if one.keys() and not has_place(place, value) and (on := unknown_on(one)):
                kept.append((at, on))
            if len(reading.aside) > start:
                kept.append((at, nested(value, reading.aside[start:])))
                del reading.aside[start:]
        if kept and self.keeps:
            extra.inside.append(Inside(ADDITIONAL, len(found), tuple(kept)))
        return found

    def extra(self, found: Gathered | None) -> Extra | None:
        """What is kept in ``_extra``."""
        if found is None:
            return None
        if not (found.attributes or found.fragments or found.on or found.inside or found.order):
            return None
        return Extra(
            attributes=tuple(found.attributes), fragments=tuple(found.fragments), on=tuple(found.on),
            inside=tuple(found.inside),
            order=None if found.order is None else tuple(found.order),
        )  # fmt: skip


def _order(seen: list[int]) -> list[int]:
    """The order of members by their elements: each once where its elements stand together."""
    runs = [index for at, index in enumerate(seen) if not at or seen[at - 1] != index]
    return runs if len(set(runs)) == len(runs) else seen
