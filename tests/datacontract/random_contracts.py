"""Random contracts as C# would declare them, and the OpenAPI document that describes them.

Classes with bases in other namespaces, known types, lists and dictionaries within each other, enums and flags,
references, every scalar, nullable values, orders and members that are not written as defaults.
"""

from __future__ import annotations

import base64
import hashlib
import random
from collections.abc import Iterator
from typing import Any

from attrs import define, field, frozen

ARRAYS = "http://schemas.microsoft.com/2003/10/Serialization/Arrays"
SERIALIZATION = "http://schemas.microsoft.com/2003/10/Serialization/"
SYSTEM = "http://schemas.datacontract.org/2004/07/System"
XSD = "http://www.w3.org/2001/XMLSchema"
SPACES = (
    "http://schemas.datacontract.org/2004/07/App.Models",
    "urn:orders",
    "http://example.org/people?v=1&w",
)
KEY, VALUE = "Key", "Value"


@frozen
class Scalar:
    """A primitive of .NET: its name in XML, and the schema."""

    name: str
    schema: dict[str, Any]
    is_reference: bool = False
    """Whether null is one of its values without `Nullable`."""


SCALARS = [
    Scalar("string", {"type": "string"}, is_reference=True),
    Scalar("int", {"type": "integer", "format": "int32"}),
    Scalar("long", {"type": "integer", "format": "int64"}),
    Scalar("boolean", {"type": "boolean"}),
    Scalar("decimal", {"type": "number", "format": "decimal"}),
    Scalar("double", {"type": "number", "format": "double"}),
    Scalar("dateTime", {"type": "string", "format": "date-time"}),
    Scalar("DateTimeOffset", {"type": "string", "format": "date-time", "x-dcs-type": "DateTimeOffset"}),
    Scalar("duration", {"type": "string", "format": "time-span", "x-dcs-type": "duration"}),
    Scalar("guid", {"type": "string", "format": "uuid"}),
    Scalar("base64Binary", {"type": "string", "format": "byte"}, is_reference=True),
    Scalar("char", {"type": "string", "minLength": 1, "maxLength": 1, "x-dcs-type": "char"}),
    Scalar("unsignedByte", {"type": "integer", "minimum": 0, "maximum": 255, "x-dcs-type": "unsignedByte"}),
    Scalar("unsignedLong", {"type": "integer", "minimum": 0, "maximum": 2**64 - 1, "x-dcs-type": "unsignedLong"}),
]  # fmt: skip
_STRING = SCALARS[0]
_KEYS = [_STRING, SCALARS[1], SCALARS[2], SCALARS[9]]


@define(eq=False)
class Enumeration:
    """An enum, in the order of declaration."""

    name: str
    space: str
    values: dict[str, int]
    flags: bool


@frozen
class Nullable:
    """`Nullable<T>`."""

    of: Scalar | Enumeration


@frozen
class ListOf:
    """`List<T>`."""

    item: Type


@frozen
class DictionaryOf:
    """`Dictionary<K, V>`."""

    key: Scalar | Enumeration
    value: Type


@define(eq=False)
class Member:
    """A property of a class."""

    name: str
    type: Type
    order: int | None = None
    emit_default: bool = True


@define(eq=False)
class Class:
    """A class with `[DataContract]`."""

    name: str
    space: str
    base: Class | None = None
    is_reference: bool = False
    members: list[Member] = field(factory=list)
    derived: list[Class] = field(factory=list)

    def levels(self) -> list[Class]:
        """The class and its bases, the outermost base first."""
        return [*(self.base.levels() if self.base else ()), self]

    def stand_ins(self) -> list[Class]:
        """All classes derived from it."""
        return [inner for one in self.derived for inner in (one, *one.stand_ins())]


Type = Scalar | Enumeration | Nullable | ListOf | DictionaryOf | Class


def contract(type_: Type) -> tuple[str, str]:
    """Name and namespace of a type's contract (the rules, 4)."""
    if isinstance(type_, Scalar):
        if type_.name == "DateTimeOffset":
            return type_.name, SYSTEM
        return type_.name, SERIALIZATION if type_.name in ("guid", "duration", "char") else XSD
    if isinstance(type_, Nullable):
        return f"NullableOf{contract(type_.of)[0]}", SYSTEM
    if isinstance(type_, ListOf):
        name, space = contract(type_.item)
        return f"ArrayOf{name}", ARRAYS if space in (XSD, SERIALIZATION) else space
    if isinstance(type_, DictionaryOf):
        return f"ArrayOf{entry(type_)}", ARRAYS
    return type_.name, type_.space


def entry(type_: DictionaryOf) -> str:
    """The name of the elements of a dictionary's entries."""
    (key, key_space), (value, value_space) = contract(type_.key), contract(type_.value)
    name = f"KeyValueOf{key}{value}"
    if {key_space, value_space} <= {XSD, SERIALIZATION}:
        return name
    digest = hashlib.md5(f" 2 {key_space} {value_space}".encode(), usedforsecurity=False).digest()[:6]
    return name + base64.b64encode(digest).decode().rstrip("=").replace("/", "_S").replace("+", "_P")


def item_name(type_: ListOf) -> str:
    """The name of the elements of a list's items: `Nullable` does not show."""
    return contract(type_.item.of if isinstance(type_.item, Nullable) else type_.item)[0]


def takes_null(type_: Type) -> bool:
    """Whether null is a value of a type."""
    return type_.is_reference if isinstance(type_, Scalar) else not isinstance(type_, Enumeration)


@define
class Contracts:
    """Some types, and what is asked for at the root."""

    classes: list[Class]
    enums: list[Enumeration]

    def document(self) -> dict[str, Any]:
        """The OpenAPI document of all types."""
        schemas: dict[str, Any] = {one.name: _enum_schema(one) for one in self.enums}
        for one in self.classes:
            schemas |= {one.name: _class_schema(one)}
            items = ListOf(one)
            name, space = contract(items)
            schemas[name] = _schema(items) | {"xml": {"name": name, "namespace": space, "wrapped": True}}
        return {
            "openapi": "3.0.3",
            "x-xml-profile": "datacontract",
            "info": {"title": "Random contracts", "version": "1"},
            "paths": {},
            "components": {"schemas": schemas},
        }


def _enum_schema(one: Enumeration) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "type": "integer",
        "format": "int32",
        "xml": {"name": one.name, "namespace": one.space},
        "x-dcs-enum": one.values,
    }
    return schema | ({"x-dcs-flags": True} if one.flags else {"enum": list(one.values.values())})


def _class_schema(one: Class) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    if one.is_reference and one.base is None:
        properties["$id"] = {
            "type": "string",
            "xml": {"name": "Id", "namespace": SERIALIZATION, "prefix": "z", "attribute": True},
        }
    for member in one.members:
        schema = properties[member.name] = _schema(member.type)
        schema["xml"] = {"namespace": one.space} | (
            {"wrapped": True} if isinstance(member.type, ListOf) else {}
        )
        if member.order is not None:
            schema["x-dcs-order"] = member.order
        if not member.emit_default:
            schema["x-dcs-emit-default"] = False
    own: dict[str, Any] = {"type": "object", "properties": properties}
    schema = {"allOf": [_reference(one.base.name), own]} if one.base else own
    schema["xml"] = {"name": one.name, "namespace": one.space}
    if one.derived:
        schema["x-dcs-known-types"] = [inner.name for inner in one.stand_ins()]
    if one.is_reference:
        schema["x-dcs-is-reference"] = {"idProperty": "$id", "refProperty": "$ref", "refAttribute": "Ref"}
    return schema


def _reference(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def _schema(type_: Type) -> dict[str, Any]:
    if isinstance(type_, Nullable):
        return _schema(type_.of) | {"nullable": True}
    if isinstance(type_, Scalar):
        return type_.schema | ({"nullable": True} if type_.is_reference else {})
    if isinstance(type_, Enumeration):
        return {"allOf": [_reference(type_.name)]}
    if isinstance(type_, Class):
        return {"allOf": [_reference(type_.name)], "nullable": True}
    if isinstance(type_, DictionaryOf):
        values = _schema(type_.value)
        if isinstance(type_.value, ListOf):
            values["xml"] = {"wrapped": True}
        dictionary: dict[str, Any] = {
            "item": entry(type_), "namespace": ARRAYS, "keyName": KEY, "valueName": VALUE,
        }  # fmt: skip
        if type_.key is not _STRING:
            dictionary["key"] = (
                _reference(type_.key.name) if isinstance(type_.key, Enumeration) else type_.key.schema
            )
        return {
            "type": "object",
            "additionalProperties": values,
            "nullable": True,
            "x-dcs-dictionary": dictionary,
        }
    items = _schema(type_.item)
    items["xml"] = {"name": item_name(type_), "namespace": contract(type_)[1]} | (
        {"wrapped": True} if isinstance(type_.item, ListOf) else {}
    )
    return {"type": "array", "items": items, "nullable": True}


@define
class Draft:
    """Makes contracts of a seed."""

    rng: random.Random
    classes: list[Class] = field(factory=list)
    enums: list[Enumeration] = field(factory=list)

    def contracts(self) -> Contracts:
        """Two to five classes with one to seven members each, and some enums."""
        for number in range(self.rng.randint(1, 2)):
            self.enums.append(self._enum(number))
        for number in range(self.rng.randint(2, 5)):
            self.classes.append(self._class(number))
        for one in self.classes:
            one.members = list(self._members(one))
        return Contracts(self.classes, self.enums)

    def _enum(self, number: int) -> Enumeration:
        flags, space = self.rng.random() < 0.5, self.rng.choice(SPACES)
        if flags:
            values = {"None": 0} if self.rng.random() < 0.6 else {}
            values |= {"Email": 1, "Sms": 2, "Push": 4} | ({"Both": 3} if self.rng.random() < 0.5 else {})
        else:
            values = {f"V{index}": index * self.rng.choice([1, 3]) for index in range(self.rng.randint(1, 4))}
            if self.rng.random() < 0.3:
                values["low-priority"] = -1
        return Enumeration(f"E{number}", space, values, flags)

    def _class(self, number: int) -> Class:
        base = self.rng.choice(self.classes) if self.classes and self.rng.random() < 0.4 else None
        is_reference = base.is_reference if base else self.rng.random() < 0.25
        one = Class(f"C{number}", self.rng.choice(SPACES), base, is_reference)
        if base:
            base.derived.append(one)
        return one

    def _members(self, one: Class) -> Iterator[Member]:
        names = [
            "Id",
            "id_",
            "Zone",
            "alpha",
            "Beta",
            "a10",
            "a2",
            "Ünit",
            "_x",
            "Name",
            "e-mail",
            "full.name",
        ]
        taken = {member.name for level in one.levels() for member in level.members}
        names = [name for name in names if name not in taken]
        self.rng.shuffle(names)
        ordered = self.rng.random() < 0.3
        for name in names[: self.rng.randint(0 if one.base else 1, 5)]:
            order = self.rng.randint(0, 2) if ordered and self.rng.random() < 0.7 else None
            yield Member(name, self._type(2), order, self.rng.random() < 0.85)

    def _type(self, depth: int) -> Type:
        kind = self.rng.choice(["scalar"] * 4 + ["nullable", "enum", "class", "class", "list", "dictionary"])
        if kind == "class":
            return self.rng.choice(self.classes)
        if kind == "enum":
            return self.rng.choice(self.enums)
        if kind == "nullable":
            return Nullable(self.rng.choice([*(one for one in SCALARS if not one.is_reference), *self.enums]))
        if kind == "list" and depth:
            return ListOf(self._type(depth - 1))
        if kind == "dictionary" and depth:
            key = self.rng.choice([*_KEYS, *(one for one in self.enums if not one.flags)])
            return DictionaryOf(key, self._type(depth - 1))
        return self.rng.choice(SCALARS)
