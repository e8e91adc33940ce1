"""Keys of maps that are no plain strings, from the names of members that they are in JSON.

A reader raises ValueError, KeyError or ArithmeticError for a name that is no key of its kind.
"""

from __future__ import annotations

import decimal
import enum
import math
import re
from collections.abc import Callable, Mapping
from typing import Any

from bindwright.runtime.json.decoding.read_helpers import parse_uuid
from bindwright.runtime.shapes import Shape
from bindwright.runtime.value_types import PythonValue, TypeForm
from bindwright.runtime.values import times
from bindwright.runtime.values.scalar_texts import BYTES_PARSERS, parse_base64, parse_decimal, parse_duration

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?").fullmatch
_NOT_FINITE = {
    "NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf, "INF": math.inf, "-INF": -math.inf,
}  # fmt: skip
"""As .NET has them, and XML Schema."""


def key_reader(key: Shape, profile: str) -> Callable[[str], Any]:
    """A reader of map keys from the text they are in JSON; ValueError where it is none."""
    if key.kind == "enum":
        is_flags = profile == "datacontract" and issubclass(key.type, enum.Flag)
        return flags_key(key.type) if is_flags else enum_key(key.type)
    if key.kind == "bytes":
        return BYTES_PARSERS.get(key.fact("format") or "", parse_base64)
    if key.kind == "number":
        return dotnet_number_key if profile == "datacontract" else number_key
    if key.kind in ("string", "any"):  # a dictionary of which nothing is said about the keys
        return str
    reader = _KEYS.get(key.kind)
    if reader is None:
        raise TypeError(f"{key.kind} cannot be the key of a map")
    return reader


def enum_key(enum_type: TypeForm) -> Callable[[str], Any]:
    """A reader of map keys that are an enumeration: XML names where it has them, else values."""
    names: Mapping[str, int] = getattr(enum_type, "__xml_names__", {})
    read = integer_key if issubclass(enum_type, int) else number_key if issubclass(enum_type, float) else str

    def reader(text: str) -> PythonValue:
        if text in names:
            return enum_type(names[text])
        return enum_type(read(text))

    return reader


def flags_key(enum_type: TypeForm) -> Callable[[str], Any]:
    """A reader of keys that are sets of bits: names with a comma between, or the number (.NET's ``Enum.Parse``)."""
    names: Mapping[str, int] = getattr(enum_type, "__xml_names__", {})

    def reader(text: str) -> PythonValue:
        number = 0
        for name in text.split(","):
            word = name.strip(" ")
            number |= names[word] if word in names else integer_key(word)
        return enum_type(number)

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


def number_key(text: str) -> float:
    """A number of JSON as a member's name, within the range of a double."""
    value = float(text) if _NUMBER(text) else math.nan
    if not math.isfinite(value):
        raise ValueError(text)
    return value


def dotnet_number_key(text: str) -> float:
    """The same, or what .NET calls infinity and NaN."""
    return _NOT_FINITE[text] if text in _NOT_FINITE else number_key(text)


def decimal_key(text: str) -> decimal.Decimal:
    """A decimal number as a member's name."""
    return parse_decimal(text)


_KEYS: dict[str, Callable[[str], Any]] = {
    "boolean": boolean_key, "datetime": times.read_datetime, "date": times.read_date, "time": times.read_time,
    "duration": parse_duration, "uuid": parse_uuid, "decimal": decimal_key, "integer": integer_key,
}  # fmt: skip
