"""What the JSON codec makes of a model's members: order, names, null and absence."""

from __future__ import annotations

from functools import cache
from typing import Any

import attrs
from attrs import frozen

from bindwright.runtime.model import UNSET
from bindwright.runtime.shapes import Member, Shape, members_of, owner_of
from bindwright.runtime.values.zeros import zero_of
from bindwright.runtime.wire import Wire

_ROOT = Wire()


@frozen
class ObjectMember:
    """One member in JSON."""

    member: Member
    name: str
    attribute: str
    shape: Shape
    required: bool
    """Whether it must be there."""
    nullable: bool
    """Whether null is a value of it; else null means absent (optional) or is an error."""
    absent: Any
    """The value that is not written; `_ALWAYS` where there is none."""
    zero: Any
    """``emit_default=False``: the value that is not written."""


class _Always:
    """No value stands for absent."""


ALWAYS = _Always()


@cache
def root_of(model: type) -> Wire:
    """Root facts of a class: its own, or its base's."""
    return getattr(model, "__wire__", _ROOT)


def profile_of(model: type) -> str:
    """The conventions a class is written in."""
    return root_of(model).profile or "openapi"


@cache
def object_members(model: type) -> tuple[ObjectMember, ...]:
    """The JSON members of a model, in written order."""
    root = root_of(model)
    json_members = [
        _facts(field)
        for field in members_of(model)
        if field.shape.wire.only != "xml" and field.attribute != root.additional
    ]
    if root.reference is not None:
        json_members = [json_member for json_member in json_members if root.reference[0] != json_member.name]
    if root.json_order is not None:
        place = {name: index for index, name in enumerate(root.json_order)}
        return tuple(sorted(json_members, key=lambda json_member: place.get(json_member.name, len(place))))
    if root.profile == "datacontract":
        return tuple(_dotnet_order(model, json_members))
    return tuple(json_members)


def _facts(member: Member) -> ObjectMember:
    shape = member.shape
    zero = zero_of(shape, required=member.required) if not shape.wire.emit_default else ALWAYS
    # Three ways to be absent: UNSET where null is a value, None where it is not, never where there is another default.
    absent = UNSET if shape.unset else (None if member.default is None else ALWAYS)
    nullable = shape.nullable and (absent is not None or member.required)
    if shape.kind in ("any", "null") and member.required:
        nullable = True
    required = member.required and zero is ALWAYS
    return ObjectMember(member, member.json, member.attribute, shape, required, nullable, absent, zero)


def _dotnet_order(model: type, json_members: list[ObjectMember]) -> list[ObjectMember]:
    """Newtonsoft's: the most derived class first, then by DataMember(Order) (RULES of the profile, 3)."""
    # Reflection in .NET lists the members of the most derived class first.
    owners = {base: index for index, base in enumerate(model.__mro__)}

    derived_first = sorted(
        json_members, key=lambda json_member: owners[owner_of(model, json_member.attribute)]
    )
    return sorted(
        derived_first,
        key=lambda json_member: -1 if json_member.shape.wire.order is None else json_member.shape.wire.order,
    )


def is_plain_class(model: type) -> bool:
    """Whether instances may be filled without calling the class: no code of its own runs on making one."""
    if (
        not attrs.has(model)
        or getattr(model, "__attrs_post_init__", None)
        or hasattr(model, "__attrs_pre_init__")
    ):
        return False
    # attrs writes a __setattr__ where validators run on assignment; filling would pass it by.
    if model.__setattr__ is not object.__setattr__ or model.__new__ is not object.__new__:
        return False
    if not _has_attrs_init(model):
        return False
    return all(
        field.validator is None and field.converter is None and field.init for field in attrs.fields(model)
    )


def is_factory(default: Any) -> bool:
    """Whether a default is made anew for each instance."""
    return isinstance(default, _FACTORY)


_FACTORY: type = type(attrs.Factory(list))


def _has_attrs_init(model: type) -> bool:
    # An __init__ of the user's own is run, whatever it does.
    code = getattr(vars(model).get("__init__"), "__code__", None)
    return code is not None and code.co_filename.startswith("<attrs generated")


def keeps_extra(model: type) -> bool:
    """Whether instances have a place for what is unknown."""
    return any(field.name == "_extra" for field in attrs.fields(model))


_SAFE = frozenset(map(chr, range(32))) | {'"', "\\"}


def is_plain_name(name: str) -> bool:
    """Whether a member's name stands in JSON as it is, without an escape."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return not _SAFE.intersection(name)
