"""What a model and its counterpart in another style have in common, looked at once."""

from __future__ import annotations

from functools import cache
from typing import Any

from attrs import frozen

from bindwright.runtime.model_styles.names import fields_of, hints_of, is_root_model, is_typed_dict, options
from bindwright.runtime.model_styles.texts import TEXTS
from bindwright.runtime.shapes import Member, members_of
from bindwright.runtime.value_types import TypeForm

NEVER: Any = object()
_AS_IT_IS = frozenset({"string", "integer", "number", "boolean"})


@frozen
class StyleField:
    """One member."""

    member: Member
    attribute: str
    name: str
    """In the other style: an attribute, or the key of a TypedDict."""
    hint: TypeForm
    absent: Any
    """The attrs value of a member that is not there; `NEVER` where it always is."""
    plain: bool
    """Whether its values are the same in both."""
    tells_absence: bool
    """Whether the style has a value of its own for a member that is not there, so that None is null (msgspec)."""


@cache
def style_fields(attrs_model: TypeForm, model: TypeForm) -> tuple[StyleField, ...]:
    """The members of an attrs model that have a name, in its order."""
    typed, names, hints = is_typed_dict(model), fields_of(model), hints_of(model)
    parts = []
    for member in members_of(attrs_model):
        if member.attribute == additional_of(attrs_model):
            continue
        name = names.get(member.json, member.json if typed else member.attribute)
        hint = hints.get(name)
        absent = NEVER if member.required else member.absent
        tells_absence = any(getattr(option, "__name__", "") == "UnsetType" for option in options(hint))
        plain = _is_plain(member, hint)
        parts.append(StyleField(member, member.attribute, name, hint, absent, plain, tells_absence))
    return tuple(parts)


@cache
def additional_of(attrs_model: TypeForm) -> str | None:
    """The attrs field that holds members without a name."""
    name: str | None = getattr(getattr(attrs_model, "__wire__", None), "additional", None)  # also a base's
    return name


def _is_plain(member: Member, hint: TypeForm) -> bool:
    hints = options(hint)
    if member.shape.root is not None or any(map(is_root_model, hints)):
        return False
    shape_kind = member.shape.kind
    if shape_kind == "decimal" and float in hints:
        return False
    return shape_kind in _AS_IT_IS or (shape_kind in TEXTS and bool(hints) and str not in hints)
