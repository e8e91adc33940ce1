"""What compiled readers call: errors with paths, and the scalars that take more than a type check."""

from __future__ import annotations

import decimal
import enum
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bindwright.runtime.errors import DecodeError
from bindwright.runtime.json.text.descriptions import shown, step
from bindwright.runtime.json.text.numbers import SPECIAL, text_of, untyped_number
from bindwright.runtime.values import times
from bindwright.runtime.values.scalar_texts import (
    MOST_PLACES,
    parse_base64,
    parse_base64url,
    parse_decimal,
    parse_duration,
    parse_timespan,
    parse_uuid,
)


def wrong(expected: str, value: Any, at: str) -> DecodeError:
    """The error for a value that is not of the type."""
    return DecodeError(expected, shown(value), "$" + at)


def within(error: DecodeError, at: str) -> DecodeError:
    """The same error, seen from one level further out."""
    error.path = "$" + at + error.path[1:]
    return error


def missing(document: Any, names: Iterable[str]) -> DecodeError:
    """The error for an object without a required member, or for what is no object."""
    if not isinstance(document, dict):
        return wrong("an object", document, "")
    absent = next((name for name in names if name not in document), "")
    return DecodeError(f'the member "{absent}"', "none of that name", "$")


def each(read: Callable[[Any], Any], value: list[Any], at: str) -> list[Any]:
    """Items that need reading one by one."""
    try:
        return [read(one) for one in value]
    except DecodeError:
        return _each_placed(read, value, at)


def _each_placed(read: Callable[[Any], Any], value: list[Any], at: str) -> list[Any]:
    """The same once more, now to find where."""
    found = []
    for index, one in enumerate(value):
        try:
            found.append(read(one))
        except DecodeError as error:
            raise within(error, f"{at}[{index}]") from None
    return found


def each_value(read: Callable[[Any], Any], value: dict[str, Any], at: str) -> dict[str, Any]:
    """Values of a map that need reading one by one."""
    found = {}
    for name, one in value.items():
        try:
            found[name] = read(one)
        except DecodeError as error:
            raise within(error, at + step(name)) from None
    return found


def each_key(read: Callable[[str], Any], value: dict[str, Any], at: str) -> dict[Any, Any]:
    """A map with keys that are no strings."""
    found: dict[Any, Any] = {}
    for name, one in value.items():
        try:
            key = read(name)
        except (ValueError, KeyError, ArithmeticError):
            raise DecodeError(
                "a key of the map's key type", f"the string {name!r}", "$" + at + step(name)
            ) from None
        if key in found:
            raise DecodeError("each key once", f"the string {name!r} again", "$" + at + step(name))
        found[key] = one
    return found


def number(value: Any, at: str) -> float | int:
    """A number that is no plain float or int: `NumberText`."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise wrong("a number", value, at)
    if isinstance(value, int):
        return int(value)
    plain = float(value)
    if plain - plain != 0:
        raise wrong("a number in the range of a double", value, at)
    return plain


def dotnet_number(value: Any, at: str) -> float | int:
    """The same, with Newtonsoft's strings for NaN and infinity."""
    if isinstance(value, str) and value in SPECIAL:
        return SPECIAL[value]
    return number(value, at)


def read_decimal(value: Any, at: str) -> decimal.Decimal:
    """A JSON number with all its digits, or a string of digits (``type: string, format: decimal``)."""
    if type(value) is int:
        return decimal.Decimal(value)
    text = text_of(value) if isinstance(value, float) else value
    try:
        return parse_decimal(text)
    except OverflowError:
        raise wrong(f"a decimal number of at most {MOST_PLACES} places", value, at) from None
    except (TypeError, ValueError):
        raise wrong("a decimal number", value, at) from None


def raw_decimal(value: Any) -> decimal.Decimal:
    """The same from the bytes of a JSON number."""
    text = bytes(value)
    if text[0] not in b"-0123456789":
        raise ValueError
    if b"e" in text or b"E" in text:
        return read_decimal(untyped_number(text.decode()), "")
    return decimal.Decimal(text.decode())


def scalar(read: Callable[[str], Any], expected: str) -> Callable[[Any, str], Any]:
    """A reader of a scalar that is a string in JSON."""

    def reader(value: Any, at: str) -> Any:
        if type(value) is not str:
            raise wrong(expected, value, at)
        try:
            return read(value)
        except (ValueError, OverflowError):
            raise wrong(expected, value, at) from None

    return reader


DATETIME = scalar(times.read_datetime, "a date-time")
DATE = scalar(times.read_date, "a date")
TIME = scalar(times.read_time, "a time")
DURATION = scalar(parse_duration, "a duration")
TIMESPAN = scalar(parse_timespan, "a duration")
UUID = scalar(parse_uuid, "a UUID")
BASE64 = scalar(parse_base64, "base64 text")
BASE64URL = scalar(parse_base64url, "base64url text")
HEX = scalar(bytes.fromhex, "hexadecimal text")


def members(kind: type[enum.Enum]) -> dict[Any, Any]:
    """Value to member; where values are of unlike types, `mixed_member` tells ``1`` from ``true``."""
    return {one.value: one for one in kind.__members__.values()}


def other_member(kind: Any, value: Any, at: str) -> Any:
    """A member for a value that the class does not list: an open enumeration has one for each."""
    try:
        return kind(value)
    except ValueError:
        known = ", ".join(repr(one.value) for one in list(kind)[:8])
        raise DecodeError(f"one of {known}", shown(value), "$" + at) from None


def mixed_member(kind: Any) -> Callable[[Any, str], Any]:
    """A reader of an enumeration with values of several JSON types."""
    known = [(type(one.value), one.value, one) for one in kind.__members__.values()]

    def reader(value: Any, at: str) -> Any:
        for kind_of, one, member in known:
            if type(value) is kind_of and value == one:
                return member
        return other_member(kind, value, at)

    return reader


def literal(allowed: tuple[Any, ...]) -> Callable[[Any, str], Any]:
    """A reader of a ``Literal``: one of these values, type and all."""

    def reader(value: Any, at: str) -> Any:
        for one in allowed:
            if one == value and isinstance(value, bool) == isinstance(one, bool):
                return one
        raise DecodeError(" or ".join(map(shown, allowed)), shown(value), "$" + at)

    return reader


def enum_key(kind: Any) -> Callable[[str], Any]:
    """A reader of map keys that are an enumeration: XML names where it has them, else values."""
    names: Mapping[str, int] = getattr(kind, "__xml_names__", {})

    def reader(text: str) -> Any:
        if text in names:
            return kind(names[text])
        return kind(int(text)) if issubclass(kind, int) else kind(text)

    return reader


def float_member(kind: Any) -> Callable[[Any, str], Any]:
    """A reader of an enumeration of numbers."""

    def reader(value: Any, at: str) -> Any:
        return other_member(kind, number(value, at), at)

    return reader


def hooked(hook: Callable[[Any, Any], Any], kind: Any) -> Callable[[Any, str], Any]:
    """A reader that a user registered; what it raises becomes a `DecodeError` with a path."""

    def reader(value: Any, at: str) -> Any:
        try:
            return hook(value, kind)
        except DecodeError as error:
            raise within(error, at) from None
        except Exception as error:
            name = getattr(kind, "__name__", str(kind))
            raise DecodeError(f"a {name} ({error})", shown(value), "$" + at) from error

    return reader


def integer_key(text: str) -> int:
    """A whole number as a member's name, in its canonical form."""
    value = int(text)
    if str(value) != text:
        raise ValueError(text)
    return value


def boolean_key(text: str) -> bool:
    """``true``/``false``, or .NET's ``True``/``False``, as a member's name."""
    return {"true": True, "false": False, "True": True, "False": False}[text]


KEYS: dict[str, Callable[[str], Any]] = {
    "boolean": boolean_key, "datetime": times.read_datetime, "date": times.read_date, "time": times.read_time,
    "duration": parse_duration, "uuid": parse_uuid, "number": float, "decimal": decimal.Decimal,
}  # fmt: skip
