"""Plans of writing for the accelerator: for each model its places, and the compiled functions behind them.

A plan says what `WriterCompiler` says in lines. What has no entry here (zeros that are not written, .NET's numbers,
users' hooks) is a place of the kind SLOW. The functions of places are compiled when they are first called.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

import msgspec

from bindwright.runtime.alternatives.tags import Tag
from bindwright.runtime.compile.accelerator import json_values
from bindwright.runtime.compile.source import FunctionSource
from bindwright.runtime.json.decoding.compile_reader import key_shape
from bindwright.runtime.json.encoding.compile_writer import WriterCompiler, writes_tag
from bindwright.runtime.json.encoding.tags import tags_of
from bindwright.runtime.json.plan.members import (
    ALWAYS,
    ObjectMember,
    keeps_extra,
    object_members,
    profile_of,
    root_of,
)
from bindwright.runtime.json.plan.registry import CodecOfModel, Registry
from bindwright.runtime.kept import UnknownMembers
from bindwright.runtime.shapes import Shape, members_of
from bindwright.runtime.value_types import Function, Place, PythonValue
from bindwright.runtime.values.scalar_texts import BYTES_TEXTS

C = json_values()
_AS_IS: dict[str, type] = {"string": str, "integer": int, "uuid": uuid.UUID, "date": date}
"""Values of just this type are what msgspec writes as we do."""
_PLAIN = frozenset({"string", "integer", "boolean"})
_MOST_CHOICES = 3
"""Unions within each other that are described; one may hold itself in its lists and maps, as any value of JSON does.
What is deeper is written by the reference (`write_helpers`)."""
_encode = msgspec.json.Encoder().encode


def document_writer(shape: Shape, registry: Registry, profile: str) -> Callable[[Any], bytes] | None:
    """A function from a root's value to its document; None where the reference alone writes it.

    Any exception of the function means: write the value the general way.
    """
    if C is None or registry.lenient or registry.write_hook(shape.type) is not None:
        return None
    if shape.kind == "model" and registry.of(shape.type).write_plan() is None:
        return None
    place, write = WritePlanner(registry, profile).value(shape), C.write
    return lambda value: write(place, _encode, value)


def write_plan(codec: CodecOfModel, choice_tag: Tag | None = None) -> PythonValue:
    """The plan of writing a model; None where the reference alone writes it.

    Args:
        codec: the model's.
        choice_tag: the discriminator of a choice of which the model is an alternative.
    """
    registry, model = codec.registry, codec.model
    if C is None or registry.lenient or registry.write_hook(model) is not None:
        return None
    members, root = object_members(model), root_of(model)
    tag = _tag(registry, model, members, choice_tag)
    if root.reference is not None or tag is None:
        return None
    planner = WritePlanner(registry, profile_of(model))
    names = tuple(json_member.name for json_member in members)
    further = None
    if root.additional is not None:
        field = next(field for field in members_of(model) if field.attribute == root.additional)
        further = planner.value(field.shape)
    try:
        return C.WritePlan(
            model, tuple(json_member.attribute for json_member in members), names,
            tuple(_encode(name) + b":" for name in names),
            tuple(planner.member(json_member) for json_member in members),
            "_extra" if keeps_extra(model) else None, UnknownMembers,
            C.Place(C.ANY, None, registry.untyped.write, nullable=True), root.additional, further, *tag,
        )  # fmt: skip
    except (TypeError, UnicodeEncodeError):  # a class without slots; a name that UTF-8 does not have
        return None


def _tag(
    registry: Registry, model: type, members: tuple[ObjectMember, ...], choice_tag: Tag | None
) -> tuple[int, tuple[str, ...]] | None:
    """The discriminator's index among the members (-1: the model has none) and its texts; None: it is no member."""
    tags = tags_of(model)
    if len(tags) > 1:
        return None
    inherited = tags[0] if tags else None
    if choice_tag is None or not choice_tag.values_of(model):
        tag = inherited
    elif inherited is not None and inherited.values_of(model) != choice_tag.values_of(model):
        return None
    else:
        tag = choice_tag
    if tag is None:
        return -1, ()
    if inherited is not None and inherited.name != tag.name:
        return None
    if tag.is_untold(model):  # absence says it, and is not filled in
        return None
    for index, json_member in enumerate(members):
        shape = json_member.shape
        if (
            json_member.name == tag.name
            and shape.kind in ("string", "literal", "enum")
            and registry.write_hook(shape.type) is None
        ):
            return index, tuple(tag.values_of(model))
    return None


class WritePlanner:
    """Describes the places of a registry's values. Only where there is an accelerator."""

    def __init__(self, registry: Registry, profile: str) -> None:
        self.registry = registry
        self.profile = profile
        self._choices = 0

    def member(self, json_member: ObjectMember) -> Place:
        """The place of a member."""

        def lines(compiler: WriterCompiler, nothing: str) -> None:
            compiler.member(json_member, "v", "", nothing)

        slow = self._compiled_later(lines)
        if json_member.zero is not ALWAYS:
            return C.Place(C.SLOW, None, slow)
        options = {"nullable": json_member.nullable}
        if json_member.absent is not ALWAYS and not json_member.member.required:
            options["absent"] = json_member.absent
        return self._place(json_member.shape, slow, options)

    def value(self, shape: Shape) -> Place:
        """The place of an item, of a value of a map, or of a root."""

        def lines(compiler: WriterCompiler, nothing: str) -> None:
            compiler.place(shape, "v", "", nullable=shape.nullable)

        return self._place(shape, self._compiled_later(lines), {"nullable": shape.nullable})

    def _compiled_later(self, lines: Callable[[WriterCompiler, str], None]) -> Function:
        """The reference's function of a place, compiled on its first call."""
        function: Function | None = None

        def slow(value: PythonValue) -> PythonValue:
            nonlocal function
            if function is None:
                source = FunctionSource("json write a place")
                with source.function("write(v)"):
                    lines(
                        WriterCompiler(source, self.registry, self.profile),
                        source.bind(msgspec.UNSET, "NOT_THERE"),
                    )
                    source.line("return v")
                function = source.compile("write")
            return function(value)

        return slow

    def _place(self, shape: Shape, slow: Function, options: dict[str, Any]) -> Place:
        kind, first = self._kind(shape)
        if kind == C.ANY:
            options["nullable"] = True
        if kind == C.CHOICE and shape.kind == "model":
            slow = self._noting(first, slow, shape.type)
        return C.Place(kind, first, slow, **options)

    def _noting(self, places: dict[type, Place], write: Function, model: type) -> Function:
        """The reference's function of a base's place, which describes each derived class when it first comes."""

        def slow(value: PythonValue) -> PythonValue:
            type_ = type(value)
            if type_ not in places and issubclass(type_, model) and self.registry.write_hook(type_) is None:
                places[type_] = C.Place(C.MODEL, partial(_plan_of, self.registry, type_))
            return write(value)

        return slow

    def _kind(self, shape: Shape) -> tuple[int, PythonValue]:
        """The kind of a place, and what C is to know beside it."""
        if self.registry.write_hook(shape.type) is not None:
            return C.SLOW, None
        if (type_ := _AS_IS.get(shape.kind)) is not None:
            return C.AS_IS, type_
        method = getattr(self, "_" + shape.kind, None)
        described: tuple[int, PythonValue] = (C.SLOW, None) if method is None else method(shape)
        return described

    def _boolean(self, shape: Shape) -> tuple[int, PythonValue]:
        return C.BOOLEAN, None

    def _number(self, shape: Shape) -> tuple[int, PythonValue]:
        return (C.SLOW if self.profile == "datacontract" else C.NUMBER), None

    def _any(self, shape: Shape) -> tuple[int, PythonValue]:
        return (C.SLOW if self.profile == "datacontract" else C.ANY), None

    def _datetime(self, shape: Shape) -> tuple[int, PythonValue]:
        # .NET writes UTC as +00:00 there: C writes those alone that have the text they were read from.
        offset = self.profile == "datacontract" and shape.fact("format") == "DateTimeOffset"
        return C.DATETIME, ("DateTimeOffset" if offset else None)

    def _time(self, shape: Shape) -> tuple[int, PythonValue]:
        return C.TIME, None

    def _decimal(self, shape: Shape) -> tuple[int, PythonValue]:
        if shape.fact("quoted"):
            return C.DECIMAL, "a string"
        return (C.SLOW if self.profile == "datacontract" else C.DECIMAL), None

    def _duration(self, shape: Shape) -> tuple[int, PythonValue]:
        return (C.SLOW if self.profile == "datacontract" else C.DURATION), None

    def _bytes(self, shape: Shape) -> tuple[int, PythonValue]:
        form = shape.fact("format") or ""
        if form == "base64url":
            return C.URL_OCTETS, None
        return (C.SLOW if form in BYTES_TEXTS else C.OCTETS), None

    def _enum(self, shape: Shape) -> tuple[int, PythonValue]:
        return C.ENUM, shape.type

    def _literal(self, shape: Shape) -> tuple[int, PythonValue]:
        if all(type(constant) is str for constant in shape.literals):
            return C.LISTED, frozenset(shape.literals)
        return C.SLOW, None

    def _model(self, shape: Shape) -> tuple[int, PythonValue]:
        # Linked when a value gets there: a model may hold itself.
        link = partial(_plan_of, self.registry, shape.type)
        if root_of(shape.type).choice is None:
            return C.MODEL, link
        # A base whose discriminator tells the class: its values are mostly of others, whose modules may import this one.
        return C.CHOICE, {shape.type: C.Place(C.MODEL, link)}

    def _list(self, shape: Shape) -> tuple[int, PythonValue]:
        return C.LIST, self.value(shape.item)

    def _map(self, shape: Shape) -> tuple[int, PythonValue]:
        if shape.wire.by_name or key_shape(shape) is not None:
            return C.SLOW, None
        return C.MAP, self.value(shape.item)

    def _union(self, shape: Shape) -> tuple[int, PythonValue]:
        """Alternatives that a value's class alone tells; a choice within a choice is the reference's."""
        inner = shape.inner()
        if self._choices == _MOST_CHOICES or any(
            self.registry.write_hook(item.type) is not None for item in inner
        ):
            return C.SLOW, None
        self._choices += 1
        places = self._alternatives(shape, inner)
        self._choices -= 1
        return (C.CHOICE, places) if places else (C.SLOW, None)

    def _alternatives(self, shape: Shape, inner: Sequence[Shape]) -> dict[type, Place]:
        """The places of a union's alternatives by the class of a value."""
        choice = shape.fact("choice")
        tag = choice.discriminator if choice is not None else None
        written_tag = None if not tag else Tag(tag, choice, shape.names)
        places: dict[type, Place] = {}
        for item in inner:
            if item.kind == "model":
                missing_tag = None if writes_tag(item.type, tag) else written_tag
                places[item.type] = C.Place(C.MODEL, partial(_plan_of, self.registry, item.type, missing_tag))
        if tag is None and not any(item.kind == "union" for item in inner):
            places |= self._places_by_class(inner)
        elif tag is not None:
            places |= self._places_by_class([item for item in inner if item.kind in _PLAIN])
        return places

    def _places_by_class(self, inner: Sequence[Shape]) -> dict[type, Place]:
        """Places of values whose class one alternative alone has. A list within itself stands there as a choice of one."""
        places: dict[type, Place] = {}
        for item in inner:
            if item.kind in _AS_IS:
                places[_AS_IS[item.kind]] = C.Place(C.AS_IS, _AS_IS[item.kind])
            elif item.kind == "boolean":
                places[bool] = C.Place(C.BOOLEAN)
            elif item.kind == "enum":
                places[item.type] = C.Place(C.ENUM, item.type)
            elif item.kind == "number" and self.profile != "datacontract":
                places[float] = places[int] = C.Place(C.NUMBER)
        for kind, type_ in (("list", list), ("map", dict)):
            alone = [item for item in inner if item.kind in (kind, "any", "tuple")]
            if len(alone) == 1 and len(inner) > 1 and alone[0].kind == kind and key_shape(alone[0]) is None:
                describe = self._list if kind == "list" else self._map
                places[type_] = C.Place(*describe(alone[0]))
        return places


def _plan_of(registry: Registry, model: type, choice_tag: Tag | None = None) -> PythonValue:
    return registry.of(model).write_plan(choice_tag)
