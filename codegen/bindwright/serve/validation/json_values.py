"""Whether a JSON value satisfies a use of a type (JSON Schema 2020-12; OpenAPI 3.2.0, "Schema Object").

``oneOf`` is read as ``anyOf``: documents in the wild rarely keep their alternatives apart, and a mock
that refuses what the service takes helps nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from attrs import define

from bindwright.ir.model import Api, Array, Constraints, Enum, Map, Object, Scalar, Union, Use
from bindwright.runtime.values.patterns import searcher
from bindwright.serve.validation import formats
from bindwright.serve.values import Side, Violation, hidden, type_of

_DEPTH = 200


@define
class Checker:
    """Checks values of an API's types."""

    api: Api
    side: Side = "request"

    def check(self, value: Any, use: Use, where: str = "$", depth: int = 0) -> list[Violation]:
        """Everything that is wrong with a value, with its path; empty when it fits."""
        if depth > _DEPTH:
            return [Violation(where, "is nested too deeply")]
        kind = type_of(self.api, use)
        if value is None and (use.nullable or kind.nullable or _takes_null(kind)):
            return []
        found = list(self._kind(value, kind, use, where, depth))
        if not found:
            for constraints in (kind.constraints, use.constraints):
                found += self._constraints(value, constraints, where) if constraints else []
        return found

    def _kind(self, value: Any, kind: Any, use: Use, where: str, depth: int) -> Iterator[Violation]:
        if isinstance(kind, Scalar):
            yield from _scalar(value, kind, use, where)
        elif isinstance(kind, Enum):
            yield from _enum(value, kind, where)
        elif isinstance(kind, Array):
            yield from self._array(value, kind, where, depth)
        elif isinstance(kind, Map):
            yield from self._map(value, kind, where, depth)
        elif isinstance(kind, Object):
            yield from self._object(value, kind, where, depth)
        elif isinstance(kind, Union):
            yield from self._union(value, kind, where, depth)

    def _array(self, value: Any, kind: Array, where: str, depth: int) -> Iterator[Violation]:
        if not isinstance(value, list):
            yield _wrong("an array", value, where)
            return
        for index, item in enumerate(value):
            use = kind.prefix[index] if index < len(kind.prefix) else kind.items
            if use is not None:
                yield from self.check(item, use, f"{where}[{index}]", depth + 1)

    def _map(self, value: Any, kind: Map, where: str, depth: int) -> Iterator[Violation]:
        if not isinstance(value, dict):
            yield _wrong("an object", value, where)
            return
        for key, item in value.items():
            yield from self.check(item, kind.values, f"{where}.{key}", depth + 1)

    def _object(self, value: Any, kind: Object, where: str, depth: int) -> Iterator[Violation]:
        if not isinstance(value, dict):
            yield _wrong("an object", value, where)
            return
        derived = self._derived(value, kind)
        if derived is not None:
            yield from self.check(value, Use(type=derived), where, depth + 1)
            return
        yield from self._members(value, kind, where, depth)

    def _derived(self, value: dict[str, Any], kind: Object) -> str | None:
        """The type that a discriminator tells, where it is another one."""
        told = value.get(kind.discriminator) if kind.discriminator else None
        target = kind.mapping.get(told) if isinstance(told, str) else None
        return target if target != kind.id else None

    def _members(self, value: dict[str, Any], kind: Object, where: str, depth: int) -> Iterator[Violation]:
        known = {prop.name: prop for prop in kind.properties}
        for prop in kind.properties:
            if prop.required and prop.name not in value and not hidden(prop.use, self.side):
                yield Violation(f"{where}.{prop.name}", "is required")
        for name, item in value.items():
            use = known[name].use if name in known else self._other(name, kind)
            if use is not None:
                yield from self.check(item, use, f"{where}.{name}", depth + 1)
            elif kind.closed:
                yield Violation(f"{where}.{name}", "is not a member of this object")

    def _other(self, name: str, kind: Object) -> Use | None:
        """The use of a member that is not declared by name; None where nothing is said of it."""
        for pattern, use in kind.pattern_additional:
            matches = searcher(pattern)
            if matches is not None and matches(name):
                return use
        return kind.additional

    def _union(self, value: Any, kind: Union, where: str, depth: int) -> Iterator[Violation]:
        if kind.discriminator and isinstance(value, dict):
            target = kind.mapping.get(str(value.get(kind.discriminator)))
            if target is not None:
                yield from self.check(value, Use(type=target), where, depth + 1)
                return
        tried = [self.check(value, member, where, depth + 1) for member in kind.members]
        if tried and all(tried):
            yield from min(tried, key=len)

    def _constraints(self, value: Any, limits: Constraints, where: str) -> list[Violation]:
        if isinstance(value, bool) or value is None:
            return []
        if isinstance(value, int | float):
            return [Violation(where, what) for what in _number(value, limits)]
        if isinstance(value, str):
            return [Violation(where, what) for what in self._string(value, limits)]
        return [Violation(where, what) for what in _size(value, limits)]

    def _string(self, value: str, limits: Constraints) -> Iterator[str]:
        yield from _between(len(value), limits.min_length, limits.max_length, "characters")
        matches = searcher(limits.pattern) if limits.pattern else None
        if matches is not None and not matches(value):
            yield f"does not match {limits.pattern!r}"


def _takes_null(kind: object) -> bool:
    return isinstance(kind, Scalar) and kind.base in ("null", "any")


def _wrong(expected: str, value: Any, where: str) -> Violation:
    return Violation(where, f"expected {expected}, found {_named(value)}")


def _named(value: Any) -> str:
    names: dict[type, str] = {bool: "a boolean", int: "an integer", float: "a number", str: "a string"}
    names |= {list: "an array", dict: "an object", type(None): "null", bytes: "bytes"}
    return names.get(type(value), type(value).__name__)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_integer(value: Any) -> bool:
    return _is_number(value) and value == value // 1  # 1.0 is an integer (JSON Schema 2020-12, 6.1.1)


_BASES: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "string": ("a string", lambda value: isinstance(value, str)),
    "integer": ("an integer", _is_integer),
    "number": ("a number", _is_number),
    "boolean": ("a boolean", lambda value: isinstance(value, bool)),
    "null": ("null", lambda value: value is None),
    "any": ("anything", lambda value: True),
    "never": ("nothing", lambda value: False),
    "binary": ("bytes", lambda value: isinstance(value, bytes | str)),
}


def _scalar(value: Any, kind: Scalar, use: Use, where: str) -> Iterator[Violation]:
    expected, fits = _BASES[kind.base]
    if not fits(value):
        yield _wrong(expected, value, where)
        return
    name = use.format or kind.format
    if name and kind.base != "any" and not formats.fits(name, value):
        yield Violation(where, f"is not a valid {name}")


def _enum(value: Any, kind: Enum, where: str) -> Iterator[Violation]:
    if kind.flags and isinstance(value, int):
        return
    values = [member.value for member in kind.members]
    if not any(value == known and isinstance(value, bool) == isinstance(known, bool) for known in values):
        shown = ", ".join(map(repr, values[:10])) + (", …" if len(values) > 10 else "")
        yield Violation(where, f"is not one of {shown}")


def _number(value: float, limits: Constraints) -> Iterator[str]:
    number = Decimal(str(value))
    if limits.minimum is not None and number < Decimal(str(limits.minimum)):
        yield f"is less than {limits.minimum}"
    if limits.maximum is not None and number > Decimal(str(limits.maximum)):
        yield f"is greater than {limits.maximum}"
    if limits.exclusive_minimum is not None and number <= Decimal(str(limits.exclusive_minimum)):
        yield f"is not greater than {limits.exclusive_minimum}"
    if limits.exclusive_maximum is not None and number >= Decimal(str(limits.exclusive_maximum)):
        yield f"is not less than {limits.exclusive_maximum}"
    step = Decimal(str(limits.multiple_of)) if limits.multiple_of is not None else Decimal(0)
    if step and number.is_finite() and number % step:
        yield f"is not a multiple of {limits.multiple_of}"


def _size(value: Any, limits: Constraints) -> Iterator[str]:
    if isinstance(value, list):
        yield from _between(len(value), limits.min_items, limits.max_items, "items")
        if limits.unique_items and any(item in value[:index] for index, item in enumerate(value)):
            yield "holds an item twice"
    if isinstance(value, dict):
        yield from _between(len(value), limits.min_properties, limits.max_properties, "members")


def _between(size: int, low: int | None, high: int | None, unit: str) -> Iterator[str]:
    if low is not None and size < low:
        yield f"has {size} {unit}, at least {low} are needed"
    if high is not None and size > high:
        yield f"has {size} {unit}, at most {high} are allowed"
