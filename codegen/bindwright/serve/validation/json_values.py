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
from bindwright.serve.values import RequestViolation, Side, hidden, type_of

_DEPTH = 200


@define
class Checker:
    """Checks values of an API's types."""

    api: Api
    side: Side = "request"

    def check(self, value: Any, use: Use, where: str = "$", depth: int = 0) -> list[RequestViolation]:
        """Everything that is wrong with a value, with its path; empty when it fits."""
        if depth > _DEPTH:
            return [RequestViolation(where, "is nested too deeply")]
        type_ = type_of(self.api, use)
        if value is None and (use.nullable or type_.nullable or _takes_null(type_)):
            return []
        violations = list(self._kind(value, type_, use, where, depth))
        if not violations:
            for constraints in (type_.constraints, use.constraints):
                violations += self._constraints(value, constraints, where) if constraints else []
        return violations

    def _kind(self, value: Any, type_: Any, use: Use, where: str, depth: int) -> Iterator[RequestViolation]:
        if isinstance(type_, Scalar):
            yield from _scalar(value, type_, use, where)
        elif isinstance(type_, Enum):
            yield from _enum(value, type_, where)
        elif isinstance(type_, Array):
            yield from self._array(value, type_, where, depth)
        elif isinstance(type_, Map):
            yield from self._map(value, type_, where, depth)
        elif isinstance(type_, Object):
            yield from self._object(value, type_, where, depth)
        elif isinstance(type_, Union):
            yield from self._union(value, type_, where, depth)

    def _array(self, value: Any, type_: Array, where: str, depth: int) -> Iterator[RequestViolation]:
        if not isinstance(value, list):
            yield _type_violation("an array", value, where)
            return
        for index, item in enumerate(value):
            use = type_.prefix[index] if index < len(type_.prefix) else type_.items
            if use is not None:
                yield from self.check(item, use, f"{where}[{index}]", depth + 1)

    def _map(self, value: Any, type_: Map, where: str, depth: int) -> Iterator[RequestViolation]:
        if not isinstance(value, dict):
            yield _type_violation("an object", value, where)
            return
        for key, item in value.items():
            yield from self.check(item, type_.values, f"{where}.{key}", depth + 1)

    def _object(self, value: Any, type_: Object, where: str, depth: int) -> Iterator[RequestViolation]:
        if not isinstance(value, dict):
            yield _type_violation("an object", value, where)
            return
        derived = self._derived(value, type_)
        if derived is not None:
            yield from self.check(value, Use(type=derived), where, depth + 1)
            return
        yield from self._members(value, type_, where, depth)

    def _derived(self, value: dict[str, Any], type_: Object) -> str | None:
        """The type that a discriminator tells, where it is another one."""
        tag = value.get(type_.discriminator) if type_.discriminator else None
        target = type_.mapping.get(tag) if isinstance(tag, str) else None
        return target if target != type_.id else None

    def _members(
        self, value: dict[str, Any], type_: Object, where: str, depth: int
    ) -> Iterator[RequestViolation]:
        properties = {prop.name: prop for prop in type_.properties}
        for prop in type_.properties:
            if prop.required and prop.name not in value and not hidden(prop.use, self.side):
                yield RequestViolation(f"{where}.{prop.name}", "is required")
        for name, item in value.items():
            use = properties[name].use if name in properties else self._other(name, type_)
            if use is not None:
                yield from self.check(item, use, f"{where}.{name}", depth + 1)
            elif type_.closed:
                yield RequestViolation(f"{where}.{name}", "is not a member of this object")

    def _other(self, name: str, type_: Object) -> Use | None:
        """The use of a member that is not declared by name; None where nothing is said of it."""
        for pattern, use in type_.pattern_additional:
            matches = searcher(pattern)
            if matches is not None and matches(name):
                return use
        return type_.additional

    def _union(self, value: Any, type_: Union, where: str, depth: int) -> Iterator[RequestViolation]:
        if type_.discriminator and isinstance(value, dict):
            target = type_.mapping.get(str(value.get(type_.discriminator)))
            if target is not None:
                yield from self.check(value, Use(type=target), where, depth + 1)
                return
        tried = [self.check(value, member, where, depth + 1) for member in type_.members]
        if tried and all(tried):
            yield from min(tried, key=len)

    def _constraints(self, value: Any, limits: Constraints, where: str) -> list[RequestViolation]:
        if isinstance(value, bool) or value is None:
            return []
        if isinstance(value, int | float):
            return [RequestViolation(where, what) for what in _number(value, limits)]
        if isinstance(value, str):
            return [RequestViolation(where, what) for what in self._string(value, limits)]
        return [RequestViolation(where, what) for what in _size(value, limits)]

    def _string(self, value: str, limits: Constraints) -> Iterator[str]:
        yield from _between(len(value), limits.min_length, limits.max_length, "characters")
        matches = searcher(limits.pattern) if limits.pattern else None
        if matches is not None and not matches(value):
            yield f"does not match {limits.pattern!r}"


def _takes_null(type_: object) -> bool:
    return isinstance(type_, Scalar) and type_.base in ("null", "any")


def _type_violation(expected: str, value: Any, where: str) -> RequestViolation:
    return RequestViolation(where, f"expected {expected}, found {_type_name(value)}")


def _type_name(value: Any) -> str:
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


def _scalar(value: Any, type_: Scalar, use: Use, where: str) -> Iterator[RequestViolation]:
    expected, fits = _BASES[type_.base]
    if not fits(value):
        yield _type_violation(expected, value, where)
        return
    name = use.format or type_.format
    if name and type_.base != "any" and not formats.fits(name, value):
        yield RequestViolation(where, f"is not a valid {name}")


def _enum(value: Any, type_: Enum, where: str) -> Iterator[RequestViolation]:
    if type_.flags and isinstance(value, int):
        return
    values = [member.value for member in type_.members]
    if not any(value == listed and isinstance(value, bool) == isinstance(listed, bool) for listed in values):
        listing = ", ".join(map(repr, values[:10])) + (", …" if len(values) > 10 else "")
        yield RequestViolation(where, f"is not one of {listing}")


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


def _between(size: int, minimum: int | None, high: int | None, unit: str) -> Iterator[str]:
    if minimum is not None and size < minimum:
        yield f"has {size} {unit}, at least {minimum} are needed"
    if high is not None and size > high:
        yield f"has {size} {unit}, at most {high} are allowed"
