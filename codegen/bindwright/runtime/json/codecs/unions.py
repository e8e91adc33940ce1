"""Unions: told by discriminator, else by what the schemas of the alternatives say of the values that are there."""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Mapping
from itertools import islice

from attrs import frozen

from bindwright.runtime.alternatives.fitting import fits, presence
from bindwright.runtime.alternatives.grades import Grade, grade
from bindwright.runtime.alternatives.places import is_possible
from bindwright.runtime.alternatives.tags import Tag, tag_text
from bindwright.runtime.errors import DecodeError, EncodeError
from bindwright.runtime.json.codecs.places import place_reader, place_writer
from bindwright.runtime.json.decoding import read_helpers as readers
from bindwright.runtime.json.decoding.attempts import UnionAttempts
from bindwright.runtime.json.encoding.tags import with_tag
from bindwright.runtime.json.encoding.write_helpers import refused
from bindwright.runtime.json.plan.members import object_members, root_of
from bindwright.runtime.json.plan.registry import CodecOfModel, Registry
from bindwright.runtime.resolve import Names
from bindwright.runtime.shapes import Shape, shape_of
from bindwright.runtime.value_types import Function, PythonValue
from bindwright.runtime.values.format_tests import fits as format_fits

Reader = Function

_RANKS = {
    kind_: rank
    for rank, kind_ in enumerate((
        "null", "literal", "enum", "boolean", "integer", "uuid", "date", "time", "datetime", "duration",
        "number", "decimal", "model", "union", "tuple", "list", "map", "string", "bytes", "any",
    ))
}  # fmt: skip
"""The most specific first: what fewer values are."""


def is_altered(shape: Shape, text: str) -> bool:
    """Whether a text says more than the value that it would be read as, or is none of its format: the zeros of a
    postcode, the capitals of an identifier, a day without its time. Where an alternative takes any text, it is that one's.
    """
    if shape.kind == "decimal":
        return _DECIMAL.fullmatch(text) is None
    if shape.kind == "uuid":
        return _UUID.fullmatch(text) is None
    return not format_fits(_ALTERED[shape.kind], text)


_ALTERED = {"decimal": "decimal", "uuid": "uuid", "datetime": "date-time", "date": "date", "time": "time",
            "duration": "duration"}  # fmt: skip
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


OF_EACH_TYPE: tuple[PythonValue, ...] = ({}, [], "", 0, 0.0, True, None)
"""A value of each type of parsed JSON."""


@frozen(eq=False)
class UnionOption:
    """One member of a union."""

    shape: Shape
    read: Reader
    hooked: bool = False
    """Whether a user's function reads it: nobody else knows what it takes."""

    def grade(self, value: PythonValue) -> Grade:
        """How far a value is from this alternative."""
        if self.hooked:
            return Grade(0, 0, len(value) if type(value) is dict else 0, 0)
        return grade(self.shape, value)

    @property
    def key(self) -> object:
        """Equal for alternatives that read alike: a class is read the same in each union."""
        return self.shape.type if self.shape.kind == "model" else self

    @property
    def words(self) -> str:
        """What it is called in an error message."""
        return self.shape.name or self.shape.kind


class UnionOptions:
    """The members of a union without a discriminator, and a member of theirs whose listed values tell them apart."""

    def __init__(self, options: list[UnionOption]) -> None:
        self.options = options
        self._name, self._by_value = _telling_member(options)
        self.texts = frozenset(
            id(option) for option in options if option.shape.kind in _ALTERED and not option.hooked
        )
        """Those that read texts as something else, where another one takes any text (by id)."""
        if not any(option.shape.kind == "string" and not option.hooked for option in options):
            self.texts = frozenset()
        self._by_type = {type(value): self._possible(value) for value in OF_EACH_TYPE}

    @property
    def telling(self) -> tuple[str, dict[str, UnionOption]]:
        """The JSON name of the member whose listed texts tell the options apart (empty: there is none), and which."""
        return self._name, self._by_value

    def candidates(self, value: PythonValue) -> list[UnionOption]:
        """The options that a value of its JSON type may be meant for, in order; not to be changed."""
        those = self._by_type.get(type(value))
        return self._possible(value) if those is None else those

    def _possible(self, value: PythonValue) -> list[UnionOption]:
        return [
            option
            for option in self.options
            if option.hooked or option.shape.kind == "union" or is_possible(option.shape.kind, value)
        ]

    def certain_option(self, value: PythonValue) -> UnionOption | None:
        """The option that is the best for certain, found without the grades of all.

        Its listed value is in no other alternative, so that each other has a violation, or an unlisted value, where
        this one has none. Or it has neither, and no other has as few members that are unknown, or not there.
        """
        if self._by_value and type(value) is dict:
            text = value.get(self._name)
            option = self._by_value.get(text) if type(text) is str else None
        else:
            option = self._option_by_names(value)
        return option if option is not None and fits(option.shape, value) else None

    def _option_by_names(self, value: PythonValue) -> UnionOption | None:
        """The first with the least members missing, unknown and lacking, in this order, as grades are compared."""
        best = least = None
        for option in self.candidates(value):
            there = None if option.hooked else presence(option.shape, value)
            if there is None:
                return None
            if least is None or there < least:
                best, least = option, there
        return best


def _telling_member(options: list[UnionOption]) -> tuple[str, dict[str, UnionOption]]:
    """The JSON name of a member with listed texts in each alternative, none in two of them; and who has which."""
    objects = [option for option in options if option.shape.kind in ("model", "map", "any", "union")]
    if len(objects) < 2 or any(option.hooked or option.shape.kind != "model" for option in objects):
        return "", {}
    texts = [_listed_texts(option.shape.type) for option in objects]
    for name in texts[0]:
        if all(name in listed for listed in texts):
            pairs = [
                (text, option) for option, listed in zip(objects, texts, strict=True) for text in listed[name]
            ]
            if len(by_value := dict(pairs)) == len(pairs):
                return name, by_value
    return "", {}


def _listed_texts(model: type) -> dict[str, frozenset[str]]:
    """By JSON name, the texts that an enumeration or constant lists, where it lists nothing else."""
    texts = {}
    for json_member in object_members(model):
        shape = json_member.shape
        if shape.kind not in ("literal", "enum") or (
            shape.kind == "enum" and issubclass(shape.type, enum.Flag)
        ):
            continue
        values = shape.literals if shape.kind == "literal" else [member.value for member in shape.type]
        if values and all(type(item) is str for item in values):
            texts[json_member.name] = frozenset(values)
    return texts


def union_reader(shape: Shape, registry: Registry, profile: str) -> Reader:
    """A reader of a union's values.

    A discriminator decides where it is there; else the alternative does whose schema allows what is there.
    """
    options = options_of(shape, registry, lambda member: place_reader(member, registry, profile))
    alternatives = UnionOptions(options)
    choice = shape.fact("choice")
    if choice is None or not choice.discriminator:
        return lambda value: _chosen(alternatives, value)
    tag = Tag(choice.discriminator, choice, shape.names)
    mapped = {
        text: place_reader(shape_of(type_, names=shape.names), registry, profile)
        for text, type_ in choice.mapping.items()
    }
    default = choice.default
    read_default = place_reader(shape_of(default, names=shape.names), registry, profile) if default else None
    # Classes that a value of the discriminator leads to.
    goals = [shape_of(type_, names=shape.names).type for type_ in choice.mapping.values()]
    # Alternatives that no value of the discriminator leads to may still be meant by an unknown one.
    unmapped = UnionOptions([option for option in options if option.shape.type not in goals])

    def read(value: PythonValue) -> PythonValue:
        if type(value) is not dict:
            return _chosen(alternatives, value)
        text = tag_text(value.get(tag.name))
        if text is not None and text in mapped:
            return mapped[text](value)
        if read_default is not None:
            return read_default(value)
        if text is None or not mapped:
            return _chosen(alternatives, value)
        if any(option.shape.kind in ("model", "map", "any") for option in unmapped.options):
            return _chosen(unmapped, value)
        # Another class would be a value that the document contradicts (OpenAPI 3.1.1, Discriminator Object).
        known = ", ".join(list(mapped)[:8])
        raise readers.wrong(f"{tag.name} to be one of {known}", value[tag.name], "")

    return read


def options_of(shape: Shape, registry: Registry, reader: Callable[[Shape], Reader]) -> list[UnionOption]:
    """The members of a union, and of unions without a discriminator within it, the most specific first.

    Args:
        shape: the union.
        registry: the codecs.
        reader: gives the function that reads a member.
    """
    alternatives: list[UnionOption] = []
    for member in shape.inner():
        if member.kind == "union" and not _has_tag(member):
            alternatives.extend(options_of(member, registry, reader))
        else:
            hooked = member.kind == "model" and registry.read_hook(member.type) is not None
            alternatives.append(UnionOption(member, reader(member), hooked))
    return sorted(alternatives, key=lambda option: _RANKS[option.shape.kind])


def _has_tag(shape: Shape) -> bool:
    """Whether a union within a union has a discriminator of its own, which is lost where its members are listed."""
    choice = shape.fact("choice")
    return choice is not None and bool(choice.discriminator)


def _chosen(alternatives: UnionOptions, value: PythonValue) -> PythonValue:
    """The value read by the best of the alternatives that can read it."""
    options, candidates = alternatives.options, alternatives.candidates(value)
    if len(candidates) == 1:
        return candidates[0].read(value)
    if type(value) in (dict, list) and (certain := alternatives.certain_option(value)) is not None:
        try:
            with UnionAttempts() as attempts:
                return attempts.read(certain.key, certain.read, value)
        except DecodeError:
            pass  # one of the others may still read it, and else the best error is given
    # Grades ask the schemas alone, and read nothing: sorting is linear in the value.
    # The sort is stable: among equals the more specific kind comes first, then the order of the document.
    candidates = sorted(candidates, key=lambda option: option.grade(value))
    if alternatives.texts and type(value) is str:
        candidates.sort(
            key=lambda option: id(option) in alternatives.texts and is_altered(option.shape, value)
        )
    error: DecodeError | None = None
    if not isinstance(value, (dict, list)):
        for option in candidates:
            try:
                return option.read(value)
            except DecodeError as failure:
                error = failure if error is None or len(failure.path) > len(error.path) else error
    else:
        with UnionAttempts() as attempts:
            for option in candidates:
                try:
                    return attempts.read(option.key, option.read, value)
                except DecodeError as failure:
                    error = failure if error is None or len(failure.path) > len(error.path) else error
    if error is not None and error.path != "$":
        raise error
    raise readers.wrong(" or ".join(dict.fromkeys(option.words for option in options)), value, "")


def union_writer(shape: Shape, registry: Registry, profile: str) -> Function:
    """A writer of a union's values: by the value's own type, with the discriminator that says it."""
    options = [
        (member, _tagged(place_writer(member, registry, profile), tags))
        for member, tags in _members_with_tags(shape, ())
    ]
    # A date-time is a date to Python, and would lose its time: whether it is one is asked before.
    options.sort(
        key=lambda option: _RANKS["date"] - 0.5 if option[0].kind == "datetime" else _RANKS[option[0].kind]
    )
    takes_null = registry.lenient or any(
        member.nullable or member.kind in ("any", "null") for member, _ in options
    )

    several = sum(member.kind in ("list", "tuple", "map") for member, _ in options) > 1

    def _in_order(value: PythonValue) -> list[tuple[Shape, Function]]:
        """Those first whose items are of the very types of a list's or map's."""
        if not isinstance(value, (list, tuple, Mapping)):
            return options
        return sorted(options, key=lambda option: not _is_just_of(option[0], value))

    def write(value: PythonValue) -> PythonValue:
        if value is None and not takes_null:
            raise refused("one of the alternatives", value, "")
        # Instances know their class: no trial where one of the alternatives is just that.
        for member, plain in options:
            if member.kind == "model" and type(value) is member.type:
                return plain(value)
        error: EncodeError | None = None
        for member, plain in _in_order(value) if several else options:
            if _is_of(member, value):
                try:
                    return plain(value)
                except EncodeError as failure:
                    error = failure
        if error is not None:
            raise error
        return registry.untyped.write(value, profile)

    return write


def _tagged(plain: Function, tags: tuple[Tag, ...]) -> Function:
    if not tags:
        return plain

    def write(value: PythonValue) -> PythonValue:
        written = plain(value)
        for tag in tags:
            written = with_tag(written, value, tag)
        return written

    return write


def _members_with_tags(shape: Shape, outer: tuple[Tag, ...]) -> list[tuple[Shape, tuple[Tag, ...]]]:
    """The members of a union and of unions within it, each with the discriminators on the way, the inner first."""
    choice = shape.fact("choice")
    tags = outer
    if choice is not None and choice.discriminator:
        tags = (Tag(choice.discriminator, choice, shape.names), *outer)
    members: list[tuple[Shape, tuple[Tag, ...]]] = []
    for member in shape.inner():
        members += _members_with_tags(member, tags) if member.kind == "union" else [(member, tags)]
    return members


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
            return any(
                type(value) is type(member) and (shape.is_open or value == member)
                for member in shape.literals
            )
        case "any":
            return True
    return isinstance(shape.type, type) and isinstance(value, shape.type)


_ITEMS = 8
"""How many items of a list or map are looked at: they are of one kind nearly always."""


def _is_just_of(shape: Shape, value: PythonValue) -> bool:
    """The same with the items of lists and maps, some of which are taken for another type's: numbers for decimals."""
    if value is None and shape.nullable:
        return True
    if shape.kind == "union":
        return any(_is_just_of(member, value) for member in shape.inner())
    if not _is_of(shape, value):
        return False
    if shape.kind not in ("list", "map"):
        return True
    items = value.values() if isinstance(value, Mapping) else value
    return all(_is_just_of(shape.item, item) for item in islice(items, _ITEMS))


def derived_reader(codec: CodecOfModel, read_own: Reader) -> Reader:
    """A reader of a base whose discriminator tells the derived class."""
    choice = root_of(codec.model).choice
    assert choice is not None
    kinds: dict[str, Reader] = {}
    names = Names(codec.model.__module__)
    discriminator, mapping, default = choice.discriminator, choice.mapping, choice.default

    def find(expression: str) -> Reader:
        type_ = shape_of(expression, names=names).type
        if isinstance(type_, type) and issubclass(type_, codec.model) and type_ is not codec.model:
            return codec.registry.of(type_).reader()
        return read_own

    def read(value: PythonValue) -> PythonValue:
        if type(value) is dict:
            text = tag_text(value.get(discriminator))
            expression = mapping.get(text, default) if text is not None else default
            if expression is not None:
                # Found late: the module of a derived class imports that of its base.
                if expression not in kinds:
                    kinds[expression] = find(expression)
                return kinds[expression](value)
        return read_own(value)

    return read
