"""Plans of reading parsed JSON for the accelerator: documents with members that a model does not have.

msgspec's struct refuses those, and so do documents with nulls where a value is optional. What has no entry here (unions,
.NET's numbers, bytes) is a place of the kind SLOW; any error means that the document is read the general way, which
says where it is wrong.
"""

from __future__ import annotations

import datetime as dt
import enum
import gc
from collections.abc import Callable, Hashable
from functools import partial
from typing import Any, cast

import attrs
import msgspec

from bindwright.runtime.alternatives.classes import further_names
from bindwright.runtime.compile.accelerator import json_values
from bindwright.runtime.compile.backoff import Backoff
from bindwright.runtime.compile.source import FunctionSource
from bindwright.runtime.json.codecs.choice_plans import choice_plan
from bindwright.runtime.json.codecs.garbage import LARGE, pause_collector
from bindwright.runtime.json.codecs.model_codec import ModelCodec, absent_value
from bindwright.runtime.json.decoding import read_helpers as readers
from bindwright.runtime.json.decoding.compile_reader import ReaderCompiler, is_named, key_shape
from bindwright.runtime.json.plan.members import (
    ObjectMember,
    is_factory,
    is_plain_class,
    keeps_extra,
    root_of,
)
from bindwright.runtime.json.plan.registry import Registry
from bindwright.runtime.json.settings import DEFAULT
from bindwright.runtime.json.text.numbers import read_untyped
from bindwright.runtime.kept import UnknownMembers
from bindwright.runtime.resolve import Names
from bindwright.runtime.shapes import Shape, members_of, shape_of
from bindwright.runtime.value_types import Function, Place, PythonValue
from bindwright.runtime.values.scalar_texts import BYTES_PARSERS
from bindwright.standards.numbers import RANGES

C = json_values()
_decode = msgspec.json.Decoder(float_hook=read_untyped).decode
Kind = tuple[int, PythonValue]


def tree_reader(
    shape: Shape, registry: Registry, profile: str, otherwise: Callable[[bytes], Any]
) -> Callable[[bytes], Any]:
    """A function from a document to its value, by parsing it; ``otherwise`` where there is no accelerator.

    Args:
        shape: the root.
        registry: the codecs.
        profile: the conventions of the root.
        otherwise: reads what this cannot.
    """
    if C is None or registry.references or registry.lenient:
        return otherwise
    place, grow, levels = TreePlanner(registry, profile).value(shape), C.grow, DEFAULT.max_depth

    def read(data: bytes) -> PythonValue:
        paused = len(data) > LARGE and pause_collector()
        try:
            return grow(place, _decode(data), data, levels)
        except Exception:  # whatever it is, the general way says it better
            return otherwise(data)
        finally:
            if paused:
                gc.enable()

    return read


def known_reader(
    root: Place | None, shape: Shape, registry: Registry, decode: Function, otherwise: Callable[[bytes], Any]
) -> Callable[[bytes], Any]:
    """A reader of small documents whose root has members that the model does not know: those are kept as text.

    Args:
        root: the place of what ``decode`` gives; None: nothing is accelerated.
        shape: the root.
        registry: the codecs.
        decode: reads the struct of the known members.
        otherwise: reads what this cannot.
    """
    if C is None or root is None or shape.kind != "model" or registry.references or registry.lenient:
        return otherwise
    plan, levels = tree_plan(registry, shape.type), DEFAULT.max_depth
    if plan is None or not keeps_extra(shape.type) or root_of(shape.type).additional is not None:
        return otherwise
    backoff = Backoff()

    def read(data: bytes) -> PythonValue:
        # The text of a large document is not to live as long as what is made of it.
        if len(data) > LARGE or (backoff.wary and not backoff.allows()):
            return otherwise(data)
        try:
            value = C.read_known(root, plan, decode, data, levels)
        except Exception:  # whatever it is, the other ways say it better
            backoff.failed()
            return otherwise(data)
        if backoff.interval:
            backoff.succeeded()
        return value

    return read


class TreePlanner:
    """Describes the places of parsed JSON. Only where there is an accelerator."""

    def __init__(self, registry: Registry, profile: str) -> None:
        self.registry = registry
        self.profile = profile

    def value(self, shape: Shape) -> Place:
        """The place of a root, an item, or a value of a map."""
        return self._place(shape, {"nullable": shape.nullable})

    def member(self, json_member: ObjectMember) -> Place:
        """The place of a member."""
        options: dict[str, Any] = {"nullable": json_member.nullable}
        if not json_member.required:
            options["absent"], options["is_factory"] = absent_value(json_member)
        return self._place(json_member.shape, options)

    def _place(self, shape: Shape, options: dict[str, Any]) -> Place:
        kind, first = self._kind(shape)
        slow = self._compiled_later(shape)
        if kind == C.TOLD:
            slow = self._noting(first, slow, shape.type)
        return C.Place(kind, first, slow, **options)

    def _noting(self, first: tuple[str, dict[str, Place]], read: Function, model: type) -> Function:
        """The reference's function of a base's place, which describes the class of each discriminator that comes."""
        name, places = first

        def slow(value: PythonValue) -> PythonValue:
            result = read(value)
            text = value.get(name) if type(value) is dict else None
            # Late: the module of a derived class imports that of its base.
            type_ = class_of_tag(model, text) if type(text) is str else None
            if type_ is not None:
                plan = partial(tree_plan, self.registry, type_, is_exact=True)
                places[str(text)] = C.Place(C.MODEL, plan, read)
            return result

        return slow

    def _compiled_later(self, shape: Shape) -> Function:
        """The reference's function of a place, compiled on its first call."""
        function: Function | None = None

        def slow(value: PythonValue) -> PythonValue:
            nonlocal function
            if function is None:
                source = FunctionSource("json read a parsed place")
                reading = ReaderCompiler(source, self.registry, self.profile)
                function = source.compile(reading.function(shape, nullable=False))
            return function(value)

        return slow

    def _kind(self, shape: Shape) -> Kind:
        """The kind of a place, and what C is to know beside it."""
        if self.registry.read_hook(shape.type) is not None or is_named(shape):
            return C.SLOW, None
        method = getattr(self, "_" + shape.kind, None)
        described: Kind = (C.SLOW, None) if method is None else method(shape)
        return described

    def _string(self, shape: Shape) -> Kind:
        is_character = self.profile == "datacontract" and shape.fact("format") == "char"
        return (C.SLOW, None) if is_character else (C.AS_IS, str)

    def _integer(self, shape: Shape) -> Kind:
        minimum, maximum = RANGES.get(shape.fact("format") or "", (None, None))
        return (C.AS_IS, int) if minimum is None else (C.RANGE, (minimum, maximum))

    def _number(self, shape: Shape) -> Kind:
        return (C.SLOW if self.profile == "datacontract" else C.NUMBER), None

    def _boolean(self, shape: Shape) -> Kind:
        return C.BOOLEAN, None

    def _any(self, shape: Shape) -> Kind:
        return C.ANY, None

    def _datetime(self, shape: Shape) -> Kind:
        return (C.SLOW if hasattr(shape.type, "parse") else C.DATETIME), None

    def _time(self, shape: Shape) -> Kind:
        return (C.SLOW if hasattr(shape.type, "parse") else C.TIME), None

    def _decimal(self, shape: Shape) -> Kind:
        return (C.SLOW if shape.fact("quoted") else C.DECIMAL), None

    def _date(self, shape: Shape) -> Kind:
        return (C.DATE if shape.type is dt.date else C.SLOW), None

    def _duration(self, shape: Shape) -> Kind:
        return (C.DURATION if is_plain_duration(shape, self.profile) else C.SLOW), None

    def _bytes(self, shape: Shape) -> Kind:
        return octets_kind(shape), None

    def _uuid(self, shape: Shape) -> Kind:
        return C.UUID, None

    def _enum(self, shape: Shape) -> Kind:
        is_simple = issubclass(shape.type, (str, int)) and not issubclass(shape.type, enum.Flag)
        return (C.MEMBER, readers.members(shape.type)) if is_simple else (C.SLOW, None)

    def _literal(self, shape: Shape) -> Kind:
        is_text = all(type(constant) is str for constant in shape.literals)
        return (C.LISTED, frozenset(shape.literals)) if is_text else (C.SLOW, None)

    def _model(self, shape: Shape) -> Kind:
        choice = root_of(shape.type).choice
        if choice is not None and choice.discriminator and choice.mapping:
            return C.TOLD, (choice.discriminator, {})
        return C.MODEL, partial(tree_plan, self.registry, shape.type)

    def _list(self, shape: Shape) -> Kind:
        return C.LIST, self.value(shape.item)

    def _union(self, shape: Shape) -> Kind:
        # Made when a value gets there: a choice may hold itself.
        return C.ALTERNATIVES, partial(choice_plan, self.registry, shape, self.value)

    def _map(self, shape: Shape) -> Kind:
        if shape.wire.by_name or key_shape(shape) is not None:
            return C.SLOW, None
        return C.MAP, self.value(shape.item)


def is_plain_duration(shape: Shape, profile: str) -> bool:
    """Whether a place's durations are ISO 8601's, of Python's own class."""
    return shape.kind == "duration" and shape.type is dt.timedelta and profile != "datacontract"


def octets_kind(shape: Shape) -> int:
    """The kind of a place of octets in one of base64's alphabets (RFC 4648, 4 and 5), of Python's own class."""
    form = shape.fact("format") or ""
    if shape.kind != "bytes" or shape.type is not bytes or form in BYTES_PARSERS.keys() - {"base64url"}:
        return int(C.SLOW)
    return int(C.URL_OCTETS if form == "base64url" else C.OCTETS)


def class_of_tag(model: type, text: str) -> type | None:
    """The class that a text of a base's discriminator tells; None where nothing maps it, or the class has another one."""
    choice = root_of(model).choice
    if choice is None or text not in choice.mapping:
        return None
    type_ = shape_of(choice.mapping[text], names=Names(model.__module__)).type
    if type_ is model or not (isinstance(type_, type) and issubclass(type_, model)):
        return model
    other = root_of(cast("Hashable", type_)).choice
    if other is None or (other.discriminator == choice.discriminator and class_of_tag(type_, text) is type_):
        return type_
    return None


def tree_plan(registry: Registry, model: type, *, is_exact: bool = False) -> PythonValue:
    """The plan of a model; None where the reference alone reads it.

    Args:
        registry: the codecs.
        model: the class.
        is_exact: whether it is known that an object is of just this class, of whose derived ones a discriminator tells.
    """
    codec, root = registry.of(model), root_of(model)
    if not isinstance(codec, ModelCodec) or registry.read_hook(model) is not None:
        return None
    if root.reference is not None or (root.choice is not None and not is_exact) or not is_plain_class(model):
        return None
    if further_names(root) is not None:  # by their names some further members are unknown
        return None
    planner = TreePlanner(registry, codec.profile)
    members = codec.members
    names = tuple(json_member.name for json_member in members)
    others = [other for other in unnamed_members(codec) if other[0] not in ("_extra", root.additional)]
    attributes, constants, factories = zip(*others, strict=True) if others else ((), (), ())
    further = None
    if root.additional is not None:
        field = next(field for field in members_of(model) if field.attribute == root.additional)
        further = planner.value(field.shape)
    try:
        return C.TreePlan(
            model, names, tuple(json_member.attribute for json_member in members),
            tuple(planner.member(json_member) for json_member in members), attributes, constants, factories,
            "_extra" if keeps_extra(model) else None, UnknownMembers, root.additional, further,
        )  # fmt: skip
    except TypeError:  # a class without slots
        return None


def unnamed_members(codec: ModelCodec) -> list[tuple[str, PythonValue, bool]]:
    """Members that JSON does not carry, with their defaults, and whether those are made anew for each instance."""
    listed = {json_member.attribute for json_member in codec.members}
    constants: list[tuple[str, PythonValue, bool]] = []
    for field in members_of(codec.model):
        if field.attribute not in listed:
            default = field.default
            if is_factory(default):
                constants.append((field.attribute, default.factory, True))
            else:
                constants.append((field.attribute, None if default is attrs.NOTHING else default, False))
    if keeps_extra(codec.model):
        constants.append(("_extra", None, False))
    return constants
