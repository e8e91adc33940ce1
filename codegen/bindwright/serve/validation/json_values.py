"""Whether a JSON value satisfies a use of a type (JSON Schema 2020-12; OpenAPI 3.2.0, "Schema Object").

Exactly one alternative of a ``oneOf`` has to accept a value, as a service that validates would see it; but where the
IR knows an alternative only in part (`Type.degraded`), a second one that seems to accept it proves nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from attrs import define, field

from bindwright.ir.model import Api, Array, Constraints, Enum, Map, Object, Scalar, Union, Use
from bindwright.runtime.values import format_tests
from bindwright.runtime.values.equality import all_differ
from bindwright.runtime.values.patterns import searcher
from bindwright.runtime.values.raw_schemas import satisfies
from bindwright.serve.values import RequestViolation, Side, hidden, matching, type_of

_DEPTH = 200
_ASSERTED = frozenset(
    {
        "alternative-members", "unexpressed-false", "unexpressed-not", "unexpressed-if", "unexpressed-contains",
        "unexpressed-dependent-required", "unexpressed-dependent-schemas", "unexpressed-dependencies",
    }
)  # fmt: skip
"""What types cannot say, but `Type.asserts` does."""


@define
class Checker:
    """Checks values of an API's types."""

    api: Api
    side: Side = "request"
    _memo: dict[tuple[int, int], list[RequestViolation]] = field(factory=dict, init=False)
    """Results for containers by the identities of value and use: alternatives that share the types of their members
    would otherwise check them anew at every level, which is exponential in the depth."""
    _uses: dict[str, Use] = field(factory=dict, init=False)
    """The uses made for types that discriminators name; they must live as long as the memo."""

    def check(self, value: Any, use: Use, where: str = "$", depth: int = 0) -> list[RequestViolation]:
        """Everything that is wrong with a value, with its path; empty when it fits."""
        if depth > _DEPTH:
            return [RequestViolation(where, "is nested too deeply")]
        if depth == 0:
            self._memo.clear()
        if not isinstance(value, dict | list):
            return self._check(value, use, where, depth)
        key = (id(value), id(use))
        violations = self._memo.get(key)
        if violations is None:
            violations = self._memo[key] = self._check(value, use, where, depth)
        return list(violations)

    def _check(self, value: Any, use: Use, where: str, depth: int) -> list[RequestViolation]:
        type_ = type_of(self.api, use)
        if value is None and (use.nullable or type_.nullable or _takes_null(type_)):
            return []
        violations = list(self._kind(value, type_, use, where, depth))
        if not violations:
            for constraints in (type_.constraints, use.constraints):
                violations += self._constraints(value, constraints, where) if constraints else []
            for fragment in (*type_.asserts, *use.asserts):
                if fragment is False and self.side == "request":
                    continue  # a contradiction: no request could ever be right, so its type is all that is asked
                if not satisfies(fragment, value):
                    violations.append(RequestViolation(where, f"does not satisfy `{_keywords(fragment)}`"))
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
        if type_.prefix and type_.items is None and len(value) > len(type_.prefix):
            yield RequestViolation(where, f"has {len(value)} items, at most {len(type_.prefix)} are allowed")

    def _map(self, value: Any, type_: Map, where: str, depth: int) -> Iterator[RequestViolation]:
        if not isinstance(value, dict):
            yield _type_violation("an object", value, where)
            return
        for key, item in value.items():
            yield from self.check(item, type_.values, f"{where}.{key}", depth + 1)
        yield from self._names(value, type_, where, depth)

    def _names(
        self, value: dict[str, Any], type_: Map | Object, where: str, depth: int
    ) -> Iterator[RequestViolation]:
        """Names that are required without being declared, and what is asked of all names."""
        for name in type_.required_names:
            if name not in value:
                yield RequestViolation(f"{where}.{name}", "is required")
        for name in value if type_.keys is not None else ():
            if self.check(name, type_.keys, where, depth + 1):  # type: ignore[arg-type]  # it is not None
                yield RequestViolation(f"{where}.{name}", "has a name that is not allowed")

    def _object(self, value: Any, type_: Object, where: str, depth: int) -> Iterator[RequestViolation]:
        if not isinstance(value, dict):
            yield _type_violation("an object", value, where)
            return
        derived = self._derived(value, type_)
        if derived is not None:
            yield from self.check(value, self._use_of(derived), where, depth + 1)
            return
        yield from self._members(value, type_, where, depth)

    def _derived(self, value: dict[str, Any], type_: Object) -> str | None:
        """The type that a discriminator tells, where it is another one."""
        if not type_.discriminator:
            return None
        tag = value.get(type_.discriminator)
        target = type_.mapping.get(tag) if isinstance(tag, str) else None
        target = target or type_.default_type
        return target if target != type_.id else None

    def _members(
        self, value: dict[str, Any], type_: Object, where: str, depth: int
    ) -> Iterator[RequestViolation]:
        properties = {property_.name: property_ for property_ in type_.properties}
        for property_ in type_.properties:
            if property_.required and property_.name not in value and not hidden(property_.use, self.side):
                yield RequestViolation(f"{where}.{property_.name}", "is required")
        yield from self._names(value, type_, where, depth)
        for name, item in value.items():
            prop = properties.get(name)
            uses = [prop.use] if prop is not None and not (prop.conditional and type_.asserts) else []
            uses += matching(name, type_)
            if not uses and prop is None and type_.additional is not None:
                uses = [type_.additional]
            for use in uses:
                yield from self.check(item, use, f"{where}.{name}", depth + 1)
            if not uses and prop is None and type_.closed:
                yield RequestViolation(f"{where}.{name}", "is not a member of this object")

    def _use_of(self, type_id: str) -> Use:
        return self._uses.setdefault(type_id, Use(type=type_id))

    def _union(self, value: Any, type_: Union, where: str, depth: int) -> Iterator[RequestViolation]:
        if type_.discriminator and isinstance(value, dict):
            target = type_.mapping.get(str(value.get(type_.discriminator))) or type_.default_type
            if target is not None:
                yield from self.check(value, self._use_of(target), where, depth + 1)
                return
        results = [self.check(value, member, where, depth + 1) for member in type_.members]
        accepting = [member for member, result in zip(type_.members, results, strict=True) if not result]
        if results and not accepting:
            yield from min(results, key=len)
        elif (
            len(accepting) > 1
            and not type_.any_of
            and not any("oneOf" in fragment for fragment in type_.asserts if isinstance(fragment, dict))
        ):
            types = [type_of(self.api, member) for member in accepting]
            if not any(cause.code not in _ASSERTED for type_ in types for cause in type_.degraded):
                names = ", ".join(type_.name or type_.id for type_ in types[:3])
                yield RequestViolation(where, f"is valid for {len(types)} alternatives of `oneOf`: {names}")

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


def _keywords(fragment: Any) -> str:
    return ", ".join(fragment) if isinstance(fragment, dict) else "false"


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
    if type_.lexical is not None and type_.lexical.xml == "dotnet-uri" and isinstance(value, str):
        value = value.replace(" ", "%20")  # .NET's Uri takes a blank, and escapes it when it writes XML
    if name and type_.base != "any" and not format_tests.fits(name, value):
        yield RequestViolation(where, f"is not a valid {name}")


def _enum(value: Any, type_: Enum, where: str) -> Iterator[RequestViolation]:
    if (type_.flags and isinstance(value, int)) or (type_.extensible and isinstance(value, str)):
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
        if limits.unique_items and not all_differ(value):
            yield "holds an item twice"
    if isinstance(value, dict):
        yield from _between(len(value), limits.min_properties, limits.max_properties, "members")


def _between(size: int, minimum: int | None, high: int | None, unit: str) -> Iterator[str]:
    if minimum is not None and size < minimum:
        yield f"has {size} {unit}, at least {minimum} are needed"
    if high is not None and size > high:
        yield f"has {size} {unit}, at most {high} are allowed"
