"""Expressions for models, lists and choices in the layout of a document that has been read.

What a document shows is taken from it: the order of the members, which servers keep although it says nothing,
and the names in its prefixes. Members that it does not show may still come, behind those it does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any, Literal

from attrs import define

from bindwright.runtime.compile.function import compiled
from bindwright.runtime.resolve import evaluate
from bindwright.runtime.xml.fast.layout_regex import (
    OPEN,
    SCANNED,
    Layouter,
    Line,
    MatcherSource,
    Scan,
    Unfit,
    attribute_of,
    capturing,
    default_of,
    instance,
    scalar_of,
    scanner_of,
    slot_values,
)
from bindwright.runtime.xml.fast.rows import RowReader
from bindwright.runtime.xml.fast.scans import RowSource, scan_of
from bindwright.runtime.xml.plan.alternatives import by_name
from bindwright.runtime.xml.plan.members import ModelPlan, Slot, model_plan
from bindwright.runtime.xml.plan.places import XmlPlace
from bindwright.runtime.xml.plan.xsi_type import TYPE
from bindwright.runtime.xml.scalars.integer_batches import Integers
from bindwright.runtime.xml.scalars.lexical import lexical_of
from bindwright.runtime.xml.settings import XSI
from bindwright.runtime.xml.tree.names import expanded
from bindwright.runtime.xml.tree.parse import Element
from bindwright.runtime.xml.tree.unknown import Layout, XmlExtra

_NIL = f"{{{XSI}}}nil"
_MANY = 8
"""Items of a list for which an expression of its own is made that has their very members."""
_SAMPLES = 32
"""Elements of one name that are looked at for the order of their members."""


class Orders(dict[tuple[bool, ...], XmlExtra | None]):
    """What objects keep whose members do not stand in written order, by which of the members are there."""

    def __init__(self, order: list[int], layout: Layout | None) -> None:
        self._order = order
        self._layout = layout

    def __missing__(self, present: tuple[bool, ...]) -> XmlExtra | None:
        indexes = [index for index, there in zip(self._order, present, strict=True) if there]
        order = None if indexes == sorted(indexes) else tuple(indexes)
        extra = None
        if order is not None or self._layout is not None:
            extra = XmlExtra(order=order, layout=self._layout)
        self[present] = extra
        return extra


@define
class ModelPattern:
    """A model's expressions, and what its object keeps."""

    attributes: str
    pieces: list[tuple[Slot, str]]
    """The expression of each member's elements, in the order of the document."""
    kept: str
    """An expression of ``_extra``."""

    @property
    def content(self) -> str:
        """What stands within the element, but for the white space before its end tag."""
        return "".join(piece for _, piece in self.pieces)


def model_pattern(
    plan: ModelPlan,
    samples: list[Element],
    layouter: Layouter,
    build: MatcherSource,
    depth: int,
    layout: Layout | None = None,
) -> ModelPattern:
    """The expressions of a model; lines that make its members' values are added to the source.

    Args:
        plan: of the model.
        samples: elements of it in the document that is learnt.
        layouter: names and white space of that document.
        build: the function that is put together.
        depth: of the members' elements; children of the root: 1.
        layout: what the object is to keep, for the root.

    Raises:
        Unfit: there is no such expression.
    """
    if plan.additional is not None or plan.reference is not None or plan.root.choice is not None:
        raise Unfit  # a discriminator tells the class, not the layout
    if plan.model in layouter.open or len(build.groups) > 400 or (plan.text is not None and plan.elements):
        raise Unfit  # a type within itself has no fixed layout
    layouter.open.append(plan.model)
    enclosing, build.integers = build.integers, Integers()
    try:
        if depth == 1 and layouter.root_attributes is not None:
            attributes = _root_attributes(plan, layouter.root_attributes, layouter, build)
        else:
            attributes = "".join(_attribute(slot, samples, layouter, build) for slot in plan.attributes)
        order = _order_of(plan, samples, layouter)
        pieces, present = [], []
        for slot in order:
            pattern, presence = _member(slot, samples, layouter, build, depth)
            pieces.append((slot, pattern))
            present.append(presence)
        if plan.text is not None:
            pieces.append((plan.text, _text(plan.text, layouter, build)))
        build.lines.append(build.integers)
    finally:
        layouter.open.pop()
        build.integers = enclosing
    indexes = [slot.index for slot in order]
    kept = "None" if layout is None else build.bind(XmlExtra(layout=layout))
    if indexes != sorted(indexes) and plan.profile != "datacontract":
        kept = f"{build.bind(Orders(indexes, layout))}[({', '.join(present)},)]"
    return ModelPattern(attributes, pieces, kept)


def element_pattern(
    place: XmlPlace, samples: list[Element], layouter: Layouter, build: MatcherSource, depth: int
) -> tuple[str, str]:
    """The expression of a model's element, and its value."""
    plan, name = model_plan(place), layouter.name(place)
    model = model_pattern(plan, samples, layouter, build, depth + 1)
    value = instance(plan, build, model.kept)
    end = layouter.space(depth) if plan.elements else ""
    if _may_be_empty(plan, model.content) and (not layouter.exact or not all(map(len, samples))):
        return f"<{name}{model.attributes}(?:>{model.content}{end}</{name}>|{layouter.close})", value
    return f"<{name}{model.attributes}>{model.content}{end}</{name}>", value


def _may_be_empty(plan: ModelPlan, content: str) -> bool:
    """Whether nothing need stand in a model's element."""
    if plan.text is not None or SCANNED in content:
        return False
    return not any(slot.member.required and slot.place.node == "element" for slot in plan.elements)


def _has_empty(samples: list[Element]) -> bool:
    """Whether the samples have an element without content, which may be one tag."""
    return any(not sample.text and not len(sample) for sample in samples)


def _order_of(plan: ModelPlan, samples: list[Element], layouter: Layouter) -> list[Slot]:
    """The members in the order of the samples; those that no sample has, behind the others."""
    by_tag: dict[str, int] = {}
    for slot in plan.elements:
        for tag in _tags(slot.place, layouter):
            if by_tag.setdefault(tag, slot.index) != slot.index:
                raise Unfit
    order: list[int] = []
    odd = 0
    for sample in samples[:_SAMPLES]:
        longer = _with_runs(order, _runs(by_tag.get(str(child.tag)) for child in sample))
        if longer is None:
            odd += 1
        else:
            order = longer
    # One item that is not as the others are is read apart; where many are not, there is no order.
    if odd * 4 > len(samples[:_SAMPLES]):
        raise Unfit
    if order == sorted(order):
        return list(plan.elements)
    order += [slot.index for slot in plan.elements if slot.index not in order]
    return [plan.elements[index] for index in order]


def _with_runs(order: list[int], runs: list[int | None]) -> list[int] | None:
    """An order with the members of one more sample; None where the sample has another, or unknown elements."""
    order, position = [*order], 0
    for index in runs:
        if index is None or index in order[:position]:
            return None
        if index in order:
            position = order.index(index) + 1
        else:
            order.insert(position, index)
            position += 1
    return order


def _runs(indexes: Iterable[int | None]) -> list[int | None]:
    """The members of an element's children, each run of one member's once."""
    return [index for index, _ in groupby(indexes)]


def _tags(place: XmlPlace, layouter: Layouter) -> list[str]:
    if place.node == "none" and place.kind == "list":
        return _tags(place.item, layouter)
    if place.kind == "union" and by_name(place):
        return [tag for member in place.members for tag in _tags(member, layouter)]
    if place.node != "element":
        raise Unfit
    return [expanded(layouter.namespace(place), place.name)]


def _children(samples: list[Element], place: XmlPlace, layouter: Layouter) -> list[Element]:
    tags = set(_tags(place, layouter))
    return [child for sample in samples for child in sample if child.tag in tags][:_SAMPLES]


Presence = Literal["always", "sometimes", "never"]


def _presence(slot: Slot, samples: list[Element], layouter: Layouter) -> Presence:
    """Whether the samples have a member; always "sometimes" where others need not be as they are."""
    if not layouter.exact or not samples:
        return "sometimes"
    place = slot.place
    if place.node == "attribute":
        counts = [sample.get(place.tag) is not None for sample in samples]
    else:
        tags = set(_tags(place, layouter))
        children = [[child for child in sample if child.tag in tags] for sample in samples]
        if any(child.get(_NIL) is not None for run in children for child in run):
            return "sometimes"
        counts = [bool(run) for run in children]
    if all(counts):
        return "always"
    return "sometimes" if any(counts) or slot.member.required else "never"


def _attribute(
    slot: Slot, samples: list[Element], layouter: Layouter, build: MatcherSource, *, certain: bool = False
) -> str:
    place, member = slot.place, slot.member
    value = build.bind(None)
    slot_values(build)[id(slot)] = value
    presence = "always" if certain else _presence(slot, samples, layouter)
    if presence == "never":
        build.lines.append(f"{value} = {'None' if member.shape.nullable else default_of(slot, build)}")
        return ""
    if place.kind != "scalar" or place.tag == TYPE:
        raise Unfit
    group = build.group()
    pattern, read = attribute_of(place)
    required = presence == "always" or (member.required and not member.shape.nullable)
    missing = None if required else "None" if member.shape.nullable else default_of(slot, build)
    build.scalar(value, group, read, missing)
    text = f' {layouter.attribute(place)}="{OPEN}{pattern})"'
    return text if required else f"(?:{text})?+"


def _root_attributes(
    plan: ModelPlan, written: list[tuple[str, str]], layouter: Layouter, build: MatcherSource
) -> str:
    """The attributes of the root as they stand there, from the first on that may have another value."""
    slots = {layouter.attribute(slot.place): slot for slot in plan.attributes}
    pieces = []
    for name, text in written:
        if name == "xmlns" or name.startswith("xmlns:"):
            pieces.append(re.escape(text))
        elif (slot := slots.pop(re.escape(name), None)) is None or "'" in text:
            raise Unfit  # it is kept beside the members
        else:
            pieces.append(_attribute(slot, [], layouter, build, certain=True))
    for slot in slots.values():
        value = slot_values(build)[id(slot)] = build.bind(None)
        build.lines.append(f"{value} = {'None' if slot.member.shape.nullable else default_of(slot, build)}")
    return "".join(pieces)


def _text(slot: Slot, layouter: Layouter, build: MatcherSource) -> str:
    place = slot.place
    if place.kind != "scalar" or place.node != "text":
        raise Unfit
    value, group = build.bind(None), build.group()
    slot_values(build)[id(slot)] = value
    pattern, read = scalar_of(place, clean=layouter.clean)
    build.scalar(value, group, read, None)
    # Of blank text the full reader knows whether it is a value.
    return f"(?=[^<]*[^< \\t\\r\\n]){OPEN}{pattern})"


def _member(
    slot: Slot, samples: list[Element], layouter: Layouter, build: MatcherSource, depth: int
) -> tuple[str, str]:
    """The expression of a member's elements with the white space before, and of whether they are there."""
    place = slot.place
    value = build.bind(None)
    slot_values(build)[id(slot)] = value
    default = default_of(slot, build)
    presence = _presence(slot, samples, layouter)
    if presence == "never":
        build.lines.append(f"{value} = {default}")
        return "", "False"
    if place.kind == "list" and place.shape.type is list and depth < 8:
        children = _children(samples, place, layouter)
        if layouter.scans is not None and (not place.wrapped or _is_step(place, children, layouter)):
            return _scanned_list(slot, children, layouter, build, depth, value, default)
        with layouter.whole():
            if place.wrapped:
                return _wrapped_list(slot, children, layouter, build, (depth, value, default, presence))
            return _loose_list(slot, children, layouter, build, depth, value, default)
    if place.node != "element" or place.one_or_many:
        raise Unfit
    children = _children(samples, place, layouter)
    if place.kind == "scalar":
        slim = _has_empty(children)
        return _scalar_member(slot, layouter, build, (depth, value, default, presence), slim)
    if layouter.scans is not None and depth < 8 and _is_step(place, children, layouter):
        with layouter.within(layouter.name(place)):
            pattern, expression = element_pattern(place, children, layouter, build, depth)
        build.lines.append(f"{value} = {expression}")
        return layouter.space(depth) + pattern, "True"
    before: list[Line]
    before, build.lines = build.lines, []
    mark = build.group()
    with layouter.whole():
        if place.kind == "model" and depth < 8:
            pattern, expression = element_pattern(place, children, layouter, build, depth)
            build.lines.append(f"{value} = {expression}")
        elif place.kind == "union" and depth < 8:
            pattern = union_pattern(place, children, layouter, build, depth, value)
        else:
            raise Unfit
    lines, build.lines = build.lines, before
    pattern = f"{layouter.space(depth)}{OPEN}){pattern}"
    return _either(slot, layouter, build, pattern, (mark, lines), (depth, value, default, presence))


MemberPlace = tuple[int, str, str, Presence]
"""A member's depth, the variable of its value, the expression of its default, and whether it is there."""


def _scalar_member(
    slot: Slot, layouter: Layouter, build: MatcherSource, member_place: MemberPlace, slim: bool
) -> tuple[str, str]:
    place, member = slot.place, slot.member
    depth, value, default, presence = member_place
    required = member.required or presence == "always"
    name, space = layouter.name(place), layouter.space(depth)
    inner, read = scalar_of(place, clean=layouter.clean)
    group = build.group()
    present = f"{group} is not None"
    rest = layouter.tags(name, inner, slim=slim and read is str)
    pattern = f"{space}<{name}"
    if presence == "always" or not place.shape.nullable or slot.null_is_absent:
        build.scalar(value, group, read, None if required else default)
        pattern += rest
    elif member.required or default == "None":
        build.scalar(value, group, read, "None")
        pattern += f"(?:{rest}|{layouter.nil})"
        present = "True" if member.required else present
    else:
        nil = build.group()
        build.scalar(value, group, read, f"({default} if {nil} is None else None)")
        pattern += f"(?:{rest}|{OPEN}){layouter.nil})"
        present = f"({group} is not None or {nil} is not None)"
    if required:
        return pattern, "True"
    return f"(?:{pattern})?+", present


def _either(
    slot: Slot,
    layouter: Layouter,
    build: MatcherSource,
    pattern: str,
    parts: tuple[str, list[Line]],
    member_place: MemberPlace,
) -> tuple[str, str]:
    """An element that is there, null, or absent."""
    mark, lines = parts
    depth, value, default, presence = member_place
    place, required = slot.place, slot.member.required or presence == "always"
    nullable = place.shape.nullable and not slot.null_is_absent and presence != "always"
    if required and not nullable:
        build.lines += lines
        return pattern, "True"
    nil = build.group() if nullable else None
    build.lines.append(f"if {mark} is not None:")
    build.lines += build.indented(lines)
    build.lines.append("else:")
    missing = default if nil is None else f"{default} if {nil} is None else None"
    build.lines.append(f"    {value} = {missing}")
    present = f"{mark} is not None"
    if nil is not None:
        name, space = layouter.name(place), layouter.space(depth)
        pattern = f"(?:{pattern}|{space}<{name}{OPEN}){layouter.nil})"
        present = f"({present} or {nil} is not None)"
    return (pattern, "True") if required else (f"(?:{pattern})?+", present)


def _wrapped_list(
    slot: Slot,
    samples: list[Element],
    layouter: Layouter,
    build: MatcherSource,
    member_place: MemberPlace,
) -> tuple[str, str]:
    place, depth, value = slot.place, *member_place[:2]
    name, space = layouter.name(place), layouter.space(depth)
    items = [child for sample in samples for child in sample][:_SAMPLES]
    pattern, read = items_pattern(place.item, items, layouter, depth + 1)
    group = build.group()
    # The list is captured as one text and its items are matched in that once more: a group within a repeat
    # keeps its last match only.
    slim = _has_empty(samples) and layouter.name(place.item) != name
    pattern = f"{space}<{name}{layouter.tags(name, f'(?:{pattern})?+', space, slim=slim)}"
    lines: list[Line] = [f"{value} = {build.bind(read)}({group})"]
    return _either(slot, layouter, build, pattern, (group, lines), member_place)


def _loose_list(
    slot: Slot,
    samples: list[Element],
    layouter: Layouter,
    build: MatcherSource,
    depth: int,
    value: str,
    default: str,
) -> tuple[str, str]:
    """Items without an element around them: a run of them, or none."""
    pattern, read = items_pattern(slot.place.item, samples, layouter, depth)
    group = build.group()
    missing = "[]" if slot.member.required else default
    build.lines.append(f"{value} = {build.bind(read)}({group}) if {group} is not None else {missing}")
    return f"{OPEN}{pattern})?+", f"{group} is not None"


def _holds_items(place: XmlPlace, samples: list[Element], layouter: Layouter) -> bool:
    """Whether the one element of a place holds lists with items, by the sample."""
    if len(samples) != 1 or place.node != "element":
        return False
    if place.kind == "list":
        return len(samples[0]) > 0
    if place.kind != "model":
        return False
    members = [slot.place for slot in model_plan(place).elements if slot.place.kind in ("list", "model")]
    return any(
        bool(children) if member.node == "none" else _holds_items(member, children, layouter)
        for member in members
        if (children := _children(samples, member, layouter)) is not None
    )


def _is_step(place: XmlPlace, samples: list[Element], layouter: Layouter) -> bool:
    """Whether a place is matched in steps, item by item, as one that is always there."""
    return layouter.stepwise and _holds_items(place, samples, layouter)


def _scanned_list(
    slot: Slot,
    samples: list[Element],
    layouter: Layouter,
    build: MatcherSource,
    depth: int,
    value: str,
    default: str,
) -> tuple[str, str]:
    """A list whose items are read one by one, between the expressions of what stands before and behind it."""
    place, scans = slot.place, layouter.scans
    assert scans is not None
    items = f"items{len(scans)}"
    if not place.wrapped:
        scans.append((items, item_scan(place.item, samples, layouter, depth)))
        build.lines.append(f"{value} = {items} or {'[]' if slot.member.required else default}")
        return SCANNED, f"bool({items})"
    name, space = layouter.name(place), layouter.space(depth)
    with layouter.within(name):
        scans.append((items, item_scan(place.item, list(samples[0]), layouter, depth + 1)))
    build.lines.append(f"{value} = {items}")
    return f"{space}<{name}>{SCANNED}{space}</{name}>", "True"


def items_pattern(
    place: XmlPlace, samples: list[Element], layouter: Layouter, depth: int
) -> tuple[str, Callable[[str], list[Any]]]:
    """The expression of a list's items without groups, and what reads the text that it matches."""
    item = MatcherSource({})
    pattern, expression = item_pattern(place, samples, layouter, item, depth)
    groups = "(" + "".join(f"{group}, " for group in item.groups) + ")" if item.groups else "_"
    lines = [
        "def items(text):", "    out = []", "    step = scanner(text).match",
        "    while (match := step()) is not None:", f"        {groups} = match.groups()",
        *(f"        {line}" for line in item.rendered()), f"        out.append({expression})", "    return out", "",
    ]  # fmt: skip
    names = {"scanner": scanner_of(capturing(pattern)), **item.names}
    read: Callable[[str], list[Any]] = compiled("\n".join(lines), "items", "xml match items", names)
    return f"(?:{pattern.replace(OPEN, '(?:')})++", read


def item_scan(place: XmlPlace, samples: list[Element], layouter: Layouter, depth: int) -> Scan:
    """Reads items one by one where they stand in a document.

    First by an expression for the very members that the samples have, then by one that has all, then each apart.
    """
    reader = _row_reader(place, layouter, depth)
    scan: Scan = reader
    previous = ""
    for exact in (False, True):
        if exact and previous and len(samples) < _MANY:
            break  # an expression takes as long to make as some hundred items to read
        with layouter.whole(exact=exact):
            try:
                pattern, source = _row_source(place, samples, layouter, depth)
            except Unfit:
                if exact:
                    raise
                continue  # members that no document has may be of any type
        if pattern != previous:
            scan = scan_of(pattern, source, reader.starts, scan, place.name)
        previous = pattern
    return scan


def _row_source(
    place: XmlPlace, samples: list[Element], layouter: Layouter, depth: int
) -> tuple[str, RowSource]:
    build = MatcherSource({})
    pattern, expression = item_pattern(place, samples, layouter, build, depth)
    return pattern, RowSource(build, expression)


def _row_reader(place: XmlPlace, layouter: Layouter, depth: int) -> RowReader:
    members = place.members if place.kind == "union" and by_name(place) else [place]
    return RowReader(
        place,
        [layouter.name(member).replace("\\", "") for member in members],
        [expanded(layouter.namespace(member), member.name) for member in members],
        layouter.frame,
        [name.replace("\\", "") for name in layouter.around],
        layouter.layout,
    )


def item_pattern(
    place: XmlPlace, samples: list[Element], layouter: Layouter, build: MatcherSource, depth: int
) -> tuple[str, str]:
    """The expression of one item of a list with the white space before it, and its value."""
    space = layouter.space(depth)
    if place.node != "element" or place.kind not in ("scalar", "model", "union"):
        raise Unfit
    if place.kind == "union":
        value = build.bind(None)
        pattern = union_pattern(place, samples, layouter, build, depth, value)
        if place.shape.nullable:
            raise Unfit
        return space + pattern, value
    name = layouter.name(place)
    if place.kind == "scalar":
        inner, read = scalar_of(place, clean=layouter.clean)
        group, value = build.group(), build.bind(None)
        build.scalar(value, group, read, "None" if place.shape.nullable else None)
        build.lines.append(build.integers)
        build.integers = Integers()
        slim = read is str and _has_empty(samples)
        pattern = f"<{name}{layouter.tags(name, inner, slim=slim)}"
        if place.shape.nullable:
            pattern = f"(?:{pattern}|<{name}{layouter.nil})"
        return space + pattern, value
    mark = build.group() if place.shape.nullable else None
    before, build.lines = build.lines, []
    pattern, expression = element_pattern(place, samples, layouter, build, depth)
    if mark is None:
        build.lines = before + build.lines
        return space + pattern, expression
    value = build.bind(None)
    lines, build.lines = build.lines, before
    build.lines += [f"if {mark} is None:", f"    {value} = None", "else:", *build.indented(lines)]
    build.lines.append(f"    {value} = {expression}")
    return f"{space}(?:{OPEN}){pattern}|<{name}{layouter.nil})", value


def union_pattern(
    place: XmlPlace,
    samples: list[Element],
    layouter: Layouter,
    build: MatcherSource,
    depth: int,
    value: str,
) -> str:
    """The expression of a choice that its element's name or a discriminator tells; lines that make its value."""
    members = place.members
    if any(member.kind != "model" for member in members):
        raise Unfit
    named = by_name(place)
    choice = place.shape.fact("choice")
    if not named and (choice is None or choice.discriminator is None):
        raise Unfit  # what fits is to be tried
    patterns: list[str] = []
    lines, build.lines = build.lines, []
    for number, member in enumerate(members):
        mark = build.group()
        own = _samples_of(member, samples, layouter) if named else []
        plan, name = model_plan(member), layouter.name(member if named else place)
        model = model_pattern(plan, own, layouter, build, depth + 1)
        pieces = {id(slot): piece for slot, piece in model.pieces}
        if not named:
            slot = next((slot for slot, _ in model.pieces if slot.member.json == choice.discriminator), None)
            if slot is None or (slot.place.shape.nullable and not slot.null_is_absent):
                raise Unfit
            pieces[id(slot)] = _tag_pattern(place, member, slot, layouter, depth)
        content = "".join(pieces[id(slot)] for slot, _ in model.pieces)
        end = layouter.space(depth) if plan.elements else ""
        patterns.append(f"{OPEN})<{name}{model.attributes}>{content}{end}</{name}>")
        expression = instance(plan, build, model.kept)
        lines.append(f"{'if' if not number else 'elif'} {mark} is not None:")
        lines += build.indented([*build.lines, f"{value} = {expression}"])
        build.lines = []
    build.lines = lines
    return f"(?:{'|'.join(patterns)})"


def _samples_of(member: XmlPlace, samples: list[Element], layouter: Layouter) -> list[Element]:
    tag = expanded(layouter.namespace(member), member.name)
    return [sample for sample in samples if sample.tag == tag]


def _tag_pattern(place: XmlPlace, member: XmlPlace, slot: Slot, layouter: Layouter, depth: int) -> str:
    """The discriminator's element with the values that name one alternative, in the group it has already."""
    choice = place.shape.fact("choice")
    values = [
        value
        for value, expression in choice.mapping.items()
        if evaluate(expression, place.shape.names) is member.shape.type
    ]
    if not values or slot.place.kind != "scalar" or slot.place.node != "element":
        raise Unfit
    lexical = lexical_of(slot.place.shape, slot.place.profile)
    for value in values:
        lexical.parse(value)
    name, space = layouter.name(slot.place), layouter.space(depth + 1)
    return f"{space}<{name}>{OPEN}{'|'.join(map(re.escape, values))})</{name}>"
