"""Streams of bytes: as characters, whatever encoding they came in, and apart into documents."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

from bindwright.runtime.errors import DecodeError
from bindwright.runtime.values.characters import characters
from bindwright.runtime.xml.settings import DEFAULT, Settings
from bindwright.runtime.xml.tree.parse import (
    check_encoding,
    encoding_of,
    prolog_has_dtd,
    without_declaration,
)
from bindwright.runtime.xml.tree.unknown import BLANK
from bindwright.standards.regular_expressions import possessive

CHUNK = 1 << 16


class Readable(Protocol):
    """What can be read in pieces."""

    def read(self, size: int = -1, /) -> bytes:
        """At most ``size`` bytes; empty at the end."""


File = str | Path | Readable | Iterable[bytes]


def chunks_of(file: File) -> Iterator[bytes]:
    """The pieces of a file."""
    if isinstance(file, (str, Path)):
        with open(file, "rb") as opened:
            yield from iter(lambda: opened.read(CHUNK), b"")
    elif hasattr(file, "read"):
        reader: Readable = file  # type: ignore[assignment]
        yield from iter(lambda: reader.read(CHUNK), b"")
    elif isinstance(file, (bytes, bytearray)):
        yield bytes(file)
    else:
        yield from file


def characters_of(chunks: Iterator[bytes], settings: Settings) -> Iterator[bytes]:
    """The document in UTF-8 without its declaration, whatever encoding it came in."""
    head = b""
    for chunk in chunks:
        head += chunk
        if len(head) >= 4096:
            break
    encoding, start = encoding_of(head, settings.charset)
    check_encoding(encoding)
    try:
        decoder = codecs.getincrementaldecoder(encoding)()
        for text in characters(decoder, head[start:]):
            # Also of what stands before a broken byte, which comes in a piece of its own.
            undeclared = without_declaration(text)
            if prolog_has_dtd(undeclared):
                raise DecodeError("a document without a DTD", "<!DOCTYPE", "/")
            yield undeclared.encode()
        for chunk in chunks:
            for text in characters(decoder, chunk):
                yield text.encode()
        yield decoder.decode(b"", True).encode()
    except UnicodeError:
        raise DecodeError(f"text in {encoding}", "bytes that are not", "/") from None
    except LookupError:
        raise DecodeError("a character encoding", repr(encoding), "/") from None


def then_none(chunks: Iterable[bytes]) -> Iterator[bytes | None]:
    """The pieces, and None for the end."""
    yield from chunks
    yield None


_TAG = re.compile(possessive(r"""<(?:[^<>"']++|"[^"]*+"|'[^']*+')*+>""")).match
_BROKEN = re.compile(possessive(r"""<(?:[^<>"']++|"[^"]*+"|'[^']*+')*+<""")).match
_MISC = re.compile(
    possessive(r"(?:[ \t\r\n]++|<!--(?:[^-]|-(?!->))*+-->|<\?(?:[^?]|\?(?!>))*+\?>)*+")
).fullmatch
"""Comments and processing instructions, which may stand behind a root (XML 1.0, productions 1 and 27)."""
_SECTIONS = (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"))


def split_documents(file: File, settings: Settings | None = None) -> Iterator[str]:
    """The documents of a stream that holds one after the other, as text.

    Raises:
        DecodeError: the encoding is wrong, or the last document does not end.
    """
    text, start, position, depth, scanned = "", 0, 0, 0, 0
    for chunk in then_none(characters_of(chunks_of(file), settings or DEFAULT)):
        text += "" if chunk is None else chunk.decode()
        while (position := text.find("<", position)) >= 0:
            end, scanned = _token_end(text, position, scanned, last=chunk is None)
            if end < 0:
                break
            if not text.startswith(("<!", "<?"), position) and end - position > 1:
                depth += -1 if text.startswith("</", position) else int(not text.startswith("/>", end - 2))
                if depth <= 0:
                    yield text[start:end].strip(BLANK)
                    start, depth = end, 0
            position = end
        position = len(text) if position < 0 else position
        text, position, scanned, start = text[start:], position - start, max(scanned - start, 0), 0
    if not _MISC(text):
        raise DecodeError("the end of the document", "the end of the input", "/")


def _token_end(text: str, position: int, scanned: int, *, last: bool) -> tuple[int, int]:
    """Where the token ends that begins at a position, and how far the text was looked at for it; -1: not yet.

    No text is looked at again and again while chunks arrive: of a section only what is new, of a tag not
    before there is twice as much.
    """
    for opening, closing in _SECTIONS:
        if text.startswith(opening, position):
            end = text.find(closing, max(position + len(opening), scanned - 2))
            return (-1, len(text)) if end < 0 else (end + len(closing), 0)
    if not last and len(text) - position < max(len("<![CDATA["), 2 * (scanned - position)):
        return -1, scanned
    if (match := _TAG(text, position)) is not None:
        return match.end(), 0
    return (position + 1, 0) if _BROKEN(text, position) is not None else (-1, len(text))
