"""Expressions for speculation: a model in one layout as a regular expression, and its groups as values."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import attrs
from attrs import define, field

from bindwright.runtime.compile.function import compiled
from bindwright.runtime.model import UNSET
from bindwright.runtime.values.known_times import remembered
from bindwright.runtime.xml.plan.members import ModelPlan, Slot, model_plan
from bindwright.runtime.xml.plan.places import XmlPlace
from bindwright.runtime.xml.scalars.datetimes import read_moment
from bindwright.runtime.xml.scalars.escape import referred
from bindwright.runtime.xml.scalars.integer_batches import Integers, integer
from bindwright.runtime.xml.scalars.lexical import lexical_of
from bindwright.runtime.xml.settings import XSI
from bindwright.runtime.xml.tree.unknown import Layout, XmlExtra

MISS: Any = object()
"""What a matcher gives where the text is not in its layout."""


_OPEN = "\x01("
"""A capturing group while expressions are put together: within a list's text it captures nothing."""


_TEXT = r"[^<>&\r\x00-\x08\x0b\x0c\x0e-\x1f]*+"
_REFERRING = r"[^<>\r\x00-\x08\x0b\x0c\x0e-\x1f]*+"
"""Text that may hold references to characters."""
_ANY = r"[^<]*+"
"""For values whose reader looks at every character: what is no such value does not match."""


class Unfit(Exception):
    """The type or the document is nothing to speculate on."""


@define
class MatcherSource:
    """The function of one expression: how its groups become values."""

    names: dict[str, Any]
    groups: list[str] = field(factory=list)
    lines: list[str] = field(factory=list)
    count: int = 0
    integers: Integers = field(factory=Integers)
    """Of the model that is being put together."""

    def group(self) -> str:
        """The variable of a new group."""
        name = f"g{len(self.groups)}"
        self.groups.append(name)
        return name

    def bind(self, value: Any) -> str:
        """A name for a value."""
        self.count += 1
        name = f"n{self.count}"
        self.names[name] = value
        return name

    def scalar(self, value: str, group: str, read: Any, missing: str | None) -> None:
        """Lines that make a scalar's value of its group; ``missing`` is the value where there is no group."""
        if read is int and missing in (None, "None"):
            self.integers.add(value, group, required=missing is None)
        else:
            expression = _read(read, group, self)
            assigned = expression if missing is None else f"{missing} if {group} is None else {expression}"
            self.lines.append(f"{value} = {assigned}")


def indented(lines: list[str]) -> list[str]:
    """The same, one level further in."""
    return [f"    {line}" for line in lines]


@define
class Layouter:
    """White space and qualified names of the document that is being learnt."""

    names: dict[str | None, str]
    """Prefix to namespace, as the root declares them."""
    layout: Layout | None
    open: list[type] = field(factory=list)
    """Models that are being put together."""

    def name(self, place: XmlPlace) -> str:
        """A qualified name in this document."""
        if place.namespace == (self.names.get(None) or ""):
            return re.escape(place.name)
        for prefix, uri in self.names.items():
            if prefix is not None and uri == place.namespace and place.namespace:
                return re.escape(f"{prefix}:{place.name}")
        raise Unfit

    def space(self, depth: int) -> str:
        """White space before an element at a depth (children of the root: 1), or before the end tag above it."""
        if self.layout is None:
            return ""
        return re.escape(self.layout.newline + self.layout.unit * depth)

    @property
    def nil(self) -> str:
        """The attribute of a null element."""
        prefix = next(
            (prefix for prefix, uri in self.names.items() if uri == XSI and prefix is not None), None
        )
        return r"(?!)" if prefix is None else rf' {re.escape(prefix)}:nil="true" ?+/>'


def scanner_of(pattern: str) -> Any:
    """``Pattern.scanner``: matches one after the other without slicing (CPython's, not in the type stubs)."""
    return getattr(re.compile(pattern), "scanner")  # noqa: B009


def capturing(pattern: str) -> str:
    return pattern.replace(_OPEN, "(")


def item_of(place: XmlPlace, layouter: Layouter, build: MatcherSource, depth: int) -> tuple[str, str]:
    """The expression of one item of a list with the white space before it, and its value."""
    if place.kind not in ("scalar", "model") or place.node != "element":
        raise Unfit
    name = layouter.name(place)
    if place.kind == "scalar":
        content, read = _scalar(place, build)
        group, value = build.group(), build.bind(None)
        build.scalar(value, group, read, "None" if place.shape.nullable else None)
        build.lines += build.integers.lines(build.bind)
        pattern = f"<{name}>{_OPEN}{content})</{name}>"
        if place.shape.nullable:
            pattern = f"(?:{pattern}|<{name}{layouter.nil})"
        return layouter.space(depth) + pattern, value
    mark = build.group() if place.shape.nullable else None
    plan = model_plan(place)
    content = members_in(plan, layouter, build, depth + 1)
    expression = instance(plan, build, None)
    pattern = f"<{name}>{_OPEN + ')' if mark else ''}{content}{layouter.space(depth)}</{name}>"
    if mark is None:
        return layouter.space(depth) + pattern, expression
    variable = build.bind(None)
    lines, build.lines = build.lines, []
    build.lines.append(f"if {mark} is None:")
    build.lines.append(f"    {variable} = None")
    build.lines.append("else:")
    build.lines += indented(lines)
    build.lines.append(f"    {variable} = {expression}")
    return f"{layouter.space(depth)}(?:{pattern}|<{name}{layouter.nil})", variable


def members_in(plan: ModelPlan, layouter: Layouter, build: MatcherSource, depth: int) -> str:
    if plan.model in layouter.open or len(build.groups) > 400:
        raise Unfit  # a type within itself has no fixed layout
    layouter.open.append(plan.model)
    enclosing, build.integers = build.integers, Integers()
    try:
        pattern = _members_of(plan, layouter, build, depth)
        build.lines += build.integers.lines(build.bind)
        return pattern
    finally:
        layouter.open.pop()
        build.integers = enclosing


def _members_of(plan: ModelPlan, layouter: Layouter, build: MatcherSource, depth: int) -> str:
    if plan.attributes or plan.text is not None or plan.additional is not None or plan.reference is not None:
        raise Unfit
    if plan.root.choice is not None:
        raise Unfit  # a discriminator tells the class, not the layout
    return "".join(_member(slot, layouter, build, depth) for slot in plan.elements)


def _member(slot: Slot, layouter: Layouter, build: MatcherSource, depth: int) -> str:
    place, member = slot.place, slot.member
    value = build.bind(None)
    slot_values(build)[id(slot)] = value
    if place.node != "element":
        raise Unfit
    name, space = layouter.name(place), layouter.space(depth)
    default = _default(slot, build)
    if place.kind == "scalar":
        content, read = _scalar(place, build)
        group = build.group()
        rest, pattern = f">{_OPEN}{content})</{name}>", f"{space}<{name}"
        if not place.shape.nullable or slot.null_is_absent:
            build.scalar(value, group, read, None if member.required else default)
            pattern += rest
        elif member.required or default == "None":
            build.scalar(value, group, read, "None")
            pattern += f"(?:{rest}|{layouter.nil})"
        else:
            nil = build.group()
            build.scalar(value, group, read, f"({default} if {nil} is None else None)")
            pattern += f"(?:{rest}|{_OPEN}){layouter.nil})"
        return pattern if member.required else f"(?:{pattern})?+"
    if place.kind == "model" and depth < 8:
        return _nested(slot, layouter, build, depth, value, default)
    if place.kind == "list" and place.wrapped and place.shape.type is list and depth < 8:
        return _list(slot, layouter, build, depth, value, default)
    raise Unfit


def _nested(
    slot: Slot, layouter: Layouter, build: MatcherSource, depth: int, value: str, default: str
) -> str:
    place = slot.place
    name, space = layouter.name(place), layouter.space(depth)
    mark = build.group()
    before, build.lines = build.lines, []
    content = members_in(model_plan(place), layouter, build, depth + 1)
    build.lines.append(f"{value} = {instance(model_plan(place), build, None)}")
    lines, build.lines = build.lines, before
    pattern = f"{space}<{name}>{_OPEN}){content}{space}</{name}>"
    return _either(slot, layouter, build, pattern, (mark, lines, value, default), depth)


def _either(
    slot: Slot,
    layouter: Layouter,
    build: MatcherSource,
    pattern: str,
    parts: tuple[str, list[str], str, str],
    depth: int,
) -> str:
    """An element that is there, null, or absent."""
    mark, lines, value, default = parts
    place, required = slot.place, slot.member.required
    name, space = layouter.name(place), layouter.space(depth)
    nullable = place.shape.nullable and not slot.null_is_absent
    if required and not nullable:
        build.lines += lines
        return pattern
    nil = build.group() if nullable else None
    build.lines.append(f"if {mark} is not None:")
    build.lines += indented(lines)
    build.lines.append("else:")
    missing = default if nil is None else f"{default} if {nil} is None else None"
    build.lines.append(f"    {value} = {missing}")
    if nil is not None:
        pattern = f"(?:{pattern}|{space}<{name}{_OPEN}){layouter.nil})"
    return pattern if required else f"(?:{pattern})?+"


def _list(slot: Slot, layouter: Layouter, build: MatcherSource, depth: int, value: str, default: str) -> str:
    place = slot.place
    name, space = layouter.name(place), layouter.space(depth)
    item = MatcherSource({})
    pattern, expression = item_of(place.item, layouter, item, depth + 1)
    group = build.group()
    read = build.bind(_items(item, capturing(pattern), expression))
    pattern_ = f"{space}<{name}>{_OPEN}(?:{pattern.replace(_OPEN, '(?:')})++){space}</{name}>"
    return _either(
        slot, layouter, build, pattern_, (group, [f"{value} = {read}({group})"], value, default), depth
    )


def _items(item: MatcherSource, pattern: str, expression: str) -> Callable[[str], list[Any]]:
    """Reads a list's text, which is known to be items and nothing else."""
    names = {"scanner": scanner_of(pattern), **item.names}
    groups = "(" + "".join(f"{group}, " for group in item.groups) + ")"
    lines = [
        "def items(text):", "    out = []", "    step = scanner(text).match",
        "    while (found := step()) is not None:", f"        {groups} = found.groups()",
        *(f"        {line}" for line in item.lines), f"        out.append({expression})", "    return out", "",
    ]  # fmt: skip
    function: Callable[[str], list[Any]] = compiled("\n".join(lines), "items", "xml match items", names)
    return function


def slot_values(build: MatcherSource) -> dict[int, str]:
    """By slot: the variable its value is in."""
    variables: dict[int, str] = build.names.setdefault("_slots", {})
    return variables


def _default(slot: Slot, build: MatcherSource) -> str:
    default = slot.member.default
    if default is None:
        return "None"
    if default is UNSET:
        build.names["UNSET"] = UNSET
        return "UNSET"
    if default is attrs.NOTHING:
        return "None"
    if isinstance(default, attrs.Factory):  # type: ignore[arg-type]
        raise Unfit
    return build.bind(default)


def _scalar(place: XmlPlace, build: MatcherSource) -> tuple[str, Any]:
    """The expression of a scalar's text, and what reads it."""
    shape = place.shape
    form = shape.fact("format") or ""
    lexical = lexical_of(shape, place.profile)
    if shape.root is None and shape.kind == "integer":
        if form in ("int32", ""):
            return "[-0-9]{1,9}+", int
        if form == "int64":
            return "[-0-9]{1,18}+", int
    if shape.root is None and shape.kind == "string" and lexical.parse is str:
        return _REFERRING, str
    if shape.root is None and shape.kind == "datetime" and lexical.parse is read_moment:
        return _ANY, read_moment
    if shape.root is None and shape.kind == "boolean":
        return "true|false", bool
    return _TEXT, lexical.parse


def _read(read: Any, group: str, build: MatcherSource) -> str:
    if read is str:
        return f"({group} if '&' not in {group} else {build.bind(referred)}({group}))"
    if read is bool:
        return f"({group} == 'true')"
    if read is int:
        return integer(group, build.bind)
    if read is read_moment:
        cell, fresh = (build.bind(part) for part in remembered(read_moment))
        return f"(last if (last := {cell}[0])._text == {group} else {fresh}({group}))"
    return f"{build.bind(read)}({group})"


def instance(plan: ModelPlan, build: MatcherSource, extra: XmlExtra | None) -> str:
    """The expression that makes an object of its members' variables."""
    values = slot_values(build)
    model = plan.model
    bare = is_bare(model)
    name = build.bind(model)
    pairs = [(slot.member, values[id(slot)]) for slot in plan.elements]
    keeps = any(attribute.name == "_extra" for attribute in attrs.fields(model))
    kept = "None" if extra is None else build.bind(extra)
    if not bare or len(pairs) + keeps != len(attrs.fields(model)):
        arguments = [f"{member.alias}={value}" for member, value in pairs] + (
            [f"_extra={kept}"] if keeps else []
        )
        return f"{name}({', '.join(arguments)})"
    variable = build.bind(None)
    new = build.bind(object.__new__)
    build.lines.append(f"{variable} = {new}({name})")
    build.lines += [f"{variable}.{member.attribute} = {value}" for member, value in pairs]
    if keeps:
        build.lines.append(f"{variable}._extra = {kept}")
    return variable


def is_bare(model: Any) -> bool:
    """Whether making an object is nothing but setting its fields."""
    if any(hasattr(model, hook) for hook in ("__attrs_pre_init__", "__attrs_post_init__")):
        return False
    if model.__setattr__ is not object.__setattr__ or issubclass(model, BaseException):
        return False
    if getattr(model.__init__, "__module__", None) != model.__module__ or "__attrs_attrs__" not in vars(
        model
    ):
        return False
    return all(
        attribute.validator is None and attribute.converter is None for attribute in attrs.fields(model)
    )
