"""Whether a value of a style may be one of a place's, as deep as it goes: dicts have no class that says what they are."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from functools import cache
from typing import Any

from attrs import NOTHING

from bindwright.runtime.alternatives.classes import ClassTable, table_of
from bindwright.runtime.alternatives.grades import grade, grade_object
from bindwright.runtime.kept import kept
from bindwright.runtime.shapes import Shape, members_of
from bindwright.runtime.value_types import JsonObject, PythonValue, TypeForm
from bindwright.runtime.values.by_name import named_item
from bindwright.runtime.values.scalar_texts import parser_of

_MOMENTS: dict[str, type] = {
    "datetime": dt.datetime, "date": dt.date, "time": dt.time, "duration": dt.timedelta, "uuid": uuid.UUID,
}  # fmt: skip


class WholeValues:
    """What is known of the parts of one value: each is looked at once for each type that it may be of."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, object], tuple[Any, bool]] = {}
        """By the identity of a list or dict, which is held for that, and the type that it may be of."""

    def how_far(self, model: TypeForm, value: JsonObject) -> tuple[int, ...]:
        """How far a dict is from a class: members with values that are none of theirs, then as JSON tells it."""
        shapes = {member.json: member.shape for member in members_of(model)}
        further = _further(model)
        misfits = 0
        for name, item in value.items():
            if name not in shapes:
                misfits += further is not None and not self.is_of(named_item(further, name), item)
            elif isinstance(item, (dict, list, tuple)):
                misfits += not self.is_of(shapes[name], item)
            elif item is not None and shapes[name].kind not in ("any", "union"):
                misfits += not _may_stand(shapes[name], item)
        return misfits, *grade_object(model, value)

    def is_of(self, shape: Shape, item: PythonValue) -> bool:
        """Whether a value may be one of a place's, as its class or as JSON has it."""
        if shape.kind == "any":
            return True
        if item is None:
            return shape.nullable or shape.kind == "null"
        if shape.twins() or shape.kind == "union":
            return any(self.is_of(member, item) for member in shape.twins() or shape.inner())
        if not isinstance(item, (dict, list, tuple)):
            return _is_scalar_of(shape, item)
        key = id(item), shape.type if shape.kind == "model" else id(shape)
        if key not in self._known:
            self._known[key] = item, self._is_container_of(shape, item)
        return self._known[key][1]

    def _is_container_of(self, shape: Shape, item: Any) -> bool:
        if shape.kind == "model":
            return isinstance(item, dict) and self._is_object_of(shape.type, item)
        if isinstance(item, dict) != (shape.kind == "map") or grade(shape, item, 0).violations:
            return False
        if shape.kind == "map":
            return not keeps_members(item) and all(
                self.is_of(named_item(shape, name), held) for name, held in item.items()
            )
        shapes = shape.inner() if shape.kind == "tuple" else (shape.item,) * len(item)
        return all(self.is_of(inner, held) for inner, held in zip(shapes, item, strict=False))

    def _is_object_of(self, model: TypeForm, item: JsonObject) -> bool:
        table = table_of(model)
        if table is None:  # a class of the user's, with a hook
            return True
        violations = grade_object(model, item, 0).violations - _filled_in(table, item)
        return not violations and all(
            (held is None and not member.required) or self.is_of(member.shape, held)
            for name, held in item.items()
            if (member := table.members.get(name)) is not None
        )


def keeps_members(value: JsonObject) -> bool:
    """Whether a dict was read as an object with members that its class does not know, or nulls: a map has no such."""
    extra = kept(value)
    return bool(getattr(extra, "members", ()) or getattr(extra, "null_members", ()))


def _filled_in(table: ClassTable, item: JsonObject) -> int:
    """How many required members a dict lacks that writing fills in: what says the class."""
    return sum(
        (member := table.members.get(name)) is not None and member.default is not NOTHING
        for name in table.needed - item.keys()
    )


@cache
def _further(model: TypeForm) -> Shape | None:
    """The shape of the map of members without a name; None where a class has no place for them."""
    name = getattr(getattr(model, "__wire__", None), "additional", None)
    return next((member.shape for member in members_of(model) if member.attribute == name), None)


def _is_scalar_of(shape: Shape, item: PythonValue) -> bool:
    if isinstance(item, str) and shape.kind in _MOMENTS:
        return _is_text_of(shape, item)
    return _may_be(shape.kind, item) and grade(shape, item).violations == 0


def _is_text_of(shape: Shape, text: str) -> bool:
    """Whether a text is one of a moment's or a UUID's."""
    parse: Callable[[str], Any] | None = parser_of(shape.kind, shape.fact("format"))
    if parse is None:
        return False
    try:
        parse(text)
    except (ValueError, ArithmeticError):
        return False
    return True


def _may_stand(shape: Shape, item: PythonValue) -> bool:
    """Whether a value is of the class that TypedDicts declare for a member: that of a UUID is text."""
    if shape.kind == "uuid" and isinstance(item, str):
        return _is_text_of(shape, item)
    return _may_be(shape.kind, item)


def _may_be(kind: str, item: PythonValue) -> bool:
    """Whether a value is of the class that a member's kind has in Python, where it has one that JSON does not."""
    if kind in _MOMENTS:
        is_datetime = isinstance(item, dt.datetime)
        return isinstance(item, _MOMENTS[kind]) and (is_datetime == (kind == "datetime"))
    return not isinstance(item, tuple(_MOMENTS.values()))
