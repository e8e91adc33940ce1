"""Structs: for each model a msgspec ``Struct`` of JSON's own types.

Reading into a struct checks every JSON type in C; writing a struct puts the members in order in C.
A place that a struct cannot type (a union, a recursive model, a user's own type) is ``Any`` there and goes
the long way by itself.
"""

from __future__ import annotations

import datetime as dt
import enum
import operator
import threading
from functools import reduce
from typing import Annotated, Any, Union

import msgspec

from bindwright.runtime.json.plan.members import ObjectMember, is_plain_name, root_of
from bindwright.runtime.json.plan.place_types import PlaceTypes
from bindwright.runtime.json.plan.registry import CodecOfModel, Registry, StructTag
from bindwright.runtime.shapes import Shape, shape_of
from bindwright.runtime.value_types import PythonValue, TypeForm
from bindwright.standards.numbers import RANGES

_GREATEST = (1 << 63) - 1
_TEXTS = frozenset({"string", "datetime", "time", "duration", "uuid", "bytes"})
MOST_NESTED = 12
"""Structs within each other; what is deeper is ``Any``."""


MAKING = threading.RLock()
"""Held while structs and decoders of them are made, which happens once a type.

To another thread a class that is being made is not one within itself. And msgspec keeps what it knows of a struct
(or enumeration) on the class while it is still finding out: a decoder that another thread makes of it meanwhile reads
half of that, and ends the process with a segmentation fault (msgspec 0.22).
"""


class JsonStruct:
    """A model's struct, and which of its places are typed there."""

    def __init__(
        self, struct: type[msgspec.Struct], typed: PlaceTypes, *, exact: bool, by_name: bool
    ) -> None:
        self.struct = struct
        self.typed = typed
        self.exact = exact
        """Whether a document of the model can be read through it."""
        self.by_name = by_name
        """Whether it is made with keyword arguments."""


def struct_of(
    model: type,
    members: tuple[ObjectMember, ...],
    registry: Registry,
    depth: int,
    tag: StructTag | None = None,
) -> JsonStruct | None:
    """The struct of a model; None where its names need an escape in JSON.

    With a tag, msgspec tells the struct from its union's others, and the discriminator's member is no field.
    """
    if not all(is_plain_name(json_member.name) for json_member in members):
        return None
    root = root_of(model)
    # Additional members are unknown to the struct: documents that have some are read the general way.
    exact = root.reference is None and root.choice is None
    typing = StructTyper(registry, depth)
    # Fields are f0, f1 …: members' names may be no identifiers, or hide what msgspec puts on a struct.
    fields: list[PythonValue] = []
    for index, json_member in enumerate(members):
        if tag is not None and json_member.name == tag.member:
            continue
        field_type = typing.of(json_member.shape, nullable=json_member.nullable) if exact else Any
        if json_member.required:
            fields.append((f"f{index}", field_type))
        else:
            optional = field_type if field_type in (Any, msgspec.Raw) else field_type | msgspec.UnsetType
            fields.append((f"f{index}", optional, msgspec.UNSET))
    struct = msgspec.defstruct(
        f"{model.__name__}JsonStruct",
        fields,
        rename={f"f{index}": json_member.name for index, json_member in enumerate(members)},
        forbid_unknown_fields=True,
        kw_only=not _in_order(members),
        tag_field=None if tag is None else tag.member,
        tag=None if tag is None else tag.value,
        # Structs live as long as one document is read: the collector has nothing to find in them.
        gc=False,
        eq=False,
    )
    return JsonStruct(struct, typing.typed, exact=exact, by_name=not _in_order(members))


def _in_order(members: tuple[ObjectMember, ...]) -> bool:
    """Whether no required member follows an optional one."""
    flags = [json_member.required for json_member in members]
    return flags == sorted(flags, reverse=True)


class StructTyper:
    """Types of places in a struct."""

    def __init__(self, registry: Registry, depth: int) -> None:
        self.registry = registry
        self.depth = depth
        self.typed = PlaceTypes()

    def of(self, shape: Shape, *, nullable: bool) -> PythonValue:
        bare_type = self._bare(shape)
        if bare_type is Any:
            return Any
        # By identity: equal shapes may stand in different structs, with different types there.
        self.typed[id(shape)] = bare_type
        if bare_type is msgspec.Raw:
            return bare_type
        return bare_type | None if nullable else bare_type

    def _bare(self, shape: Shape) -> PythonValue:
        if self.registry.read_hook(shape.type) is not None:
            return Any
        if shape.kind in _TEXTS:
            return str
        method = getattr(self, "_" + shape.kind, None)
        return Any if method is None else method(shape)

    def _integer(self, shape: Shape) -> PythonValue:
        minimum, high = RANGES.get(shape.fact("format") or "", (None, None))
        # msgspec cannot compare with a bound beyond 64 bits with a sign: what reads the place does.
        if minimum is None or high is None or high > _GREATEST:
            return int
        return Annotated[int, msgspec.Meta(ge=minimum, le=high)]

    def _number(self, shape: Shape) -> PythonValue:
        # An integer stays one, so that it is written without a point again.
        return int | float

    def _decimal(self, shape: Shape) -> PythonValue:
        # Raw keeps the digits as they came: a float would lose the scale of 1.50.
        return str if shape.fact("quoted") else msgspec.Raw

    def _boolean(self, shape: Shape) -> PythonValue:
        return bool

    def _enum(self, shape: Shape) -> PythonValue:
        """The enumeration itself: msgspec asks ``_missing_`` for what an open one does not list, as we do.

        It has no enumerations of integers beyond 64 bits with a sign: what reads the place makes members of them.
        """
        enum_type = shape.type
        if issubclass(enum_type, (str, int)) and not issubclass(enum_type, enum.Flag) and len(enum_type):
            values = [member.value for member in enum_type] if issubclass(enum_type, int) else []
            if all(-_GREATEST - 1 <= value <= _GREATEST for value in values):
                return enum_type
        return str if issubclass(enum_type, str) else int if issubclass(enum_type, int) else Any

    def _date(self, shape: Shape) -> PythonValue:
        """msgspec reads the canonical form alone; a class of our own reads itself."""
        return dt.date if shape.type is dt.date else str

    def _list(self, shape: Shape) -> PythonValue:
        item_type = self.of(shape.item, nullable=shape.item.nullable)
        return list[item_type]  # type: ignore[valid-type]

    def _map(self, shape: Shape) -> PythonValue:
        item_type = self.of(shape.item, nullable=shape.item.nullable)
        return dict[str, item_type]  # type: ignore[valid-type]

    def _model(self, shape: Shape) -> PythonValue:
        # A model within itself has no struct yet (None): it is read from parsed JSON there.
        if self.depth >= MOST_NESTED:
            return Any
        json_struct = self.registry.of(shape.type).json_struct(self.depth + 1)
        return json_struct.struct if json_struct is not None and json_struct.exact else Any

    def _literal(self, shape: Shape) -> PythonValue:
        """Constants that are all strings; ``1`` and ``true`` msgspec cannot tell apart from ``1.0`` and others."""
        if not all(type(constant) is str for constant in shape.literals):
            return Any
        return str if shape.is_open else shape.type

    def _union(self, shape: Shape) -> PythonValue:
        """Models that a discriminator tells apart, which msgspec does by tags; else what its JSON type tells."""
        choice = shape.fact("choice")
        if self.depth >= MOST_NESTED:
            return Any
        if choice is None or not choice.discriminator:
            return self._by_type(shape)
        alternatives = {id(item.type) for item in shape.inner()}
        structs: dict[type, tuple[CodecOfModel, StructTag]] = {}
        for value, type_ in choice.mapping.items():
            item = shape_of(type_, names=shape.names)
            if item.kind != "model" or id(item.type) not in alternatives:
                return Any
            if self.registry.read_hook(item.type) is not None:
                return Any
            # One struct for each value, also where two values mean one class: the struct tells which it was.
            tag, codec = StructTag(choice.discriminator, value), self.registry.of(item.type)
            json_struct = codec.json_struct(self.depth + 1, tag)
            if json_struct is None or not json_struct.exact:
                return Any
            structs[json_struct.struct] = codec, tag
        self.typed.tagged[id(shape)] = structs
        return reduce(operator.or_, structs) if structs else Any

    def _by_type(self, shape: Shape) -> PythonValue:
        """Alternatives of which each JSON type allows one alone: what is there, and nothing in it, decides."""
        if len(shape.inner()) < 2:
            return Any  # a list within itself stands there as a choice of one
        cases: list[tuple[Shape, type]] = []
        types: list[TypeForm] = []
        used: set[type] = set()
        for item in shape.inner():
            python_types = _PYTHON_TYPES.get(item.kind, ())
            # Lists within unions within lists may go on without end.
            if item.kind in ("list", "map") and item.item.kind in ("list", "map", "tuple", "union"):
                return Any
            if not python_types or item.nullable or not used.isdisjoint(python_types):
                return Any
            if (bare_type := self.of(item, nullable=False)) is Any:
                return Any
            used.update(python_types)
            cases += [(item, self._of_value(item, type_)) for type_ in python_types]
            types.append(bare_type)
        self.typed.by_type[id(shape)] = tuple(cases)
        return Union[tuple(types)] if types else Any  # noqa: UP007 of a tuple

    def _of_value(self, item: Shape, type_: type) -> type:
        """The class of what msgspec gives for an alternative."""
        if item.kind != "model":
            return type_
        struct: type = self.typed[id(item)]
        return struct


_PYTHON_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,), "integer": (int,), "number": (float, int), "boolean": (bool,), "list": (list,),
    "map": (dict,), "model": (dict,),
}  # fmt: skip
