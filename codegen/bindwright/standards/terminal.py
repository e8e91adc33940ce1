"""Text of others on a terminal or in a log: what would control the terminal is shown, not sent (CWE-150)."""

from __future__ import annotations

import re
from functools import cache

_CONTROLS = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 but tab and line feed, DEL, C1
    "\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff"  # directions, line and paragraph separators
    "\ud800-\udfff]"  # lone surrogates, which no encoding of a terminal can carry
)


@cache
def _controls(lines: bool) -> re.Pattern[str]:
    return re.compile(
        _CONTROLS if lines else f"[\t\n]|{_CONTROLS}"
    )  # takes a millisecond, and most runs ask for none


def escape_controls(text: str, *, lines: bool = True) -> str:
    r"""The text with control characters as ``\x1b`` or ``\u202e``; ``lines``: line feeds and tabs stay."""
    return text if text.isascii() and text.isprintable() else _controls(lines).sub(_escape, text)


def escape_json(text: str) -> str:
    r"""JSON in which control characters stand as ``\u009b``: the same value, and nothing for a terminal or a reviewer."""
    return text if text.isascii() and "\x7f" not in text else _controls(True).sub(_escape_unit, text)


def _escape_unit(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
