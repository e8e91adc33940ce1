"""Values that satisfy a use of a type: from examples, else generated; the same for one seed and place.

Every place draws from a generator of its own, seeded with the place, so that a value neither depends on
what was asked before nor on the format that is spoken.
"""

from __future__ import annotations

import random
from typing import Any, Final

from attrs import define, field

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
    _told: dict[str, dict[str, str]] = field(factory=dict)

    def value(self, use: Use, place: str, open_types: tuple[str, ...]) -> Any:
        self.spent += 1
        kind = type_of(self.settings.api, use)
        known = self.example(use, kind) if self.settings.use_examples else _MISSING
        if known is not _MISSING:
            return known
        if use.nullable and open_types.count(use.type) > 0:
            return None
        if len(open_types) > _LIMIT:
            return _stump(kind)
        return self.made(use, kind, place, (*open_types, use.type))

    def example(self, use: Use, kind: AnyType) -> Any:
        """The first example (of the place, then of the type), or the default, that satisfies the type."""
        candidates = [*use.examples, *([use.default] if use.has_default and use.default is not None else [])]
        for candidate in [*candidates, *kind.examples]:
            if not self.checker.check(candidate, use) and not _stale(candidate, kind, self.settings.side):
                return candidate.encode() if _is_binary(kind) and isinstance(candidate, str) else candidate
        return _MISSING

    def made(self, use: Use, kind: AnyType, place: str, open_types: tuple[str, ...]) -> Any:
        rng = random.Random(f"{self.settings.seed}:{place}")
        if isinstance(kind, Scalar):
            return scalars.sample(kind, use, rng)
        if isinstance(kind, Enum):
            return rng.choice(kind.members).value if kind.members else None
        if isinstance(kind, Array):
            return self.array(use, kind, place, open_types)
        if isinstance(kind, Map):
            return self.map(use, kind, place, open_types)
        if isinstance(kind, Object):
            return self.object(kind, place, open_types)
        return self.union(kind, place, open_types, rng)

    def array(self, use: Use, kind: Array, place: str, open_types: tuple[str, ...]) -> list[Any]:
        low = _most(kind, use, "min_items")
        made = [self.value(item, f"{place}[{n}]", open_types) for n, item in enumerate(kind.prefix)]
        if kind.items is None:
            return made
        wanted = low if self.closing(kind.items, open_types) else max(low, 1)
        high = _least(kind, use, "max_items")
        wanted = min(wanted, 50) if high is None else min(wanted, high)
        unique = any(limits.unique_items for limits in (kind.constraints, use.constraints) if limits)
        return self.filled(made, kind.items, wanted, unique, place, open_types)

    def filled(
        self, made: list[Any], item: Use, wanted: int, unique: bool, place: str, open_types: tuple[str, ...]
    ) -> list[Any]:
        """Items up to the number wanted; where they must differ, a few more attempts than that."""
        for attempt in range(wanted * (8 if unique else 1)):
            if len(made) >= wanted:
                break
            value = self.value(item, f"{place}[{len(made)}]{'*' * (attempt - len(made))}", open_types)
            if unique and value in made:
                value = self.plain(item, f"{place}[{len(made)}]{'*' * attempt}", open_types)
            if not (unique and value in made):
                made.append(value)
        return made

    def plain(self, use: Use, place: str, open_types: tuple[str, ...]) -> Any:
        """A generated value, passing over the examples."""
        kind = type_of(self.settings.api, use)
        return self.made(use, kind, place, (*open_types, use.type))

    def map(self, use: Use, kind: Map, place: str, open_types: tuple[str, ...]) -> dict[str, Any]:
        wanted = _most(kind, use, "min_properties")
        if not self.closing(kind.values, open_types):
            wanted = max(wanted, 1)
        keys = [f"key{number + 1}" for number in range(min(wanted, 50))]
        return {key: self.value(kind.values, f"{place}.{key}", open_types) for key in keys}

    def object(
        self, kind: Object, place: str, open_types: tuple[str, ...], told: str | None = None
    ) -> dict[str, Any]:
        derived = self.derived(kind) if told is None else None
        if derived is not None:
            return self.object(derived, place, (*open_types, derived.id))
        members = [prop for prop in kind.properties if self.wanted(prop, open_types)]
        made = {prop.name: self.value(prop.use, f"{place}.{prop.name}", open_types) for prop in members}
        made |= self.tags(kind)
        low = kind.constraints.min_properties if kind.constraints else None
        for number in range(min((low or 0) - len(made), 50)):
            if kind.additional is not None:
                made[f"key{number + 1}"] = self.value(kind.additional, f"{place}.key{number + 1}", open_types)
        return made

    def wanted(self, prop: Property, open_types: tuple[str, ...]) -> bool:
        """Whether a member is written: not on the wrong side, not without end."""
        if hidden(prop.use, self.settings.side):
            return False
        return prop.required or not self.closing(prop.use, open_types)

    def closing(self, use: Use, open_types: tuple[str, ...]) -> bool:
        """Whether only what is required is still to be written below here."""
        deep = len(open_types) > _FULL_DEPTH or self.spent > _BUDGET
        return deep or self.reaches(use, frozenset(open_types))

    def reaches(self, use: Use, open_types: frozenset[str]) -> bool:
        """Whether a use stands for a type that is being written already, through arrays and maps too."""
        if use.type in open_types:
            return not isinstance(type_of(self.settings.api, use), Scalar | Enum)
        kind = type_of(self.settings.api, use)
        inner = kind.items if isinstance(kind, Array) else kind.values if isinstance(kind, Map) else None
        return inner is not None and self.reaches(inner, open_types | {use.type})

    def derived(self, kind: Object) -> Object | None:
        """For a base that is never written as itself, the first type that stands in for it."""
        if not kind.discriminator or kind.id in kind.mapping.values():
            return None
        for target in kind.mapping.values():
            found = self.settings.api.types.get(target)
            if isinstance(found, Object) and found.id != kind.id:
                return found
        return None

    def tags(self, kind: Object) -> dict[str, str]:
        """The discriminators that tell an object's type, those of its bases included."""
        told: dict[str, str] = {}
        base: AnyType | None = kind
        seen: set[str] = set()
        while isinstance(base, Object) and base.id not in seen:
            seen.add(base.id)
            value = next((value for value, target in base.mapping.items() if target == kind.id), None)
            if base.discriminator and value is not None:
                told[base.discriminator] = value
            base = self.settings.api.types.get(base.base) if base.base else None
        return told

    def union(self, kind: Union, place: str, open_types: tuple[str, ...], rng: random.Random) -> Any:
        free = [member for member in kind.members if not self.reaches(member, frozenset(open_types))]
        chosen = (free or kind.members or [Use(type="any")])[0]
        made = self.value(chosen, place, open_types)
        told = next((value for value, target in kind.mapping.items() if target == chosen.type), None)
        if kind.discriminator and told is not None and isinstance(made, dict):
            made = {**made, kind.discriminator: told}
        return made


def _is_binary(kind: AnyType) -> bool:
    return isinstance(kind, Scalar) and kind.base == "binary"


def _stale(value: Any, kind: AnyType, side: Side) -> bool:
    """Whether an example of an object holds what is not sent on this side."""
    if not isinstance(kind, Object) or not isinstance(value, dict):
        return False
    return any(prop.name in value and hidden(prop.use, side) for prop in kind.properties)


def _stump(kind: AnyType) -> Any:
    """What stands where a document requires nesting without end."""
    return [] if isinstance(kind, Array) else {} if isinstance(kind, Object | Map) else None


def _most(kind: AnyType, use: Use, name: str) -> int:
    values = [getattr(limits, name) for limits in (kind.constraints, use.constraints) if limits]
    return max([value for value in values if value is not None], default=0)


def _least(kind: AnyType, use: Use, name: str) -> int | None:
    values = [getattr(limits, name) for limits in (kind.constraints, use.constraints) if limits]
    return min([value for value in values if value is not None], default=None)
