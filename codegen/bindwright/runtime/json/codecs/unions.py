"""Unions: told by discriminator, else by the JSON kind, required and constant members, then by trying."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from bindwright.runtime.errors import DecodeError, EncodeError
from bindwright.runtime.json.codecs.places import place_reader, place_writer
from bindwright.runtime.json.decoding import read_helpers as readers
from bindwright.runtime.json.plan.members import ObjectMember, object_members, root_of
from bindwright.runtime.json.plan.registry import CodecOfModel, Registry
from bindwright.runtime.resolve import Names
from bindwright.runtime.shapes import Shape, shape_of
from bindwright.runtime.value_types import Function, JsonObject, PythonValue

Reader = Function

_RANKS = {
    kind_: rank
    for rank, kind_ in enumerate((
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
    facts: tuple[ObjectMember, ...] = ()
    """Members, where it is a model."""

    @property
    def words(self) -> str:
        """What it is called in an error message."""
        return self.shape.name or self.shape.kind

    def fits(self, value: JsonObject) -> bool:
        """Whether an object has all it needs: required members, and constants with their value."""
        for json_member in self.facts:
            if json_member.name not in value:
                if json_member.required:
                    return False
            elif (
                json_member.shape.kind == "literal"
                and value[json_member.name] not in json_member.shape.literals
                and not json_member.nullable
            ):
                return False
        return True

    def score(self, value: JsonObject) -> tuple[int, int]:
        """How far an object is from it: unknown members, then members it lacks."""
        names = {json_member.name for json_member in self.facts}
        return len(value.keys() - names), len(names - value.keys())


def union_reader(shape: Shape, registry: Registry, profile: str) -> Reader:
    """A reader of a union's values."""
    options = _options(shape, registry, profile)
    choice = shape.fact("choice")
    mapped = _mapped(choice, shape.names, registry, profile)
    discriminator = choice.discriminator if choice is not None else None

    def read(value: PythonValue) -> PythonValue:
        if mapped and type(value) is dict:
            tag = value.get(discriminator)
            if type(tag) is str and tag in mapped:
                return mapped[tag](value)
        return _chosen(options, value)

    return read


def _options(shape: Shape, registry: Registry, profile: str) -> list[Alternative]:
    alternatives: list[Alternative] = []
    for member in shape.inner():
        if member.kind == "union":
            alternatives.extend(_options(member, registry, profile))
            continue
        facts = (
            object_members(member.type)
            if member.kind == "model" and registry.read_hook(member.type) is None
            else ()
        )
        alternatives.append(Alternative(member, place_reader(member, registry, profile), facts))
    return sorted(alternatives, key=lambda option: _RANKS[option.shape.kind])


def _mapped(choice: Any, names: Mapping[str, Any], registry: Registry, profile: str) -> dict[str, Reader]:
    if choice is None or not choice.discriminator:
        return {}
    return {
        value: place_reader(shape_of(type_, names=names), registry, profile)
        for value, type_ in choice.mapping.items()
    }


def _chosen(options: list[Alternative], value: PythonValue) -> PythonValue:
    kinds = next(
        (
            kinds_
            for json_type, kinds_ in _KINDS.items()
            if type(value) is json_type or isinstance(value, json_type)
        ),
        frozenset(),
    )
    candidates = [
        option
        for option in options
        if option.shape.kind in kinds or option.shape.kind == "any" or _hooked(option)
    ]
    if type(value) is dict:
        candidates = _ordered(candidates, value)
    elif isinstance(value, (str, int, float)):
        candidates = _listed_first(candidates, value)
    error: DecodeError | None = None
    for option in candidates:
        try:
            return option.read(value)
        except DecodeError as found:
            error = found if error is None or len(found.path) > len(error.path) else error
    if error is not None and (len(candidates) == 1 or error.path != "$"):
        raise error
    raise readers.wrong(" or ".join(dict.fromkeys(option.words for option in options)), value, "")


def _hooked(option: Alternative) -> bool:
    return option.shape.kind == "model" and not option.facts


def _ordered(candidates: list[Alternative], value: JsonObject) -> list[Alternative]:
    """Models that fit, the nearest first, then maps, then the models that do not fit (for their errors)."""
    models = [option for option in candidates if option.shape.kind == "model"]
    fitting = sorted(
        (option for option in models if option.fits(value)), key=lambda option: option.score(value)
    )
    rest = [option for option in candidates if option.shape.kind != "model"]
    return fitting + rest + [option for option in models if option not in fitting]


def _listed_first(candidates: list[Alternative], value: PythonValue) -> list[Alternative]:
    """Open enumerations take any value: first come those that list it, last those that do not."""
    unlisted = [
        option
        for option in candidates
        if option.shape.kind == "enum" and value not in readers.members(option.shape.type)
    ]
    return [option for option in candidates if option not in unlisted] + unlisted


def union_writer(shape: Shape, registry: Registry, profile: str) -> Function:
    """A writer of a union's values: by the value's own type."""
    options = [(member, place_writer(member, registry, profile)) for member in _flat(shape)]

    def write(value: PythonValue) -> PythonValue:
        for member, plain in options:
            if member.kind == "model" and type(value) is member.type:
                return plain(value)
        error: EncodeError | None = None
        for member, plain in options:
            if _is_of(member, value):
                try:
                    return plain(value)
                except EncodeError as found:
                    error = found
        if error is not None:
            raise error
        return registry.untyped.write(value, profile)

    return write


def _flat(shape: Shape) -> list[Shape]:
    shapes = []
    for member in shape.inner():
        shapes.extend(_flat(member) if member.kind == "union" else [member])
    return sorted(shapes, key=lambda member: _RANKS[member.kind])


def _is_of(shape: Shape, value: PythonValue) -> bool:
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
            return any(value == member and type(value) is type(member) for member in shape.literals)
        case "any":
            return True
    return isinstance(shape.type, type) and isinstance(value, shape.type)


def derived_reader(codec: CodecOfModel, read_own: Reader) -> Reader:
    """A reader of a base whose discriminator tells the derived class."""
    choice = root_of(codec.model).choice
    assert choice is not None
    kinds: dict[str, Reader] = {}
    names = Names(codec.model.__module__)
    discriminator, mapping = choice.discriminator, choice.mapping

    def find(tag: str) -> Reader:
        type_ = shape_of(mapping[tag], names=names).type
        if isinstance(type_, type) and issubclass(type_, codec.model) and type_ is not codec.model:
            return codec.registry.of(type_).reader()
        return read_own

    def read(value: PythonValue) -> PythonValue:
        if type(value) is dict:
            tag = value.get(discriminator)
            if type(tag) is str and tag in mapping:
                if tag not in kinds:
                    kinds[tag] = find(tag)
                return kinds[tag](value)
        return read_own(value)

    return read
