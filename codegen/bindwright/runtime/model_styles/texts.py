"""Scalars where a style has only text for them: as they stand in JSON strings."""

from __future__ import annotations

import datetime as dt
import decimal
import math
import uuid
from collections.abc import Callable
from typing import Any

from bindwright.runtime.model_styles.names import is_typed_dict, options
from bindwright.runtime.shapes import Shape
from bindwright.runtime.values import durations, times
from bindwright.runtime.values.scalar_texts import BYTES_TEXTS, base64_text, parser_of

TEXTS: dict[str, type] = {
    "datetime": dt.datetime, "date": dt.date, "time": dt.time, "duration": dt.timedelta, "uuid": uuid.UUID,
    "bytes": bytes, "decimal": decimal.Decimal,
}  # fmt: skip
"""Kinds of shapes whose values are texts in JSON, or may be, with the classes of the attrs models' values."""

_WRITERS: dict[str, Callable[[Any], str]] = {
    "datetime": times.datetime_text, "date": times.date_text, "time": times.time_text,
    "duration": durations.duration_text, "uuid": str, "decimal": str,
}  # fmt: skip


def text_for(value: object, hint: object, shape: Shape | None) -> object:
    """The value as its hint wants it: text, where it says so and names no other class for it."""
    if shape is None or shape.kind not in TEXTS or value is None:
        return value
    alternatives = options(hint)
    if str not in alternatives or any(
        option is Any
        or (isinstance(option, type) and not is_typed_dict(option) and isinstance(value, option))
        for option in alternatives
    ):
        return value
    if shape.kind == "decimal" and not shape.fact("quoted"):
        return value  # a number in JSON
    if shape.kind == "bytes":
        write = BYTES_TEXTS.get(shape.fact("format") or "", base64_text)
        return write(value) if isinstance(value, bytes) else value
    return _WRITERS[shape.kind](value) if isinstance(value, TEXTS[shape.kind]) else value


def value_of(value: object, shape: Shape | None) -> object:
    """The inverse of `text_for`; what is no such text is left to the codec, which says so with a path."""
    if type(value) is float and shape is not None and shape.kind == "decimal" and math.isfinite(value):
        return decimal.Decimal(repr(value))  # a style that has no decimals declares them as floats
    if not isinstance(value, str) or shape is None or shape.kind not in TEXTS:
        return value
    # Types of ours (`DateTime`) read themselves, so that their digits are kept.
    parse = getattr(shape.type, "parse", None) or parser_of(shape.kind, shape.fact("format"))
    try:
        parsed: object = parse(value) if parse is not None else value
    except (ValueError, ArithmeticError):
        return value
    named = shape.kind in ("uuid", "bytes", "decimal") and shape.type not in _PLAIN
    return shape.type(parsed) if named and isinstance(shape.type, type) else parsed


_PLAIN = frozenset({uuid.UUID, bytes, decimal.Decimal})
