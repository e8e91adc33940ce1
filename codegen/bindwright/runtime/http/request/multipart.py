"""multipart/form-data and its relatives (RFC 7578; OpenAPI 3.2.0, "Encoding multipart Media Types")."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator, Mapping
from typing import IO, Any

from bindwright.runtime.http.request.files import File, as_file
from bindwright.runtime.http.request.percent_encoding import check_header, check_header_name
from bindwright.runtime.http.request.plain import plain
from bindwright.runtime.wire import KEY, Wire

CHUNK = 65536
Piece = bytes | IO[bytes]


class Multipart:
    """A body under construction; iterating gives its bytes, as often as its files can be rewound."""

    def __init__(self, subtype: str = "form-data", boundary: str | None = None) -> None:
        self.boundary = boundary or uuid.uuid4().hex
        self.media_type = f"multipart/{subtype}; boundary={self.boundary}"
        self._pieces: list[Piece] = []
        self._starts: dict[int, int] = {}

    def add(self, name: str | None, file: File, content_type: str | None) -> None:
        """One part; None: without a name. A member of an object has its name in all multipart types: nothing else
        tells which it is (OpenAPI 3.1.1, 4.8.14.5).

        Raises:
            ValueError: a header of the part that cannot be sent.
        """
        lines = [f"--{self.boundary}"]
        if name is not None:
            lines.append(f"Content-Disposition: form-data; {_disposition(name, file.name)}")
        elif file.name is not None:
            lines.append(f"Content-Disposition: attachment; {_disposition(None, file.name)}")
        if content_type := file.content_type or content_type:
            lines.append(f"Content-Type: {check_header('Content-Type', content_type)}")
        for key, value in file.headers.items():
            lines.append(f"{check_header_name(key)}: {check_header(key, value)}")
        self._pieces.append(("\r\n".join(lines) + "\r\n\r\n").encode())
        self._pieces.append(self._content(file.content))
        self._pieces.append(b"\r\n")

    def _content(self, content: bytes | str | IO[bytes]) -> Piece:
        if isinstance(content, str):
            return content.encode()
        if isinstance(content, bytes):
            return content
        if hasattr(content, "seekable") and content.seekable():
            self._starts[id(content)] = content.tell()
        return content

    @property
    def repeatable(self) -> bool:
        """Whether every file can be read again."""
        return all(isinstance(piece, bytes) or id(piece) in self._starts for piece in self._pieces)

    @property
    def length(self) -> int | None:
        """Bytes in all; None where a file does not tell its length."""
        total = len(self.boundary) + 6
        for piece in self._pieces:
            size = len(piece) if isinstance(piece, bytes) else self._size(piece)
            if size is None:
                return None
            total += size
        return total

    def _size(self, file: IO[bytes]) -> int | None:
        if (start := self._starts.get(id(file))) is None:
            return None
        if not isinstance(file.read(0), bytes):
            return None  # a text file counts characters
        end = file.seek(0, os.SEEK_END)
        file.seek(start)
        return end - start

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            if isinstance(piece, bytes):
                yield piece
                continue
            if (start := self._starts.get(id(piece))) is not None:
                piece.seek(start)
            while chunk := piece.read(CHUNK):
                yield chunk if isinstance(chunk, bytes) else str(chunk).encode()
        yield self.end

    def taken(self) -> Iterator[bytes]:
        """The bytes of the parts so far, which are then forgotten."""
        pieces, self._pieces = self._pieces, []
        for piece in pieces:
            if isinstance(piece, bytes):
                yield piece
                continue
            while chunk := piece.read(CHUNK):
                yield chunk if isinstance(chunk, bytes) else str(chunk).encode()

    @property
    def end(self) -> bytes:
        """What ends the body."""
        return f"--{self.boundary}--\r\n".encode()

    def whole(self) -> bytes | None:
        """The body as bytes, if it holds no open file."""
        if all(isinstance(piece, bytes) for piece in self._pieces):
            return b"".join(self)
        return None


def _disposition(name: str | None, filename: str | None) -> str:
    parts = [] if name is None else [f'name="{_quoted(name)}"']
    if filename is not None:
        parts.append(f'filename="{_quoted(filename)}"')
    return "; ".join(parts)


def _quoted(text: str) -> str:
    """WHATWG HTML, 4.10.21.8: UTF-8, with ``"``, CR and LF percent-encoded."""
    return text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


def file_of(value: Any) -> File | None:
    """A `File` of a part's value; (name, content) and (name, content, type) are taken, too."""
    if isinstance(value, tuple) and len(value) in (2, 3) and isinstance(value[0], (str, type(None))):
        name, content, *media_type = value
        if isinstance(content, (bytes, str)) or hasattr(content, "read"):
            return File(content, name, content_type=media_type[0] if media_type else None)
    return as_file(value)


def members(value: Any) -> Mapping[str, Any]:
    """The properties of a form body by their names on the wire: of a model, or of a mapping.

    Absent ones (None where null has no wire form, `UNSET`) are left out.

    Raises:
        TypeError: the value has no properties.
    """
    from bindwright.runtime.model import UNSET

    if isinstance(value, Mapping):
        return {str(name): member for name, member in value.items() if member is not UNSET}
    fields = getattr(type(value), "__attrs_attrs__", None)
    if fields is None:
        raise TypeError(f"a form is written from a model or a mapping, not from {type(value).__name__}")
    by_name: dict[str, Any] = {}
    unknown: tuple[tuple[str, Any, str | None], ...] = ()
    for field in fields:
        if field.name == "_extra":  # what was read of JSON and has no member
            unknown = getattr(value._extra, "members", ())
            continue
        member = getattr(value, field.name)
        facts = field.metadata.get(KEY)
        if (
            field.name == "additional_properties"
            and isinstance(member, Mapping)
            and (facts is None or not facts.name)
        ):
            by_name.update(member)
        elif member is not UNSET and member is not None:
            name = facts.name if facts is not None and facts.name is not None else field.name
            by_name[name] = text_of_bytes(member, facts)
    by_name.update((name, member) for name, member, _ in unknown)
    return by_name


def is_base64(facts: Wire | None) -> bool:
    """Whether bytes of this place are text in base64 (``format: byte``, ``contentEncoding``), and no file."""
    return facts is not None and facts.format not in (None, "binary")


def text_of_bytes(value: Any, facts: Wire | None) -> Any:
    """Bytes that the document describes as base64 are text, alone or in a list."""
    if facts is None:
        return value
    if isinstance(value, bytes) and is_base64(facts):
        return plain(value, "bytes", facts)
    if isinstance(value, (list, tuple)) and is_base64(facts.items):
        return [text_of_bytes(item, facts.items) for item in value]
    return value
