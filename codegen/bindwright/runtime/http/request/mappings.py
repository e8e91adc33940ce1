"""Bodies given as mappings of the shape that they have in JSON: what they stand for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bindwright.runtime.errors import DecodeError
from bindwright.runtime.http.body_codecs import BodyCodecs
from bindwright.runtime.http.model.operation import Content
from bindwright.runtime.http.request.members import OPTIONS, Members, meant
from bindwright.runtime.shapes import Shape, members_of

_MAPPED = ("json", "xml", "form")
"""Kinds of bodies whose members a mapping may give; of multipart ones the mapping holds files (`FormParts`)."""


def may_be_mapping(value: Any, content: Content) -> bool:
    """Whether a body is a mapping, or a list of some, in the place of models."""
    if content.type is None or content.kind not in _MAPPED:
        return False
    if isinstance(value, Mapping):
        return True
    return isinstance(value, (list, tuple)) and any(isinstance(item, Mapping) for item in value)


def read_mapping(value: Any, content: Content, codecs: BodyCodecs) -> tuple[Any, bytes | None]:
    """The models that mappings stand for, and the JSON that says so; without it the value is meant as it is.

    A member that the document does not know is sent, too, as far as the schema allows for such.

    Raises:
        ValueError: it does not stand for the type, with a path; a keyword that the model has no member for.
    """
    shape = codecs.shape(content)
    if not _holds_models(shape):
        return value, None
    if isinstance(value, Members) and shape.kind == "model":
        _check_names(value, shape)
    text = codecs.write_json(value)
    try:
        return codecs.decoder("json", content.type, content.wire)(text), text
    except DecodeError as error:
        raise ValueError(f"the body does not fit: {error}") from None


def _holds_models(shape: Shape) -> bool:
    """Whether mappings are no values of a type themselves, but stand for models."""
    if shape.kind == "list":
        return _holds_models(shape.item)
    if shape.kind == "union":
        return not any(member.kind in ("map", "any") for member in shape.inner())
    return shape.kind == "model"


def _check_names(value: Members, shape: Shape) -> None:
    names = [member.json for member in members_of(shape.type)]
    for name in value:
        if name not in names:
            raise TypeError(f"unexpected keyword {name!r}{meant(name, [*names, *OPTIONS])}")


def with_member(body: Any, name: str, value: Any) -> Any:
    """The body with one of its members set, by its name in JSON; a body that has none stays as it is."""
    if isinstance(body, Mapping):
        return type(body)({**body, name: value}) if isinstance(body, Members) else {**body, name: value}
    if not hasattr(body, "__attrs_attrs__"):
        return body
    import attrs

    model: type = type(body)
    member = next((member for member in members_of(model) if member.json == name), None)
    return body if member is None else attrs.evolve(body, **{member.alias: value})
