"""Bodies of requests: which media type, and the bytes."""

from __future__ import annotations

import os
from collections.abc import AsyncIterable, Iterable, Iterator, Mapping
from typing import Any

from attrs import evolve

from bindwright.runtime.http.body_codecs import BodyCodecs
from bindwright.runtime.http.model.message import Request
from bindwright.runtime.http.model.operation import Content, Part
from bindwright.runtime.http.request import parameter_styles as styles
from bindwright.runtime.http.request import parts as multipart_parts
from bindwright.runtime.http.request.events import event
from bindwright.runtime.http.request.files import File, media_type_of
from bindwright.runtime.http.request.mappings import may_be_mapping, read_mapping
from bindwright.runtime.http.request.multipart import CHUNK, is_base64, members
from bindwright.runtime.http.request.percent_encoding import check_header, encode_form, encode_query_reserved
from bindwright.runtime.http.request.plain import joined, plain, scalar
from bindwright.runtime.shapes import Shape
from bindwright.standards.media_types import (
    SEQUENTIAL,
    Kind,
    charset_of,
    covers,
    essence,
    is_unread,
    is_yaml,
    kind_of,
)

_UNTOLD = ("binary", "text")
"""Kinds of names that say no more of a body than the document does."""
_OF_RANGE = {
    "binary": "application/octet-stream",
    "json": "application/json",
    "xml": "application/xml",
}
"""What a body is called where the document only gives a range (``application/*+json``)."""


def choose(
    contents: tuple[Content, ...], value: Any, format_: str, media_type: str | None, codecs: BodyCodecs
) -> Content:
    """The media type of a body: the one asked for, then the client's format, then the document's order.

    Bytes and streams go out as what the document lists for them, if it does; a text as the text that is listed beside
    what no text can be.

    Raises:
        ValueError: the document does not list the media type that was asked for.
    """
    if media_type is not None:
        return _asked(contents, media_type)
    if is_raw(value):
        raw_contents = [
            content for content in contents if content.type is None and content.kind not in ("json", "xml")
        ]
        if raw_contents:
            file_type = media_type_of(value) if len(raw_contents) > 1 else None
            named = (
                content
                for content in raw_contents
                if file_type is not None and covers(content.media_type, file_type)
            )
            return next(named, raw_contents[0])
    matches = [content for content in contents if content.kind == format_]
    plain_name = f"application/{format_}"
    chosen = next(
        (content for content in matches if essence(content.media_type) == plain_name),
        (matches or contents)[0],
    )
    if isinstance(value, str) and len(contents) > 1 and not _takes_text(chosen, codecs):
        return next((content for content in contents if _takes_text(content, codecs)), chosen)
    return chosen


def _takes_text(content: Content, codecs: BodyCodecs) -> bool:
    """Whether a text may be the value of a body, and not only what it is written as."""
    if content.type is None or content.kind in ("form", "multipart"):
        return False
    return _holds_text(codecs.shape(content))


def _holds_text(shape: Shape) -> bool:
    if shape.kind == "union":
        return any(map(_holds_text, shape.inner()))
    return shape.kind not in ("model", "list", "tuple", "map", "integer", "number", "boolean", "null")


def _asked(contents: tuple[Content, ...], media_type: str) -> Content:
    name = essence(media_type)
    for content in contents:
        if essence(content.media_type) == name:
            return evolve(content, media_type=media_type)
    for content in contents:
        kind = kind_of(name)
        if covers(content.media_type, name) or content.kind == kind:
            return evolve(content, media_type=media_type, kind=content.kind if kind in _UNTOLD else kind)
    listed = ", ".join(content.media_type for content in contents)
    raise ValueError(f"the body has no media type {media_type!r}; documented: {listed}")


def is_raw(value: Any) -> bool:
    """Whether a body is bytes already, or gives them."""
    return (
        isinstance(value, (bytes, bytearray, memoryview, os.PathLike, File))
        or callable(getattr(value, "read", None))  # a model may have a member of that name
        or isinstance(value, (Iterator, AsyncIterable))
    )


def write(request: Request, content: Content, value: Any, codecs: BodyCodecs) -> None:
    """Put the body and its ``Content-Type`` into a request.

    Raises:
        EncodeError, ValueError, TypeError: the value does not fit.
    """
    media_type, format_ = content.media_type, content.kind
    if format_ in ("text", "binary") and _is_structured(value, kind_of(media_type)):
        format_ = kind_of(media_type)
    if may_be_mapping(value, content) and essence(media_type) != "application/merge-patch+json":
        value, text = read_mapping(value, content, codecs)
        if text is not None and format_ == "json":
            request.body, request.headers["Content-Type"] = (
                text,
                _OF_RANGE["json"] if "*" in media_type else media_type,
            )
            return
    if "*" in media_type:
        media_type = _within(media_type, format_, value)
    if format_ in ("form", "multipart") and hasattr(value, "__attrs_attrs__"):
        value = _with_tag(value, content, codecs)
    if format_ in ("form", "multipart") and isinstance(value, str) and _is_whole_text(content, codecs):
        value = value.encode(charset_of(media_type) or "utf-8")
    if format_ == "multipart" and not multipart_parts.is_whole(value):
        media_type = multipart_parts.write(request, content, value, codecs)
    elif is_raw(value) and not (
        (format_ in SEQUENTIAL and isinstance(value, (Iterator, AsyncIterable)))
        or _is_base64(content, format_, value)
    ):
        raw(request, value)
    elif format_ == "form":
        request.body = urlencoded(value, codecs, content.parts)
    elif format_ in ("json", "xml"):
        type_: Any = content.type if content.type is not None else Any
        if isinstance(value, Mapping) and essence(media_type) == "application/merge-patch+json":
            type_ = Any  # null removes a member (RFC 7396, 1), also one that the schema does not let be null
        request.body = codecs.encoder(format_, type_, content.wire)(value)
    elif format_ in SEQUENTIAL:
        _items(request, content, value, codecs, format_)
    else:
        request.body = _text(value, media_type, content)
    if kind_of(media_type) == "multipart" and isinstance(request.body, bytes):
        media_type = multipart_parts.with_boundary(media_type, request.body)
    request.headers["Content-Type"] = check_header("Content-Type", media_type)


def _is_structured(value: Any, kind: Kind) -> bool:
    """Whether a value is more than the text that a document describes: lines may come as items, forms as mappings."""
    if kind in SEQUENTIAL:
        return not isinstance(value, str)
    return kind in ("form", "multipart") and isinstance(value, Mapping)


def _is_whole_text(content: Content, codecs: BodyCodecs) -> bool:
    """Whether a text may be all of a form, and not only one of its members."""
    return content.type is None or _holds_text(codecs.shape(content))


def _with_tag(value: Any, content: Content, codecs: BodyCodecs) -> Any:
    """A form's model with the discriminator that says which class it is, as JSON has it.

    Where the class does not declare that member, the form is a mapping of its members.
    """
    from bindwright.runtime.alternatives.tags import Tag, inherited_tags

    class_: Any = type(value)
    is_choice = content.type is not None and content.type != class_.__name__
    shape = codecs.shape(content) if is_choice else None
    choice = shape.fact("choice") if shape is not None and shape.kind == "union" else None
    tags = [*inherited_tags(class_)]
    if shape is not None and choice is not None and choice.discriminator:
        tags.append(Tag(choice.discriminator, choice, shape.names))
    missing: dict[str, str] = {}
    for tag in tags:
        value = tag.set_in(value)
        if tag.is_untold(class_) or not (texts := tag.values_of(class_)):
            continue
        if tag.name not in members(value):
            missing[tag.name] = texts[0]
    return {**missing, **members(value)} if missing else value


def _within(range_: str, format_: str, value: Any) -> str:
    """The media type of a body where the document only gives a range: what the file says, else the plainest one.

    Raises:
        ValueError: nothing tells which it is, and no type that would do for all is in the range.
    """
    file_type = media_type_of(value)
    if file_type is not None and covers(range_, file_type):
        return file_type
    name = _OF_RANGE.get(format_, "text/plain")
    if format_ == "binary" and not covers(range_, name):
        raise ValueError(f"{range_} is a range of media types: say which it is with `media_type`")
    return name


def _is_base64(content: Content, format_: str, value: Any) -> bool:
    """Whether bytes are the value, which JSON, XML and text carry as base64, and not the body itself."""
    if not isinstance(value, bytes) or content.type not in ("bytes", "bytes | None"):
        return False
    return format_ in ("json", "xml") or (format_ == "text" and is_base64(content.wire))


def _text(value: Any, media_type: str, content: Content) -> bytes:
    text_value = plain(value, content.type, content.wire) if isinstance(value, bytes) else plain(value)
    if not isinstance(text_value, str) and is_unread(media_type) and not is_yaml(media_type):
        raise TypeError(
            f"nothing here writes {essence(media_type)}: the body is given as its text, or as bytes"
        )
    text = text_value if isinstance(text_value, str) else scalar(text_value)
    return text.encode(charset_of(media_type) or "utf-8")


def _items(request: Request, content: Content, value: Any, codecs: BodyCodecs, format_: str) -> None:
    """JSON lines, JSON text sequences (RFC 7464), or server-sent events: a stream if the items are one.

    Bytes among the items of a stream go out as they are.
    """
    encode = codecs.encoder("json", *codecs.item_of(content))
    start = b"\x1e" if format_ == "json-seq" else b""

    def written(item: Any) -> bytes:
        return event(item, encode) if format_ == "sse" else start + encode(item) + b"\n"

    def line(item: Any) -> bytes:
        return item if item.__class__ is bytes else written(item)

    if isinstance(value, (list, tuple)):
        request.body = b"".join(map(written, value))
    elif isinstance(value, AsyncIterable):
        request.body, request.repeatable = (line(item) async for item in value), False
    elif isinstance(value, Iterator):
        request.body, request.repeatable = map(line, value), False
    elif isinstance(value, Iterable) and not isinstance(value, (str, Mapping)):
        request.body, request.restart = map(line, value), lambda: map(line, value)
    elif format_ == "sse" and isinstance(value, str):
        request.body = value.encode()
    else:
        name = "events" if format_ == "sse" else "JSON lines"
        raise TypeError(f"{name} are written from a list or an iterator of items")


def raw(request: Request, value: Any) -> None:
    """Bytes, a path, an open file, or an (async) iterator of bytes."""
    if isinstance(value, File):
        value = value.content
    if isinstance(value, str):
        value = value.encode()
    if isinstance(value, os.PathLike):
        _path(request, value)
        return
    if isinstance(value, (bytes, bytearray, memoryview)):
        request.body = bytes(value)
        return
    if callable(getattr(value, "read", None)):
        _file(request, value)
        return
    request.body, request.repeatable = value, False


def _path(request: Request, path: os.PathLike[str]) -> None:
    """A file by its name, opened while it is sent and closed after it."""

    def chunks() -> Iterator[bytes]:
        with open(path, "rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk

    request.length = os.stat(path).st_size
    request.body, request.restart = chunks(), chunks


def _file(request: Request, file: Any) -> None:
    """An open file, from where it stands; sent again from there if it can be rewound."""
    start = file.tell() if hasattr(file, "seekable") and file.seekable() else None

    def chunks() -> Iterator[bytes]:
        while chunk := file.read(CHUNK):
            yield chunk if isinstance(chunk, bytes) else chunk.encode()

    def restart() -> Iterator[bytes]:
        file.seek(start)
        return chunks()

    if start is None:
        request.body, request.repeatable = chunks(), False
        return
    if isinstance(probe := file.read(0), bytes):
        request.length = file.seek(0, os.SEEK_END) - start
        file.seek(start)
    del probe
    request.body, request.restart = chunks(), restart


def urlencoded(value: Any, codecs: BodyCodecs, parts: tuple[Part, ...] = ()) -> bytes:
    """application/x-www-form-urlencoded (OpenAPI 3.2.0, "Encoding the x-www-form-urlencoded Media Type")."""
    parts_by_name = {part.name: part for part in parts}
    pieces: list[str] = []
    for name, member in members(value).items():
        part = parts_by_name.get(name) or Part(name=name)
        if part.content_type is not None and part.style is None:
            is_many = isinstance(member, (list, tuple)) and not multipart_parts.kept_whole(part)
            texts = [
                _as_media(item, part.content_type, codecs) for item in (member if is_many else (member,))
            ]
            pieces += [f"{encode_form(name)}={encode_form(text)}" for text in texts]
            continue
        style = part.style or "form"
        explode = part.explode if part.explode is not None else style in ("form", "deepObject")
        encode = encode_query_reserved if part.allow_reserved else encode_form
        text_value = joined(plain(member, encode=codecs.write_json), part.inner_separators)
        if isinstance(text_value, dict) and part.style is None:  # no style: a complex value stands as JSON
            text_value = scalar(text_value)
        elif (
            style != "deepObject"  # which knows paths
            and isinstance(text_value, list)
            and any(isinstance(item, dict) for item in text_value)
        ):
            text_value = [scalar(item) for item in text_value]
        pieces += styles.query(name, text_value, style, explode, encode_form, encode)
    return "&".join(pieces).encode()


def _as_media(value: Any, media_type: str, codecs: BodyCodecs) -> str:
    format_ = kind_of(media_type.partition(",")[0])
    if format_ in ("json", "xml"):
        return codecs.encoder(format_, None, None)(value).decode()
    return scalar(plain(value, encode=codecs.write_json))
