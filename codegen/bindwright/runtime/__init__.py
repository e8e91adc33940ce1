"""What generated code imports: models' wire facts, codecs for JSON and XML, and the HTTP client.

Names that cost something to import are found on first use.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from bindwright.runtime.model import UNSET, AnyInteger, AnyText, Model, Unset, empty_dict
from bindwright.runtime.resolve import describe
from bindwright.runtime.wire import Checks, Choice, Entries, Wire, Xml, at, root, wire

if TYPE_CHECKING:
    from bindwright.runtime.enums import OpenEnum, OpenFloatEnum, OpenIntEnum, OpenIntFlag, OpenStrEnum
    from bindwright.runtime.errors import (
        BindwrightError,
        DecodeError,
        EncodeError,
        ValidationError,
        Violation,
    )
    from bindwright.runtime.leniency import Deviation, deviations
    from bindwright.runtime.values.durations import Duration
    from bindwright.runtime.values.times import Date, DateTime, Time

_LAZY = {
    **dict.fromkeys(("OpenEnum", "OpenFloatEnum", "OpenIntEnum", "OpenIntFlag", "OpenStrEnum"), "enums"),
    **dict.fromkeys(
        ("BindwrightError", "DecodeError", "EncodeError", "ValidationError", "Violation"), "errors"
    ),
    **dict.fromkeys(("Date", "DateTime", "Time"), "values.times"),
    **dict.fromkeys(("Deviation", "deviations"), "leniency"),
    "Duration": "values.durations",
}
_MODULES = frozenset({"display", "json", "xml"})
"""Found as attributes of this package without an import statement: `Model` has no other way to them."""

__all__ = [
    "UNSET",
    "AnyInteger",
    "AnyText",
    "BindwrightError",
    "Checks",
    "Choice",
    "Date",
    "DateTime",
    "DecodeError",
    "Deviation",
    "Duration",
    "EncodeError",
    "Entries",
    "Model",
    "OpenEnum",
    "OpenFloatEnum",
    "OpenIntEnum",
    "OpenIntFlag",
    "OpenStrEnum",
    "Time",
    "Unset",
    "ValidationError",
    "Violation",
    "Wire",
    "Xml",
    "at",
    "describe",
    "deviations",
    "empty_dict",
    "root",
    "wire",
]


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return importlib.import_module(f"{__name__}.{name}")
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f"{__name__}.{_LAZY[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
