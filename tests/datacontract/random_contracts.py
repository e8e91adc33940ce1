"""Random contracts as C# would declare them, and the OpenAPI document that describes them.

Classes with bases in other namespaces, known types, lists and dictionaries within each other, enums and flags,
references, every scalar, nullable values, orders and members that are not written as defaults.
"""

from __future__ import annotations

import base64
import hashlib
import random
from collections.abc import Callable, Iterator
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
    Scalar("byte", {"type": "integer", "minimum": -128, "maximum": 127, "x-dcs-type": "byte"}),
    Scalar("short", {"type": "integer", "minimum": -(2**15), "maximum": 2**15 - 1, "x-dcs-type": "short"}),
    Scalar("unsignedShort", {"type": "integer", "minimum": 0, "maximum": 2**16 - 1, "x-dcs-type": "unsignedShort"}),
    Scalar("unsignedInt", {"type": "integer", "minimum": 0, "maximum": 2**32 - 1, "x-dcs-type": "unsignedInt"}),
    Scalar("float", {"type": "number", "format": "float"}),
    Scalar("anyURI", {"type": "string", "format": "uri"}, is_reference=True),
]  # fmt: skip
_BY_NAME = {scalar.name: scalar for scalar in SCALARS}
_STRING = _BY_NAME["string"]
_KEYS = [
    _BY_NAME[name]
    for name in (
        "string",
        "int",
        "long",
        "guid",
        "boolean",
        "unsignedByte",
        "short",
        "decimal",
        "double",
        "char",
        "duration",
    )
]
_ENCODED = {
    "Full Name": "Full_x0020_Name",
    "1st": "_x0031_st",
    "a:b": "a_x003A_b",
    "$d": "_x0024_d",
    "_x0041_ b": "_x005F_x0041__x0020_b",
    "e😀": "e_x0001F600_",
    "-dash": "_x002D_dash",
}
"""Names that are no names of XML, and how they are written (the rules, 4)."""


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

    of: Scalar | Enumeration | Class


@define(eq=False)
class Collection:
    """What `[CollectionDataContract]` says of a class derived from a list or a dictionary."""

    name: str
    space: str
    item: str
    key: str = KEY
    value: str = VALUE


@frozen
class ListOf:
    """`List<T>`, or a class derived from it."""

    item: Type
    collection: Collection | None = None


@frozen
class DictionaryOf:
    """`Dictionary<K, V>`, or a class derived from it."""

    key: Scalar | Enumeration
    value: Type
    collection: Collection | None = None


@frozen
class Anything:
    """`object`; a value is a pair of its type and the value as that type."""


ANYTHING = Anything()


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
    is_struct: bool = False
    members: list[Member] = field(factory=list)
    derived: list[Class] = field(factory=list)
    known: list[Class | Enumeration | ListOf | DictionaryOf] = field(factory=list)
    """What its members of type `object` may hold beside primitives."""

    def levels(self) -> list[Class]:
        """The class and its bases, the outermost base first."""
        return [*(self.base.levels() if self.base else ()), self]

    def stand_ins(self) -> list[Class]:
        """All classes derived from it."""
        return [inner for class_ in self.derived for inner in (class_, *class_.stand_ins())]


Type = Scalar | Enumeration | Nullable | ListOf | DictionaryOf | Class | Anything


def encoded(name: str) -> str:
    """A name as XML has it."""
    return _ENCODED.get(name, name)


def contract(type_: Type) -> tuple[str, str]:
    """Name and namespace of a type's contract (the rules, 4)."""
    if isinstance(type_, Scalar):
        if type_.name == "DateTimeOffset":
            return type_.name, SYSTEM
        return type_.name, SERIALIZATION if type_.name in ("guid", "duration", "char") else XSD
    if isinstance(type_, Anything):
        return "anyType", XSD
    if isinstance(type_, Nullable):
        name, space = contract(type_.of)
        return f"NullableOf{name}{_digest(space)}", SYSTEM
    if isinstance(type_, (ListOf, DictionaryOf)) and type_.collection:
        return type_.collection.name, type_.collection.space
    if isinstance(type_, ListOf):
        name, space = contract(type_.item)
        return f"ArrayOf{name}", ARRAYS if space in (XSD, SERIALIZATION) else space
    if isinstance(type_, DictionaryOf):
        return f"ArrayOf{entry(type_)}", ARRAYS
    return type_.name, type_.space


def entry(type_: DictionaryOf) -> str:
    """The name of the elements of a dictionary's entries."""
    if type_.collection:
        return type_.collection.item
    (key, key_space), (value, value_space) = contract(type_.key), contract(type_.value)
    return f"KeyValueOf{key}{value}{_digest(key_space, value_space)}"


def _digest(*spaces: str) -> str:
    """What a generic contract's name ends with, where the types in it are not all primitives."""
    if {*spaces} <= {XSD, SERIALIZATION}:
        return ""
    text = f" {len(spaces)} {' '.join(spaces)}"
    digest = hashlib.md5(text.encode(), usedforsecurity=False).digest()[:6]
    return base64.b64encode(digest).decode().rstrip("=").replace("/", "_S").replace("+", "_P")


def item_name(type_: ListOf) -> str:
    """The name of the elements of a list's items: `Nullable` does not show."""
    if type_.collection:
        return type_.collection.item
    return contract(type_.item.of if isinstance(type_.item, Nullable) else type_.item)[0]


def takes_null(type_: Type) -> bool:
    """Whether null is a value of a type."""
    if isinstance(type_, Scalar):
        return type_.is_reference
    return not isinstance(type_, Enumeration) and not (isinstance(type_, Class) and type_.is_struct)


@define
class Contracts:
    """Some types, and what is asked for at the root."""

    classes: list[Class]
    enums: list[Enumeration]
    collections: list[ListOf | DictionaryOf]
    roots: dict[str, Type]
    """What is asked for, by the key of its component."""

    def key(self, type_: Type) -> str:
        """The key of a type's component."""
        if isinstance(type_, (Class, Enumeration)):
            return type_.name
        return next(key for key, root in self.roots.items() if root == type_)

    def document(self) -> dict[str, Any]:
        """The OpenAPI document of all types."""
        schemas: dict[str, Any] = {enumeration.name: _enum_schema(enumeration) for enumeration in self.enums}
        for class_ in self.classes:
            schemas |= {class_.name: _class_schema(class_, self.key)}
        for key, root in self.roots.items():
            if not isinstance(root, Class):
                name, space = contract(root)
                wrapped = {"wrapped": True} if isinstance(root, ListOf) else {}
                schemas[key] = _schema(root) | {"xml": {"name": name, "namespace": space, **wrapped}}
        return {
            "openapi": "3.0.3",
            "x-xml-profile": "datacontract",
            "info": {"title": "Random contracts", "version": "1"},
            "paths": {},
            "components": {"schemas": schemas},
        }


def _enum_schema(enumeration: Enumeration) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "type": "integer",
        "format": "int32",
        "xml": {"name": enumeration.name, "namespace": enumeration.space},
        "x-dcs-enum": enumeration.values,
    }
    return schema | (
        {"x-dcs-flags": True} if enumeration.flags else {"enum": list(enumeration.values.values())}
    )


def _class_schema(class_: Class, keys: Callable[[Type], str]) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    if class_.is_reference and class_.base is None:
        properties["$id"] = {
            "type": "string",
            "xml": {"name": "Id", "namespace": SERIALIZATION, "prefix": "z", "attribute": True},
        }
    for member in class_.members:
        schema = properties[member.name] = _schema(member.type)
        schema["xml"] = {"namespace": class_.space} | (
            {"wrapped": True} if isinstance(member.type, ListOf) else {}
        )
        if encoded(member.name) != member.name:
            schema["xml"]["name"] = encoded(member.name)
        if member.order is not None:
            schema["x-dcs-order"] = member.order
        if not member.emit_default:
            schema["x-dcs-emit-default"] = False
    own: dict[str, Any] = {"type": "object", "properties": properties}
    schema = {"allOf": [_reference(class_.base.name), own]} if class_.base else own
    schema["xml"] = {"name": class_.name, "namespace": class_.space}
    if class_.derived or class_.known:
        schema["x-dcs-known-types"] = [keys(inner) for inner in (*class_.stand_ins(), *class_.known)]
    if class_.is_reference:
        schema["x-dcs-is-reference"] = {"idProperty": "$id", "refProperty": "$ref", "refAttribute": "Ref"}
    return schema


def _reference(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def _schema(type_: Type) -> dict[str, Any]:
    if isinstance(type_, Nullable):
        return _schema(type_.of) | {"nullable": True}
    if isinstance(type_, Anything):
        return {"x-dcs-type": "anyType", "nullable": True}
    if isinstance(type_, Scalar):
        return type_.schema | ({"nullable": True} if type_.is_reference else {})
    if isinstance(type_, Enumeration):
        return {"allOf": [_reference(type_.name)]}
    if isinstance(type_, Class):
        return {"allOf": [_reference(type_.name)]} | ({} if type_.is_struct else {"nullable": True})
    if isinstance(type_, DictionaryOf):
        values = _schema(type_.value)
        if isinstance(type_.value, ListOf):
            values["xml"] = {"wrapped": True}
        collection = type_.collection or Collection("", ARRAYS, entry(type_))
        dictionary: dict[str, Any] = {
            "item": collection.item,
            "namespace": collection.space,
            "keyName": collection.key,
            "valueName": collection.value,
        }
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
    collections: list[ListOf | DictionaryOf] = field(factory=list)

    def contracts(self) -> Contracts:
        """Two to five classes with one to seven members each, some enums and named collections, and what is asked for."""
        for number in range(self.rng.randint(1, 2)):
            self.enums.append(self._enum(number))
        for number in range(self.rng.randint(2, 5)):
            self.classes.append(self._class(number))
        for number in range(self.rng.randint(0, 2)):
            self.collections.append(self._collection(number))
        for class_ in self.classes:
            class_.members = list(self._members(class_))
            if any(isinstance(member.type, Anything) for member in class_.members):
                others = [*self.enums, *(other for other in self.classes if other not in class_.levels())]
                class_.known = [
                    other for other in others if other not in class_.stand_ins() and self.rng.random() < 0.5
                ]
        roots: dict[str, Type] = {class_.name: class_ for class_ in self.classes}
        roots |= {f"Root{number}": ListOf(class_) for number, class_ in enumerate(self.classes)}
        roots |= {f"More{number}": self._root() for number in range(3)}
        # One contract is one component: two would be one name in `i:type`.
        roots = {
            key: root
            for key, root in roots.items()
            if key == next(key_ for key_, other in roots.items() if contract(other) == contract(root))
        }
        for class_ in self.classes:
            if any(isinstance(member.type, Anything) for member in class_.members):
                class_.known += [
                    root for root in roots.values() if not isinstance(root, Class) and self.rng.random() < 0.3
                ]
        return Contracts(self.classes, self.enums, self.collections, roots)

    def _root(self) -> Type:
        type_ = self._type(2)
        return type_ if isinstance(type_, (ListOf, DictionaryOf)) else ListOf(type_)

    def _collection(self, number: int) -> ListOf | DictionaryOf:
        space = self.rng.choice(SPACES)
        if self.rng.random() < 0.5:
            return ListOf(
                self._type(1), Collection(f"L{number}", space, self.rng.choice(["line", "item", "Full Name"]))
            )
        key = self.rng.choice(_KEYS)
        return DictionaryOf(key, self._type(1), Collection(f"D{number}", space, "attr", "name", "val"))

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
        bases = [class_ for class_ in self.classes if not class_.is_struct]
        base = self.rng.choice(bases) if bases and self.rng.random() < 0.4 else None
        is_struct = base is None and number > 0 and self.rng.random() < 0.2
        is_reference = base.is_reference if base else not is_struct and self.rng.random() < 0.25
        class_ = Class(f"C{number}", self.rng.choice(SPACES), base, is_reference, is_struct)
        if base:
            base.derived.append(class_)
        return class_

    def _members(self, class_: Class) -> Iterator[Member]:
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
            *_ENCODED,
        ]
        taken = {member.name for level in class_.levels() for member in level.members}
        names = [name for name in names if name not in taken]
        self.rng.shuffle(names)
        ordered = self.rng.random() < 0.3
        for name in names[: self.rng.randint(0 if class_.base else 1, 5)]:
            order = self.rng.randint(0, 2) if ordered and self.rng.random() < 0.7 else None
            type_ = self._plain() if class_.is_struct else self._type(2)
            yield Member(name, type_, order, self.rng.random() < 0.85)

    def _plain(self) -> Type:
        """A type that holds no object: a struct cannot hold itself."""
        return self.rng.choice(
            [*SCALARS, *self.enums, *(Nullable(scalar) for scalar in SCALARS if not scalar.is_reference)]
        )

    def _type(self, depth: int) -> Type:
        kinds = ["scalar"] * 4 + [
            "nullable",
            "enum",
            "class",
            "class",
            "list",
            "dictionary",
            "collection",
            "object",
        ]
        kind = self.rng.choice(kinds)
        if kind == "class":
            return self.rng.choice(self.classes)
        if kind == "object":
            return ANYTHING
        if kind == "collection" and self.collections:
            return self.rng.choice(self.collections)
        if kind == "enum":
            return self.rng.choice(self.enums)
        if kind == "nullable":
            structs = [class_ for class_ in self.classes if class_.is_struct]
            scalars = [scalar for scalar in SCALARS if not scalar.is_reference]
            return Nullable(self.rng.choice([*scalars, *self.enums, *structs]))
        if kind == "list" and depth:
            return ListOf(self._type(depth - 1))
        if kind == "dictionary" and depth:
            # Newtonsoft writes the names of C# as keys, which a document says only where `EnumMember` gives no others.
            enums = [
                enumeration
                for enumeration in self.enums
                if all(name.isidentifier() for name in enumeration.values)
            ]
            key = self.rng.choice([*_KEYS, *enums])
            return DictionaryOf(key, self._type(depth - 1))
        return self.rng.choice(SCALARS)
