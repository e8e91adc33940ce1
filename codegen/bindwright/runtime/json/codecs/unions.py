"""Unions: told by discriminator, else by the JSON kind, required and constant members, then by trying."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from attrs import frozen

from bindwright.runtime.errors import DecodeError, EncodeError
from bindwright.runtime.json.codecs.places import place_reader, place_writer
from bindwright.runtime.json.decoding import read_helpers as readers
from bindwright.runtime.json.plan.members import JsonMember, facts_of, root_of
from bindwright.runtime.json.plan.registry import CodecOfModel, Registry
from bindwright.runtime.resolve import Names
from bindwright.runtime.shapes import Shape, shape_of

Reader = Callable[[Any], Any]

_RANKS = {
    kind: rank
    for rank, kind in enumerate((
        "null", "literal", "enum", "boolean", "integer", "uuid", "date", "time", "datetime", "duration",
        "number", "decimal", "model", "tuple", "list", "map", "string", "bytes", "any",
    ))
}  # fmt: skip
"""The most specific first: what fewer values are."""

_STRINGS = frozenset(
    {"string", "uuid", "date", "time", "datetime", "duration", "bytes", "decimal", "literal", "enum"}
)
_NUMBERS = frozenset({"integer", "number", "decimal", "literal", "enum"})
_KINDS: dict[type, frozenset[str]] = {
    # bool first: it is a subclass of int
    bool: frozenset({"boolean", "literal", "enum"}),
    str: _STRINGS | {"number"}, int: _NUMBERS, float: _NUMBERS, dict: frozenset({"model", "map"}),
    list: frozenset({"list", "tuple"}), type(None): frozenset({"null"}),
}  # fmt: skip


@frozen(eq=False)
class Alternative:
    """One member of a union."""

    shape: Shape
    read: Reader
    facts: tuple[JsonMember, ...] = ()
    """Members, where it is a model."""

    @property
    def words(self) -> str:
        """What it is called in an error message."""
        return self.shape.name or self.shape.kind

    def fits(self, value: dict[str, Any]) -> bool:
        """Whether an object has all it needs: required members, and constants with their value."""
        for one in self.facts:
            if one.name not in value:
                if one.required:
                    return False
            elif (
                one.shape.kind == "literal" and value[one.name] not in one.shape.literals and not one.nullable
            ):
                return False
        return True

    def score(self, value: dict[str, Any]) -> tuple[int, int]:
        """How far an object is from it: unknown members, then members it lacks."""
        known = {one.name for one in self.facts}
        return len(value.keys() - known), len(known - value.keys())


def union_reader(shape: Shape, registry: Registry, profile: str) -> Reader:
    """A reader of a union's values."""
    options = _options(shape, registry, profile)
    choice = shape.fact("choice")
    mapped = _mapped(choice, shape.names, registry, profile)
    discriminator = choice.discriminator if choice is not None else None

    def read(value: Any) -> Any:
        if mapped and type(value) is dict:
            told = value.get(discriminator)
            if type(told) is str and told in mapped:
                return mapped[told](value)
        return _chosen(options, value)

    return read


def _options(shape: Shape, registry: Registry, profile: str) -> list[Alternative]:
    found: list[Alternative] = []
    for one in shape.inner():
        if one.kind == "union":
            found.extend(_options(one, registry, profile))
            continue
        facts = facts_of(one.type) if one.kind == "model" and registry.read_hook(one.type) is None else ()
        found.append(Alternative(one, place_reader(one, registry, profile), facts))
    return sorted(found, key=lambda one: _RANKS[one.shape.kind])


def _mapped(choice: Any, names: Mapping[str, Any], registry: Registry, profile: str) -> dict[str, Reader]:
    if choice is None or not choice.discriminator:
        return {}
    return {
        value: place_reader(shape_of(kind, names=names), registry, profile)
        for value, kind in choice.mapping.items()
    }


def _chosen(options: list[Alternative], value: Any) -> Any:
    kinds = next(
        (found for kind, found in _KINDS.items() if type(value) is kind or isinstance(value, kind)),
        frozenset(),
    )
    candidates = [
        one for one in options if one.shape.kind in kinds or one.shape.kind == "any" or _hooked(one)
    ]
    if type(value) is dict:
        candidates = _ordered(candidates, value)
    elif isinstance(value, (str, int, float)):
        candidates = _listed_first(candidates, value)
    error: DecodeError | None = None
    for one in candidates:
        try:
            return one.read(value)
        except DecodeError as found:
            error = found if error is None or len(found.path) > len(error.path) else error
    if error is not None and (len(candidates) == 1 or error.path != "$"):
        raise error
    raise readers.wrong(" or ".join(dict.fromkeys(one.words for one in options)), value, "")


def _hooked(option: Alternative) -> bool:
    return option.shape.kind == "model" and not option.facts


def _ordered(candidates: list[Alternative], value: dict[str, Any]) -> list[Alternative]:
    """Models that fit, the nearest first, then maps, then the models that do not fit (for their errors)."""
    models = [one for one in candidates if one.shape.kind == "model"]
    fitting = sorted((one for one in models if one.fits(value)), key=lambda one: one.score(value))
    rest = [one for one in candidates if one.shape.kind != "model"]
    return fitting + rest + [one for one in models if one not in fitting]


def _listed_first(candidates: list[Alternative], value: Any) -> list[Alternative]:
    """Open enumerations take any value: first come those that list it, last those that do not."""
    unlisted = [
        one for one in candidates if one.shape.kind == "enum" and value not in readers.members(one.shape.type)
    ]
    return [one for one in candidates if one not in unlisted] + unlisted


def union_writer(shape: Shape, registry: Registry, profile: str) -> Callable[[Any], Any]:
    """A writer of a union's values: by the value's own type."""
    options = [(one, place_writer(one, registry, profile)) for one in _flat(shape)]

    def write(value: Any) -> Any:
        for one, plain in options:
            if one.kind == "model" and type(value) is one.type:
                return plain(value)
        error: EncodeError | None = None
        for one, plain in options:
            if _is_of(one, value):
                try:
                    return plain(value)
                except EncodeError as found:
                    error = found
        if error is not None:
            raise error
        return registry.untyped.write(value, profile)

    return write


def _flat(shape: Shape) -> list[Shape]:
    found = []
    for one in shape.inner():
        found.extend(_flat(one) if one.kind == "union" else [one])
    return sorted(found, key=lambda one: _RANKS[one.kind])


def _is_of(shape: Shape, value: Any) -> bool:
    """Whether a Python value may be meant for a member."""
    match shape.kind:
        case "list" | "tuple":
            return isinstance(value, (list, tuple))
        case "map":
            return isinstance(value, Mapping)
        case "number":
            return isinstance(value, (int, float)) and not isinstance(value, bool)
        case "integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "literal":
            return any(value == one and type(value) is type(one) for one in shape.literals)
        case "any":
            return True
    return isinstance(shape.type, type) and isinstance(value, shape.type)


def derived_reader(codec: CodecOfModel, own: Reader) -> Reader:
    """A reader of a base whose discriminator tells the derived class."""
    choice = root_of(codec.model).choice
    assert choice is not None
    kinds: dict[str, Reader] = {}
    names = Names(codec.model.__module__)
    discriminator, mapping = choice.discriminator, choice.mapping

    def find(told: str) -> Reader:
        kind = shape_of(mapping[told], names=names).type
        if isinstance(kind, type) and issubclass(kind, codec.model) and kind is not codec.model:
            return codec.registry.of(kind).reader()
        return own

    def read(value: Any) -> Any:
        if type(value) is dict:
            told = value.get(discriminator)
            if type(told) is str and told in mapping:
                if told not in kinds:
                    kinds[told] = find(told)
                return kinds[told](value)
        return own(value)

    return read
