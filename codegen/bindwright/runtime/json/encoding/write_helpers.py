"""What compiled writers call: values that take more than a type check, and values of untyped places.

A writer turns a value into what msgspec writes as JSON: its own scalars, lists, dicts with string keys,
structs, and `Raw` for numbers whose digits are not msgspec's.
"""

from __future__ import annotations

import datetime as dt
import decimal
import enum
import math
import uuid
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from msgspec import Raw
from msgspec.json import Encoder

from bindwright.runtime.errors import EncodeError
from bindwright.runtime.json.text.numbers import NumberText, decimal_json, dotnet_decimal, dotnet_float
from bindwright.runtime.value_types import Function, JsonObject, PlacedFunction, Prepared, PythonValue
from bindwright.runtime.values import durations, times
from bindwright.runtime.values.scalar_texts import base64_text, base64url_text


def refused(expected: str, value: PythonValue, path: str) -> EncodeError:
    """The error for a value of another type than the model's."""
    return EncodeError(f"expected {expected}, found {type(value).__name__} {_short(value)}", "$" + path)


def are_finite(values: Iterable[float]) -> bool:
    """Whether there is no NaN and no infinity among numbers; False, too, where their sum says nothing of them."""
    try:
        return math.isfinite(sum(values))
    except OverflowError:  # an integer that is no double
        return False


def _short(value: PythonValue) -> str:
    try:
        text = repr(value)
    except Exception:
        return ""
    return text if len(text) <= 60 else text[:59] + "…"


def as_it_is(write_untyped: Function) -> Callable[[Function, PythonValue], Prepared]:
    """A writer of values that need not fit: by their place, else by their own type."""

    def write(write_typed: Function, value: PythonValue) -> Prepared:
        try:
            return write_typed(value)
        except EncodeError:
            return write_untyped(value)

    return write


def within(error: EncodeError, path: str) -> EncodeError:
    """The same error, seen from one level further out."""
    error.path = "$" + path + error.path[1:]
    return error


def within_item(error: EncodeError, path: str, index: int) -> EncodeError:
    """The same error, seen from the list whose item has it."""
    return within(error, f"{path}[{index}]")


def string(value: PythonValue, path: str) -> str:
    """Text that is no plain ``str``."""
    if isinstance(value, str):
        return str(value.value) if isinstance(value, enum.Enum) else str.__str__(value)
    raise refused("str", value, path)


def integer(value: PythonValue, path: str) -> int:
    """A whole number that is no plain ``int``."""
    if isinstance(value, int) and not isinstance(value, bool):
        return int(value)
    raise refused("int", value, path)


def number(value: PythonValue, path: str) -> Prepared:
    """A number that is no plain ``int`` or finite ``float``."""
    # Digits that a double does not have go out as they came in.
    if isinstance(value, NumberText):
        return Raw(value.text.encode())
    if isinstance(value, decimal.Decimal):
        return decimal_number(value, path)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise refused("float", value, path)
    if isinstance(value, int):
        return int(value)
    value = float(value)
    if value - value != 0:
        raise EncodeError("JSON has no NaN and no infinity", "$" + path)
    return value


def dotnet_double(value: PythonValue, path: str) -> Prepared:
    """A double in profile ``datacontract``."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise refused("float", value, path)
    return dotnet_float(float(value), single=False)


def dotnet_single(value: PythonValue, path: str) -> Prepared:
    """A float in profile ``datacontract``."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise refused("float", value, path)
    return dotnet_float(float(value), single=True)


def _decimal(value: PythonValue, path: str, text: Callable[[decimal.Decimal], str]) -> str:
    if isinstance(value, bool) or not isinstance(value, (decimal.Decimal, int)):
        raise refused("Decimal", value, path)
    try:
        return text(decimal.Decimal(value))
    except ValueError as error:
        raise EncodeError(str(error), "$" + path) from None


def decimal_number(value: PythonValue, path: str) -> Raw:
    """A decimal as a number, every digit."""
    return Raw(_decimal(value, path, decimal_json).encode())


def decimal_string(value: PythonValue, path: str) -> str:
    """A decimal as a string (``type: string, format: decimal``)."""
    return _decimal(value, path, decimal_json)


def dotnet_decimal_number(value: PythonValue, path: str) -> Raw:
    """A decimal in profile ``datacontract``."""
    return Raw(_decimal(value, path, dotnet_decimal).encode())


def null(value: PythonValue, path: str) -> None:
    """Never anything in place of a value: in a choice, another alternative is its own."""
    raise refused("None", value, path)


def boolean(value: PythonValue, path: str) -> bool:
    """Never anything else than a ``bool``."""
    raise refused("bool", value, path)


def _written(type_: type, text: Callable[[Any], str]) -> Callable[[Any, str], str]:
    def write(value: PythonValue, path: str) -> str:
        if not isinstance(value, type_):
            raise refused(type_.__name__, value, path)
        return text(value)

    return write


def _offset_text(value: dt.datetime) -> str:
    """DateTimeOffset: a numeric offset, always (RULES of the profile, 7.4)."""
    text = times.datetime_text(value)
    return text[:-1] + "+00:00" if text[-1:] == "Z" else text


def datetime_value(value: PythonValue, path: str) -> Prepared:
    """A date-time without a text of its own: as it is where msgspec writes it canonically, in C."""
    if type(value) is not dt.datetime:
        return DATETIME(value, path)
    micro = value.microsecond
    # msgspec writes six digits of a fraction; ours has none that are zeros at its end.
    if value.tzinfo is _UTC:
        return _encode(value).decode()[1:-2].rstrip("0") + "Z" if micro and not micro % 10 else value
    if value.tzinfo is None:
        return _encode(value).decode()[1:-1].rstrip("0") if micro and not micro % 10 else value
    return times.canonical_datetime(value)


_encode = Encoder().encode
_UTC = dt.UTC
DATETIME = _written(dt.datetime, times.datetime_text)
OFFSET = _written(dt.datetime, _offset_text)
DATE = _written(dt.date, times.date_text)
TIME = _written(dt.time, times.time_text)
DURATION = _written(dt.timedelta, durations.duration_text)
TIMESPAN = _written(dt.timedelta, durations.timespan_text)
UUID = _written(uuid.UUID, str)
BASE64 = _written(bytes, base64_text)
BASE64URL = _written(bytes, base64url_text)
HEX = _written(bytes, bytes.hex)


def member(enum_type: type[enum.Enum]) -> PlacedFunction:
    """A writer of an enumeration: its members' values; a bare value is taken for its member."""

    def write(value: PythonValue, path: str) -> Prepared:
        if isinstance(value, enum_type):
            return value.value
        try:
            return enum_type(value).value
        except ValueError:
            raise refused(enum_type.__name__, value, path) from None

    return write


def literal(allowed: tuple[PythonValue, ...], *, is_open: bool = False) -> PlacedFunction:
    """A writer of a ``Literal``; of an open one, also of other values of the same type."""

    def write(value: PythonValue, path: str) -> Prepared:
        if any(
            (constant == value and isinstance(constant, bool) == isinstance(value, bool))
            or (is_open and type(value) is type(constant))
            for constant in allowed
        ):
            return value.value if isinstance(value, enum.Enum) else value
        raise refused(" or ".join(map(repr, allowed)), value, path)

    return write


def each(write: Function, value: Iterable[Any], path: str) -> list[PythonValue]:
    """Items, one by one."""
    # Text is iterable, but a list of letters is never meant.
    if not isinstance(value, (list, tuple)):
        if isinstance(value, (str, bytes, Mapping)) or not isinstance(value, Iterable):
            raise refused("list", value, path)
        value = list(value)
    items: list[Prepared] = []
    try:
        for item in value:
            items.append(write(item))
    except EncodeError as error:
        raise within(error, f"{path}[{len(items)}]") from None
    return items


def each_value(write: Function, key: Callable[[Any], str], value: Mapping[Any, Any], path: str) -> JsonObject:
    """Entries of a map, one by one."""
    if not isinstance(value, Mapping):
        raise refused("dict", value, path)
    entries: JsonObject = {}
    for name, item in value.items():
        try:
            text = key(name)
            # 1 and "1" are two keys in Python and one name in JSON: the later value would win in silence.
            if text in entries:
                raise EncodeError(f"two keys are written as {text!r}")
            entries[text] = write(item)
        except EncodeError as error:
            raise within(error, f"{path}[{name!r}]") from None
    return entries


def each_named_value(
    functions: tuple[Function, ...],
    index_of: Callable[[str], int | None],
    key: Callable[[Any], str],
    value: Mapping[Any, Any],
    path: str,
) -> JsonObject:
    """Entries of a map whose names tell what they are; a name that tells nothing has the last function."""
    if not isinstance(value, Mapping):
        raise refused("dict", value, path)
    entries: JsonObject = {}
    for name, item in value.items():
        try:
            index = index_of(text := key(name))
            entries[text] = functions[-1 if index is None else index](item)
        except EncodeError as error:
            raise within(error, f"{path}[{name!r}]") from None
    return entries


def boolean_of(value: PythonValue) -> bool:
    """A truth value.

    Raises:
        EncodeError: it is none.
    """
    if isinstance(value, bool):
        return value
    raise refused("bool", value, "")
