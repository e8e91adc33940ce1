"""Bodies of requests: which media type, and the bytes."""

from __future__ import annotations

import os
from collections.abc import AsyncIterable, Iterable, Iterator, Mapping
from typing import Any

from bindwright.runtime.http.body_codecs import BodyCodecs, is_lines_as_text
from bindwright.runtime.http.model.message import Request
from bindwright.runtime.http.model.operation import Content, Part
from bindwright.runtime.http.request import parameter_styles as styles
from bindwright.runtime.http.request.files import File
from bindwright.runtime.http.request.mappings import may_be_mapping, read_mapping
from bindwright.runtime.http.request.multipart import CHUNK, Multipart, file_of, is_base64, members
from bindwright.runtime.http.request.percent_encoding import check_header, encode_form, encode_query_reserved
from bindwright.runtime.http.request.plain import Plain, joined, plain, scalar
from bindwright.standards.media_types import charset_of, essence, kind_of

_LARGE = 1 << 20
_OF_RANGE = {
    "binary": "application/octet-stream",
    "json": "application/json",
    "xml": "application/xml",
}
"""What a body is called where the document only gives a range (``application/*+json``)."""


def choose(contents: tuple[Content, ...], value: Any, format_: str, media_type: str | None) -> Content:
    """The media type of a body: the one asked for, then the client's format, then the document's order.

    Bytes and streams go out as what the document lists for them, if it does.

    Raises:
        ValueError: the document does not list the media type that was asked for.
    """
    if media_type is not None:
        return _asked(contents, media_type)
    if is_raw(value):
        for content in contents:
            if content.type is None and kind_of(content.media_type) not in ("json", "xml"):
                return content
    matches = [content for content in contents if kind_of(content.media_type) == format_]
    plain_name = f"application/{format_}"
    return next(
        (content for content in matches if essence(content.media_type) == plain_name),
        (matches or contents)[0],
    )


def _asked(contents: tuple[Content, ...], media_type: str) -> Content:
    name = essence(media_type)
    for content in contents:
        if essence(content.media_type) == name:
            return Content(media_type=media_type, type=content.type, wire=content.wire, parts=content.parts,
                           item_type=content.item_type, item_wire=content.item_wire)  # fmt: skip
    from bindwright.standards.media_types import covers

    for content in contents:
        if covers(content.media_type, name) or kind_of(content.media_type) == kind_of(name):
            return Content(media_type=media_type, type=content.type, wire=content.wire, parts=content.parts)
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
    media_type = content.media_type
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
        media_type = _OF_RANGE.get(format_, "text/plain")
    if format_ == "multipart":
        media_type = _multipart(request, content, value, codecs)
    elif is_raw(value) and not (
        (format_ in ("jsonl", "json-seq") and isinstance(value, (Iterator, AsyncIterable)))
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
    elif format_ in ("jsonl", "json-seq") and not (isinstance(value, str) and is_lines_as_text(content)):
        _lines(request, content, value, codecs, format_)
    else:
        request.body = _text(value, media_type, content)
    request.headers["Content-Type"] = check_header("Content-Type", media_type)


def _is_base64(content: Content, format_: str, value: Any) -> bool:
    """Whether bytes are the value, which JSON, XML and text carry as base64, and not the body itself."""
    if not isinstance(value, bytes) or content.type not in ("bytes", "bytes | None"):
        return False
    return format_ in ("json", "xml") or (format_ == "text" and is_base64(content.wire))


def _text(value: Any, media_type: str, content: Content) -> bytes:
    text_value = plain(value, content.type, content.wire) if isinstance(value, bytes) else plain(value)
    text = text_value if isinstance(text_value, str) else scalar(text_value)
    return text.encode(charset_of(media_type) or "utf-8")


def _lines(request: Request, content: Content, value: Any, codecs: BodyCodecs, format_: str) -> None:
    """JSON lines, or JSON text sequences (RFC 7464): a stream if the items are one.

    Bytes among the items of a stream go out as they are.
    """
    encode = codecs.encoder("json", *codecs.item_of(content))
    start = b"\x1e" if format_ == "json-seq" else b""

    def line(item: Any) -> bytes:
        return item if item.__class__ is bytes else start + encode(item) + b"\n"

    if isinstance(value, (list, tuple)):
        request.body = b"".join(start + encode(item) + b"\n" for item in value)
    elif isinstance(value, AsyncIterable):
        request.body, request.repeatable = (line(item) async for item in value), False
    elif isinstance(value, Iterator):
        request.body, request.repeatable = map(line, value), False
    elif isinstance(value, Iterable) and not isinstance(value, (str, Mapping)):
        request.body, request.restart = map(line, value), lambda: map(line, value)
    else:
        raise TypeError("JSON lines are written from a list or an iterator of items")


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
            pieces.append(f"{encode_form(name)}={encode_form(_as_media(member, part.content_type, codecs))}")
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
    format_ = kind_of(media_type)
    if format_ in ("json", "xml"):
        return codecs.encoder(format_, None, None)(value).decode()
    return scalar(plain(value, encode=codecs.write_json))


def _multipart(request: Request, content: Content, value: Any, codecs: BodyCodecs) -> str:
    """The parts of a multipart body, one for each item of a list; gives the media type with its boundary."""
    multipart = Multipart(essence(content.media_type).partition("/")[2])
    if isinstance(value, (list, tuple, Iterator)) and not multipart.form and file_of(value) is None:
        for item in value:  # parts without names (OpenAPI 3.2.0, "Encoding By Position")
            multipart.add("", *_part(Part(name=""), item, codecs))
    else:
        parts_by_name = {part.name: part for part in content.parts}
        for name, member in members(value).items():
            part = parts_by_name.get(name) or Part(name=name)
            many = isinstance(member, (list, tuple)) and file_of(member) is None
            for item in member if many and not _kept_whole(part) else (member,):
                if item is not None:
                    multipart.add(name, *_part(part, item, codecs))
    data = multipart.whole()
    if data is not None and len(data) <= _LARGE:
        request.body = data
    else:
        request.body, request.length, request.repeatable = (
            iter(multipart),
            multipart.length,
            multipart.repeatable,
        )
        request.restart = multipart.__iter__
    return multipart.media_type


def _kept_whole(part: Part) -> bool:
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
    complex_ = isinstance(value, Mapping) or hasattr(value, "__attrs_attrs__") or isinstance(value, list)
    format_ = kind_of(media_type) if media_type else ("json" if complex_ and part.style is None else "text")
    if format_ in ("json", "xml"):
        data = codecs.encoder(format_, None, None)(value)
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
    if _kept_whole(part):
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
