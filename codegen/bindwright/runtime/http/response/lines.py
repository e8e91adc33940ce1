"""LineSplitter, JSON lines and JSON text sequences out of bytes that come in any pieces: sans-I/O."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from bindwright.runtime.errors import DecodeError
from bindwright.runtime.values.characters import characters

MAX_LINE = 16 << 20
"""Bytes."""
_ENDS = re.compile(rb"\r\n|\n|\r")


class LineSplitter:
    """Splits bytes into lines without their ends (LF, CRLF, or CR)."""

    def __init__(self, limit: int = MAX_LINE) -> None:
        self._kept = bytearray()
        self._limit = limit

    def feed(self, data: bytes) -> Iterator[bytes]:
        """The lines that are whole now; to be gone through before more is fed.

        Raises:
            DecodeError: a line longer than the limit, behind those before it.
        """
        self._kept += data
        buffered = bytes(self._kept)
        # A CR at the very end may be half of a CRLF.
        end = len(buffered) - 1 if buffered.endswith(b"\r") else len(buffered)
        position = 0
        for end_of_line in _ENDS.finditer(buffered, 0, end):
            yield buffered[position : end_of_line.start()]
            position = end_of_line.end()
        self._kept = bytearray(buffered[position:])
        if len(self._kept) > self._limit:
            raise DecodeError(f"a line of at most {self._limit} bytes", "a longer one", "$")

    def finish(self) -> list[bytes]:
        """What is left at the end."""
        rest, self._kept = bytes(self._kept), bytearray()
        return [rest.rstrip(b"\r")] if rest else []


def json_text(line: bytes) -> bytes:
    """One line without the mark of a text sequence; empty where there is nothing in it."""
    return line.strip(b"\x1e \t")


class Transcoder:
    """Bytes in any character encoding, in any pieces, as UTF-8."""

    def __init__(self, charset: str) -> None:
        self._charset = charset
        try:
            self._decoder = codecs.getincrementaldecoder(charset)()
        except LookupError:
            raise DecodeError("a character encoding that can be read piece by piece", charset, "$") from None

    def feed(self, data: bytes, *, final: bool = False) -> Iterator[bytes]:
        """The next bytes in UTF-8; ``final``: they are the last.

        Raises:
            DecodeError: some are not in the encoding; those before them have been given.
        """
        try:
            for text in characters(self._decoder, data, final=final):
                yield text.encode()
        except UnicodeError as error:
            raise DecodeError(f"text in {self._charset}", str(error)[:200], "the body") from None
