"""Free-form values: xmltodict's dictionaries, or .NET's ``object`` with ``xsi:type``.

In the ``openapi`` profile an element without a schema is text, or a dictionary in xmltodict's
conventions. In the ``datacontract`` profile it is told by ``xsi:type`` (the profile's rules, 11).
"""

from __future__ import annotations

import datetime as dt
import decimal
import enum
import re
import uuid
from functools import cache
from typing import Any

import attrs

from bindwright.runtime.shapes import Shape, shape_of
from bindwright.runtime.values.durations import TimeSpan, parts_of
from bindwright.runtime.values.times import DateTime
from bindwright.runtime.wire import Wire
from bindwright.runtime.xml.decoding.context import (
    DecodeContext,
    Reader,
    ReaderFactory,
    is_nil,
    null_of,
)
from bindwright.runtime.xml.decoding.free_content import free_value
from bindwright.runtime.xml.plan.places import SERIALIZATION, SYSTEM, XmlPlace
from bindwright.runtime.xml.plan.settling import root_place
from bindwright.runtime.xml.plan.xsi_type import TYPE, known_types, name_of, qname
from bindwright.runtime.xml.scalars.hooks import hooks
from bindwright.runtime.xml.scalars.lexical import Lexical, lexical_of
from bindwright.runtime.xml.settings import XSD
from bindwright.runtime.xml.tree.names import expanded, local
from bindwright.runtime.xml.tree.parse import Element, wrong
from bindwright.runtime.xml.tree.unknown import BLANK


class AnyInt(int):
    """An integer of a free-form value, with the XML Schema type that it was read with."""

    xsd: str


class AnyFloat(float):
    """A number of a free-form value whose XML Schema type is not ``double``."""

    xsd: str


class AnyStr(str):
    """Text of a free-form value whose XML Schema type is not ``string``, or not to be guessed from it."""

    __slots__ = ("xsd",)
    xsd: str


class AnyOffset(DateTime):
    """A DateTimeOffset as a free-form value."""

    __slots__ = ()
    xsd = "DateTimeOffset"


_INTS = (
    "int",
    "long",
    "short",
    "byte",
    "unsignedByte",
    "unsignedShort",
    "unsignedInt",
    "unsignedLong",
    "integer",
)


_KINDS: dict[str, tuple[Any, str | None, Any]] = {
    "string": (str, None, AnyStr), "boolean": (bool, None, None), "double": (float, "double", None),
    "float": (float, "float", AnyFloat), "decimal": (decimal.Decimal, None, None), "dateTime": (dt.datetime, None, None),
    "date": (dt.date, None, None), "time": (dt.time, None, None), "base64Binary": (bytes, None, None),
    "anyURI": (str, None, AnyStr), "char": (str, "char", AnyStr), "guid": (uuid.UUID, None, None),
    "duration": (dt.timedelta, None, None), "DateTimeOffset": (dt.datetime, "DateTimeOffset", None),
    **{name: (int, "int32" if name == "int" else ("int64" if name == "long" else name), AnyInt) for name in _INTS},
}  # fmt: skip


_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?(?:Z|[-+][0-9]{2}:[0-9]{2})?"
)

_SERIALIZATION = ("char", "guid", "duration")


def scalar_named(name: str, profile: str) -> tuple[Lexical, Any] | None:
    """The scalar codec of an expanded type name, and the class that remembers the name."""
    if name.startswith(f"{{{XSD}}}") or name.startswith(f"{{{SERIALIZATION}}}"):
        entry = _KINDS.get(local(name))
        if entry is not None:
            return lexical_of(_shape(entry[0], entry[1]), profile), entry[2]
    return None


@cache
def _shape(type_: Any, form: str | None) -> Shape:
    """One for each type: `lexical_of` knows a place by its identity, and keeps it."""
    return Shape(kind=shape_of(type_).kind, type=type_, wire=Wire(format=form))


def as_dotnet(value: Any) -> Any:
    """A value whose type nobody told, as .NET takes it from JSON: text that is a moment is one (rules, 11)."""
    if value.__class__ is not str or not _MOMENT.fullmatch(value):
        return value
    try:
        return DateTime.parse(value)
    except ValueError:  # 30 February
        return value


def type_of(value: Any) -> str | None:
    """The expanded name of a scalar's XML Schema type; None: not a scalar.

    An integer whose type nobody told is a ``long``, as .NET takes it from JSON.
    """
    name = getattr(value, "xsd", None)
    if name == "DateTimeOffset":
        return expanded(SYSTEM, name)
    if isinstance(value, enum.Enum) or getattr(type(value), "__wire__", None) is not None:
        return None
    if name is None:
        if isinstance(value, bool):
            name = "boolean"
        elif isinstance(value, int):
            name = "long" if -(1 << 63) <= value < 1 << 63 else "unsignedLong"
        else:
            order = (
                (str, "string"),
                (float, "double"),
                (decimal.Decimal, "decimal"),
                (dt.datetime, "dateTime"),
                (dt.date, "date"),
                (dt.time, "time"),
                (dt.timedelta, "duration"),
                (uuid.UUID, "guid"),
                (bytes, "base64Binary"),
            )
            name = next((type_name for cls, type_name in order if isinstance(value, cls)), None)
    if name is None:
        return None
    return expanded(SERIALIZATION if name in _SERIALIZATION else XSD, name)


def known_named(place: XmlPlace, name: str) -> XmlPlace | None:
    """The place of a known type with this expanded name, as it would stand here."""
    for candidate in known_types(place.known_types):
        shape = shape_of(candidate)
        if name_of(candidate, shape) == name:
            stand_in = root_place(candidate)
            stand_in.profile, stand_in.known_types, stand_in.name, stand_in.namespace = (
                place.profile,
                place.known_types,
                place.name,
                place.namespace,
            )
            return stand_in
    return None


def shape_at(value: Any, typed: str | None, place: XmlPlace) -> Shape | None:
    """The shape of a free-form value that has a type of its own; None: it is written as untyped XML."""
    if typed is not None:
        name = local(typed)
        cls, form, _ = _KINDS[name]
        if isinstance(value, enum.Enum):
            return shape_of(type(value))
        return shape_of(cls, wire=Wire(format=form))
    if attrs.has(type(value)) or isinstance(value, enum.Enum) or hooks().has(type(value)):
        return shape_of(type(value))
    if isinstance(value, (list, dict, dt.datetime)) and getattr(type(value), "__wire__", None) is not None:
        return shape_of(type(value))
    return None


def inherited_at(shape: Shape, place: XmlPlace) -> str:
    """The namespace of what stands within a free-form value of this shape."""
    return root_place(shape.type).inherited if shape.root is not None else place.inherited


def reader(place: XmlPlace, factory: ReaderFactory) -> Reader:
    """The reader of a free-form element."""
    readers: dict[str, Reader] = {}

    def read(node: Element, context: DecodeContext) -> Any:
        if node.keys():
            if is_nil(node):
                return null_of(place, node, context)
            if (named := node.get(TYPE)) is not None:
                name = qname(node, named)
                if name not in readers and (known_place := known_named(place, name)) is not None:
                    readers[name] = (
                        _remembered(factory.of(known_place))
                        if known_place.kind == "offset"
                        else factory.of(known_place)
                    )
                if name in readers:
                    return readers[name](node, context)
                if not len(node) and (scalar := scalar_named(name, place.profile)) is not None:
                    return _scalar(node, local(name), *scalar)
                if place.profile == "datacontract" and name != expanded(XSD, "anyType"):
                    raise wrong("a type that may stand here", repr(named), node, TYPE)
        return untyped(node, place.shape.kind == "map")

    return read


def _remembered(read: Reader) -> Reader:
    return lambda node, context: AnyOffset.parse(read(node, context).text)


def _scalar(node: Element, name: str, lexical: Lexical, keep: Any) -> Any:
    text = node.text or ""
    try:
        value = lexical.parse(text)
    except (ValueError, ArithmeticError):
        raise wrong(lexical.what, repr(text[:60]), node) from None
    if isinstance(value, dt.timedelta):
        months, ticks = parts_of(value)
        return TimeSpan.of(months=months, ticks=ticks, text=text.strip(BLANK))
    if keep is None or (name == "string" and not _MOMENT.fullmatch(value)):
        return value
    value = keep(value)
    value.xsd = name
    return value


def untyped(node: Element, as_object: bool = False) -> Any:
    """An element's value in xmltodict's conventions; an empty one is ``""``, or ``{}`` where an object is wanted."""
    if not len(node) and not node.keys():
        text = node.text or ""
        return ({"#text": text} if text.strip(BLANK) else {}) if as_object else text
    value = free_value(node)
    if as_object and not isinstance(value, dict):
        return {} if value is None else {"#text": value}
    return "" if value is None else value
