"""`File`: a part of a multipart body with its name and type."""

from __future__ import annotations

import os
from collections.abc import AsyncIterable, Iterator, Mapping
from typing import IO, Any


class File:
    """A file of a multipart body: bytes, text, or an open binary file, with what its part says about it.

    ``name`` is the file name that is sent (an open file's own where it is None), ``content_type`` the
    part's media type, ``headers`` further headers of the part.
    """

    __slots__ = ("content", "content_type", "headers", "name")

    def __init__(
        self,
        content: bytes | str | IO[bytes],
        name: str | None = None,
        *,
        content_type: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.content = content
        self.name = name if name is not None else _name_of(content)
        self.content_type = content_type
        self.headers = dict(headers or {})

    def __repr__(self) -> str:
        return f"File(name={self.name!r}, content_type={self.content_type!r})"


RawBody = (
    bytes
    | bytearray
    | memoryview
    | os.PathLike[str]
    | IO[bytes]
    | File
    | Iterator[bytes]
    | AsyncIterable[bytes]
)
"""What is sent as it is: bytes, a path, an open file, or pieces as they come (an async client takes both kinds).

A path, and an open file that can be rewound, tell their length, and are sent again where a call is repeated.
"""
FormParts = Mapping[str, Any]
"""The members of a multipart body by their names.

A file is a `File`, bytes, a path, an open file, or ``(name, content[, type])``; a list of them is one part each.
"""


def _name_of(content: Any) -> str | None:
    name = getattr(content, "name", None)
    return os.path.basename(name) if isinstance(name, str) else None


def as_file(value: Any) -> File | None:
    """A `File` of what is plainly a file: bytes, an open file, a path, or (name, content[, type])."""
    if isinstance(value, File):
        return value
    if isinstance(value, (bytes, bytearray, memoryview)):
        return File(bytes(value))
    if callable(getattr(value, "read", None)):
        return File(value)
    if isinstance(value, os.PathLike):
        with open(value, "rb") as file:
            return File(file.read(), os.path.basename(os.fspath(value)))
    return None


def media_type_of(value: Any) -> str | None:
    """The media type that a file says itself, else the one that its name has; None where neither tells."""
    if isinstance(value, File) and value.content_type is not None:
        return value.content_type
    name = value.name if isinstance(value, File) else _name_of(value)
    if isinstance(value, os.PathLike):
        name = os.fsdecode(value)
    if not name:
        return None
    import mimetypes  # it reads the system's tables

    name, coding = mimetypes.guess_type(name)
    return name if coding is None else None
