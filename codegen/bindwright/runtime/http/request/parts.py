"""Multipart bodies of requests: named parts of a form, and parts without names, one after another."""

from __future__ import annotations

import re
from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote, unquote

from bindwright.runtime.http.body_codecs import BodyCodecs
from bindwright.runtime.http.model.message import Request
from bindwright.runtime.http.model.operation import Content, Part
from bindwright.runtime.http.request import parameter_styles as styles
from bindwright.runtime.http.request.files import File
from bindwright.runtime.http.request.multipart import Multipart, file_of, members, text_of_bytes
from bindwright.runtime.http.request.plain import Plain, joined, plain
from bindwright.runtime.shapes import Shape, members_of
from bindwright.standards.media_types import essence, kind_of, parameters

_LARGE = 1 << 20
Add = Callable[[Multipart, int, Any], None]
"""Puts an item, the first of index 0, into a body as its next part."""


def write(request: Request, content: Content, value: Any, codecs: BodyCodecs) -> str:
    """Put the parts of a value into a request; gives the media type with its boundary.

    Raises:
        EncodeError, ValueError, TypeError: the value does not fit.
    """
    multipart = Multipart(essence(content.media_type).partition("/")[2])
    if isinstance(value, Mapping) or hasattr(value, "__attrs_attrs__") or not _is_of_items(content, value):
        _add_named(multipart, content, value, codecs)
    elif isinstance(value, AsyncIterable):
        request.body, request.repeatable = _sent_later(multipart, value, _adder(content, codecs)), False
        return multipart.media_type
    elif isinstance(value, Iterator):
        request.body, request.repeatable = _sent(multipart, value, _adder(content, codecs)), False
        return multipart.media_type
    else:
        add = _adder(content, codecs)
        for index, item in enumerate(value):
            add(multipart, index, item)
    _put(request, multipart)
    return multipart.media_type


def is_whole(value: Any) -> bool:
    """Whether a value is all of a body, with its boundaries, and no part of it."""
    return isinstance(value, (bytes, bytearray, memoryview))


def with_boundary(media_type: str, body: bytes) -> str:
    """The media type with the boundary that a body begins with, where it names none (RFC 2046, 5.1.1)."""
    if "boundary" in parameters(media_type) or not body.startswith(b"--"):
        return media_type
    boundary = body[2:].partition(b"\n")[0].rstrip(b"\r\t ").decode("latin-1")
    quoted = boundary if _is_token(boundary) else f'"{boundary}"'
    return f"{media_type}; boundary={quoted}" if _is_boundary(boundary) else media_type


_is_boundary = re.compile(r"[0-9A-Za-z'()+_,\-./:=? ]{0,69}[0-9A-Za-z'()+_,\-./:=?]").fullmatch
_is_token = re.compile(r"[0-9A-Za-z'+_\-.]+").fullmatch


def _is_of_items(content: Content, value: Any) -> bool:
    """Whether a value is a list or stream of parts without names (OpenAPI 3.2.0, "Encoding By Position")."""
    if isinstance(value, str) or not isinstance(value, (Iterable, AsyncIterable)):
        return False
    return content.positional or (file_of(value) is None and not _is_form(content))


def _is_form(content: Content) -> bool:
    return essence(content.media_type) == "multipart/form-data"


def _put(request: Request, multipart: Multipart) -> None:
    """The body as bytes, or as a stream where it is large or holds open files."""
    data = multipart.whole()
    if data is not None and len(data) <= _LARGE:
        request.body = data
        return
    request.body, request.length, request.repeatable = (
        iter(multipart),
        multipart.length,
        multipart.repeatable,
    )
    request.restart = multipart.__iter__


def _adder(content: Content, codecs: BodyCodecs) -> Add:
    facts = codecs.item_of(content)[1]
    facts_of_prefix = [wire for _, wire in codecs.prefix_of(content)]

    def add(multipart: Multipart, index: int, item: Any) -> None:
        prefix = content.prefix_parts
        part = prefix[index] if index < len(prefix) else content.item_part or Part(name="")
        wire = facts_of_prefix[index] if index < len(facts_of_prefix) else facts
        multipart.add(None, *_part(part, text_of_bytes(item, wire), codecs))

    return add


def _sent(multipart: Multipart, items: Iterator[Any], add: Add) -> Iterator[bytes]:
    for index, item in enumerate(items):
        add(multipart, index, item)
        yield from multipart.taken()
    yield multipart.end


async def _sent_later(multipart: Multipart, items: AsyncIterable[Any], add: Add) -> AsyncIterator[bytes]:
    index = 0
    async for item in items:
        add(multipart, index, item)
        for piece in multipart.taken():
            yield piece
        index += 1
    yield multipart.end


def _add_named(multipart: Multipart, content: Content, value: Any, codecs: BodyCodecs) -> None:
    """A part for each member, and for each item of a list."""
    parts_by_name = {part.name: part for part in content.parts}
    shapes = _shapes(content, codecs) if isinstance(value, Mapping) else {}
    for name, member_value in members(value).items():
        part = parts_by_name.get(name) or Part(name=name)
        member = _described(member_value, shapes[name], part, codecs) if name in shapes else member_value
        if part.style is not None and (isinstance(member, Mapping) or hasattr(member, "__attrs_attrs__")):
            for pair_name, text in _styled(name, member, part, codecs):
                multipart.add(pair_name, File(text, headers=_part_headers(part)), None)
            continue
        many = isinstance(member, (list, tuple)) and file_of(member) is None
        for item in member if many and not kept_whole(part) else (member,):
            if item is not None:
                multipart.add(name, *_part(part, item, codecs))


def _styled(name: str, value: Any, part: Part, codecs: BodyCodecs) -> Iterator[tuple[str, str]]:
    """The names and texts of the parts of an object with a style: those of the pairs that a query would have.

    OpenAPI 3.1.1, 4.8.15.1.2; unlike there, nothing is percent-encoded.
    """
    plain_value = plain(value, encode=codecs.write_json)
    for pair in styles.query(name, plain_value, part.style or "form", bool(part.explode), quote, quote):
        pair_name, _, text = pair.partition("=")
        yield unquote(pair_name), unquote(text)


def _shapes(content: Content, codecs: BodyCodecs) -> dict[str, Shape]:
    """The shapes of a form's members by name, of which a mapping says nothing itself."""
    shape = codecs.shape(content) if content.type is not None else None
    if shape is None or shape.kind != "model":
        return {}
    return {member.json: member.shape for member in members_of(shape.type)}


def _described(value: Any, shape: Shape, part: Part, codecs: BodyCodecs) -> Any:
    """What a member of a mapping stands for: octets that are text in the document, a model that XML needs to know."""
    if isinstance(value, (list, tuple)) and file_of(value) is None and shape.kind == "list":
        return [_described(item, shape.item, part, codecs) for item in value]
    is_xml = part.content_type is not None and kind_of(part.content_type.partition(",")[0]) == "xml"
    if is_xml and isinstance(value, Mapping) and shape.kind == "model":
        return codecs.decoder("json", shape.type, None)(codecs.write_json(value))
    return text_of_bytes(value, shape.wire)


def kept_whole(part: Part) -> bool:
    """A list goes into one part if its encoding says JSON, or a style without explode.

    A document of XML has one root: each item is one, in a part of its own (RFC 7578, 4.3).
    """
    if part.content_type is not None:
        return kind_of(part.content_type.partition(",")[0]) == "json"
    return part.style is not None and part.explode is False


def _part(part: Part, value: Any, codecs: BodyCodecs) -> tuple[File, str | None]:
    """One part's content and media type: the encoding's, else by the value (OpenAPI, "Encoding Object")."""
    media_type = part.content_type.partition(",")[0].strip() if part.content_type else None
    if media_type is not None and "*" in media_type:
        media_type = None
    file = file_of(value)
    headers = _part_headers(part)
    if file is not None:
        file = File(
            file.content, file.name, content_type=file.content_type, headers={**headers, **file.headers}
        )
        default = media_type or (None if isinstance(file.content, str) else "application/octet-stream")
        if file.name is None and not isinstance(file.content, str):
            file.name = part.name or None
        return file, default
    is_object = isinstance(value, Mapping) or hasattr(value, "__attrs_attrs__")
    is_json = part.style is None and (is_object or isinstance(value, list))
    format_ = kind_of(media_type) if media_type else ("json" if is_json else "text")
    if format_ in ("json", "xml") or (is_object and is_json):  # an object has no other text than JSON
        data = codecs.encoder("xml" if format_ == "xml" else "json", None, None)(value)
        return File(data, headers=headers), media_type or "application/json"
    text_value = plain(value, encode=codecs.write_json)
    if part.inner_separators:
        text_value = _with_inner_lists(text_value, part)
    text = (
        text_value
        if isinstance(text_value, str)
        else styles.simple(text_value, bool(part.explode), str, styles.separator_of(part.style))
    )
    return File(text, headers=headers), media_type


def _with_inner_lists(value: Plain, part: Part) -> Plain:
    """A part's value with its inner lists as texts; a list that has a part of its own is one of them."""
    if kept_whole(part):
        return joined(value, part.inner_separators)
    items = joined([value], part.inner_separators)
    return items[0] if isinstance(items, list) else value


def _part_headers(part: Part) -> dict[str, str]:
    """Headers of the encoding that have one value only: there is no other place to give one."""
    headers = {}
    for parameter in part.headers:
        if (
            parameter.wire is not None
            and parameter.wire.const is not None
            and parameter.name.lower() != "content-type"
        ):
            headers[parameter.name] = str(parameter.wire.const)
    return headers
