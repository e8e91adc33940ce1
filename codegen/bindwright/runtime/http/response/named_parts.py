"""Answers in named parts (`multipart/form-data` and its relatives): a member for each name, by its part's media type."""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import attrs

from bindwright.runtime.errors import DecodeError
from bindwright.runtime.http.body_codecs import BodyCodecs
from bindwright.runtime.http.model.answer_policy import Answers
from bindwright.runtime.http.model.operation import Content
from bindwright.runtime.http.response.parts import PartDecoder, PartSplitter, boundary_of
from bindwright.runtime.model import Unset
from bindwright.runtime.shapes import Member, Shape, members_of
from bindwright.runtime.wire import Wire
from bindwright.standards.media_types import kind_of

if TYPE_CHECKING:
    from email.message import Message

_ESCAPED = re.compile(r"%0A|%0D|%22", re.IGNORECASE)
Parts = dict[str, list[tuple["Message", bytes]]]


def form_of_parts(
    codecs: BodyCodecs, content: Content, content_type: str, answers: Answers
) -> Callable[[bytes], Any]:
    """What reads a body as a model or a mapping of its parts.

    It raises DecodeError where a part is not what the document says, or one is missing that has to be there.
    """
    shape = codecs.shape(content)

    def read(body: bytes) -> Any:
        parts = _by_name(body, boundary_of(content_type))
        models = _models_of(shape, parts)
        for index, model in enumerate(models):
            try:
                return _model(parts, model, codecs, answers)
            except DecodeError:
                if index + 1 == len(models):
                    raise
        place = _Place(codecs, *_item_of(codecs, content.type, content.wire), answers)
        return {name: place.value(name, parts_of_name) for name, parts_of_name in parts.items()}

    return read


def _models_of(shape: Shape, parts: Parts) -> list[Any]:
    """The model that a body is, or those that it may be: the one that names most of its parts first."""
    alternatives = shape.inner() if shape.kind == "union" else [shape]
    models = [alternative.type for alternative in alternatives if alternative.kind == "model"]

    def unnamed(model: Any) -> int:
        return len(parts.keys() - {member.json for member in members_of(model)})

    return sorted(models, key=unnamed) if len(models) > 1 else models


def _by_name(body: bytes, boundary: str) -> Parts:
    splitter, parts = PartSplitter(boundary), Parts()
    for headers, data in (*splitter.feed(body), *splitter.finish()):
        parts.setdefault(_name(headers), []).append((headers, data))
    return parts


def _name(headers: Message) -> str:
    """The name of a part: of its disposition, or its ``Content-ID`` (RFC 2387).

    Forms escape quotation marks and ends of lines as HTML does (WHATWG HTML, 4.10.21.8), or as RFC 822.
    """
    name = headers.get_param("name", header="content-disposition")
    if name is None:
        return headers.get("content-id", "").strip("<> ")
    if isinstance(name, tuple):
        from email.utils import collapse_rfc2231_value  # not before there are parts

        return collapse_rfc2231_value(name)
    return _ESCAPED.sub(lambda escape: unquote(escape[0]), name)


def _model(parts: Parts, model: Any, codecs: BodyCodecs, answers: Answers) -> Any:
    fields = attrs.fields_dict(model)
    values: dict[str, Any] = {}
    further: Member | None = None
    members = {member.json: member for member in members_of(model)}
    for member in members.values():
        if member.attribute == "additional_properties":
            further = member
        elif member.json in parts:
            place = _Place(codecs, fields[member.attribute].type, member.shape.wire, answers)
            values[member.alias] = place.value(member.json, parts[member.json])
    if further is not None:
        place = _Place(codecs, *_item_of(codecs, fields[further.attribute].type, further.shape.wire), answers)
        rest = {name: parts_of_name for name, parts_of_name in parts.items() if name not in members}
        values[further.alias] = {
            name: place.value(name, parts_of_name) for name, parts_of_name in rest.items()
        }
    try:
        return model(**values)
    except TypeError as error:  # a part is missing
        raise DecodeError(f"the parts of {model.__name__}", str(error), "$") from None


def _item_of(codecs: BodyCodecs, type_: Any, facts: Wire | None) -> tuple[Any, Wire | None]:
    """What the values of a map are; anything where it is none."""
    evaluated = _present(codecs.evaluated(type_))
    if typing.get_origin(evaluated) is not dict:
        return Any, None
    return typing.get_args(evaluated)[1], facts.values if facts is not None else None


def _present(type_: Any) -> Any:
    """A type without null and without absence."""
    if typing.get_origin(type_) not in (typing.Union, types.UnionType):
        return type_
    alternatives = [argument for argument in typing.get_args(type_) if argument not in (type(None), Unset)]
    return alternatives[0] if len(alternatives) == 1 else typing.Union[tuple(alternatives)]  # noqa: UP007 of a tuple


class _Place:
    """Where parts of one name stand: a list has one for each item, or one of JSON for all."""

    def __init__(self, codecs: BodyCodecs, type_: Any, facts: Wire | None, answers: Answers) -> None:
        evaluated = _present(codecs.evaluated(type_))
        self._whole = PartDecoder(codecs, evaluated, facts, answers)
        self._item: PartDecoder | None = None
        if typing.get_origin(evaluated) is list:
            inner = facts.items if facts is not None else None
            self._item = PartDecoder(codecs, typing.get_args(evaluated)[0], inner, answers)

    def value(self, name: str, parts: list[tuple[Message, bytes]]) -> Any:
        try:
            if self._item is not None and not (len(parts) == 1 and _is_array(*parts[0])):
                return [self._item.value(*part) for part in parts]
            return self._whole.value(*parts[-1])
        except DecodeError as error:
            error.path = f"$.{name}{error.path.removeprefix('$')}"
            raise


def _is_array(headers: Message, data: bytes) -> bool:
    return kind_of(headers.get("content-type", "text/plain")) == "json" and data.lstrip().startswith(b"[")
