"""LineSplitter, JSON lines and JSON text sequences out of bytes that come in any pieces: sans-I/O."""

from __future__ import annotations

import re

_ENDS = re.compile(rb"\r\n|\n|\r")


class LineSplitter:
    """Splits bytes into lines without their ends (LF, CRLF, or CR)."""

    def __init__(self, limit: int = 16 << 20) -> None:
        self._kept = bytearray()
        self._limit = limit

    def feed(self, data: bytes) -> list[bytes]:
        """The lines that are whole now.

        Raises:
            ValueError: a line longer than the limit.
        """
        self._kept += data
        buffered = bytes(self._kept)
        # A CR at the very end may be half of a CRLF.
        end = len(buffered) - 1 if buffered.endswith(b"\r") else len(buffered)
        lines, position = [], 0
        for end_of_line in _ENDS.finditer(buffered, 0, end):
            lines.append(buffered[position : end_of_line.start()])
            position = end_of_line.end()
        self._kept = bytearray(buffered[position:])
        if len(self._kept) > self._limit:
            raise ValueError(f"a line of more than {self._limit} bytes")
        return lines

    def finish(self) -> list[bytes]:
        """What is left at the end."""
        rest, self._kept = bytes(self._kept), bytearray()
        return [rest.rstrip(b"\r")] if rest else []


def json_texts(body: bytes) -> list[bytes]:
    """The texts of JSON lines or of a JSON text sequence (RFC 7464); empty lines are nothing."""
    lines = LineSplitter(1 << 62)
    complete = lines.feed(body) + lines.finish()
    return [text for line in complete if (text := json_text(line))]


def json_text(line: bytes) -> bytes:
    """One line without the mark of a text sequence; empty where there is nothing in it."""
    return line.strip(b"\x1e \t")
