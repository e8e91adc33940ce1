"""Plans of reading for the accelerator: how a model is made of the struct that msgspec read.

A plan says what `whole_documents` says in lines, and counts the same quotation marks. What has no entry here is a
place of the kind SLOW: its function is compiled as for the pure way, when it is first called.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from bindwright.runtime.compile.accelerator import json_values
from bindwright.runtime.compile.source import FunctionSource
from bindwright.runtime.json.codecs.garbage import LARGE
from bindwright.runtime.json.codecs.guard import Guard, Reader
from bindwright.runtime.json.codecs.json_structs import JsonStruct, StructTyper
from bindwright.runtime.json.codecs.model_codec import ModelCodec, absent_value, tag_constant
from bindwright.runtime.json.codecs.tree_plans import (
    TreePlanner,
    is_plain_duration,
    octets_kind,
    unnamed_members,
)
from bindwright.runtime.json.decoding.compile_reader import ReaderCompiler
from bindwright.runtime.json.plan.members import ObjectMember, is_plain_class, root_of
from bindwright.runtime.json.plan.registry import CodecOfModel, Registry, StructTag
from bindwright.runtime.shapes import Shape
from bindwright.runtime.value_types import Function, Place, PythonValue
from bindwright.runtime.values.known_times import remembering
from bindwright.runtime.values.times import DateTime, read_datetime

C = json_values()
if C is not None:
    C.keep_texts(DateTime)
_CONTAINERS = frozenset({"model", "union", "list", "map", "tuple"})
Typed = JsonStruct | StructTyper


class ReadPlanner:
    """Describes the places of what msgspec read. Only where there is an accelerator."""

    def __init__(self, registry: Registry, profile: str) -> None:
        self.registry = registry
        self.profile = profile
        self._asked = ReaderCompiler(FunctionSource(""), registry, profile)
        """Never compiled: it knows which places need nothing."""

    def value(self, shape: Shape, typed: Typed) -> Place:
        """The place of a root, an item, or a value of a map."""
        return self._place(shape, typed, {"nullable": shape.nullable})

    def member(self, json_member: ObjectMember, typed: Typed) -> Place:
        """The place of a member."""
        options: dict[str, Any] = {"nullable": json_member.nullable}
        if not json_member.required:
            options["absent"], options["is_factory"] = absent_value(json_member)
        return self._place(json_member.shape, typed, options)

    def _place(self, shape: Shape, typed: Typed, options: dict[str, Any]) -> Place:
        kind, first, marks = self._kind(shape, typed)
        if kind == C.ANY and "absent" not in options:
            options["nullable"] = True
        return C.Place(kind, first, self._compiled_later(shape, typed), marks=marks, **options)

    def _compiled_later(self, shape: Shape, typed: Typed) -> Function:
        """The reference's function of a place, compiled on its first call."""
        if self._is_datetime(shape, typed):
            return remembering(read_datetime)
        function: Function | None = None

        def slow(value: PythonValue) -> PythonValue:
            nonlocal function
            if function is None:
                source = FunctionSource("json read a place")
                reading = ReaderCompiler(source, self.registry, self.profile)
                reading.typed = typed.typed
                function = source.compile(reading.function(shape, nullable=False))
            return function(value)

        return slow

    def _is_datetime(self, shape: Shape, typed: Typed) -> bool:
        return (
            shape.kind == "datetime"
            and id(shape) in typed.typed
            and not hasattr(shape.type, "parse")
            and self.registry.read_hook(shape.type) is None
        )

    def _kind(self, shape: Shape, typed: Typed) -> tuple[int, PythonValue, int]:
        """The kind of a place, what C is to know beside it, and its marks."""
        if self.registry.read_hook(shape.type) is not None or id(shape) not in typed.typed:
            if shape.kind == "any" and self.registry.read_hook(shape.type) is None:
                return C.ANY, None, 0
            return C.PARSED, TreePlanner(self.registry, self.profile).value(shape), 0
        if shape.kind in _CONTAINERS:
            container: tuple[int, PythonValue, int] = getattr(self, "_" + shape.kind)(shape, typed)
            return container
        marks = marks_of(shape, typed)
        if self._is_datetime(shape, typed):
            return C.DATETIME, None, marks
        if shape.kind == "uuid" and shape.type is uuid.UUID:
            return C.UUID, None, marks
        if shape.kind == "time" and not hasattr(shape.type, "parse"):
            return C.TIME, None, marks
        if shape.kind == "decimal" and not shape.fact("quoted"):
            return C.DECIMAL, None, marks
        if is_plain_duration(shape, self.profile):
            return C.DURATION, None, marks
        if (kind := octets_kind(shape)) != C.SLOW:
            return kind, None, marks
        self._asked.typed = typed.typed
        return (C.AS_IS if self._asked.is_free(shape) else C.SLOW), None, marks

    def _model(self, shape: Shape, typed: Typed) -> tuple[int, PythonValue, int]:
        return self._alternative(self.registry.of(shape.type), None)

    def _alternative(self, codec: CodecOfModel, tag: StructTag | None) -> tuple[int, PythonValue, int]:
        plan = codec.read_plan(tag)
        return (C.SLOW, None, C.NOT_COUNTED) if plan is None else (C.MODEL, plan, 0)

    def _list(self, shape: Shape, typed: Typed) -> tuple[int, PythonValue, int]:
        if shape.type is not list:
            return C.SLOW, None, C.NOT_COUNTED
        return C.LIST, self.value(shape.item, typed), 0

    def _map(self, shape: Shape, typed: Typed) -> tuple[int, PythonValue, int]:
        if shape.type is not dict or shape.fact("entries"):
            return C.SLOW, None, C.NOT_COUNTED
        return C.MAP, self.value(shape.item, typed), 0

    def _tuple(self, shape: Shape, typed: Typed) -> tuple[int, PythonValue, int]:
        return C.SLOW, None, C.NOT_COUNTED

    def _union(self, shape: Shape, typed: Typed) -> tuple[int, PythonValue, int]:
        places: dict[type, Place] = {}
        for item, type_ in typed.typed.by_type.get(id(shape), ()):
            places[type_] = self.value(item, typed)
        for struct, (codec, tag) in typed.typed.tagged.get(id(shape), {}).items():
            kind, plan, marks = self._alternative(codec, tag)
            slow = _mover_later(codec, tag) if plan is None else None
            places[struct] = C.Place(kind, plan, slow, marks=marks)
        return C.CHOICE, places, 0


def _mover_later(codec: CodecOfModel, tag: StructTag) -> Function:
    def move(struct: PythonValue) -> PythonValue:
        return codec.mover(tag)(struct)

    return move


def marks_of(shape: Shape, typed: Typed) -> int:
    """Quotation marks of a scalar that is there and not null."""
    type_ = typed.typed.get(id(shape))
    is_text = isinstance(type_, type) and issubclass(type_, (str, dt.date))
    return 2 if is_text or shape.kind == "literal" else 0


def read_plan(codec: ModelCodec, tag: StructTag | None) -> PythonValue:
    """The plan of a model; None where the reference alone makes it."""
    model = codec.model
    if C is None or root_of(model).reference is not None or not is_plain_class(model):
        return None
    if (json_struct := codec.json_struct(0, tag)) is None:
        return None
    planner = ReadPlanner(codec.registry, codec.profile)
    fields, attributes, places = [], [], []
    constants: list[tuple[str, PythonValue, bool]] = []
    for index, json_member in enumerate(codec.members):
        if tag is not None and json_member.name == tag.member:
            constants.append((json_member.attribute, tag_constant(json_member.shape, tag), False))
            continue
        fields.append(f"f{index}")
        attributes.append(json_member.attribute)
        places.append(planner.member(json_member, json_struct))
    constants += unnamed_members(codec)
    names, values, factories = zip(*constants, strict=True) if constants else ((), (), ())
    marks = 0 if tag is None else 4  # the discriminator's name and value, which are no field
    try:
        return C.ReadPlan(
            model, json_struct.struct, tuple(fields), tuple(attributes), tuple(places), names, values, factories,
            marks,
        )  # fmt: skip
    except TypeError:  # a class without slots
        return None


def document_place(shape: Shape, registry: Registry, profile: str, typed: Typed) -> Place | None:
    """The place of a root; None where there is no accelerator."""
    return None if C is None else ReadPlanner(registry, profile).value(shape, typed)


def value_reader(
    place: Place, prove: Callable[[bytes, PythonValue], None]
) -> Callable[[PythonValue, bytes], Any]:
    """A function from what msgspec read, and its document, to the value; any exception means: read it in full."""
    assert C is not None
    read = C.read
    return lambda structure, data: read(place, structure, data, prove)


def quick_reader(
    place: Place, decode: Function, prove: Callable[[bytes, PythonValue], None], guard: Guard, read: Reader
) -> Reader:
    """The same as ``read``, which is asked for large documents and while the guard is wary; no frame of Python else."""
    assert C is not None
    quick: Reader = C.DocumentReader(place, decode, prove, guard, guard.give_up, read, LARGE)
    return quick
