"""Values that satisfy a use of a type: from examples, else generated; the same for one seed and place.

Every place draws from a generator of its own, seeded with the place, so that a value neither depends on
what was asked before nor on the format that is spoken.
"""

from __future__ import annotations

import random
from typing import Any, Final

from attrs import define

from bindwright.ir.model import AnyType, Api, Array, Enum, Map, Object, Property, Scalar, Union, Use
from bindwright.serve.answers import sample_scalars as scalars
from bindwright.serve.validation.json_values import Checker
from bindwright.serve.values import Side, hidden, type_of

_FULL_DEPTH = 5
"""Down to here optional members are written; below only what is required."""
_BUDGET = 600
"""So many values, then only what is required: wide documents would otherwise fill the screen."""
_LIMIT = 60
"""No value is nested deeper, not even where a document requires it without end."""
_MISSING: Final = object()


@define
class Sampler:
    """Makes sample values of an API's types."""

    api: Api
    side: Side = "response"
    seed: int = 0
    use_examples: bool = True

    def sample(self, use: Use, place: str = "") -> Any:
        """A JSON value for a use; bytes for binary bodies."""
        return _Run(self, Checker(self.api, self.side)).value(use, place, ())


@define
class _Run:
    """One value being made: what has been spent and which types are open."""

    settings: Sampler
    checker: Checker
    spent: int = 0

    def value(self, use: Use, place: str, open_types: tuple[str, ...]) -> Any:
        self.spent += 1
        type_ = type_of(self.settings.api, use)
        example = self.example(use, type_) if self.settings.use_examples else _MISSING
        if example is not _MISSING:
            return example
        if use.nullable and open_types.count(use.type) > 0:
            return None
        if len(open_types) > _LIMIT:
            return _empty(type_)
        return self.generated(use, type_, place, (*open_types, use.type))

    def example(self, use: Use, type_: AnyType) -> Any:
        """The first example (of the place, then of the type), or the default, that satisfies the type."""
        candidates = [*use.examples, *([use.default] if use.has_default and use.default is not None else [])]
        for candidate in [*candidates, *type_.examples]:
            if not self.checker.check(candidate, use) and not _stale(candidate, type_, self.settings.side):
                return candidate.encode() if _is_binary(type_) and isinstance(candidate, str) else candidate
        return _MISSING

    def generated(self, use: Use, type_: AnyType, place: str, open_types: tuple[str, ...]) -> Any:
        rng = random.Random(f"{self.settings.seed}:{place}")
        if isinstance(type_, Scalar):
            return scalars.sample(type_, use, rng)
        if isinstance(type_, Enum):
            return rng.choice(type_.members).value if type_.members else None
        if isinstance(type_, Array):
            return self.array(use, type_, place, open_types)
        if isinstance(type_, Map):
            return self.map(use, type_, place, open_types)
        if isinstance(type_, Object):
            return self.object(type_, place, open_types)
        return self.union(type_, place, open_types, rng)

    def array(self, use: Use, type_: Array, place: str, open_types: tuple[str, ...]) -> list[Any]:
        minimum = _lower_bound(type_, use, "min_items")
        items = [self.value(item, f"{place}[{n}]", open_types) for n, item in enumerate(type_.prefix)]
        if type_.items is None:
            return items
        count = minimum if self.only_required(type_.items, open_types) else max(minimum, 1)
        maximum = _upper_bound(type_, use, "max_items")
        count = min(count, 50) if maximum is None else min(count, maximum)
        unique = any(limits.unique_items for limits in (type_.constraints, use.constraints) if limits)
        return self.extended(items, type_.items, count, unique, place, open_types)

    def extended(
        self, items: list[Any], item: Use, count: int, unique: bool, place: str, open_types: tuple[str, ...]
    ) -> list[Any]:
        """Items up to the number wanted; where they must differ, a few more attempts than that."""
        for attempt in range(count * (8 if unique else 1)):
            if len(items) >= count:
                break
            value = self.value(item, f"{place}[{len(items)}]{'*' * (attempt - len(items))}", open_types)
            if unique and value in items:
                value = self.without_examples(item, f"{place}[{len(items)}]{'*' * attempt}", open_types)
            if not (unique and value in items):
                items.append(value)
        return items

    def without_examples(self, use: Use, place: str, open_types: tuple[str, ...]) -> Any:
        """A generated value, passing over the examples."""
        type_ = type_of(self.settings.api, use)
        return self.generated(use, type_, place, (*open_types, use.type))

    def map(self, use: Use, type_: Map, place: str, open_types: tuple[str, ...]) -> dict[str, Any]:
        count = _lower_bound(type_, use, "min_properties")
        if not self.only_required(type_.values, open_types):
            count = max(count, 1)
        keys = [f"key{number + 1}" for number in range(min(count, 50))]
        return {key: self.value(type_.values, f"{place}.{key}", open_types) for key in keys}

    def object(
        self, type_: Object, place: str, open_types: tuple[str, ...], tag: str | None = None
    ) -> dict[str, Any]:
        derived = self.derived(type_) if tag is None else None
        if derived is not None:
            return self.object(derived, place, (*open_types, derived.id))
        members = [prop for prop in type_.properties if self.is_written(prop, open_types)]
        values = {prop.name: self.value(prop.use, f"{place}.{prop.name}", open_types) for prop in members}
        values |= self.tags(type_)
        minimum = type_.constraints.min_properties if type_.constraints else None
        for number in range(min((minimum or 0) - len(values), 50)):
            if type_.additional is not None:
                values[f"key{number + 1}"] = self.value(
                    type_.additional, f"{place}.key{number + 1}", open_types
                )
        return values

    def is_written(self, prop: Property, open_types: tuple[str, ...]) -> bool:
        """Whether a member is written: not on the wrong side, not without end."""
        if hidden(prop.use, self.settings.side):
            return False
        return prop.required or not self.only_required(prop.use, open_types)

    def only_required(self, use: Use, open_types: tuple[str, ...]) -> bool:
        """Whether only what is required is still to be written below here."""
        deep = len(open_types) > _FULL_DEPTH or self.spent > _BUDGET
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

    def union(self, type_: Union, place: str, open_types: tuple[str, ...], rng: random.Random) -> Any:
        free = [member for member in type_.members if not self.reaches(member, frozenset(open_types))]
        chosen = (free or type_.members or [Use(type="any")])[0]
        value = self.value(chosen, place, open_types)
        tag = next((value for value, target in type_.mapping.items() if target == chosen.type), None)
        if type_.discriminator and tag is not None and isinstance(value, dict):
            value = {**value, type_.discriminator: tag}
        return value


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


def _lower_bound(type_: AnyType, use: Use, name: str) -> int:
    values = [getattr(limits, name) for limits in (type_.constraints, use.constraints) if limits]
    return max([value for value in values if value is not None], default=0)


def _upper_bound(type_: AnyType, use: Use, name: str) -> int | None:
    values = [getattr(limits, name) for limits in (type_.constraints, use.constraints) if limits]
    return min([value for value in values if value is not None], default=None)
