"""Expressions for models, lists and choices in the layout of a document that has been read.

What a document shows is taken from it: the order of the members, which servers keep although it says nothing,
and the names in its prefixes. Members that it does not show may still come, behind those it does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from attrs import define

from bindwright.runtime.compile.function import compiled
from bindwright.runtime.resolve import evaluate
from bindwright.runtime.xml.fast.layout_regex import (
    OPEN,
    SCANNED,
    Layouter,
    MatcherSource,
    Scan,
    Unfit,
    attribute_of,
    capturing,
    default_of,
    indented,
    instance,
    scalar_of,
    scanner_of,
    slot_values,
)
from bindwright.runtime.xml.plan.alternatives import by_name
from bindwright.runtime.xml.plan.members import ModelPlan, Slot, model_plan
from bindwright.runtime.xml.plan.places import XmlPlace
from bindwright.runtime.xml.plan.xsi_type import TYPE
from bindwright.runtime.xml.scalars.integer_batches import Integers
from bindwright.runtime.xml.scalars.lexical import lexical_of
from bindwright.runtime.xml.tree.names import expanded
from bindwright.runtime.xml.tree.parse import Element
from bindwright.runtime.xml.tree.unknown import Layout, XmlExtra

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
        attributes = "".join(_attribute(slot, layouter, build) for slot in plan.attributes)
        order = _order_of(plan, samples, layouter)
        pieces, present = [], []
        for slot in order:
            pattern, presence = _member(slot, samples, layouter, build, depth)
            pieces.append((slot, pattern))
            present.append(presence)
        if plan.text is not None:
            pieces.append((plan.text, _text(plan.text, build)))
        build.lines += build.integers.lines(build.bind)
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
    return f"<{name}{model.attributes}>{model.content}{end}</{name}>", value


def _order_of(plan: ModelPlan, samples: list[Element], layouter: Layouter) -> list[Slot]:
    """The members in the order of the samples; those that no sample has, behind the others."""
    by_tag: dict[str, int] = {}
    for slot in plan.elements:
        for tag in _tags(slot.place, layouter):
            if by_tag.setdefault(tag, slot.index) != slot.index:
                raise Unfit
    order: list[int] = []
    for sample in samples[:_SAMPLES]:
        position = 0
        for index in _runs(by_tag.get(str(child.tag)) for child in sample):
            if index in order[:position]:
                raise Unfit  # elements of one name apart, or in another order than in the sample before
            if index in order:
                position = order.index(index) + 1
            else:
                order.insert(position, index)
                position += 1
    if order == sorted(order):
        return list(plan.elements)
    order += [slot.index for slot in plan.elements if slot.index not in order]
    return [plan.elements[index] for index in order]


def _runs(indexes: Iterable[int | None]) -> list[int]:
    runs: list[int] = []
    for index in indexes:
        if index is None:
            raise Unfit
        if not runs or runs[-1] != index:
            runs.append(index)
    return runs


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


def _attribute(slot: Slot, layouter: Layouter, build: MatcherSource) -> str:
    place, member = slot.place, slot.member
    if place.kind != "scalar" or place.tag == TYPE:
        raise Unfit
    value, group = build.bind(None), build.group()
    slot_values(build)[id(slot)] = value
    pattern, read = attribute_of(place)
    required = member.required and not member.shape.nullable
    missing = None if required else "None" if member.shape.nullable else default_of(slot, build)
    build.scalar(value, group, read, missing)
    text = f' {layouter.attribute(place)}="{OPEN}{pattern})"'
    return text if required else f"(?:{text})?+"


def _text(slot: Slot, build: MatcherSource) -> str:
    place = slot.place
    if place.kind != "scalar" or place.node != "text":
        raise Unfit
    value, group = build.bind(None), build.group()
    slot_values(build)[id(slot)] = value
    pattern, read = scalar_of(place)
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
    if place.kind == "list" and place.shape.type is list and depth < 8:
        children = _children(samples, place, layouter)
        if place.wrapped:
            return _wrapped_list(slot, children, layouter, build, depth, value, default)
        return _loose_list(slot, children, layouter, build, depth, value, default)
    if place.node != "element" or place.one_or_many:
        raise Unfit
    if place.kind == "scalar":
        return _scalar_member(slot, layouter, build, depth, value, default)
    before, build.lines = build.lines, []
    mark = build.group()
    children = _children(samples, place, layouter)
    if place.kind == "model" and depth < 8:
        pattern, expression = element_pattern(place, children, layouter, build, depth)
        build.lines.append(f"{value} = {expression}")
    elif place.kind == "union" and depth < 8:
        pattern = union_pattern(place, children, layouter, build, depth, value)
    else:
        raise Unfit
    lines, build.lines = build.lines, before
    pattern = f"{layouter.space(depth)}{OPEN}){pattern}"
    return _either(slot, layouter, build, pattern, (mark, lines, value, default), depth)


def _scalar_member(
    slot: Slot, layouter: Layouter, build: MatcherSource, depth: int, value: str, default: str
) -> tuple[str, str]:
    place, member = slot.place, slot.member
    name, space = layouter.name(place), layouter.space(depth)
    inner, read = scalar_of(place)
    group = build.group()
    present = f"{group} is not None"
    rest, pattern = f">{OPEN}{inner})</{name}>", f"{space}<{name}"
    if not place.shape.nullable or slot.null_is_absent:
        build.scalar(value, group, read, None if member.required else default)
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
    if member.required:
        return pattern, "True"
    return f"(?:{pattern})?+", present


def _either(
    slot: Slot,
    layouter: Layouter,
    build: MatcherSource,
    pattern: str,
    parts: tuple[str, list[str], str, str],
    depth: int,
) -> tuple[str, str]:
    """An element that is there, null, or absent."""
    mark, lines, value, default = parts
    place, required = slot.place, slot.member.required
    nullable = place.shape.nullable and not slot.null_is_absent
    if required and not nullable:
        build.lines += lines
        return pattern, "True"
    nil = build.group() if nullable else None
    build.lines.append(f"if {mark} is not None:")
    build.lines += indented(lines)
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
    depth: int,
    value: str,
    default: str,
) -> tuple[str, str]:
    place = slot.place
    name, space = layouter.name(place), layouter.space(depth)
    items = [child for sample in samples for child in sample][:_SAMPLES]
    pattern, read = items_pattern(place.item, items, layouter, depth + 1)
    group = build.group()
    # The list is captured as one text and its items are matched in that once more: a group within a repeat
    # keeps its last match only.
    pattern = f"{space}<{name}>{OPEN}{pattern}){space}</{name}>"
    lines = [f"{value} = {build.bind(read)}({group})"]
    return _either(slot, layouter, build, pattern, (group, lines, value, default), depth)


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
    if depth == 1 and layouter.scans is not None:
        items = f"items{len(layouter.scans)}"
        layouter.scans.append((items, item_scan(slot.place.item, samples, layouter, depth)))
        missing = "[]" if slot.member.required else default
        build.lines.append(f"{value} = {items} or {missing}")
        return SCANNED, f"bool({items})"
    pattern, read = items_pattern(slot.place.item, samples, layouter, depth)
    group = build.group()
    missing = "[]" if slot.member.required else default
    build.lines.append(f"{value} = {build.bind(read)}({group}) if {group} is not None else {missing}")
    return f"{OPEN}{pattern})?+", f"{group} is not None"


def items_pattern(
    place: XmlPlace, samples: list[Element], layouter: Layouter, depth: int
) -> tuple[str, Callable[[str], list[Any]]]:
    """The expression of a list's items without groups, and what reads the text that it matches."""
    item = MatcherSource({})
    pattern, expression = item_pattern(place, samples, layouter, item, depth)
    names = {"scanner": scanner_of(capturing(pattern)), **item.names}
    groups = "(" + "".join(f"{group}, " for group in item.groups) + ")" if item.groups else "_"
    lines = [
        "def items(text):", "    out = []", "    step = scanner(text).match",
        "    while (found := step()) is not None:", f"        {groups} = found.groups()",
        *(f"        {line}" for line in item.lines), f"        out.append({expression})", "    return out", "",
    ]  # fmt: skip
    read: Callable[[str], list[Any]] = compiled("\n".join(lines), "items", "xml match items", names)
    return f"(?:{pattern.replace(OPEN, '(?:')})++", read


def item_scan(place: XmlPlace, samples: list[Element], layouter: Layouter, depth: int) -> Scan:
    """Reads items one by one where they stand in a document."""
    item = MatcherSource({})
    pattern, expression = item_pattern(place, samples, layouter, item, depth)
    groups = "(" + "".join(f"{group}, " for group in item.groups) + ")" if item.groups else "_"
    names = {"scanner": scanner_of(capturing(pattern)), **item.names}
    lines = [
        "def scan(text, at, out):", "    add = out.append", "    step = scanner(text, at).match",
        "    while (found := step()) is not None:", f"        {groups} = found.groups()",
        *(f"        {line}" for line in item.lines), f"        add({expression})",
        "        at = found.end()", "    return at", "",
    ]  # fmt: skip
    scan: Scan = compiled("\n".join(lines), "scan", f"xml match items <{place.name}>", names)
    return scan


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
        inner, read = scalar_of(place)
        group, value = build.group(), build.bind(None)
        build.scalar(value, group, read, "None" if place.shape.nullable else None)
        build.lines += build.integers.lines(build.bind)
        build.integers = Integers()
        pattern = f"<{name}>{OPEN}{inner})</{name}>"
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
    build.lines += [f"if {mark} is None:", f"    {value} = None", "else:", *indented(lines)]
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
        own = _told_apart(member, samples, layouter) if named else []
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
        lines += indented([*build.lines, f"{value} = {expression}"])
        build.lines = []
    build.lines = lines
    return f"(?:{'|'.join(patterns)})"


def _told_apart(member: XmlPlace, samples: list[Element], layouter: Layouter) -> list[Element]:
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
