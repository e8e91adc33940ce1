"""Texts of date-times, UUIDs and floats as msgspec writes them: in a tenth to a third of the time of Python's own.

msgspec takes longer to import than a few hundred values to write, so it is asked once so many have come, or at
once where it is there already.
"""

from __future__ import annotations

import datetime as dt
import sys
import uuid
from collections.abc import Callable
from typing import Any

_PATIENCE = 200
"""Values that Python writes before msgspec is imported."""


class QuickTexts:
    """What writes values as text; ``None`` until that pays."""

    __slots__ = ("_calls", "builtins", "json")

    def __init__(self) -> None:
        self._calls = 0
        self.builtins: Callable[[Any], Any] | None = None
        """Date-times and UUIDs to texts."""
        self.json: Callable[[Any], bytes] | None = None
        """Floats to digits."""

    def wait(self) -> None:
        """Count a value that Python writes."""
        self._calls += 1
        if self._calls < _PATIENCE and "msgspec" not in sys.modules:
            return
        import msgspec

        self.json = msgspec.json.Encoder().encode
        self.builtins = msgspec.to_builtins


QUICK = QuickTexts()


def utc_text(value: dt.datetime) -> str:
    """RFC 3339 with ``Z`` and no trailing zeros, of a plain `datetime` in UTC."""
    if QUICK.builtins is None:
        QUICK.wait()
        iso = value.isoformat()
        return iso[:-6].rstrip("0") + "Z" if value.microsecond else iso[:-6] + "Z"
    text: str = QUICK.builtins(value)
    if value.microsecond % 10 or not value.microsecond:
        return text
    return text[:-1].rstrip("0") + "Z"


def uuid_text(value: uuid.UUID) -> str:
    """``str`` of a plain `UUID`."""
    if QUICK.builtins is None:
        QUICK.wait()
        return str(value)
    text: str = QUICK.builtins(value)
    return text


def digits_of(value: float) -> str:
    """``repr`` of a float."""
    # Where neither writes an exponent, both write the shortest digits that read back.
    if QUICK.json is not None and (1e-4 < value < 1e15 or -1e15 < value < -1e-4):
        return QUICK.json(value).decode()
    if QUICK.json is None:
        QUICK.wait()
    return repr(value)
