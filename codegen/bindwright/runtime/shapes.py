"""Shapes: what a codec must know of a type, read once from annotations and wire facts.

`shape_of` turns a type (or type expression) and the facts of its place into a `Shape`; `members_of`
lists a model's fields. Codecs, parameter styles and ``validate`` all start here, so that none of them
reads annotations by itself.
"""

from __future__ import annotations

import datetime
import decimal
import enum
import types
import typing
import uuid
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Literal

import attrs
from attrs import define, field
from typing_extensions import TypeAliasType

from bindwright.runtime.model import UNSET, AnyInteger, AnyText, Model, Unset
from bindwright.runtime.resolve import Names, evaluate, facts_of
from bindwright.runtime.wire import KEY, Choice, Wire

Kind = Literal[
    "string", "integer", "number", "decimal", "boolean", "datetime", "date", "time", "duration",
    "uuid", "bytes", "enum", "literal", "model", "list", "tuple", "map", "union", "any", "null",
]  # fmt: skip

_SCALARS: list[tuple[type, Kind]] = [  # subclasses before their bases
    (bool, "boolean"),
    (enum.Enum, "enum"),
    (str, "string"),
    (int, "integer"),
    (float, "number"),
    (decimal.Decimal, "decimal"),
    (datetime.datetime, "datetime"),
    (datetime.date, "date"),
    (datetime.time, "time"),
    (datetime.timedelta, "duration"),
    (uuid.UUID, "uuid"),
    (bytes, "bytes"),
    (type(None), "null"),
]


@define(kw_only=True, eq=False)
class Shape:
    """One place's type.

    ``type`` is the Python type to build: a subclass for named scalars, lists and maps.
    """

    kind: Kind
    type: Any
    wire: Wire = field(factory=Wire)
    """Facts of the place."""
    root: Wire | None = None
    """Facts of the named type itself, where it has a name."""
    name: str | None = None
    """The named type's name."""
    nullable: bool = False
    """Whether None stands for null here."""
    unset: bool = False
    """Whether `UNSET` stands for absent here."""
    literals: tuple[Any, ...] = ()
    names: Mapping[str, Any] = field(factory=dict, repr=False)
    named: Any = field(default=None, repr=False)
    """The class or alias that names a list, tuple or map; None where none does."""
    _inner: Any = field(default=(), repr=False)
    """Type expressions inside: items; values; (prefix…); members; evaluated on first use (recursion)."""
    _cache: Any = field(default=None, init=False, repr=False)
    grading: Any = field(default=None, init=False, repr=False)
    """What `bindwright.runtime.alternatives` asks of it, once it was asked for."""
    codec: Any = field(default=None, init=False, repr=False)
    """The JSON codec that `bindwright.runtime.validate` writes its values with, once one was."""
    _twins: Any = field(default=None, init=False, repr=False)
    _common: Any = field(default=None, init=False, repr=False)
    _named: Any = field(default=None, init=False, repr=False)
    searches: Any = field(default=None, init=False, repr=False)
    """What `bindwright.runtime.values.by_name` looks for in the names of a map, once it was asked."""
    _passed: tuple[Any, ...] = field(default=(), init=False, repr=False)
    """The named lists, tuples and maps that this one stands in, with nothing but such between."""

    def inner(self) -> tuple[Shape, ...]:
        """Shapes inside: one for list and map, one an element for tuple, one a member for union."""
        if self._cache is None:
            inside = self._unions_within() or zip(self._inner, self._inner_facts(), strict=True)
            self._cache = tuple(
                self._followed(shape_of(expression, wire=wire, names=self.names))
                for expression, wire in inside
            )
        return typing.cast("tuple[Shape, ...]", self._cache)

    def _followed(self, item: Shape) -> Shape:
        """The shape inside; a list that leads back to itself through lists alone stands there as a choice of one.

        Choices are compiled when a value gets to them, so what is compiled for the list comes to an end.
        """
        if self.kind == "union" or item.kind not in ("list", "map", "tuple"):
            return item
        item._passed = (*self._passed, self.named) if self.named is not None else self._passed
        if item.named is None or item.named not in item._passed:
            return item
        return Shape(kind="union", type=(item.named,), wire=item.wire, root=item.root, name=item.name,
                     nullable=item.nullable, unset=item.unset, names=item.names, inner=(item.named,))  # fmt: skip

    def twins(self) -> tuple[Shape, ...]:
        """The alternatives that are of this one type to Python, each with its own facts; none where it is one only."""
        if self._twins is None:
            # A name that leads back to itself stands as a union of one: what it leads to has the alternatives.
            is_name = self.kind == "union" and len(self._inner) == 1
            either = () if is_name else self.fact("either")
            self._twins = tuple(attrs.evolve(self, wire=facts, root=None) for facts in either)
        return typing.cast("tuple[Shape, ...]", self._twins)

    def are_twins_alike_inside(self) -> bool:
        """Whether the items, or values, of all alternatives of this one type have the same facts."""
        insides = [(twin.wire.items, twin.wire.values) for twin in self.twins()]
        return all(inside == insides[0] for inside in insides)

    def common(self) -> Shape:
        """The place by what holds for all of its alternatives of one type."""
        if self._common is None:
            first = self.twins()[0].wire if self.are_twins_alike_inside() else Wire()
            wire = attrs.evolve(self.wire, either=(), items=first.items, values=first.values)
            root = self.root and attrs.evolve(self.root, either=(), items=None, values=None)
            self._common = attrs.evolve(self, wire=wire, root=root)
        return typing.cast("Shape", self._common)

    @property
    def item(self) -> Shape:
        """The shape of items (list) or values (map)."""
        return self.inner()[0]

    def named_items(self) -> tuple[Shape, ...]:
        """The shapes of a map's values where their names tell them (``patternProperties``), one for each pattern."""
        if self._named is None:
            facts = [(expression, wire) for _, expression, wire in self.wire.by_name]
            self._named = tuple(
                shape_of(expression, wire=wire, names=self.names) for expression, wire in facts
            )
        return typing.cast("tuple[Shape, ...]", self._named)

    def as_document(self) -> Shape:
        """The shape as that of a whole document, which may be null where the named type says so."""
        self.nullable |= self.root is not None and self.root.nullable
        return self

    @property
    def is_open(self) -> bool:
        """Whether a ``Literal`` takes other values, too: it stands for an enumeration of one value."""
        return self.wire.open or (self.root is not None and self.root.open)

    def fact(self, name: str) -> Any:
        """A fact of the place, else of the named type (``items``, ``values``, ``choice``, ``format`` …)."""
        value = getattr(self.wire, name)
        if (value is None or value is False or value == ()) and self.root is not None:
            value = getattr(self.root, name)
        return value

    def _unions_within(self) -> tuple[tuple[Any, Wire], ...]:
        """The alternatives where one is a choice with facts of its own, which Python's ``A | B | C`` has as its parts."""
        choice = self.fact("choice") if self.kind == "union" else None
        members: tuple[tuple[Any, Wire], ...] = () if choice is None else choice.members
        return members if any(facts.choice is not None for _, facts in members) else ()

    def _inner_facts(self) -> list[Wire]:
        count = len(self._inner)
        if self.kind == "list":
            return [self.fact("items") or Wire()]
        if self.kind == "map":
            return [self.fact("values") or Wire()]
        if self.kind == "tuple":
            facts = list(self.fact("prefix_items") or ())[:count]
            return facts + [self.fact("items") or Wire()] * (count - len(facts))
        if (
            self.kind == "union"
            and (choice := self.fact("choice")) is not None
            and len(choice.members) == count
        ):
            return [facts for _, facts in choice.members]
        return [Wire()] * count


@define(kw_only=True, eq=False)
class Member:
    """One field of a model."""

    attribute: str
    alias: str
    """The name of its argument to the class."""
    json: str
    shape: Shape
    required: bool
    """It must be on the wire: it has no default, or only that of a discriminator."""
    absent: Any = None
    """The value that stands for absent: None or `UNSET`; a required member has none."""
    default: Any = attrs.NOTHING


def shape_of(
    type_: Any,
    *,
    wire: Wire | None = None,
    names: Mapping[str, Any] | None = None,
    choice: Choice | None = None,
) -> Shape:
    """The shape of a type or type expression at a place with these facts.

    Raises:
        TypeError: the type is none that can stand on the wire.
        NameError: an expression names something that is not there.

    Args:
        choice: that of the alias whose type it is; a place says its own.
    """
    names = names if names is not None else {}
    type_ = evaluate(type_, names)
    wire = wire or Wire()
    if wire.choice is not None and len(wire.choice.members) == 1:
        wire = _with_only_alternative(wire, wire.choice)
    if isinstance(type_, TypeAliasType) or type(type_).__name__ == "TypeAliasType":
        names = Names(type_.__module__)
        root = facts_of(type_)
        shape = shape_of(
            type_.__value__, wire=wire, names=names, choice=None if root is None else root.choice
        )
        root = root or shape.root
        if root is not None and root.choice is not None and len(root.choice.members) == 1:
            root = _with_only_alternative(root, root.choice)
        shape.root, shape.name, shape.named = root, type_.__name__, type_
        return shape
    origin = typing.get_origin(type_)
    if origin is typing.Annotated:
        first, *notes = typing.get_args(type_)
        return shape_of(first, wire=next((n for n in notes if isinstance(n, Wire)), wire), names=names)
    if origin in (typing.Union, types.UnionType):
        return _union(typing.get_args(type_), wire, names, wire.choice or choice)
    if type_ is Any or type_ is object:
        return Shape(kind="any", type=Any, wire=wire, nullable=True)
    if origin is typing.Literal:
        return Shape(kind="literal", type=type_, wire=wire, literals=typing.get_args(type_))
    if origin is not None or (isinstance(type_, type) and issubclass(type_, (list, tuple, dict))):
        return _container(type_, origin, wire, names)
    return _class(type_, wire)


def _with_only_alternative(wire: Wire, choice: Choice) -> Wire:
    """The facts of a place whose alternatives are all of one type to Python: how the first one's items stand is theirs.

    What the first one alone asks of values is left out, for the others may take them.
    """
    facts = choice.members[0][1]
    items = wire.items or (None if facts.items is None else attrs.evolve(facts.items, checks=None))
    wrapped = wire.xml.wrapped or facts.xml.wrapped
    return attrs.evolve(
        wire,
        items=items,
        values=wire.values or facts.values,
        entries=wire.entries or facts.entries,
        either=wire.either or facts.either,
        xml=attrs.evolve(wire.xml, wrapped=wrapped),
    )


def _union(members: tuple[Any, ...], wire: Wire, names: Mapping[str, Any], choice: Choice | None) -> Shape:
    nullable = type(None) in members or None in members
    unset = Unset in members
    rest = _without_values(
        tuple(member for member in members if member not in (None, type(None), Unset)), names
    )
    if len(rest) > 1 and (choice is None or len(choice.members) < len(rest)):
        rest = _longest(rest)
    if len(rest) == 1:
        shape = shape_of(rest[0], wire=wire, names=names)
    else:
        shape = Shape(kind="union", type=rest, wire=wire, names=names, inner=rest)
    shape.nullable, shape.unset = shape.nullable or nullable, unset
    return shape


def _longest(members: tuple[Any, ...]) -> tuple[Any, ...]:
    """The members without tuples that another one begins with: ``tuple[str] | tuple[str, int]`` is one that may end early.

    How long it has to be is a fact of the place (``minItems``).
    """
    lengths = {member: typing.get_args(member) for member in members if typing.get_origin(member) is tuple}

    def begins_another(parts: tuple[Any, ...]) -> bool:
        return any(len(other) > len(parts) and other[: len(parts)] == parts for other in lengths.values())

    return tuple(member for member in members if member not in lengths or not begins_another(lengths[member]))


def _without_values(members: tuple[Any, ...], names: Mapping[str, Any]) -> tuple[Any, ...]:
    """The members without the values of an enumeration beside it: ``Literal["a", "b"] | Letter`` is read as `Letter`.

    They are for callers, who need not import the class; what is read, and what is checked, is the enumeration's.
    """
    if len(members) == 1:
        return members
    rest = [member for member in members if member is not AnyText and member is not AnyInteger]
    literals = [member for member in rest if typing.get_origin(member) is typing.Literal]
    if not literals:
        return tuple(rest)
    values = {_listed(evaluate(member, names)) for member in rest if member not in literals}
    return tuple(member for member in rest if member not in literals or typing.get_args(member) not in values)


def _listed(type_: Any) -> tuple[Any, ...]:
    """The values of an enumeration, also of a named one: an alias of its class, or of the literal of its one value."""
    if isinstance(type_, TypeAliasType):
        value = evaluate(type_.__value__, Names(type_.__module__ or ""))
        if typing.get_origin(value) is typing.Literal:
            return typing.get_args(value)
        types = [member for member in typing.get_args(value) or (value,) if member is not type(None)]
        return _listed(types[0]) if len(types) == 1 and types[0] is not type_ else ()
    if isinstance(type_, type) and issubclass(type_, enum.Enum):
        return tuple(member.value for member in type_)
    return ()


def _container(type_: Any, origin: Any, wire: Wire, names: Mapping[str, Any]) -> Shape:
    root, name, base = None, None, type_
    build = origin or type_
    if isinstance(type_, type) and origin is None and type_ not in (list, tuple, dict):
        root, name, names = facts_of(type_), type_.__name__, Names(type_.__module__)
        base = next(
            (generic for generic in getattr(type_, "__orig_bases__", ()) if typing.get_origin(generic)), type_
        )
        origin = typing.get_origin(base)
    args = typing.get_args(base)
    container = origin or build
    common: dict[str, Any] = {"wire": wire, "root": root, "name": name, "names": names}
    common["named"] = type_ if name is not None else None
    if issubclass(container, dict) or container is Mapping:
        return Shape(kind="map", type=build, inner=(args[1] if args else Any,), **common)
    if issubclass(container, tuple) and len(args) == 2 and args[1] is Ellipsis:
        return Shape(kind="list", type=build, inner=args[:1], **common)
    if issubclass(container, tuple):
        return Shape(kind="tuple", type=build, inner=args, **common)
    if issubclass(container, list) or container in (
        typing.get_origin(typing.Sequence),
        typing.get_origin(typing.Iterable),
    ):
        return Shape(kind="list", type=list if name is None else build, inner=args or (Any,), **common)
    raise TypeError(f"{type_!r} cannot stand on the wire")


def _class(type_: Any, wire: Wire) -> Shape:
    type_ = type(None) if type_ is None else type_
    if not isinstance(type_, type):
        raise TypeError(f"{type_!r} cannot stand on the wire")
    root = facts_of(type_)
    for base, scalar_kind in _SCALARS:
        if issubclass(type_, base):
            named = root is not None or scalar_kind == "enum"
            return Shape(kind=scalar_kind, type=type_, wire=wire, root=root, name=type_.__name__ if named else None,
                         nullable=scalar_kind == "null")  # fmt: skip
    return Shape(kind="model", type=type_, wire=wire, root=root, name=type_.__name__)


@cache
def members_of(model: type) -> tuple[Member, ...]:
    """The wire members of a model, in the order of its fields (bases first).

    Raises:
        TypeError: not a model, or a field's type cannot stand on the wire.
    """
    if not attrs.has(model):
        raise TypeError(f"{model.__qualname__} is not an attrs class; decorate it with attrs.define")
    names = cache(Names)
    fields = _in_order(model)
    return tuple(_member(model, attribute, names) for attribute in fields if attribute.name != "_extra")


def _in_order(model: type) -> list[attrs.Attribute[Any]]:
    """The fields of a model; one that a derived class declares again stays where its base has it.

    attrs moves such a field to those of the derived class, which would change the sequence of elements.
    """
    first: dict[str, int] = {}
    declared = 0
    for base in reversed(model.__mro__):
        names = vars(base).get("__annotations__", {})
        declared += len(names)
        for name in names:
            first.setdefault(name, len(first))
    fields = list(attrs.fields(model))
    if declared > len(first):
        fields.sort(key=lambda attribute: first.get(attribute.name, len(first)))
    return fields


def _member(model: type, attribute: attrs.Attribute[Any], names: Callable[[str], Names]) -> Member:
    owner = next(base for base in model.__mro__ if attribute.name in vars(base).get("__annotations__", {}))
    wire = attribute.metadata.get(KEY) or _of_additional(model, attribute.name)
    shape = shape_of(attribute.type, wire=wire, names=names(owner.__module__))
    required = attribute.default is attrs.NOTHING or wire.discriminator is not None
    return Member(
        attribute=attribute.name,
        alias=attribute.alias or attribute.name.lstrip("_"),
        json=attribute.name if wire.name is None else wire.name,
        shape=shape,
        required=required,
        absent=UNSET if shape.unset else None,
        default=attribute.default,
    )


def owner_of(model: type, attribute: str) -> type:
    """The class that describes a field: one that only says the value of a base's discriminator does not."""
    owner = model
    for base in model.__mro__:
        if attribute in vars(base).get("__annotations__", {}):
            owner = base
            wire = getattr(attrs.fields(base), attribute).metadata.get(KEY)
            if wire is None or wire.discriminator != "inherited":
                break
    return owner


def _of_additional(model: type, name: str) -> Wire:
    """The facts of the field of additional members: a class says at its root what their values are."""
    for base in model.__mro__:
        root: Wire | None = vars(base).get("__wire__")
        if root is not None and root.additional == name:
            return Wire(values=root.values, by_name=root.by_name)
    return Wire()


__all__ = ["Kind", "Member", "Model", "Shape", "members_of", "owner_of", "shape_of"]
