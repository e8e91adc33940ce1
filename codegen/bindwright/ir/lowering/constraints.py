"""Validation keywords (JSON Schema 2020-12 validation, 6) of one schema, and of several together."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import Any

from bindwright.ir.lowering.context import Lowering
from bindwright.ir.lowering.keywords import CONSTRAINTS
from bindwright.ir.lowering.location import Location
from bindwright.ir.lowering.values import count, number, true
from bindwright.ir.model import Constraints

_KEYS = frozenset(CONSTRAINTS)
_NUMBERS = frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"})
_LOWER = frozenset({"minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"})
_UPPER = frozenset({"maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"})


def constraints(context: Lowering, schema: dict[str, Any], location: Location) -> Constraints | None:
    """The constraints of a schema; None where it has none."""
    if _KEYS.isdisjoint(schema):
        return None
    result = Constraints()
    constrained = False
    for key, name in CONSTRAINTS.items():
        if key in schema and schema[key] is not None:
            value = _read(key, schema, result)
            if key == "pattern" and value is not None:
                value = _unslashed(context, value, location)
            if value is not None:
                setattr(result, name, value)
                constrained = constrained or value is not False
            elif not isinstance(schema[key], bool):
                context.warn("invalid-constraint", f"`{key}` has a value it cannot have", location)
    return result if constrained else None


def _read(key: str, schema: dict[str, Any], result: Constraints) -> Any:
    value = schema[key]
    if key == "pattern":
        return value if isinstance(value, str) else None
    if key == "uniqueItems":
        return true(value)
    if key not in _NUMBERS:
        return count(value)
    if isinstance(value, bool) or value in ("true", "false"):
        # 2.0 and 3.0: a flag that makes the limit beside it exclusive.
        return _exclusive(key, schema, result) if true(value) else None
    return _limit(key, number(value))


def _limit(key: str, value: Any) -> Any:
    """A limit that numbers can be held against; infinity is none, and `multipleOf` is more than zero."""
    if value is None:
        return None
    exact = Decimal(str(value))
    return value if exact.is_finite() and (key != "multipleOf" or exact > 0) else None


@cache
def _literal() -> re.Pattern[str]:
    return re.compile(r"/(\^.*)/[dgimsuvy]*|/(.*(?<!\\)\$)/[dgimsuvy]*", re.DOTALL)


def _unslashed(context: Lowering, pattern: str, location: Location) -> str:
    """A pattern written as a literal of JavaScript (``/^a$/``), which matches nothing as it stands: what the
    slashes hold is meant."""
    literal = _literal().fullmatch(pattern) if pattern.startswith("/") else None
    if literal is None:
        return pattern
    context.warn(
        "slashed-pattern",
        "`pattern` has JavaScript's slashes around it: as it stands nothing matches it",
        location.down("/pattern"),
        "remove the slashes; bindwright takes what stands between them",
    )
    return literal[1] or literal[2]


def _exclusive(key: str, schema: dict[str, Any], result: Constraints) -> Any:
    plain = "minimum" if key == "exclusiveMinimum" else "maximum"
    setattr(result, plain, None)
    return number(schema.get(plain))


def both(key: str, first: Any, second: Any) -> Any:
    """The value of a constraint that two schemas set."""
    if key in _LOWER or key in _UPPER:
        first_number, second_number = number(first), number(second)
        if isinstance(first, bool) or isinstance(second, bool):
            return first if first is True else second
        if first_number is None or second_number is None:
            return first if second_number is None else second
        larger = Decimal(str(first_number)) >= Decimal(str(second_number))
        return (first if larger else second) if key in _LOWER else (second if larger else first)
    if key == "pattern" and first != second:
        return f"^(?=[\\s\\S]*?(?:{first}))(?=[\\s\\S]*?(?:{second}))"
    if key == "uniqueItems":
        return true(first) or true(second)
    return _multiple(first, second) if key == "multipleOf" else second


def _multiple(first: Any, second: Any) -> Any:
    """A multiple of both: the least common one of integers, else the second."""
    from math import lcm

    if isinstance(first, int) and isinstance(second, int) and first and second:
        return lcm(first, second)
    return second
