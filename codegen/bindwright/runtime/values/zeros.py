"""Values that ``EmitDefaultValue=false`` leaves out (``x-dcs-emit-default``): .NET's ``default(T)``.

Null is the default of what may be null, ``int?`` among it: there a zero is written. A value type's is its
zero; an empty string, array or list is nobody's default (the profile's rules, 12).
"""

from __future__ import annotations

import datetime as dt
import decimal
import uuid
from typing import Any

from bindwright.runtime.shapes import Shape
from bindwright.runtime.values.durations import Duration


class ExactZero:
    """Equal to a time or duration of that value to its last tick: .NET's have a digit that Python's do not compare."""

    __slots__ = ("value",)

    def __init__(self, value: dt.datetime | dt.timedelta) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Duration):
            return other.ticks == 0 and other.months == 0
        return bool(self.value == other) and not getattr(other, "ticks", 0)

    __hash__ = object.__hash__

    def __repr__(self) -> str:
        return repr(self.value)


_ZEROS: dict[str, Any] = {
    "integer": 0, "number": 0.0, "decimal": decimal.Decimal(0), "boolean": False, "duration": ExactZero(dt.timedelta()),
    "datetime": ExactZero(dt.datetime(1, 1, 1)), "uuid": uuid.UUID(int=0),
}  # fmt: skip
_MIN_OFFSET = ExactZero(dt.datetime(1, 1, 1, tzinfo=dt.UTC))


def plain_zero(zero: Any) -> Any:
    """The value itself, for a member that was left out."""
    return zero.value if isinstance(zero, ExactZero) else zero


def zero_of(shape: Shape, *, required: bool) -> Any:
    """The default of a type; None where only null is left out.

    Args:
        required: whether the member is; None of an optional member without `UNSET` means absent, not null.
    """
    form = shape.wire.format
    if shape.unset or (shape.nullable and required):
        return None
    if shape.kind == "enum" and issubclass(shape.type, int):
        return shape.type(0)
    if shape.kind == "string" and form == "char":
        return "\0"
    if shape.kind == "datetime" and form == "DateTimeOffset":
        return _MIN_OFFSET
    return _ZEROS.get(shape.kind)
