"""Checking scalars: types, lengths, patterns, formats, ranges and listed values (JSON Schema 2020-12, 6.1 to 6.3)."""

from __future__ import annotations

import decimal
import enum
from collections.abc import Callable, Iterator
from typing import Any

from bindwright.runtime.errors import Violation
from bindwright.runtime.shapes import Shape
from bindwright.runtime.values.formats import FORMATS
from bindwright.runtime.values.patterns import searcher
from bindwright.runtime.wire import Checks
from bindwright.standards.numbers import RANGES


def wrong_type(shape: Shape, value: Any, path: str, words: str) -> Violation:
    return Violation(path, "type", f"{words} belongs here, not {shown(value)}")


def shown(value: Any) -> str:
    """A value in a message, shortened."""
    if value is None:
        return "null"
    text = repr(value)
    return text if len(text) < 60 else text[:59] + "…"


def checks_of(shape: Shape) -> Checks | None:
    checks: Checks | None = shape.fact("checks")
    return checks


def check_string(shape: Shape, value: Any, path: str, depth: int) -> Iterator[Violation]:
    if not isinstance(value, str):
        yield wrong_type(shape, value, path, "a string")
        return
    yield from check_text(shape, value, path)
    is_format = FORMATS.get(shape.fact("format") or "")
    if is_format is not None and not is_format(value):
        yield Violation(path, "format", f"{shown(value)} is no {shape.fact('format')}")


def check_text(shape: Shape, value: str, path: str) -> Iterator[Violation]:
    """Listed values, lengths in code points (6.3.1) and pattern (6.3.3) of a text, as it stands in JSON."""
    checks = checks_of(shape)
    if checks is None:
        return
    if checks.enum and value not in checks.enum:
        yield Violation(path, "enum", f"{shown(value)} is none of {', '.join(map(shown, checks.enum[:8]))}")
    yield from size(
        len(value), checks.min_length, checks.max_length, path, ("minLength", "maxLength", "characters")
    )
    if checks.pattern is not None:
        matches = searcher(checks.pattern)
        if matches is not None and not matches(value):
            yield Violation(path, "pattern", f"{shown(value)} does not match {checks.pattern}")


def size(
    size: int, minimum: int | None, high: int | None, path: str, words: tuple[str, str, str]
) -> Iterator[Violation]:
    if minimum is not None and size < minimum:
        yield Violation(path, words[0], f"{size} {words[2]}, at least {minimum} are needed")
    if high is not None and size > high:
        yield Violation(path, words[1], f"{size} {words[2]}, at most {high} are allowed")


def check_number(shape: Shape, value: Any, path: str, depth: int) -> Iterator[Violation]:
    is_integer = shape.kind == "integer"
    allowed = int if is_integer else (int, float, decimal.Decimal)
    if isinstance(value, bool) or not isinstance(value, allowed):
        yield wrong_type(shape, value, path, "an integer" if is_integer else "a number")
        return
    exact = _exact(value)
    if not exact.is_finite():
        return
    if (
        is_integer
        and (limits := RANGES.get(shape.fact("format") or ""))
        and not limits[0] <= value <= limits[1]
    ):
        yield Violation(path, "format", f"{value} is outside of {shape.fact('format')}")
    if (checks := checks_of(shape)) is not None:
        yield from _limits(checks, exact, value, path)


def _exact(value: Any) -> decimal.Decimal:
    # A member of an enumeration of numbers, which a choice may hold, has another repr.
    return decimal.Decimal(float.__repr__(value)) if isinstance(value, float) else decimal.Decimal(value)


def _limits(checks: Checks, exact: decimal.Decimal, value: Any, path: str) -> Iterator[Violation]:
    for limit, rule, fails, words in (
        (checks.minimum, "minimum", decimal.Decimal.__lt__, "less than"),
        (checks.maximum, "maximum", decimal.Decimal.__gt__, "more than"),
        (checks.exclusive_minimum, "exclusiveMinimum", decimal.Decimal.__le__, "not more than"),
        (checks.exclusive_maximum, "exclusiveMaximum", decimal.Decimal.__ge__, "not less than"),
    ):
        if limit is not None and fails(exact, decimal.Decimal(str(limit))):
            yield Violation(path, rule, f"{value} is {words} {limit}")
    if checks.multiple_of is not None and not _is_multiple(exact, decimal.Decimal(str(checks.multiple_of))):
        yield Violation(path, "multipleOf", f"{value} is no multiple of {checks.multiple_of}")


def _is_multiple(value: decimal.Decimal, unit: decimal.Decimal) -> bool:
    """Exactly, by whole numbers: both scaled to the finer of their last digits."""
    if unit <= 0:
        return True
    places = -min(int(value.as_tuple().exponent), int(unit.as_tuple().exponent), 0)
    if places > 5000 or value.adjusted() > 5000:
        return True
    with decimal.localcontext(
        decimal.Context(prec=decimal.MAX_PREC, Emax=decimal.MAX_EMAX, Emin=decimal.MIN_EMIN)
    ):
        return int(value.scaleb(places)) % int(unit.scaleb(places)) == 0


def instance_check(type_: type, words: str) -> Callable[[Shape, Any, str, int], Iterator[Violation]]:
    def checker(shape: Shape, value: Any, path: str, depth: int) -> Iterator[Violation]:
        if not isinstance(value, type_):
            yield wrong_type(shape, value, path, words)

    return checker


def check_enum(shape: Shape, value: Any, path: str, depth: int) -> Iterator[Violation]:
    enum_type = shape.type
    try:
        member = value if isinstance(value, enum_type) else enum_type(value)
    except ValueError:
        yield Violation(path, "enum", f"{shown(value)} is none of {_listed(enum_type)}")
        return
    if not getattr(member, "known", True) and not getattr(enum_type, "__extensible__", False):
        yield Violation(path, "enum", f"{shown(member.value)} is none of {_listed(enum_type)}")


def _listed(enum_type: type[enum.Enum]) -> str:
    values = [repr(member.value) for member in enum_type]
    return ", ".join(values[:8]) + (", …" if len(values) > 8 else "")


def check_literal(shape: Shape, value: Any, path: str, depth: int) -> Iterator[Violation]:
    if not any(
        constant == value and isinstance(constant, bool) == isinstance(value, bool)
        for constant in shape.literals
    ):
        rule = "const" if len(shape.literals) == 1 and not shape.is_open else "enum"
        yield Violation(path, rule, f"{shown(value)} is not {' or '.join(map(repr, shape.literals))}")
