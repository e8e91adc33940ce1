"""Bodies of requests: which media type, and the bytes."""

from __future__ import annotations

import os
from collections.abc import AsyncIterable, Iterable, Iterator, Mapping
from typing import Any

from bindwright.runtime.http.codecs import Codecs
from bindwright.runtime.http.model.message import Request
from bindwright.runtime.http.model.operation import Content, Part
from bindwright.runtime.http.request import parameter_styles as styles
from bindwright.runtime.http.request.files import File
from bindwright.runtime.http.request.multipart import CHUNK, Multipart, file_of, members
from bindwright.runtime.http.request.percent_encoding import encode_form, encode_query_reserved
from bindwright.runtime.http.request.plain import plain, scalar
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
        for one in contents:
            if one.type is None and kind_of(one.media_type) not in ("json", "xml"):
                return one
    found = [one for one in contents if kind_of(one.media_type) == format_]
    plain_name = f"application/{format_}"
    return next((one for one in found if essence(one.media_type) == plain_name), (found or contents)[0])


def _asked(contents: tuple[Content, ...], media_type: str) -> Content:
    name = essence(media_type)
    for one in contents:
        if essence(one.media_type) == name:
            return Content(media_type=media_type, type=one.type, wire=one.wire, parts=one.parts,
                           item_type=one.item_type, item_wire=one.item_wire)  # fmt: skip
    from bindwright.standards.media_types import covers

    for one in contents:
        if covers(one.media_type, name) or kind_of(one.media_type) == kind_of(name):
            return Content(media_type=media_type, type=one.type, wire=one.wire, parts=one.parts)
    listed = ", ".join(one.media_type for one in contents)
    raise ValueError(f"the body has no media type {media_type!r}; documented: {listed}")


def is_raw(value: Any) -> bool:
    """Whether a body is bytes already, or gives them."""
    return (
        isinstance(value, (bytes, bytearray, memoryview, os.PathLike, File))
        or callable(getattr(value, "read", None))  # a model may have a member of that name
        or isinstance(value, (Iterator, AsyncIterable))
    )


def write(request: Request, content: Content, value: Any, codecs: Codecs) -> None:
    """Put the body and its ``Content-Type`` into a request.

    Raises:
        EncodeError, ValueError, TypeError: the value does not fit.
    """
    media_type = content.media_type
    kind = kind_of(media_type)
    if "*" in media_type:
        media_type = _OF_RANGE.get(kind, "text/plain")
    if kind == "multipart":
        media_type = _multipart(request, content, value, codecs)
    elif is_raw(value) and not (
        (kind in ("jsonl", "json-seq") and isinstance(value, (Iterator, AsyncIterable)))
        or _is_base64(content, kind, value)
    ):
        raw(request, value)
    elif kind == "form":
        request.body = urlencoded(value, codecs, content.parts)
    elif kind in ("json", "xml"):
        type_: Any = content.type if content.type is not None else Any
        if isinstance(value, Mapping) and essence(media_type) == "application/merge-patch+json":
            type_ = Any  # null removes a member (RFC 7396, 1), also one that the schema does not let be null
        request.body = codecs.encoder(kind, type_, content.wire)(value)
    elif kind in ("jsonl", "json-seq"):
        _lines(request, content, value, codecs, kind)
    else:
        request.body = _text(value, media_type)
    request.headers["Content-Type"] = media_type


def _is_base64(content: Content, kind: str, value: Any) -> bool:
    """Whether bytes are the value, which JSON and XML carry as base64, and not the body itself."""
    return kind in ("json", "xml") and content.type in ("bytes", "bytes | None") and isinstance(value, bytes)


def _text(value: Any, media_type: str) -> bytes:
    found = plain(value)
    text = found if isinstance(found, str) else scalar(found)
    return text.encode(charset_of(media_type) or "utf-8")


def _lines(request: Request, content: Content, value: Any, codecs: Codecs, kind: str) -> None:
    """JSON lines, or JSON text sequences (RFC 7464): a stream if the items are one.

    Bytes among the items of a stream go out as they are.
    """
    encode = codecs.encoder("json", content.item_type, content.item_wire)
    start = b"\x1e" if kind == "json-seq" else b""

    def line(one: Any) -> bytes:
        return one if one.__class__ is bytes else start + encode(one) + b"\n"

    if isinstance(value, (list, tuple)):
        request.body = b"".join(start + encode(one) + b"\n" for one in value)
    elif isinstance(value, AsyncIterable):
        request.body, request.repeatable = (line(one) async for one in value), False
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


def urlencoded(value: Any, codecs: Codecs, parts: tuple[Part, ...] = ()) -> bytes:
    """application/x-www-form-urlencoded (OpenAPI 3.2.0, "Encoding the x-www-form-urlencoded Media Type")."""
    known = {one.name: one for one in parts}
    pieces: list[str] = []
    for name, held in members(value).items():
        part = known.get(name) or Part(name=name)
        if part.content_type is not None and part.style is None:
            pieces.append(f"{encode_form(name)}={encode_form(_as_media(held, part.content_type, codecs))}")
            continue
        style = part.style or "form"
        explode = part.explode if part.explode is not None else style in ("form", "deepObject")
        encode = encode_query_reserved if part.allow_reserved else encode_form
        found = plain(held)
        if isinstance(found, dict) and part.style is None:  # no style: a complex value stands as JSON
            found = scalar(found)
        elif isinstance(found, list) and any(isinstance(one, dict) for one in found):
            found = [scalar(one) for one in found]
        pieces += styles.query(name, found, style, explode, encode_form, encode)
    return "&".join(pieces).encode()


def _as_media(value: Any, media_type: str, codecs: Codecs) -> str:
    kind = kind_of(media_type)
    if kind in ("json", "xml"):
        return codecs.encoder(kind, None, None)(value).decode()
    return scalar(plain(value))


def _multipart(request: Request, content: Content, value: Any, codecs: Codecs) -> str:
    """The parts of a multipart body, one for each item of a list; gives the media type with its boundary."""
    made = Multipart(essence(content.media_type).partition("/")[2])
    known = {one.name: one for one in content.parts}
    for name, held in members(value).items():
        part = known.get(name) or Part(name=name)
        many = isinstance(held, (list, tuple)) and file_of(held) is None
        for one in held if many and not _kept_whole(part) else (held,):
            if one is not None:
                file, media_type = _part(part, one, codecs)
                made.add(name, file, media_type)
    whole = made.whole()
    if whole is not None and len(whole) <= _LARGE:
        request.body = whole
    else:
        request.body, request.length, request.repeatable = iter(made), made.length, made.repeatable
        request.restart = made.__iter__
    return made.media_type


def _kept_whole(part: Part) -> bool:
    """A list goes into one part if its encoding says JSON or XML, or a style without explode."""
    if part.content_type is not None:
        return kind_of(part.content_type.partition(",")[0]) in ("json", "xml")
    return part.style is not None and part.explode is False


def _part(part: Part, value: Any, codecs: Codecs) -> tuple[File, str | None]:
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
            file.name = part.name
        return file, default
    complex_ = isinstance(value, Mapping) or hasattr(value, "__attrs_attrs__") or isinstance(value, list)
    kind = kind_of(media_type) if media_type else ("json" if complex_ and part.style is None else "text")
    if kind in ("json", "xml"):
        data = codecs.encoder(kind, None, None)(value)
        return File(data, headers=headers), media_type or "application/json"
    found = plain(value)
    text = found if isinstance(found, str) else styles.simple(found, bool(part.explode), str)
    return File(text, headers=headers), media_type


def _part_headers(part: Part) -> dict[str, str]:
    """Headers of the encoding that have one value only: there is no other place to give one."""
    found = {}
    for one in part.headers:
        if one.wire is not None and one.wire.const is not None and one.name.lower() != "content-type":
            found[one.name] = str(one.wire.const)
    return found
