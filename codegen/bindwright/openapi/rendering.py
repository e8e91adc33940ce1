"""Diagnostics for people: ``file:line:col: error[code]: message``, the line with a caret, and the remedy."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable

from bindwright.openapi.diagnostics.model import Diagnostic, Level, Position
from bindwright.openapi.loaded import LoadedDocument

_COLOURS: dict[Level, str] = {"error": "31", "degraded": "35", "warning": "33", "note": "36"}
_WIDTH = 120
"""Columns of a quoted line that are shown."""
_LONGEST = 500
"""Characters of a message that are shown."""


def render(diagnostics: Iterable[Diagnostic], document: LoadedDocument, color: bool = False) -> str:
    """The text that a terminal shows for `diagnostics`, in their order; ``""`` for none.

    Control and bidirectional characters of the document are shown as escapes, never sent to the terminal.
    """
    return "\n".join(_rendered(diagnostic, document, color) for diagnostic in diagnostics)


def _rendered(item: Diagnostic, document: LoadedDocument, color: bool) -> str:
    paint = _paint if color else _plain
    position = item.position or document.position(item.place, key=item.code in KEYED)
    # A position of its own is of the file as it was read.
    written = item.place if item.position else document.source(item.place)
    where = shown_name(document, written.file)
    if position is not None:
        where += f":{position.line}:{position.column}"
    head = paint(f"{item.level}[{item.code}]", f"1;{_COLOURS[item.level]}")
    lines = [f"{paint(where, '1')}: {head}: {printable(_clipped(item.message))}"]
    if position is not None and position.text.strip():
        lines += _quote(position, _COLOURS[item.level] if color else "")
    elif item.place.pointer and position is None:
        lines.append(f"  at {printable(_clipped(item.place.pointer))}")
    if item.remedy:
        lines.append(f"  {paint('help', '1;32')}: {printable(_clipped(item.remedy))}")
    return "\n".join(lines) + "\n"


KEYED = frozenset({"unknown-key", "misspelt-key"})
"""Codes that speak about a member's name, not about its value."""


def shown_name(document: LoadedDocument, name: str) -> str:
    """A file as the user wrote it: relative to the working directory where that is not longer."""
    if document.path is None:
        return printable(name or document.uri or "<document>")
    if "://" in name:
        return printable(name)
    path = os.path.join(document.folder, name) if name else document.path
    try:
        relative = os.path.relpath(path)
    except (OSError, ValueError):  # no working directory, or another drive
        relative = path
    return printable(path if relative.startswith(os.pardir + os.sep + os.pardir) else relative)


def _quote(position: Position, colour: str) -> list[str]:
    text, column = _window(position)
    before = printable(text[:column])
    marked = printable(text[column : column + position.width]) or " "
    after = printable(text[column + len(text[column : column + position.width]) :])
    gutter = str(position.line)
    caret = " " * _columns(before) + "^" * max(1, _columns(marked))
    if colour:
        caret = _paint(caret, f"1;{colour}")
    return [
        f"  {' ' * len(gutter)} |",
        f"  {gutter} | {before}{marked}{after}".rstrip(),
        f"  {' ' * len(gutter)} | {caret}",
    ]


def _window(position: Position) -> tuple[str, int]:
    """The part of a long line around the caret, and the caret's index in it."""
    text, column = position.text, position.column - 1
    if len(text) <= _WIDTH:
        return text, column
    start = max(0, min(column - _WIDTH // 3, len(text) - _WIDTH))
    return text[start : start + _WIDTH], column - start


def _clipped(text: str) -> str:
    """Names in a message come from the document and can be of any length."""
    return text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "..."


def printable(text: str) -> str:
    """`text` on one line, with everything that a terminal would act on written as an escape."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(sign if sign.isprintable() or sign == " " else _escaped(sign) for sign in text)


def _escaped(sign: str) -> str:
    if sign == "\t":
        return "    "
    code = ord(sign)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _columns(text: str) -> int:
    """Columns of a terminal that `text` takes: two for wide characters, none for combining ones."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(sign) else 1 + (unicodedata.east_asian_width(sign) in "WF")
        for sign in text
    )


def _paint(text: str, codes: str) -> str:
    return f"\x1b[{codes}m{text}\x1b[0m"


def _plain(text: str, codes: str) -> str:
    return text
