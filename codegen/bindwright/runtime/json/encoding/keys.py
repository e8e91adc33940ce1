"""Keys of maps that are no plain strings, as the names of members that they are in JSON."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable
from typing import Any

from bindwright.runtime.errors import EncodeError
from bindwright.runtime.json.encoding.write_helpers import TIMESPAN, boolean_of, refused
from bindwright.runtime.shapes import Shape
from bindwright.runtime.value_types import PythonValue
from bindwright.runtime.values.numbers import double_text, single_text
from bindwright.runtime.values.scalar_texts import BYTES_TEXTS, base64_text


def key_writer(key: Shape | None, profile: str, untyped: Callable[[Any], str]) -> Callable[[Any], str]:
    """A writer of map keys of a type; `untyped` writes those of kinds whose values say what they are."""
    if key is None:
        return string_key
    if key.kind == "enum":
        is_flags = profile == "datacontract" and issubclass(key.type, enum.Flag)
        return flags_key(key.type) if is_flags else enum_key(key.type)
    if key.kind == "bytes":
        return _bytes_key(BYTES_TEXTS.get(key.fact("format") or "", base64_text))
    if profile != "datacontract":
        return untyped
    if key.kind == "number":
        return _dotnet_number_key(single_text if key.fact("format") in ("float", "single") else double_text)
    return _DOTNET_KEYS.get(key.kind, untyped)


def string_key(value: PythonValue) -> str:
    """A key of a map of strings."""
    if isinstance(value, str):
        return str(value.value) if isinstance(value, enum.Enum) else str.__str__(value)
    raise refused("str", value, "")


def _bytes_key(text: Callable[[bytes], str]) -> Callable[[Any], str]:
    def write(value: PythonValue) -> str:
        if not isinstance(value, bytes):
            raise refused("bytes", value, "")
        return text(value)

    return write


def _dotnet_boolean_key(value: PythonValue) -> str:
    return str(boolean_of(value))


def _dotnet_number_key(text: Callable[[Any], str]) -> Callable[[Any], str]:
    def write(value: PythonValue) -> str:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise refused("float", value, "")
        try:
            digits = text(value)
        except OverflowError:
            raise EncodeError("an integer beyond the range of a double") from None
        return {"INF": "Infinity", "-INF": "-Infinity"}.get(digits, "0" if value == 0 else digits)

    return write


_DOTNET_KEYS: dict[str, Callable[[Any], str]] = {
    "boolean": _dotnet_boolean_key, "duration": lambda value: TIMESPAN(value, ""),
}  # fmt: skip
"""Keys as Newtonsoft writes them: ``Convert.ToString`` with the invariant culture (``True``, ``01:30:00``)."""


def dotnet_key(value: PythonValue) -> str | None:
    """A key of a dictionary of ``object``, whose value alone says what it is; None: as in any other map."""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, enum.Enum):
        return (flags_key if isinstance(value, enum.Flag) else enum_key)(type(value))(value)
    if isinstance(value, dt.timedelta):
        return str(TIMESPAN(value, ""))
    if isinstance(value, float):
        is_single = getattr(value, "xsd", None) == "float"
        return _dotnet_number_key(single_text if is_single else double_text)(value)
    return None


def _names(enum_type: type[enum.Enum]) -> dict[Any, str]:
    """The name of each value in XML, of those that have several the first one."""
    first: dict[Any, str] = {}
    for name, number in getattr(enum_type, "__xml_names__", {}).items():
        first.setdefault(number, name)
    return first


def enum_key(enum_type: type[enum.Enum]) -> Callable[[Any], str]:
    """A writer of map keys that are an enumeration: XML names where it has them (RULES, 10), else values."""
    first = _names(enum_type)

    def write(value: PythonValue) -> str:
        number = value.value if isinstance(value, enum.Enum) else value
        return first.get(number) or str(number)

    return write


def flags_key(enum_type: type[enum.Enum]) -> Callable[[Any], str]:
    """A writer of keys that are sets of bits, as .NET's ``Enum.ToString`` has them.

    The name of the value, else names of bits in ascending order with ``, `` between, the largest chosen first, else the number.
    """
    first = _names(enum_type)
    descending = sorted((number for number in first if number > 0), reverse=True)

    def write(value: PythonValue) -> str:
        if isinstance(value, bool) or not isinstance(value, int):
            raise refused(enum_type.__name__, value, "")
        number = rest = int(value)
        if number in first:
            return first[number]
        chosen = []
        for bits in descending if number > 0 else ():
            if rest & bits == bits:
                chosen.append(first[bits])
                rest &= ~bits
        return ", ".join(reversed(chosen)) if chosen and not rest else str(number)

    return write
