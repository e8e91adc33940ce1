"""Writing values of untyped places (``Any``): by their own types."""

from __future__ import annotations

import datetime as dt
import decimal
import enum
import uuid
from collections.abc import Mapping

import attrs
from msgspec import Raw

from bindwright.runtime.errors import EncodeError
from bindwright.runtime.json.encoding.keys import dotnet_key
from bindwright.runtime.json.encoding.write_helpers import (
    BASE64,
    DATE,
    DATETIME,
    DURATION,
    TIME,
    TIMESPAN,
    UUID,
    decimal_number,
    dotnet_decimal_number,
    dotnet_double,
    each,
    each_value,
    integer,
    number,
    refused,
    string,
)
from bindwright.runtime.json.plan.registry import Registry
from bindwright.runtime.json.text.numbers import NumberText, dotnet_float
from bindwright.runtime.model import UNSET
from bindwright.runtime.value_types import PlacedFunction, Prepared, PythonValue
from bindwright.runtime.values import durations

_FREE = frozenset({str, int, bool, type(None)})
_STRINGS = frozenset({str})


MOST_CONTAINERS = 100_000
"""Lists and dicts that `is_plain` looks into; a value that contains itself has no end."""


def is_plain(value: PythonValue) -> bool:
    """Whether msgspec writes a value as we do: JSON's own types, string keys, no NaN. Sets are compared in C."""
    pending = [value]
    for item in pending:  # which grows on the way
        type_ = type(item)
        if type_ is dict:
            if not _STRINGS.issuperset(map(type, item)):
                return False
            children = item.values()
        elif type_ is list:
            children = item
        elif type_ is float:
            if item - item != 0:
                return False
            continue
        elif type_ in _FREE:
            continue
        else:
            return False
        if not _FREE.issuperset(map(type, children)):
            pending += [child for child in children if type(child) not in _FREE]
            if len(pending) > MOST_CONTAINERS:
                return False
    return True


class UntypedWriter:
    """Writes any value; classes are written by the registry's codecs and hooks."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def write(self, value: PythonValue, profile: str = "openapi") -> Prepared:
        """What msgspec writes for a value of an untyped place.

        Raises:
            EncodeError: JSON has no form for it.
        """
        type_ = type(value)
        if type_ in _FREE or (profile == "openapi" and is_plain(value)):
            return value
        if type_ is float:
            return dotnet_double(value, "") if profile == "datacontract" else number(value, "")
        if type_ is list or type_ is tuple:
            return each(lambda item: self.write(item, profile), value, "")
        if type_ is dict:
            return each_value(
                lambda item: self.write(item, profile), lambda key: self.key_text(key, profile), value, ""
            )
        return self._write_other(value, profile)

    def _write_other(self, value: PythonValue, profile: str) -> Prepared:
        type_ = type(value)
        if (hook := self._registry.write_hook(type_)) is not None:
            return hook(value)
        if attrs.has(type_):
            return self._registry.of(type_).plainer()(value)
        # Before the scalars: members of open enumerations are str or int, too, and stand for their value.
        if isinstance(value, enum.Enum):
            return self.write(value.value, profile)
        for base, write_scalar in [*_DOTNET_BY_TYPE, *_BY_TYPE] if profile == "datacontract" else _BY_TYPE:
            if isinstance(value, base):
                return write_scalar(value, "")
        if isinstance(value, Mapping):
            return each_value(
                lambda item: self.write(item, profile), lambda key: self.key_text(key, profile), value, ""
            )
        if isinstance(value, (list, tuple, set, frozenset)):
            return each(lambda item: self.write(item, profile), list(value), "")
        if value is UNSET:
            raise EncodeError("UNSET stands for an absent member and has no form of its own")
        raise refused("a value that JSON has a form for", value, "")

    def key_text(self, value: PythonValue, profile: str = "openapi") -> str:
        """A key of a map with other keys than strings, or of an untyped object, as a member's name."""
        if profile == "datacontract" and (text := dotnet_key(value)) is not None:
            return text
        key = self.write(value)
        if isinstance(key, bool) or key is None:
            return {True: "true", False: "false", None: "null"}[key]
        if isinstance(key, (str, int)):
            return str(key)
        if isinstance(key, float):
            return repr(key)
        if isinstance(key, Raw):
            return bytes(key).decode()
        raise refused("a key", value, "")


def _dotnet_number(value: float, path: str) -> Prepared:
    """A number of ``object``: a ``float`` of .NET, which the XML codec remembers, has fewer digits."""
    return dotnet_float(float(value), single=getattr(value, "xsd", None) == "float")


_BY_TYPE: list[tuple[type, PlacedFunction]] = [
    # subclasses before their bases
    (Raw, lambda value, path: value), (str, string), (NumberText, number), (int, integer), (float, number),
    (decimal.Decimal, decimal_number), (dt.datetime, DATETIME), (dt.date, DATE), (dt.time, TIME),
    (durations.TimeSpan, TIMESPAN), (dt.timedelta, DURATION), (uuid.UUID, UUID), (bytes, BASE64),
]  # fmt: skip
_DOTNET_BY_TYPE: list[tuple[type, PlacedFunction]] = [
    (NumberText, number), (float, _dotnet_number), (decimal.Decimal, dotnet_decimal_number),
]  # fmt: skip
