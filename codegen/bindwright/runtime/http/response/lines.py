"""Lines, JSON lines and JSON text sequences out of bytes that come in any pieces: sans-I/O."""

from __future__ import annotations

import re

_ENDS = re.compile(rb"\r\n|\n|\r")


class Lines:
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
        held = bytes(self._kept)
        # A CR at the very end may be half of a CRLF.
        end = len(held) - 1 if held.endswith(b"\r") else len(held)
        lines, at = [], 0
        for found in _ENDS.finditer(held, 0, end):
            lines.append(held[at : found.start()])
            at = found.end()
        self._kept = bytearray(held[at:])
        if len(self._kept) > self._limit:
            raise ValueError(f"a line of more than {self._limit} bytes")
        return lines

    def finish(self) -> list[bytes]:
        """What is left at the end."""
        left, self._kept = bytes(self._kept), bytearray()
        return [left.rstrip(b"\r")] if left else []


def json_texts(body: bytes) -> list[bytes]:
    """The texts of JSON lines or of a JSON text sequence (RFC 7464); empty lines are nothing."""
    lines = Lines(1 << 62)
    found = lines.feed(body) + lines.finish()
    return [text for line in found if (text := json_text(line))]


def json_text(line: bytes) -> bytes:
    """One line without the mark of a text sequence; empty where there is nothing in it."""
    return line.strip(b"\x1e \t")
