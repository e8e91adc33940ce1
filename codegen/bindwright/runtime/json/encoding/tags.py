"""The discriminator of what is written (OpenAPI 3.2.0, Discriminator Object): it names a property of the payload.

Where nobody set it, the mapping says it; where somebody did, it must not say another class.
"""

from __future__ import annotations

from collections.abc import Hashable
from functools import cache
from typing import Any, cast

import msgspec

from bindwright.runtime.alternatives.tags import Tag, inherited_tags
from bindwright.runtime.json.plan.members import root_of
from bindwright.runtime.shapes import Member, members_of
from bindwright.runtime.value_types import Function, Prepared, PythonValue


def tagged(plain: Function, model: type) -> Function:
    """A writer of a model that writes the discriminator of its bases, too."""
    tags = tags_of(model)
    if not tags:
        return plain
    if len(tags) == 1:
        (tag,) = tags
        return lambda value: with_tag(plain(value), value, tag)

    def with_all(value: PythonValue) -> Prepared:
        written = plain(value)
        for each in tags:
            written = with_tag(written, value, each)
        return written

    return with_all


def tags_of(model: type) -> list[Tag]:
    """The discriminators of its bases that say of a model which class it is.

    A reference to an object that stands elsewhere (``x-dcs-is-reference``) has no members of its own.
    """
    if root_of(model).reference is not None:
        return []
    return [tag for tag in inherited_tags(cast("Hashable", model)) if tag.values_of(model)]


def with_tag(written: Prepared, value: PythonValue, tag: Tag) -> Prepared:
    """What was prepared of a model, with the discriminator.

    Raises:
        EncodeError: it is set and says another class.
    """
    model = type(value)
    texts = tag.values_of(model)
    if not texts:
        return written
    present = _present(written, tag.name)
    if present is msgspec.UNSET:
        if tag.is_untold(model):
            return written
        return _added(written, tag.name, _value(texts[0], _member(cast("Hashable", model), tag.name)))
    tag.check(model, present)
    return written


@cache
def _member(model: Hashable, name: str) -> Member | None:
    return next((member for member in members_of(cast("type", model)) if member.json == name), None)


def _present(written: Prepared, name: str) -> Any:
    """The value of a member that was prepared; `msgspec.UNSET` where there is none."""
    if isinstance(written, dict):
        return written.get(name, msgspec.UNSET)
    if isinstance(written, msgspec.Struct):
        for field, encoded in zip(written.__struct_fields__, written.__struct_encode_fields__, strict=True):
            if encoded == name:
                return getattr(written, field)
    return msgspec.UNSET


def _added(written: Prepared, name: str, value: Any) -> Prepared:
    if isinstance(written, msgspec.Struct):
        fields = zip(written.__struct_fields__, written.__struct_encode_fields__, strict=True)
        by_name = {encoded: field for field, encoded in fields}
        if name in by_name:
            setattr(written, by_name[name], value)
            return written
        written = {
            encoded: item
            for encoded, field in by_name.items()
            if (item := getattr(written, field)) is not msgspec.UNSET
        }
    return {name: value, **written} if isinstance(written, dict) else written


def _value(text: str, member: Member | None) -> Any:
    """The discriminator in the JSON type of the property that it stands in."""
    kind = member.shape.kind if member is not None else "string"
    try:
        if kind == "integer":
            return int(text)
        if kind == "number":
            return float(text)
    except ValueError:
        return text
    return text == "true" if kind == "boolean" else text
