"""What stands in a model's element, by slot: children, attributes, text, and what the model does not know."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain, repeat
from typing import Any

import attrs
from lxml import etree

from bindwright.runtime.alternatives.classes import further_names
from bindwright.runtime.errors import DecodeError
from bindwright.runtime.xml.decoding.context import (
    NIL,
    DecodeContext,
    LenientNames,
    Reader,
    ReaderFactory,
    has_place,
    shown,
    tags_of,
    text_reader,
    unknown_on,
)
from bindwright.runtime.xml.decoding.open_content import key_of
from bindwright.runtime.xml.decoding.several_elements import SeveralElements, ValuesByKey, may_be_several
from bindwright.runtime.xml.decoding.unions import one_or_many_reader
from bindwright.runtime.xml.plan.members import ModelPlan
from bindwright.runtime.xml.plan.places import XmlPlace
from bindwright.runtime.xml.plan.xsi_type import TYPE, qname_text
from bindwright.runtime.xml.scalars.lexical import lexical_of
from bindwright.runtime.xml.tree.cdata import cdata_of
from bindwright.runtime.xml.tree.names import expanded, local, split_name
from bindwright.runtime.xml.tree.parse import Element, wrong
from bindwright.runtime.xml.tree.unknown import (
    ADDITIONAL,
    BLANK,
    FRAGMENT,
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


Share = tuple[Entry, int, bool]
"""A member of a name that others have, too: how many elements it has to have, and whether it may have any number."""


class Unrecognised:
    """What an element holds beside the members of its model."""

    __slots__ = (
        "additional", "attributes", "fragments", "inside", "is_apart", "nulls", "on", "order", "text", "unknown"
    )  # fmt: skip

    def __init__(self) -> None:
        self.attributes: list[tuple[str, str]] = []
        self.fragments: list[tuple[int, Any]] = []
        self.on: list[tuple[int, tuple[tuple[str, str], ...]]] = []
        # By member: a list that grows. Making an `Inside` anew for each item would take quadratic time.
        self.inside: dict[int, list[tuple[int, Any]]] = {}
        self.nulls: list[int] = []
        self.order: list[int] | None = None
        self.text: list[tuple[int, str]] = []
        self.unknown: list[Element] = []
        self.is_apart = False
        """Whether elements of a member of any type have others between them."""
        self.additional = 0
        """Members without a name that were read."""


class ChildReader:
    """What the compiled function of one model calls: it reads children and attributes by slot."""

    def __init__(self, plan: ModelPlan, factory: ReaderFactory) -> None:
        self.plan = plan
        self.lenient = factory.lenient
        self.keeps = any(attribute.name == "_extra" for attribute in attrs.fields(plan.model))
        self.count = len(plan.slots)
        self.ordered = plan.profile != "datacontract"
        self.id = plan.id
        self.slots: dict[str, Entry] = {}
        self.twins: dict[str, list[Entry]] = {}
        """Further members of the same element name, which some documents have: they are filled in order."""
        self.shared: dict[str, list[Share]] = {}
        """By name, the members that have it, where there are several."""
        self.flat: dict[int, tuple[XmlPlace, Reader]] = {}
        self.loose = {
            slot.index for slot in plan.elements if slot.place.node == "none" and slot.place.kind == "list"
        }
        """Members whose items stand among the others."""
        self.conditional: set[int] = set()
        """Members whose schema holds under a condition alone: what they cannot hold is unknown content."""
        self.null_is_absent = {slot.index for slot in plan.elements if slot.null_is_absent}
        self.free = [number for number, slot in enumerate(plan.slots) if slot.place.kind == "any"]
        """Members of any type, of which several elements are a list."""
        self.required_values = {
            slot.index for slot in plan.elements if slot.member.required and not slot.place.shape.nullable
        }
        """Members that have to have a value other than null."""
        self._index_elements(factory)
        # Reversed, so that of two members with one local name the first in written order stays.
        self.local = {local(tag): entry for tag, entry in reversed(self.slots.items())}
        self.attributes = {
            expanded(slot.place.namespace, slot.place.name): (number, text_reader(lexical_of(slot.place.shape, slot.place.profile)), slot)
            for number, slot in enumerate(plan.attributes)
        }  # fmt: skip
        self.text = None
        if plan.text is not None:
            self.text = text_reader(lexical_of(plan.text.place.shape, plan.text.place.profile))
        self.run: list[tuple[str, Any, Any]] = []
        """Names, small integers by their text, and parsers of the scalars that stand first in written order."""
        # Attributes, text and flat members need what follows them: only plain children can be read before the rest is known.
        if not plan.attributes and plan.text is None and not self.flat:
            self._index_run()
        self.read_additional: dict[XmlPlace, Any] = {}
        """By the place of a member that its key names."""
        self.takes = further_names(plan.root)
        if plan.additional is not None:
            self.read_additional = {place: factory.item(place) for place in plan.additional.place.inside}
        self.names = {slot.member.json for slot in plan.slots}

    def _index_elements(self, factory: ReaderFactory) -> None:
        base = len(self.plan.attributes)
        for slot in self.plan.elements:
            place = slot.place
            many = place.node == "none" and place.kind == "list"
            item = place.item if many else place
            read = factory.item(item)
            # An alternative that is a list stands there as its items do: they are read together, as flat members.
            if place.one_or_many:
                read = one_or_many_reader(place, factory)
            if place.one_or_many or (place.node == "none" and place.kind in ("model", "tuple")):
                self.flat[base + slot.index] = (place, read)
            parse = None
            if place.kind == "scalar" and place.node == "element":
                parse = lexical_of(place.shape, place.profile).parse
            if slot.member.shape.wire.conditional and base + slot.index not in self.flat:
                self.conditional.add(base + slot.index)
            entry = (base + slot.index, slot.index, read, many, item, parse)
            for tag in tags_of(place):
                # Two members of one name are no mistake of the plan: documents that have them tell them by order.
                if self.slots.setdefault(tag, entry) is not entry:
                    self.twins.setdefault(tag, []).append(entry)
        for tag, twins in self.twins.items():
            self.shared[tag] = [self._share(entry) for entry in (self.slots[tag], *twins)]

    def _share(self, entry: Entry) -> Share:
        number, index, _, many, _, _ = entry
        is_required = self.plan.elements[index].member.required and not many
        return entry, 1 if is_required else 0, many or number in self.flat

    def _index_run(self) -> None:
        for slot in self.plan.elements:
            first = self.slots.get(slot.place.tag)
            if first is None or first[1] != slot.index or first[5] is None or first[0] in self.conditional:
                break
            if slot.place.tag in self.twins:
                break  # which of them an element is, the number of all tells
            # The run ends at the first member that is more than a text; what follows is read by its tag.
            lexical = lexical_of(slot.place.shape, slot.place.profile)
            self.run.append((slot.place.tag, lexical.small.get, lexical.quick()))

    def gather(self, node: Element, context: DecodeContext) -> tuple[list[Any], Unrecognised | None]:
        """The members' values by slot, `MISSING` where there is none, and what else stands there."""
        values = [MISSING] * self.count
        extra: Unrecognised | None = None
        if node.keys():
            extra = self._attributes(node, values, context)
        if self.text is not None:
            extra = self._text(node, values, extra, context)
        elif node.text is not None and node.text.strip(BLANK):
            self._refuse_text(node, node.text, context)
        return values, self.children(node, iter(node), values, extra, -1, context)

    def rest(
        self,
        node: Element,
        following: Element,
        nodes: Iterator[Element],
        read: list[Any],
        context: DecodeContext,
    ) -> tuple[list[Any], Unrecognised | None]:
        """As `gather`, where the first children have been read in written order and ``following`` is the next."""
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
        """Read children, of which the one before was that of the member at ``last``, into the values."""
        # Locals: this loop runs once for each element of a document, and would look each up on `self` again.
        slots, bare, conditional = self.slots, context.bare, self.conditional
        turns = self._turns(node) if self.shared else None
        moved = False
        lenient_names: LenientNames | None = None
        indexes = list(range(last + 1))  # the members of the elements so far
        for child in nodes:
            entry = slots.get(child.tag)
            if turns and child.tag in turns:
                entry = next(turns[child.tag], entry)
            if conditional and entry is not None and entry[0] in conditional:
                entry = _read_ahead(entry, child, context)
            elif entry is None and self.lenient:
                lenient_names = lenient_names or LenientNames(node)
                entry = self._without_namespace(child, lenient_names)
            if entry is None:
                extra = self._unknown(extra, node, child, last, values, context)
                if self.read_additional and self._has_further_name(child):
                    last = len(self.plan.elements)  # they are written behind all others
                    indexes.append(last)
                elif last not in self.loose or self.text is not None:
                    indexes.append(FRAGMENT)
            else:
                number, index, read, _, _, parse = entry
                is_text = parse is not None and (bare or not child.keys()) and not len(child)
                if is_text and values[number] is MISSING:
                    # The common case without a call: one text, no attributes, no children, not seen before.
                    try:
                        values[number] = parse(child.text or "")
                    except (ValueError, ArithmeticError):
                        values[number] = read(child, context)  # says what is wrong
                else:
                    extra, index = self._child(extra, child, entry, values, context)
                # Only a step back is a deviation; a member that is left out is not.
                moved = moved or index < last
                last = index
                indexes.append(index)
            if child.tail is not None and self.text is None:
                self._tail(child, context)
        return self._settle(node, values, extra, indexes, moved, context)

    def _has_further_name(self, child: Element) -> bool:
        """Whether an element may be a further member, where the names of these are known."""
        place = None if self.plan.additional is None else self.plan.additional.place
        return self.takes is None or place is None or self.takes(key_of(child, place))

    def _without_namespace(self, child: Element, names: LenientNames) -> Entry | None:
        """The member of an element by its local name, where the document or the description names no namespace.

        Where both name one, two names are never taken for one (Namespaces in XML 1.0, 2.1 and 3).
        """
        namespace, name = split_name(str(child.tag))
        if not namespace:
            return self.local.get(name)
        entry = self.slots.get(name)
        return entry if entry is not None and names.accepts(child) else None

    def _child(
        self,
        extra: Unrecognised | None,
        child: Element,
        entry: Entry,
        values: list[Any],
        context: DecodeContext,
    ) -> tuple[Unrecognised | None, int]:
        """Read one child that is more than a text; gives its member's index."""
        number, index, read, many, place, _ = entry
        aside, start = context.aside, len(context.aside)
        if not many and values[number] is not MISSING and self._is_further(child, entry):
            extra = self._further(child, entry, values, extra)
            many = True
        if number in self.flat:
            # Not read yet: its elements may be scattered, and moving them now would disturb this iteration.
            values[number] = [] if values[number] is MISSING else values[number]
            values[number].append(child)
            return extra, index
        if many:
            kept = self._item(child, entry, values, context)
        else:
            if values[number] is not MISSING:
                context.refuse(wrong(f"one <{local(str(child.tag))}>", "a second one", child))
                return extra, index
            values[number] = value = read(child, context)
            if child.keys() and not has_place(place, value) and (attributes := unknown_on(child)):
                extra = extra or Unrecognised()
                extra.on.append((index, attributes))
            if value is None and (index in self.null_is_absent or self._is_forbidden_null(index, context)):
                extra = extra or Unrecognised()
                # Null and absent are one value here, so that the null has to be remembered to be written again.
                extra.nulls.append(index)
            kept = aside[start:]
        if kept:
            extra = self._inside(extra, index, kept)
            del aside[start:]
        return extra, index

    @staticmethod
    def _item(
        child: Element, entry: Entry, values: list[Any], context: DecodeContext
    ) -> list[tuple[int, Any]]:
        """Read an item of a list without an element of its own; gives what is kept of it beside its value."""
        number, _, read, _, place, _ = entry
        aside, start = context.aside, len(context.aside)
        if values[number] is MISSING:
            values[number] = []
        value = read(child, context)
        position = len(values[number])
        values[number].append(value)
        kept: list[tuple[int, Any]] = []
        if child.keys() and not has_place(place, value) and (attributes := unknown_on(child)):
            kept.append((position, attributes))
        if len(aside) > start:
            kept.append((position, nested(value, aside[start:])))
        return kept

    def _is_further(self, child: Element, entry: Entry) -> bool:
        """Whether a second element of a member is one of a list of any values, as it is written."""
        return may_be_several(entry[4]) and entry[0] not in self.flat and child.tag not in self.twins

    def _further(
        self, child: Element, entry: Entry, values: list[Any], extra: Unrecognised | None
    ) -> Unrecognised | None:
        """Make the values of a member of any type a list, of which a further element comes."""
        number, index = entry[:2]
        if values[number].__class__ is not SeveralElements:
            values[number] = SeveralElements([values[number]])
            if extra is not None:
                _keep_as_first_item(extra, index, values[number])
        before = child.getprevious()
        if before is not None and before.tag != child.tag:
            extra = extra or Unrecognised()
            extra.is_apart = True
        return extra

    def _is_forbidden_null(self, index: int, context: DecodeContext) -> bool:
        """Whether null is none of a required member's values, and is read all the same."""
        return context.deviations is not None and index in self.required_values

    def _settle(
        self,
        node: Element,
        values: list[Any],
        extra: Unrecognised | None,
        indexes: list[int],
        moved: bool,
        context: DecodeContext,
    ) -> Unrecognised | None:
        """What can be said only behind the last child: the order, members without an element, counts, lists."""
        if extra is not None and (extra.text or extra.is_apart or self._has_unknown_among_further(indexes)):
            extra.order = (
                indexes  # one entry for each child, for texts or others stand between single children
            )
        elif moved and self.ordered:
            extra = extra or Unrecognised()
            # The datacontract profile never comes here: its writers have one order, and readers skip what is out of turn.
            extra.order = order_of_runs(indexes)
        aside, start = context.aside, len(context.aside)
        for number, (place, read) in self.flat.items():
            if values[number] is not MISSING:
                values[number] = self._flattened(node, place, read, values[number], context)
                if len(aside) > start:
                    extra = self._inside(extra, number - len(self.plan.attributes), aside[start:])
                    del aside[start:]
        if self.loose:
            self._settle_lists(values)
        for number in self.free:
            if values[number].__class__ is SeveralElements:
                values[number] = list(values[number])
        return extra

    def _has_unknown_among_further(self, indexes: list[int]) -> bool:
        """Whether an unknown element stands between further members, which are written together otherwise."""
        further = len(self.plan.elements)
        if self.takes is None or further not in indexes:
            return False
        return FRAGMENT in indexes[indexes.index(further) : -1 - indexes[::-1].index(further)]

    def _turns(self, node: Element) -> dict[str, Iterator[Entry]]:
        """By name, where several members have it, whose each element is."""
        counts = Counter(child.tag for child in node)
        return {tag: _turns_of(shares, counts[tag]) for tag, shares in self.shared.items() if counts[tag]}

    def _settle_lists(self, values: list[Any]) -> None:
        base = len(self.plan.attributes)
        for slot in self.plan.elements:
            if slot.place.node != "none" or slot.place.kind != "list":
                continue
            number, build = base + slot.index, slot.place.shape.type
            if values[number] is MISSING:
                if slot.member.required:
                    # A list without items leaves no trace in XML: a required one that is absent is the empty one.
                    values[number] = build()
            elif build is not list:
                values[number] = build(values[number])

    def _flattened(
        self,
        node: Element,
        place: XmlPlace,
        read: Reader,
        children: list[Element],
        context: DecodeContext,
    ) -> Any:
        """A member without an element of its own: read from a stand-in that holds its elements."""
        # Within the node, so that the prefixes of its surroundings hold for what is read.
        # Without its namespace: lxml makes no element in one that is no URI, though it reads them.
        places = [(child, child.getprevious(), child.tail) for child in children]
        holder = etree.SubElement(node, place.name)
        try:
            # An element can have but one parent: here the children leave theirs for a while, which is why they
            # are moved only when all others have been read.
            holder.extend(children)
            for child in children:
                child.tail = None
            return read(holder, context)
        finally:
            node.remove(holder)
            # Another alternative may have to read the same element.
            for child, before, tail in places:
                if before is None:
                    node.insert(0, child)
                else:
                    before.addnext(child)
                child.tail = tail

    def _attributes(self, node: Element, values: list[Any], context: DecodeContext) -> Unrecognised | None:
        extra: Unrecognised | None = None
        for key, value in node.items():
            name = str(key)
            entry = self.attributes.get(name)
            if entry is None and self.lenient and name[0] != "{":
                entry = next(
                    (candidate for tag, candidate in self.attributes.items() if local(tag) == name), None
                )
            if entry is not None and entry[2].member.shape.wire.conditional:
                entry = entry if _fits_text(entry[1], str(value), node, context) else None
            if entry is not None:
                number, read, slot = entry
                if slot.place.tag == TYPE:
                    qualified = qname_text(node, str(value))
                    member = read(qualified, node, context, name)
                    # `str` of a subclass is a plain one, without the namespace.
                    values[number] = qualified if member.__class__ is str else member
                else:
                    values[number] = read(str(value), node, context, name)
                if slot.place is self.id and re.fullmatch(r"i[0-9]+", str(value)):
                    values[number] = str(value)[1:]
            elif name not in (NIL, TYPE) and (self.id is None or name != self.id.tag):
                extra = extra or Unrecognised()
                extra.attributes.append((name, str(value)))
        return extra

    def _text(
        self, node: Element, values: list[Any], extra: Unrecognised | None, context: DecodeContext
    ) -> Unrecognised | None:
        slot, read = self.plan.text, self.text
        assert slot is not None
        assert read is not None
        text = joined = (node.text or "") + "".join(child.tail or "" for child in node)
        if slot.place.node == "cdata" and not any(child.tail and child.tail.strip(BLANK) for child in node):
            text = cdata_of(node)
        blank = not text.strip(BLANK)
        if (
            blank
            and (not slot.member.required or slot.member.shape.nullable)
            and (slot.member.shape.kind != "string" or len(node) or not text)
        ):
            if slot.member.required:
                values[self.count - 1] = None
            return extra
        values[self.count - 1] = read(text, node, context, None)
        if text == joined and any(child.tail for child in node):
            # Mixed content: one member holds all of the text, so where its pieces stand is kept beside it.
            extra = extra or Unrecognised()
            pieces = [node.text, *(child.tail for child in node)]
            extra.text = [(number, piece) for number, piece in enumerate(pieces) if piece]
        return extra

    def _tail(self, child: Element, context: DecodeContext) -> None:
        if child.tail is not None and child.tail.strip(BLANK):
            self._refuse_text(child.getparent(), child.tail, context)  # type: ignore[arg-type]

    def _refuse_text(self, node: Element, text: str, context: DecodeContext) -> None:
        context.refuse(wrong("elements only", f"text {shown(text.strip(BLANK))}", node))

    def _unknown(
        self,
        extra: Unrecognised | None,
        node: Element,
        child: Element,
        last: int,
        values: list[Any],
        context: DecodeContext,
    ) -> Unrecognised | None:
        if not isinstance(child.tag, str):
            raise wrong("elements only", "an entity reference", node)
        extra = extra or Unrecognised()
        if self.read_additional and child.tag not in self.slots and self._has_further_name(child):
            extra.unknown.append(child)
        elif last in self.loose and self.text is None:
            count = len(values[len(self.plan.attributes) + last])
            return self._inside(extra, last, [(count, fragment_of(child, context.fragments))])
        elif self.keeps:
            extra.fragments.append((last, fragment_of(child, context.fragments)))
        return extra

    def _inside(
        self, extra: Unrecognised | None, index: int, kept: list[tuple[int, Any]]
    ) -> Unrecognised | None:
        if not self.keeps:
            return extra
        extra = extra or Unrecognised()
        extra.inside.setdefault(index, []).extend(kept)
        return extra

    def refuse(self, child: Element, context: DecodeContext) -> None:
        """Say what is wrong with an element whose text is none of its type."""
        self.slots[str(child.tag)][2](child, context)

    def missing(self, number: int, node: Element, context: DecodeContext) -> Any:
        """Refuse a required member that is not there."""
        slot = self.plan.slots[number]
        name = (
            f"the attribute {slot.place.name}" if slot.place.node == "attribute" else f"<{slot.place.name}>"
        )
        if slot.place.node in ("text", "cdata"):
            name = "text"
        return context.refuse(wrong(name, "nothing of that name", node))

    def begin(self, node: Element, context: DecodeContext, instance: Any) -> Any:
        """Make an object known by its id before its members are read, for they may refer to it."""
        if self.id is not None:
            key = node.get(self.id.tag)
            if key is not None:
                # Two objects of one id: which one a reference means could not be told.
                if key in context.references:
                    raise wrong("each id once", repr(key), node)
                context.references[key] = instance
        return instance

    def additional(self, extra: Unrecognised | None, context: DecodeContext) -> Any:
        """Typed additional members, by element name."""
        if extra is None or self.plan.additional is None:
            return {}
        entries, kept = ValuesByKey(), list[tuple[int, Any]]()
        values, place = entries.values, self.plan.additional.place
        for child in extra.unknown:
            key = key_of(child, place)
            item = place.item_of(key)
            read = self.read_additional[item]
            if key in values:
                if not entries.add_another(key, item, read, child, context):
                    context.refuse(wrong(f"one <{local(str(child.tag))}>", "a second one", child))
                continue
            if key in self.names:
                # In JSON both would be one member, and one of the two would be lost.
                context.refuse(wrong("a name that no member has", f"<{local(str(child.tag))}>", child))
                continue
            start, position = len(context.aside), len(values)
            value = read(child, context)
            entries.add(key, value)
            if child.keys() and not has_place(item, value) and (on := unknown_on(child)):
                kept.append((position, on))
            if len(context.aside) > start:
                kept.append((position, nested(value, context.aside[start:])))
                del context.aside[start:]
        if kept and self.keeps:
            extra.inside[ADDITIONAL] = kept
            extra.additional = len(values)
        return entries.settled()

    def extra(self, unrecognised: Unrecognised | None, values: list[Any]) -> XmlExtra | None:
        """What is kept in ``_extra``, with the number of items that each list has now."""
        if unrecognised is None:
            return None
        base = len(self.plan.attributes)
        inside = tuple(
            Inside(
                index,
                unrecognised.additional if index == ADDITIONAL else count_of(values[base + index]),
                tuple(kept),
            )
            for index, kept in unrecognised.inside.items()
        )
        elements = {slot.index: slot.member.json for slot in self.plan.elements} if unrecognised.nulls else {}
        extra = XmlExtra(
            null_members=tuple(elements[index] for index in unrecognised.nulls),
            attributes=tuple(unrecognised.attributes), fragments=tuple(unrecognised.fragments),
            on=tuple(unrecognised.on), inside=inside, nulls=tuple(unrecognised.nulls), text=tuple(unrecognised.text),
            order=None if unrecognised.order is None else tuple(unrecognised.order),
        )  # fmt: skip
        return None if extra.plain else extra


def _turns_of(shares: list[Share], count: int) -> Iterator[Entry]:
    """The members of one name, each as often as an element is its.

    They have them in their order. Where there are fewer than there might be, those that are required have one each, and
    of the others the first: a list all that are left, what stands once its own.
    """
    left = count - sum(fewest for _, fewest, _ in shares)
    for entry, fewest, is_many in shares:
        further = max(0, left if is_many else min(left, 1 - fewest))
        left -= further
        yield from repeat(entry, fewest + further)


def _read_ahead(entry: Entry, child: Element, context: DecodeContext) -> Entry | None:
    """The entry of a conditional member with the value of its element; None where the member cannot hold that.

    The element is not read again: members of members may be conditional, too.
    """
    number, index, read, many, place, _ = entry
    deviations, context.deviations = context.deviations, None
    start, mark = len(context.aside), context.mark_references()
    try:
        value = read(child, context)
    except DecodeError:
        context.forget_references(mark)
        return None
    finally:
        aside = context.aside[start:]
        del context.aside[start:]
        context.deviations = deviations

    def read_before(element: Element, context: DecodeContext) -> Any:
        context.aside += aside
        return value

    return number, index, read_before, many, place, None


def _fits_text(read: Callable[..., Any], text: str, node: Element, context: DecodeContext) -> bool:
    """Whether an attribute can be read as a member."""
    deviations, context.deviations = context.deviations, None
    try:
        read(text, node, context)
    except DecodeError:
        return False
    finally:
        context.deviations = deviations
    return True


def _keep_as_first_item(extra: Unrecognised, index: int, value: Any) -> None:
    """What was kept of a member's one element belongs to the first item of a list by now."""
    kept: list[tuple[int, Any]] = [(0, attributes) for member, attributes in extra.on if member == index]
    extra.on = [item for item in extra.on if item[0] != index]
    if index in extra.inside:
        kept.append((0, nested(value[0], extra.inside.pop(index))))
    if kept:
        extra.inside[index] = kept
    if index in extra.nulls:
        extra.nulls.remove(index)


def order_of_runs(indexes: list[int]) -> list[int]:
    """The order of members by their elements: each once where its elements stand together.

    Else each child is named, unknown ones too: where they stand cannot be told by the member before them.
    """
    # The short form is what nearly all documents have, and what survives adding a member.
    known = [index for index in indexes if index != FRAGMENT]
    runs = [index for position, index in enumerate(known) if not position or known[position - 1] != index]
    return runs if len(set(runs)) == len(runs) else indexes
