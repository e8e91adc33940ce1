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

_ZEROS: dict[str, Any] = {
    "integer": 0, "number": 0.0, "decimal": decimal.Decimal(0), "boolean": False, "duration": dt.timedelta(),
    "datetime": dt.datetime(1, 1, 1), "uuid": uuid.UUID(int=0),
}  # fmt: skip
_MIN_OFFSET = dt.datetime(1, 1, 1, tzinfo=dt.UTC)


def zero_of(shape: Shape) -> Any:
    """The default of a type; None where only null is left out."""
    form = shape.wire.format
    if shape.nullable:
        return None
    if shape.kind == "enum" and issubclass(shape.type, int):
        return shape.type(0)
    if shape.kind == "string" and form == "char":
        return "\0"
    if shape.kind == "datetime" and form == "DateTimeOffset":
        return _MIN_OFFSET
    return _ZEROS.get(shape.kind)
