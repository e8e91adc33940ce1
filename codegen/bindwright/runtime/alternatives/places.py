"""What the schema of a place says of its values, as grading asks it."""

from __future__ import annotations

import decimal
import json
from functools import cache
from typing import Any, NamedTuple, cast

from bindwright.runtime.kept import KeepingDict, KeepingList, KeepingTuple
from bindwright.runtime.scalar_checks import checks_of
from bindwright.runtime.shapes import Shape
from bindwright.runtime.values.raw_schemas import Schema
from bindwright.runtime.wire import Checks

_STRINGS = frozenset(
    {
        "string",
        "uuid",
        "date",
        "time",
        "datetime",
        "duration",
        "bytes",
        "decimal",
        "literal",
        "enum",
        "number",
    }
)
NUMBERS = frozenset({"integer", "number", "decimal", "literal", "enum"})
_KINDS: dict[type, frozenset[str]] = {
    bool: frozenset({"boolean", "literal", "enum"}),
    str: _STRINGS,
    int: NUMBERS,
    float: NUMBERS,
    dict: frozenset({"model", "map"}),
    list: frozenset({"list", "tuple"}),
}
# Of models in other styles, which may keep something beside a list or dict.
_KINDS |= {KeepingDict: _KINDS[dict], KeepingList: _KINDS[list], KeepingTuple: _KINDS[list]}


class Place(NamedTuple):
    """What `grade` asks of a place each time; most values need nothing else."""

    plain: frozenset[type]
    """Types whose values fit, whatever they are."""
    listed: frozenset[str]
    """Texts that fit."""
    required: tuple[str, ...]
    """Names that a map must have."""
    checks: Checks | None
    sizes: tuple[int | None, int | None] = (None, None)
    """Of a list or map: the least and the most items or members, where the schema says how many."""
    asserts: tuple[Schema, ...] = ()
    """What types do not carry of the schema (``not``, ``if``, ``dependentRequired`` …)."""


_TEXT = frozenset({str})
_PLAIN: dict[str, frozenset[type]] = {
    "boolean": frozenset({bool}),
    "number": frozenset({int, float, str}),
    **dict.fromkeys(("uuid", "date", "time", "datetime", "duration", "bytes", "decimal"), _TEXT),
    "any": frozenset({bool, int, float, str, dict, list, type(None)}),
}
"""By kind, the types of values that `grade_scalar` asks nothing of; those of numbers where there are no checks."""


def place_of(shape: Shape) -> Place:
    checks, kind, listed = checks_of(shape), shape.kind, frozenset[str]()
    plain = _PLAIN.get(kind, frozenset())
    if kind in ("string", "integer") and checks is None and shape.fact("format") is None:
        plain = _TEXT if kind == "string" else frozenset({int})
    elif kind == "number" and checks is not None:
        plain = _TEXT
    elif kind == "literal":
        listed = frozenset(value for value in shape.literals if type(value) is str)
    elif kind == "enum":
        listed = frozenset(member.value for member in shape.type if type(member.value) is str)
    sizes: tuple[int | None, int | None] = (None, None)
    if checks is not None and kind in ("list", "map"):
        sizes = (
            (checks.min_items, checks.max_items)
            if kind == "list"
            else (checks.min_properties, checks.max_properties)
        )
    asserts = _asserts_of(shape)
    if shape.twins() or asserts:
        plain, listed = frozenset(), frozenset()
    shape.grading = Place(plain, listed, tuple(shape.fact("required") or ()), checks, sizes, asserts)
    return cast("Place", shape.grading)


def _asserts_of(shape: Shape) -> tuple[Schema, ...]:
    texts = (*shape.wire.asserts, *(shape.root.asserts if shape.root is not None else ()))
    return tuple(_schema(text) for text in dict.fromkeys(texts))


@cache
def _schema(text: str) -> Schema:
    return json.loads(text)


def grading_of(shape: Shape) -> Place:
    """What the schema of a place says of its values."""
    return shape.grading or place_of(shape)


def is_possible(kind: str, value: Any) -> bool:
    """Whether a parsed JSON value has the JSON type of a kind of place."""
    if value is None:
        return kind in ("null", "any")
    kinds = _KINDS.get(type(value))
    if kinds is None:  # a number with all its digits, or a value of a style that holds datetimes and the like
        return not isinstance(value, decimal.Decimal) or kind in NUMBERS
    return kind == "any" or kind in kinds
