"""Bytes to text: encodings by byte order mark, and what no document may hold."""

from __future__ import annotations

import codecs

from msgspec import Struct

from bindwright.openapi.diagnostics.model import Position

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class Text(Struct):
    """One file's contents as UTF-8 without a byte order mark, and line and column of its offsets."""

    data: bytes
    _string: str | None = None
    _lines: list[int] | None = None

    @property
    def string(self) -> str:
        """The contents as text."""
        if self._string is None:
            self._string = self.data.decode("utf-8")
        return self._string

    def at(self, offset: int, width: int = 1) -> Position:
        """Line and column of a character offset. Lines end at LF, CR LF or CR, as in YAML 1.2, 5.4."""
        from bisect import bisect_right

        starts = self._starts()
        offset = max(0, min(offset, len(self.string)))
        line = bisect_right(starts, offset) - 1
        column = offset - starts[line]
        text = self._line(line)
        return Position(
            line=line + 1, column=column + 1, text=text, width=max(1, min(width, len(text) - column))
        )

    def line_start(self, line: int) -> int:
        """Offset of the first character of a line, counted from 0; the last line's for what lies beyond."""
        starts = self._starts()
        return starts[min(line, len(starts) - 1)]

    @property
    def lines(self) -> int:
        """How many lines there are; an empty one at the end does not count."""
        starts = self._starts()
        return len(starts) - (starts[-1] == len(self.string))

    def _line(self, line: int) -> str:
        starts = self._starts()
        end = starts[line + 1] if line + 1 < len(starts) else len(self.string)
        return self.string[starts[line] : end].rstrip("\r\n")

    def _starts(self) -> list[int]:
        if self._lines is None:
            import re

            self._lines = [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", self.string))]
        return self._lines


class Undecodable(Exception):
    """Bytes that are not text: a code, a message, a remedy and where."""

    def __init__(self, code: str, message: str, remedy: str, position: Position) -> None:
        super().__init__(message)
        self.code, self.message, self.remedy, self.position = code, message, remedy, position


def decode(data: bytes) -> Text:
    """The text of a file.

    Encodings as YAML 1.2.2, 5.2 has them: by byte order mark, else by where the zero bytes stand, else UTF-8.
    Raises `Undecodable` for bytes that are not of that encoding, and for NUL, which neither format allows.
    """
    encoding, skip = _encoding(data)
    if encoding != "utf-8":
        data = _transcode(data[skip:], encoding)
    elif skip:
        data = data[skip:]
    if not data.isascii() and not _is_utf8(data):
        raise _not_utf8(data)
    if b"\0" in data:
        raise _nul(data)
    return Text(data)


def _encoding(data: bytes) -> tuple[str, int]:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name, len(mark)
    head = data[:4]
    if len(head) >= 2 and head.count(0) and len(data) % 2 == 0:
        zeros = tuple(byte == 0 for byte in head)
        if zeros[:4] == (True, True, True, False):
            return "utf-32-be", 0
        if zeros[:4] == (False, True, True, True):
            return "utf-32-le", 0
        if zeros[:2] == (True, False):
            return "utf-16-be", 0
        if zeros[:2] == (False, True):
            return "utf-16-le", 0
    return "utf-8", 0


def _transcode(data: bytes, encoding: str) -> bytes:
    try:
        return data.decode(encoding).encode("utf-8")
    except UnicodeError as error:
        raise Undecodable(
            "invalid-encoding",
            f"the file starts like {encoding.upper()} but is not: {getattr(error, 'reason', error)}",
            "save the file as UTF-8",
            Position(line=1, column=1),
        ) from None


_PIECE = 1 << 16
"""Octets that are decoded together. With one character beyond U+FFFF, Python keeps four octets for each of a text: for
that of a whole document it asks the system for memory, which takes ten times as long as decoding."""


def _is_utf8(data: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(data), _PIECE):
            decoder.decode(data[start : start + _PIECE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _not_utf8(data: bytes) -> Undecodable:
    """What is to be said of bytes that are not UTF-8: where they are wrong, as the text shows it."""
    display = Text(data.decode("utf-8", "replace").encode("utf-8"))
    start, reason = 0, ""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        start, reason = error.start, error.reason
    return Undecodable(
        "invalid-utf8",
        f"byte 0x{data[start]:02x} is not valid UTF-8 here ({reason})",
        "save the file as UTF-8",
        display.at(len(data[:start].decode("utf-8"))),
    )


def _nul(data: bytes) -> Undecodable:
    text = Text(data)
    return Undecodable(
        "nul-character",
        "the file contains a NUL character",
        "remove it: neither JSON nor YAML allows it",
        text.at(text.string.index("\0")),
    )
