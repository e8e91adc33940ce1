"""Checking values against the constraints of their document (JSON Schema 2020-12 validation, 6 and 7).

Every violation is listed, with the path of JSON member names.
"""

from __future__ import annotations

import base64
import datetime as dt
import decimal
import enum
import uuid
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import attrs

from bindwright.runtime.errors import ValidationError, Violation
from bindwright.runtime.json.text.descriptions import step
from bindwright.runtime.model_styles import attrs_type, style_module, to_attrs
from bindwright.runtime.resolve import Names
from bindwright.runtime.shapes import Member, Shape, members_of, shape_of
from bindwright.runtime.values.formats import FORMATS
from bindwright.runtime.values.patterns import searcher
from bindwright.runtime.wire import Checks, Wire
from bindwright.standards.integer_formats import RANGES

MOST_DEEP = 400


def validate(
    value: Any, type: Any = None, *, wire: Wire | None = None, namespace: Any = None
) -> list[Violation]:
    """Everything in a value that its document does not allow; an empty list: nothing.

    Args:
        type: as for ``json.decode``; needed only where the value does not tell it.
        wire: facts of the place.
        namespace: where a type expression is evaluated.
    """
    if isinstance(namespace, str):
        namespace = Names(namespace)
    checked_type = type if type is not None else value.__class__
    if style_module(checked_type) is not None:
        value, checked_type = to_attrs(value, checked_type), attrs_type(checked_type)
    return list(_place(shape_of(checked_type, wire=wire, names=namespace), value, "$", 0))


def check(value: Any, type: Any = None, **place: Any) -> None:
    """The same, as an error.

    Raises:
        ValidationError: with all violations.
    """
    if violations := validate(value, type, **place):
        raise ValidationError(violations)


def _place(shape: Shape, value: Any, path: str, depth: int) -> Iterator[Violation]:
    if value is None and (shape.nullable or shape.kind in ("any", "null")):
        return
    if depth > MOST_DEEP:
        yield Violation(path, "depth", "it nests too deep to be checked, or contains itself")
        return
    checker = _KINDS.get(shape.kind)
    if checker is not None:
        yield from checker(shape, value, path, depth)


def _type(shape: Shape, value: Any, path: str, words: str) -> Violation:
    return Violation(path, "type", f"{words} belongs here, not {_shown(value)}")


def _shown(value: Any) -> str:
    if value is None:
        return "null"
    text = repr(value)
    return text if len(text) < 60 else text[:59] + "…"


def checks_of(shape: Shape) -> Checks | None:
    checks: Checks | None = shape.fact("checks")
    return checks


def _string(shape: Shape, value: Any, path: str, depth: int) -> Iterator[Violation]:
    if not isinstance(value, str):
        yield _type(shape, value, path, "a string")
        return
    yield from _text(shape, value, path)
    is_format = FORMATS.get(shape.fact("format") or "")
    if is_format is not None and not is_format(value):
        yield Violation(path, "format", f"{_shown(value)} is no {shape.fact('format')}")


def _text(shape: Shape, value: str, path: str) -> Iterator[Violation]:
    """Lengths in code points (6.3.1) and pattern (6.3.3)."""
    checks = checks_of(shape)
    if checks is None:
        return
    yield from size(
        len(value), checks.min_length, checks.max_length, path, ("minLength", "maxLength", "characters")
    )
    if checks.pattern is not None:
        matches = searcher(checks.pattern)
        if matches is not None and not matches(value):
            yield Violation(path, "pattern", f"{_shown(value)} does not match {checks.pattern}")


def size(
    size: int, minimum: int | None, high: int | None, path: str, words: tuple[str, str, str]
) -> Iterator[Violation]:
    if minimum is not None and size < minimum:
        yield Violation(path, words[0], f"{size} {words[2]}, at least {minimum} are needed")
    if high is not None and size > high:
        yield Violation(path, words[1], f"{size} {words[2]}, at most {high} are allowed")


def _number(shape: Shape, value: Any, path: str, depth: int) -> Iterator[Violation]:
    is_integer = shape.kind == "integer"
    allowed = int if is_integer else (int, float, decimal.Decimal)
    if isinstance(value, bool) or not isinstance(value, allowed):
        yield _type(shape, value, path, "an integer" if is_integer else "a number")
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
    return decimal.Decimal(repr(value)) if isinstance(value, float) else decimal.Decimal(value)


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


def _instance(type_: type, words: str) -> Callable[[Shape, Any, str, int], Iterator[Violation]]:
    def checker(shape: Shape, value: Any, path: str, depth: int) -> Iterator[Violation]:
        if not isinstance(value, type_):
            yield _type(shape, value, path, words)

    return checker


def _bytes(shape: Shape, value: Any, path: str, depth: int) -> Iterator[Violation]:
    """Constraints speak of the encoded text."""
    if not isinstance(value, bytes):
        yield _type(shape, value, path, "bytes")
    elif checks_of(shape) is not None:
        yield from _text(shape, base64.b64encode(value).decode(), path)


def _enum(shape: Shape, value: Any, path: str, depth: int) -> Iterator[Violation]:
    enum_type = shape.type
    try:
        member = value if isinstance(value, enum_type) else enum_type(value)
    except ValueError:
        yield Violation(path, "enum", f"{_shown(value)} is none of {_listed(enum_type)}")
        return
    if not getattr(member, "known", True):
        yield Violation(path, "enum", f"{_shown(member.value)} is none of {_listed(enum_type)}")


def _listed(enum_type: type[enum.Enum]) -> str:
    values = [repr(member.value) for member in enum_type]
    return ", ".join(values[:8]) + (", …" if len(values) > 8 else "")


def _literal(shape: Shape, value: Any, path: str, depth: int) -> Iterator[Violation]:
    if not any(
        constant == value and isinstance(constant, bool) == isinstance(value, bool)
        for constant in shape.literals
    ):
        rule = "const" if len(shape.literals) == 1 else "enum"
        yield Violation(path, rule, f"{_shown(value)} is not {' or '.join(map(repr, shape.literals))}")


def _list(shape: Shape, value: Any, path: str, depth: int) -> Iterator[Violation]:
    if not isinstance(value, (list, tuple)):
        yield _type(shape, value, path, "a list")
        return
    if (checks := checks_of(shape)) is not None:
        yield from size(
            len(value), checks.min_items, checks.max_items, path, ("minItems", "maxItems", "items")
        )
        if checks.unique_items and (twice := _twice(value)) is not None:
            yield Violation(path, "uniqueItems", f"items {twice[0]} and {twice[1]} are equal")
    for index, item in enumerate(value):
        yield from _place(shape.item, item, f"{path}[{index}]", depth + 1)


def _twice(values: Any) -> tuple[int, int] | None:
    """The first two items that are equal as JSON values (``1`` is ``1.0`` and is not ``true``)."""
    first_index: dict[Any, int] = {}
    for index, item in enumerate(values):
        if (first := first_index.setdefault(key_of(item), index)) != index:
            return first, index
    return None


def key_of(value: Any) -> Any:
    """A hashable value that is equal for equal JSON values."""
    if isinstance(value, enum.Enum):
        value = value.value
    if isinstance(value, bool) or value is None:
        return (type(value), value)
    if isinstance(value, Mapping):
        return (dict, frozenset((name, key_of(item)) for name, item in value.items()))
    if isinstance(value, (list, tuple)):
        return (list, tuple(map(key_of, value)))
    model: type = type(value)
    if attrs.has(model):
        return (model, tuple(key_of(getattr(value, member.attribute)) for member in members_of(model)))
    try:
        hash(value)
    except TypeError:
        return repr(value)
    return (str, value) if isinstance(value, str) else value


def _tuple(shape: Shape, value: Any, path: str, depth: int) -> Iterator[Violation]:
    item_shapes = shape.inner()
    if not isinstance(value, (list, tuple)) or len(value) != len(item_shapes):
        yield _type(shape, value, path, f"a tuple of {len(item_shapes)}")
        return
    for index, (item_shape, item) in enumerate(zip(item_shapes, value, strict=True)):
        yield from _place(item_shape, item, f"{path}[{index}]", depth + 1)


def _map(shape: Shape, value: Any, path: str, depth: int) -> Iterator[Violation]:
    if not isinstance(value, Mapping):
        yield _type(shape, value, path, "a dict")
        return
    if (checks := checks_of(shape)) is not None:
        yield from _properties(len(value), checks, path)
    for name, item in value.items():
        yield from _place(shape.item, item, path + step(str(name)), depth + 1)


def _properties(count: int, checks: Checks, path: str) -> Iterator[Violation]:
    words = ("minProperties", "maxProperties", "members")
    yield from size(count, checks.min_properties, checks.max_properties, path, words)


def _model(shape: Shape, value: Any, path: str, depth: int) -> Iterator[Violation]:
    if not isinstance(value, shape.type):
        yield _type(shape, value, path, f"a {shape.type.__name__}")
        return
    model: type = type(value)
    if not attrs.has(model):
        return
    count = 0
    for member in members_of(model):
        member_value = getattr(value, member.attribute)
        if _is_absent(member, member_value):
            continue
        count += 1
        yield from _member(member, member_value, path, depth)
    root = getattr(model, "__wire__", None)
    checks = checks_of(shape) or (root.checks if root is not None else None)
    if checks is not None:
        yield from _properties(count + _unknown(value), checks, path)


def _is_absent(member: Member, value: Any) -> bool:
    if member.shape.unset:
        return type(value).__name__ == "Unset"
    return value is None and not member.required


def _member(member: Member, value: Any, path: str, depth: int) -> Iterator[Violation]:
    if value is None and not member.shape.nullable and member.shape.kind not in ("any", "null"):
        yield Violation(path + step(member.json), "required", "it is required and may not be null")
        return
    yield from _place(member.shape, value, path + step(member.json), depth + 1)


def _unknown(value: Any) -> int:
    return len(getattr(getattr(value, "_extra", None), "members", ()))


def _union(shape: Shape, value: Any, path: str, depth: int) -> Iterator[Violation]:
    """What the member that fits best says; oneOf's "exactly one" is told by the types."""
    results = [list(_place(alternative, value, path, depth + 1)) for alternative in shape.inner()]
    if not all(results):
        return
    of_the_type = [
        violations
        for violations in results
        if not any(violation.rule == "type" and violation.path == path for violation in violations)
    ]
    yield from min(of_the_type or results[:1], key=len)


_KINDS: dict[str, Callable[[Shape, Any, str, int], Iterator[Violation]]] = {
    "string": _string, "integer": _number, "number": _number, "decimal": _number,
    "boolean": _instance(bool, "true or false"), "datetime": _instance(dt.datetime, "a datetime"),
    "date": _instance(dt.date, "a date"), "time": _instance(dt.time, "a time"),
    "duration": _instance(dt.timedelta, "a timedelta"), "uuid": _instance(uuid.UUID, "a UUID"),
    "bytes": _bytes, "enum": _enum, "literal": _literal, "list": _list, "tuple": _tuple, "map": _map,
    "model": _model, "union": _union,
}  # fmt: skip
