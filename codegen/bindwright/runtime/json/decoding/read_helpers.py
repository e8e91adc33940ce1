"""What compiled readers call: errors with paths, and the scalars that take more than a type check."""

from __future__ import annotations

import decimal
import enum
import uuid
from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from bindwright.runtime.errors import DecodeError
from bindwright.runtime.json.text.descriptions import shown, step
from bindwright.runtime.json.text.numbers import SPECIAL, text_of, untyped_number
from bindwright.runtime.value_types import (
    Function,
    JsonObject,
    JsonValue,
    PlacedFunction,
    PythonValue,
    TypeForm,
)
from bindwright.runtime.values import times
from bindwright.runtime.values.scalar_texts import (
    MOST_PLACES,
    parse_base64,
    parse_base64url,
    parse_decimal,
    parse_duration,
    parse_timespan,
)


def wrong(expected: str, value: JsonValue, path: str) -> DecodeError:
    """The error for a value that is not of the type."""
    return DecodeError(expected, shown(value), "$" + path)


def within(error: DecodeError, path: str) -> DecodeError:
    """The same error, seen from one level further out."""
    error.path = "$" + path + error.path[1:]
    return error


def missing(document: JsonValue, names: Iterable[str]) -> DecodeError:
    """The error for an object without a required member, or for what is no object."""
    if not isinstance(document, dict):
        return wrong("an object", document, "")
    # The first that lacks, in the model's order: one error a document, as everywhere in strict reading.
    absent = next((name for name in names if name not in document), "")
    return DecodeError(f'the member "{absent}"', "none of that name", "$")


def each(read: Function, value: list[JsonValue], path: str) -> list[PythonValue]:
    """Items that need reading one by one."""
    items: list[PythonValue] = []
    try:
        for item in value:
            items.append(read(item))
    except DecodeError as error:
        # To read the items once more, for the index, would double the time with each list around them.
        raise within(error, f"{path}[{len(items)}]") from None
    return items


def parts(reads: tuple[Function, ...], value: list[JsonValue], path: str) -> tuple[PythonValue, ...]:
    """Items of a tuple that may be shorter than its readers are many."""
    items: list[PythonValue] = []
    for index, (read, item) in enumerate(zip(reads, value, strict=False)):
        try:
            items.append(read(item))
        except DecodeError as error:
            raise within(error, f"{path}[{index}]") from None
    return tuple(items)


def each_value(read: Function, value: JsonObject, path: str) -> JsonObject:
    """Values of a map that need reading one by one."""
    entries = {}
    for name, item in value.items():
        try:
            entries[name] = read(item)
        except DecodeError as error:
            raise within(error, path + step(name)) from None
    return entries


IndexOf = Callable[[str], int | None]
"""Which of several functions the value of a name has; None: the last one."""


def each_named_value(
    functions: tuple[Function, ...], index_of: IndexOf, value: JsonObject, path: str
) -> JsonObject:
    """Values of a map whose names tell what they are."""
    entries = {}
    for name, item in value.items():
        index = index_of(name)
        try:
            entries[name] = functions[-1 if index is None else index](item)
        except DecodeError as error:
            raise within(error, path + step(name)) from None
    return entries


def each_key(read: Callable[[str], Any], value: JsonObject, path: str) -> dict[PythonValue, PythonValue]:
    """A map with keys that are no strings."""
    entries: dict[PythonValue, PythonValue] = {}
    for name, item in value.items():
        try:
            key = read(name)
        except (ValueError, KeyError, ArithmeticError):
            raise DecodeError(
                "a key of the map's key type", f"the string {name!r}", "$" + path + step(name)
            ) from None
        if key in entries:
            raise DecodeError("each key once", f"the string {name!r} again", "$" + path + step(name))
        entries[key] = item
    return entries


def refused_by_class(model: type, error: Exception, document: JsonValue) -> DecodeError:
    """The error for an object that the class itself (a validator, a converter) does not take."""
    return DecodeError(f"a {model.__name__} ({error})", shown(document))


def integral(value: JsonValue, expected: str, path: str) -> int:
    """A whole number that is written ``5.0`` or ``1e3``: an integer (JSON Schema 2020-12 core, 4.2.2 and 6.3)."""
    if isinstance(value, float) and value - value == 0:
        # From the text: a double would round what is beyond 2 ** 53, and 1e400 is an integer, too.
        try:
            exact = parse_decimal(text_of(value))
            if exact == exact.to_integral_value():
                return int(exact)
        except ArithmeticError:  # more places than anyone means
            pass
    raise wrong(expected, value, path)


def number(value: JsonValue, path: str) -> float | int:
    """A number that is no plain float or int: `NumberText`."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise wrong("a number", value, path)
    # bool is an int in Python, and never a number in JSON.
    if isinstance(value, int):
        return int(value)
    plain = float(value)
    if plain - plain != 0:
        raise wrong("a number in the range of a double", value, path)
    return plain


def dotnet_number(value: JsonValue, path: str) -> float | int:
    """The same, with Newtonsoft's strings for NaN and infinity."""
    if isinstance(value, str) and value in SPECIAL:
        return SPECIAL[value]
    return number(value, path)


def read_decimal(value: JsonValue, path: str) -> decimal.Decimal:
    """A JSON number with all its digits, or a string of digits (``type: string, format: decimal``)."""
    if type(value) is int:
        return decimal.Decimal(value)
    text = text_of(value) if isinstance(value, float) else value
    try:
        return parse_decimal(text)
    except OverflowError:
        raise wrong(f"a decimal number of at most {MOST_PLACES} places", value, path) from None
    except (TypeError, ValueError):
        raise wrong("a decimal number", value, path) from None


def plain_decimal(value: JsonValue, path: str) -> decimal.Decimal:
    """A JSON number with all its digits, and no text."""
    if type(value) is str:
        raise wrong("a decimal number", value, path)
    return read_decimal(value, path)


def quoted_decimal(value: JsonValue, path: str) -> decimal.Decimal:
    """A string of digits, and no number."""
    if type(value) is not str:
        raise wrong("a string of digits", value, path)
    return read_decimal(value, path)


def raw_decimal(value: JsonValue) -> decimal.Decimal:
    """The same from the bytes of a JSON number."""
    text = bytes(value)
    # Raw may hold a string or an object: the general way says what is wrong.
    if text[0] not in b"-0123456789":
        raise ValueError
    if b"e" in text or b"E" in text:
        return read_decimal(untyped_number(text.decode()), "")
    return decimal.Decimal(text.decode())


def scalar(read: Callable[[str], Any], expected: str) -> PlacedFunction:
    """A reader of a scalar that is a string in JSON."""

    def reader(value: JsonValue, path: str) -> PythonValue:
        if type(value) is not str:
            raise wrong(expected, value, path)
        try:
            return read(value)
        except (ValueError, OverflowError):
            raise wrong(expected, value, path) from None

    return reader


_decode_uuid = msgspec.json.Decoder(uuid.UUID).decode


def parse_uuid(text: str) -> uuid.UUID:
    """RFC 9562, 4: the form with hyphens. msgspec makes it in C, in a quarter of the time that ``uuid.UUID`` takes.

    Raises:
        ValueError: it is none.
    """
    # Of 36 characters msgspec takes nothing but this form: the one without hyphens has 32.
    if len(text) == 36:
        try:
            return _decode_uuid(b'"%b"' % text.encode())
        except msgspec.MsgspecError:
            pass
    raise ValueError(text)


DATETIME = scalar(times.read_datetime, "a date-time")
DATE = scalar(times.read_date, "a date")
TIME = scalar(times.read_time, "a time")
DURATION = scalar(parse_duration, "a duration")
TIMESPAN = scalar(parse_timespan, "a duration")
UUID = scalar(parse_uuid, "a UUID")
BASE64 = scalar(parse_base64, "base64 text")
BASE64URL = scalar(parse_base64url, "base64url text")
HEX = scalar(bytes.fromhex, "hexadecimal text")


def members(enum_type: type[enum.Enum]) -> dict[PythonValue, PythonValue]:
    """Value to member; where values are of unlike types, `mixed_member` tells ``1`` from ``true``."""
    return {member.value: member for member in enum_type.__members__.values()}


def other_member(enum_type: TypeForm, value: JsonValue, path: str) -> PythonValue:
    """A member for a value that the class does not list: an open enumeration has one for each."""
    try:
        return enum_type(value)
    except ValueError:
        listed = ", ".join(repr(member.value) for member in list(enum_type)[:8])
        raise DecodeError(f"one of {listed}", shown(value), "$" + path) from None


def mixed_member(enum_type: TypeForm) -> PlacedFunction:
    """A reader of an enumeration with values of several JSON types."""
    members_ = [(type(member.value), member.value, member) for member in enum_type.__members__.values()]

    def reader(value: JsonValue, path: str) -> PythonValue:
        for kind_of, listed, member in members_:
            if type(value) is kind_of and value == listed:
                return member
        return other_member(enum_type, value, path)

    return reader


def literal(allowed: tuple[PythonValue, ...], *, is_open: bool = False) -> PlacedFunction:
    """A reader of a ``Literal``: one of these values, type and all; an open one takes others of the same type."""

    def reader(value: JsonValue, path: str) -> PythonValue:
        for constant in allowed:
            if constant == value and isinstance(value, bool) == isinstance(constant, bool):
                return constant
            if is_open and type(value) is type(constant):
                return value
        raise DecodeError(" or ".join(map(shown, allowed)), shown(value), "$" + path)

    return reader


def float_member(enum_type: TypeForm) -> PlacedFunction:
    """A reader of an enumeration of numbers."""

    def reader(value: JsonValue, path: str) -> PythonValue:
        return other_member(enum_type, number(value, path), path)

    return reader


def hooked(hook: Callable[[Any, Any], Any], type_: TypeForm) -> PlacedFunction:
    """A reader that a user registered; what it raises becomes a `DecodeError` with a path."""

    def reader(value: JsonValue, path: str) -> PythonValue:
        try:
            return hook(value, type_)
        except DecodeError as error:
            raise within(error, path) from None
        except Exception as error:
            name = getattr(type_, "__name__", str(type_))
            raise DecodeError(f"a {name} ({error})", shown(value), "$" + path) from error

    return reader
