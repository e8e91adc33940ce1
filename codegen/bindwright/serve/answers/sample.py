"""Values that satisfy a use of a type: from examples, else generated; the same for one seed and place.

Every place draws from a generator of its own, seeded with the place, so that a value neither depends on
what was asked before nor on the format that is spoken.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from typing import Any, Final

from attrs import define

from bindwright.ir.model import AnyType, Api, Array, Enum, Map, Object, Property, Scalar, Union, Use
from bindwright.runtime.values.equality import same
from bindwright.runtime.values.raw_schemas import satisfies
from bindwright.serve.answers import sample_patterns as patterns
from bindwright.serve.answers import sample_scalars as scalars
from bindwright.serve.answers.sample_members import (
    alternative_limits,
    conditional_members,
    contained_items,
    member_choice,
    plain_value,
    without_forbidden,
)
from bindwright.serve.validation.json_values import Checker
from bindwright.serve.values import Side, hidden, matching, type_of

_FULL_DEPTH = 5
"""Down to here optional members are written; below only what is required."""
_BUDGET = 600
"""So many values, then only what is required: wide documents would otherwise fill the screen."""
_LIMIT = 60
"""No value is nested deeper, not even where a document requires it without end."""
_ATTEMPTS = 9
_TURNS = 24
"""Further values of a scalar of which types do not say all."""
_MOST_ITEMS = 1_000
_MISSING: Final = object()
_OF_OTHER_TYPES: Final = ({"key": 1}, 1, True, [1])
"""Values of anything that are no text, for schemas that say what does not fit."""


class EndlessValueError(ValueError):
    """A type requires itself, so that no value of it has an end."""

    def __init__(self, name: str) -> None:
        super().__init__(f"no value of {name} has an end, for it requires itself")


@define
class Sampler:
    """Makes sample values of an API's types."""

    api: Api
    side: Side = "response"
    seed: int = 0
    use_examples: bool = True

    def sample(self, use: Use, place: str = "", *, is_whole: bool = False) -> Any:
        """A JSON value for a use; bytes for binary bodies.

        It satisfies the type, unless the document contradicts itself or no attempt hits upon such a value.

        Args:
            use: what is sampled.
            place: where it stands, which chooses the values.
            is_whole: whether a value that would have no end is refused. Otherwise it stops somewhere.

        Raises:
            EndlessValueError: the type requires itself; never without `is_whole`.
        """
        checker = Checker(self.api, self.side)
        best: tuple[int, Any] | None = None
        stops: list[str | None] = []
        for attempt in range(_ATTEMPTS):
            run = _Run(self, checker, attempt, pruned=attempt % 3 == 1, minimal=attempt % 3 == 2)
            value = run.value(use, place + "~" * (attempt // 3), ())
            if isinstance(value, bytes) or not (violations := checker.check(value, use)):
                return value
            stops.append(run.stopped_at)
            # Of a document that contradicts itself, what it contradicts least.
            if best is None or len(violations) < best[0]:
                best = len(violations), value
        if is_whole and stops[-1] is not None and None not in stops:
            raise EndlessValueError(stops[-1])
        assert best is not None
        return best[1]


@define
class _Run:
    """One value being made: what has been spent and which types are open."""

    settings: Sampler
    checker: Checker
    attempt: int = 0
    """Which attempt this is; another one makes other choices."""
    spent: int = 0
    pruned: bool = False
    """Whether what need not be there is left out where it is not valid: a member that no value satisfies, say."""
    minimal: bool = False
    """Whether only required members are written."""
    stopped_at: str | None = None
    """The type that the value was nested in without end; None where it has an end."""

    def value(self, use: Use, place: str, open_types: tuple[str, ...]) -> Any:
        self.spent += 1
        type_ = type_of(self.settings.api, use)
        example = self.example(use, type_) if self.settings.use_examples else _MISSING
        if example is not _MISSING:
            return example
        if use.nullable and open_types.count(use.type) > 0:
            return None
        if len(open_types) > _LIMIT:
            self.stopped_at = type_.name or type_.id
            return _empty(type_)
        value = self.generated(use, type_, place, (*open_types, use.type))
        if (type_.asserts or use.asserts) and isinstance(type_, Scalar | Enum):
            # What types cannot say (`not`) may leave few values, which the whole does not hit upon for all its members.
            for turn in range(_TURNS):
                if not self.checker.check(value, use):
                    break
                value = self.generated(use, type_, f"{place}!{turn}", open_types)
        return value

    def example(self, use: Use, type_: AnyType) -> Any:
        """The first example (of the place, then of the type), or the default, that satisfies the type."""
        candidates = [*use.examples, *([use.default] if use.has_default and use.default is not None else [])]
        for candidate in [*candidates, *type_.examples]:
            if not self.checker.check(candidate, use) and not _stale(candidate, type_, self.settings.side):
                return candidate.encode() if _is_binary(type_) and isinstance(candidate, str) else candidate
        return _MISSING

    def generated(self, use: Use, type_: AnyType, place: str, open_types: tuple[str, ...]) -> Any:
        if isinstance(type_, Scalar):
            if type_.base == "any" and self.attempt:  # a text is what came of the first attempt
                return copy.copy(_OF_OTHER_TYPES[self.attempt % len(_OF_OTHER_TYPES)])
            limits = alternative_limits([*type_.asserts, *use.asserts], self.attempt)
            return scalars.sample(type_, use, self.random(place), limits)
        if isinstance(type_, Enum):
            return self.random(place).choice(type_.members).value if type_.members else None
        if isinstance(type_, Array):
            return self.array(use, type_, place, open_types)
        if isinstance(type_, Map):
            return self.map(use, type_, place, open_types)
        if isinstance(type_, Object):
            return self.object(use, type_, place, open_types)
        return self.union(use, type_, place, open_types)

    def random(self, place: str) -> random.Random:
        """The choices at a place: to make them costs as much as a small value."""
        return random.Random(f"{self.settings.seed}:{place}")

    def array(self, use: Use, type_: Array, place: str, open_types: tuple[str, ...]) -> list[Any]:
        minimum, maximum = _bounds(type_, use, "items")
        prefix = type_.prefix if maximum is None else type_.prefix[:maximum]
        items = [self.value(item, f"{place}[{n}]", open_types) for n, item in enumerate(prefix)]
        if type_.items is None:
            return items
        count = minimum if self.only_required(type_.items, open_types) else max(minimum, 1)
        count = min(count, _MOST_ITEMS) if maximum is None else min(count, maximum, _MOST_ITEMS)
        unique = any(limits.unique_items for limits in (type_.constraints, use.constraints) if limits)
        contained = contained_items([*type_.asserts, *use.asserts])[:maximum]
        items += [item for item in contained if not self.checker.check(item, type_.items)]
        items = self.extended(items, type_.items, count, unique, place, open_types)
        end = max(minimum, len(prefix))
        return [*items[:end], *(item for item in items[end:] if self.is_kept(item, type_.items))]

    def extended(
        self, items: list[Any], item: Use, count: int, unique: bool, place: str, open_types: tuple[str, ...]
    ) -> list[Any]:
        """Items up to the number wanted; where they must differ, a few more attempts than that."""
        for attempt in range(count * (8 if unique else 1)):
            if len(items) >= count:
                break
            value = self.value(item, f"{place}[{len(items)}]{'*' * (attempt - len(items))}", open_types)
            if unique and self.occurs(value, items):
                value = self.without_examples(item, f"{place}[{len(items)}]{'*' * attempt}", open_types)
            if not (unique and self.occurs(value, items)):
                items.append(value)
        return items

    def occurs(self, value: Any, items: list[Any]) -> bool:
        return any(same(value, item) for item in items)

    def without_examples(self, use: Use, place: str, open_types: tuple[str, ...]) -> Any:
        """A generated value, passing over the examples."""
        type_ = type_of(self.settings.api, use)
        return self.generated(use, type_, place, (*open_types, use.type))

    def map(self, use: Use, type_: Map, place: str, open_types: tuple[str, ...]) -> dict[str, Any]:
        minimum, maximum = _bounds(type_, use, "properties")
        if not self.only_required(type_.values, open_types):
            minimum = max(minimum, 1 if maximum is None else min(maximum, 1))
        values = {
            name: self.value(type_.values, f"{place}.{name}", open_types) for name in type_.required_names
        }
        names = self.names(type_.keys, None, place, open_types)
        while len(values) < min(minimum, _MOST_ITEMS) and (name := next(names, None)) is not None:
            values.setdefault(name, self.value(type_.values, f"{place}.{name}", open_types))
        return {
            name: value
            for name, value in values.items()
            if name in type_.required_names or self.is_kept(value, type_.values)
        }

    def is_kept(self, value: Any, use: Use) -> bool:
        """Whether a value that need not be there is written."""
        return not self.pruned or isinstance(value, bytes) or not self.checker.check(value, use)

    def names(
        self, use: Use | None, pattern: str | None, place: str, open_types: tuple[str, ...]
    ) -> Iterator[str]:
        """Names for members that are not declared: any, or of ``propertyNames`` or ``patternProperties``."""
        name: Any
        for number in range(1, 4 * _MOST_ITEMS):
            if pattern is not None:
                name = patterns.sample(pattern, self.random(f"{place}:{number}"))
            elif use is not None:
                name = self.value(use, f"{place}#{number}", open_types)
            else:
                name = f"key{number}"
            if not isinstance(name, str):
                continue
            # A pattern that says only how a name begins (`^x-`) may have no other text than one.
            for each in (name, f"{name}{number}"):
                if (use is None or not self.checker.check(each, use)) and patterns.matches(pattern, each):
                    yield each

    def object(self, use: Use, type_: Object, place: str, open_types: tuple[str, ...]) -> dict[str, Any]:
        derived = self.derived(type_)
        if derived is not None:
            return self.object(use, derived, place, (*open_types, derived.id))
        minimum, maximum = _bounds(type_, use, "properties")
        written: list[Property] = []
        left: list[Property] = []
        added, omitted = member_choice([*type_.asserts, *use.asserts], self.attempt)
        for prop in type_.properties:
            if prop.required or prop.name not in omitted:
                is_written = prop.name in added or self.is_written(prop, open_types)
                if not hidden(prop.use, self.settings.side):
                    (written if is_written else left).append(prop)
        written += left[: max(minimum - len(written) - len(type_.required_names), 0)]
        if maximum is not None:  # required ones first, in the order of the document
            fitting = sorted(written, key=lambda prop: not prop.required)[
                : maximum - len(type_.required_names)
            ]
            written = [prop for prop in written if prop in fitting]
        values = {prop.name: self.value(prop.use, f"{place}.{prop.name}", open_types) for prop in written}
        values = {
            prop.name: values[prop.name]
            for prop in written
            if prop.required or self.is_kept(values[prop.name], prop.use)
        }
        fragments = [*type_.asserts, *use.asserts]
        values = without_forbidden(values, type_, fragments) | self.tags(type_)
        for name, schema in conditional_members(fragments, values):
            member = next((prop for prop in type_.properties if prop.name == name), None)
            if member is not None and not hidden(member.use, self.settings.side):
                value = self.value(member.use, f"{place}.{name}", open_types)
                values[name] = value if satisfies(schema, value) else plain_value(schema)
        self.undeclared(values, type_, minimum, place, open_types)
        return values

    def undeclared(
        self, values: dict[str, Any], type_: Object, minimum: int, place: str, open_types: tuple[str, ...]
    ) -> None:
        """Add the members that are required without a property, and those that ``minProperties`` still asks for."""
        pattern, use = next(iter(type_.pattern_additional), (None, type_.additional))
        if type_.additional is not None or not type_.closed:
            pattern, use = None, type_.additional or Use(type="any")
        for name in type_.required_names:
            values[name] = self.value(_use_of(name, type_), f"{place}.{name}", open_types)
        names = self.names(type_.keys, pattern, place, open_types)
        while use is not None and len(values) < min(minimum, _MOST_ITEMS):
            added = next(names, None)
            if added is None:
                return
            values.setdefault(added, self.value(_use_of(added, type_), f"{place}.{added}", open_types))

    def is_written(self, prop: Property, open_types: tuple[str, ...]) -> bool:
        """Whether a member is written: not on the wrong side, not without end."""
        if hidden(prop.use, self.settings.side):
            return False
        return prop.required or not self.only_required(prop.use, open_types)

    def only_required(self, use: Use, open_types: tuple[str, ...]) -> bool:
        """Whether only what is required is still to be written below here."""
        deep = self.minimal or len(open_types) > _FULL_DEPTH or self.spent > _BUDGET
        return deep or self.reaches(use, frozenset(open_types))

    def reaches(self, use: Use, open_types: frozenset[str]) -> bool:
        """Whether a use stands for a type that is being written already, through arrays and maps too."""
        if use.type in open_types:
            return not isinstance(type_of(self.settings.api, use), Scalar | Enum)
        type_ = type_of(self.settings.api, use)
        content = (
            type_.items if isinstance(type_, Array) else type_.values if isinstance(type_, Map) else None
        )
        return content is not None and self.reaches(content, open_types | {use.type})

    def derived(self, type_: Object) -> Object | None:
        """For a base that is never written as itself, the first type that stands in for it."""
        if not type_.discriminator or type_.id in type_.mapping.values():
            return None
        for target in type_.mapping.values():
            candidate = self.settings.api.types.get(target)
            if isinstance(candidate, Object) and candidate.id != type_.id:
                return candidate
        return None

    def tags(self, type_: Object) -> dict[str, str]:
        """The discriminators that tell an object's type, those of its bases included."""
        tags: dict[str, str] = {}
        base: AnyType | None = type_
        visited: set[str] = set()
        while isinstance(base, Object) and base.id not in visited:
            visited.add(base.id)
            value = next((value for value, target in base.mapping.items() if target == type_.id), None)
            if base.discriminator and value is not None:
                tags[base.discriminator] = value
            base = self.settings.api.types.get(base.base) if base.base else None
        return tags

    def union(self, use: Use, type_: Union, place: str, open_types: tuple[str, ...]) -> Any:
        """A value of the first alternative for which the whole union accepts it.

        Alternatives may overlap, so that full values are valid for two; with fewer members they may not be.
        """
        members = [member for member in type_.members if not self.reaches(member, frozenset(open_types))]
        candidates = members or type_.members or [Use(type="any")]
        first: Any = _MISSING
        for minimal in (self.minimal, True):
            for member in candidates:
                value = self.alternative(type_, member, place, open_types, minimal)
                if isinstance(value, bytes) or not self.checker.check(value, use):
                    return value
                first = value if first is _MISSING else first
                if self.spent > _BUDGET:  # alternatives within alternatives multiply
                    return first
        return first

    def alternative(
        self, type_: Union, member: Use, place: str, open_types: tuple[str, ...], minimal: bool
    ) -> Any:
        before, self.minimal = self.minimal, minimal
        member_type = type_of(self.settings.api, member)
        try:
            if (
                isinstance(member_type, Scalar) and type_.asserts
            ):  # the limits of alternatives of one scalar type
                limits = alternative_limits(type_.asserts, self.attempt)
                return scalars.sample(member_type, member, self.random(place), limits)
            value = self.value(member, place, open_types)
        finally:
            self.minimal = before
        tag = next((value for value, target in type_.mapping.items() if target == member.type), None)
        if type_.discriminator and tag is not None and isinstance(value, dict):
            value = {**value, type_.discriminator: tag}
        return value


def _use_of(name: str, type_: Object) -> Use:
    """What a member is that has no property."""
    return next(iter(matching(name, type_)), type_.additional or Use(type="any"))


def _is_binary(type_: AnyType) -> bool:
    return isinstance(type_, Scalar) and type_.base == "binary"


def _stale(value: Any, type_: AnyType, side: Side) -> bool:
    """Whether an example of an object holds what is not sent on this side."""
    if not isinstance(type_, Object) or not isinstance(value, dict):
        return False
    return any(prop.name in value and hidden(prop.use, side) for prop in type_.properties)


def _empty(type_: AnyType) -> Any:
    """What stands where a document requires nesting without end."""
    return [] if isinstance(type_, Array) else {} if isinstance(type_, Object | Map) else None


def _bounds(type_: AnyType, use: Use, unit: str) -> tuple[int, int | None]:
    """The least and the greatest number of items or properties."""
    limits = [limits for limits in (type_.constraints, use.constraints) if limits]
    lows = [low for limit in limits if (low := getattr(limit, f"min_{unit}")) is not None]
    highs = [high for limit in limits if (high := getattr(limit, f"max_{unit}")) is not None]
    return max(lows, default=0), min(highs, default=None)
