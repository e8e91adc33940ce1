"""What .NET's serializers write of a value, by the rules alone: none of the runtime's code is used here.

`Xml` follows `XmlWellFormedWriter` and the serializer's calls of it; values are what `random_values` makes.
"""

from __future__ import annotations

import base64
import datetime as dt
import uuid
from typing import Any

from attrs import define, field

from tests.datacontract.random_contracts import (
    ARRAYS,
    KEY,
    SERIALIZATION,
    SYSTEM,
    VALUE,
    Anything,
    Class,
    Collection,
    DictionaryOf,
    Enumeration,
    ListOf,
    Member,
    Nullable,
    Scalar,
    Type,
    contract,
    encoded,
    entry,
    item_name,
)

INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
TICKS = 10_000_000


@define(eq=False)
class Instance:
    """An object of a class."""

    type: Class
    values: dict[str, Any] = field(factory=dict)


def is_default(type_: Type, value: Any) -> bool:
    """Whether a value is what C# has where nobody set any."""
    if value is None or isinstance(type_, Nullable):
        return value is None
    if isinstance(type_, Class):
        return type_.is_struct and all(
            is_default(member.type, value.values[member.name]) for member in type_.members
        )
    if isinstance(type_, (Scalar, Enumeration)):
        if isinstance(type_, Scalar) and type_.is_reference:
            return False
        text = scalar_text(type_, value, "json")
        return text in (
            "0",
            "0.0",
            "false",
            "00:00:00",
            "0001-01-01T00:00:00",
            "0001-01-01T00:00:00+00:00",
        ) or text in (
            str(uuid.UUID(int=0)),
            "\0",
        )
    return False


def scalar_text(type_: Scalar | Enumeration, value: Any, side: str) -> str:
    """The text of a scalar (the rules, 7 and 9), without quotes and escapes."""
    if isinstance(type_, Enumeration):
        return str(value) if side == "json" else _enum_text(type_, value)
    name = type_.name
    if name == "boolean":
        return "true" if value else "false"
    if name == "char" and side == "xml":
        return str(ord(value))
    if name in ("decimal", "double", "float"):
        text = str(value) if name == "decimal" else repr(value).removesuffix(".0")
        return text + ".0" if side == "json" and "." not in text else text
    if name == "base64Binary":
        return base64.b64encode(value).decode()
    if name == "duration":
        return _span(value, side)
    return str(value)


def _enum_text(type_: Enumeration, value: int, separator: str = " ") -> str:
    for name, number in type_.values.items():
        if number == value:
            return name
    names = []
    for name, number in type_.values.items():
        if number and value & number == number:
            names.append(name)
            value &= ~number
    return separator.join(names)


def _span(ticks: int, side: str) -> str:
    sign, ticks = ("-" if ticks < 0 else ""), abs(ticks)
    seconds, fraction = divmod(ticks, TICKS)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if side == "json":
        part = f".{fraction:07}" if fraction else ""
        return f"{sign}{f'{days}.' if days else ''}{hours:02}:{minutes:02}:{seconds:02}{part}"
    if not ticks:
        return "PT0S"
    part = f".{fraction:07}".rstrip("0") if fraction else ""
    second = f"{seconds}{part}S" if seconds or part else ""
    time = f"{f'{hours}H' if hours else ''}{f'{minutes}M' if minutes else ''}{second}"
    return f"{sign}P{f'{days}D' if days else ''}{f'T{time}' if time else ''}"


@define
class Json:
    """Newtonsoft's text of a value."""

    _numbers: dict[int, int] = field(factory=dict)

    def value(self, type_: Type, value: Any) -> str:
        """The JSON of a value."""
        if value is None:
            return "null"
        if isinstance(type_, Nullable):
            return self.value(type_.of, value)
        if isinstance(type_, Anything):
            return self.value(*value)
        if isinstance(type_, ListOf):
            return f"[{','.join(self.value(type_.item, item) for item in value)}]"
        if isinstance(type_, DictionaryOf):
            return f"{{{','.join(f'{self._key(type_.key, key)}:{self.value(type_.value, item)}' for key, item in value)}}}"
        if isinstance(type_, Class):
            return self._object(value)
        text = scalar_text(type_, value, "json")
        is_bare = isinstance(type_, Enumeration) or type_.schema["type"] in ("integer", "number", "boolean")
        return text if is_bare else _quoted(text)

    @staticmethod
    def _key(type_: Scalar | Enumeration, key: Any) -> str:
        """A key as `Convert.ToString` writes it."""
        if isinstance(type_, Enumeration):
            return _quoted(_enum_text(type_, key, ", ") or "0")
        if type_.name == "boolean":
            return _quoted(str(key))
        return _quoted(scalar_text(type_, key, "xml" if type_.name in ("decimal", "double") else "json"))

    def _object(self, value: Instance) -> str:
        members = [member for level in reversed(value.type.levels()) for member in level.members]
        members.sort(key=lambda member: -1 if member.order is None else member.order)
        parts = []
        if value.type.is_reference:
            if id(value) in self._numbers:
                return f'{{"$ref":"{self._numbers[id(value)]}"}}'
            self._numbers[id(value)] = len(self._numbers) + 1
            parts.append(f'"$id":"{self._numbers[id(value)]}"')
        for member in members:
            if member.emit_default or not is_default(member.type, value.values[member.name]):
                parts.append(f"{_quoted(member.name)}:{self.value(member.type, value.values[member.name])}")
        return f"{{{','.join(parts)}}}"


_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\u0085": "\\u0085", "\u2028": "\\u2028"}


def _quoted(text: str) -> str:
    return f'"{"".join(_ESCAPES.get(sign, sign) for sign in text)}"'


@define
class Xml:
    """DataContractSerializer's document of a value, through an `XmlWriter`."""

    _out: list[str] = field(factory=list)
    _scope: list[tuple[str, str]] = field(factory=list)
    _depth: int = 0
    _prefixes: int = 1
    _attributes: list[str] = field(factory=list)
    _added: list[str] = field(factory=list)
    """Declarations that the writer makes up itself."""
    _open: bool = False
    _numbers: dict[int, int] = field(factory=dict)

    def document(self, type_: Class | ListOf, value: Any) -> str:
        """A whole document."""
        name, space = contract(type_)
        self._element(name, space, type_, value, root=True)
        return "".join(self._out)

    def _element(
        self, name: str, space: str, type_: Type, value: Any, declared: str | None = None, root: bool = False
    ) -> None:
        tag, before = self._start(name, space)
        if root:
            self._scope.append(("i", INSTANCE))
            self._attributes.append(f'xmlns:i="{INSTANCE}"')
        if declared is not None:
            self._declare(declared)
        if value is None:
            self._attribute("i", "nil", INSTANCE, "true")
        else:
            self._value(type_, value)
        if self._open:
            self._close_tag(" /")
        else:
            self._out.append(f"</{tag}>")
        del self._scope[before:]
        self._depth -= 1

    def _value(self, type_: Type, value: Any) -> None:
        if isinstance(type_, Nullable):
            self._value(type_.of, value)
        elif isinstance(type_, Anything):
            self._anything(*value)
        elif isinstance(type_, Class):
            self._object(type_, value)
        elif isinstance(type_, ListOf):
            self._list(type_, value)
        elif isinstance(type_, DictionaryOf):
            for key, item in value:
                self._entry(type_, key, item)
        elif isinstance(type_, Scalar) and type_.name == "DateTimeOffset":
            moment = dt.datetime.fromisoformat(value)
            offset = moment.utcoffset()
            assert offset is not None
            utc = (moment - offset).replace(tzinfo=None)
            fraction = f".{utc.microsecond:06}".rstrip("0").rstrip(".")
            self._element("DateTime", SYSTEM, _TEXT, f"{utc:%Y-%m-%dT%H:%M:%S}{fraction}Z")
            self._element("OffsetMinutes", SYSTEM, _TEXT, str(int(offset.total_seconds() // 60)))
        else:
            self._text(
                scalar_text(type_, value, "xml"), empty=isinstance(type_, Scalar) and type_.name == "string"
            )

    def _object(self, declared: Class | None, value: Instance) -> None:
        if value.type.is_reference:
            if id(value) in self._numbers:
                self._attribute("z", "Ref", SERIALIZATION, f"i{self._numbers[id(value)]}")
                return
            self._numbers[id(value)] = len(self._numbers) + 1
            self._attribute("z", "Id", SERIALIZATION, f"i{self._numbers[id(value)]}")
        if value.type is not declared:
            self._type(value.type)
        for level in value.type.levels():
            for member in sorted(level.members, key=_member_key):
                item = value.values[member.name]
                if member.emit_default or not is_default(member.type, item):
                    declared_space = _to_declare(member.type, level.space)
                    self._element(encoded(member.name), level.space, member.type, item, declared_space)

    def _anything(self, type_: Type, value: Any) -> None:
        if isinstance(type_, Class):
            self._object(None, value)
            return
        self._type(type_)
        self._value(type_, value)

    def _type(self, type_: Type) -> None:
        name, space = contract(type_)
        self._declare(space)
        prefix = self._prefix(space)
        self._attribute("i", "type", INSTANCE, f"{prefix}:{name}" if prefix else name)

    def _list(self, type_: ListOf, value: list[Any]) -> None:
        space = contract(type_)[1]
        if (inner := _to_declare(type_.item, space)) is not None:
            self._declare(inner)
        for item in value:
            self._element(encoded(item_name(type_)), space, type_.item, item)

    def _entry(self, type_: DictionaryOf, key: Any, item: Any) -> None:
        collection = type_.collection or Collection("", ARRAYS, entry(type_), KEY, VALUE)
        space = collection.space
        tag, before = self._start(collection.item, space)
        self._element(collection.key, space, type_.key, key)
        self._element(collection.value, space, type_.value, item, _to_declare(type_.value, space))
        self._out.append(f"</{tag}>")
        del self._scope[before:]
        self._depth -= 1

    # What the writer does.

    def _start(self, name: str, space: str) -> tuple[str, int]:
        if self._open:
            self._close_tag("")
        self._depth, self._prefixes, before = self._depth + 1, 1, len(self._scope)
        self._attributes, self._added = [], []
        if (prefix := self._prefix(space)) is None:
            prefix = ""
            self._scope.append(("", space))
            self._added.append(f'xmlns="{_attribute_text(space)}"')
        tag = f"{prefix}:{name}" if prefix else name
        self._out.append(f"<{tag}")
        self._open = True
        return tag, before

    def _prefix(self, space: str) -> str | None:
        """The innermost prefix of a namespace; None where that one means another namespace by now."""
        for index in range(len(self._scope) - 1, -1, -1):
            prefix, uri = self._scope[index]
            if uri == space:
                return None if any(later == prefix for later, _ in self._scope[index + 1 :]) else prefix
        return None

    def _declare(self, space: str) -> None:
        if self._prefix(space) is None:
            prefix = f"d{self._depth}p{self._prefixes}"
            self._prefixes += 1
            self._scope.append((prefix, space))
            self._attributes.append(f'xmlns:{prefix}="{_attribute_text(space)}"')

    def _attribute(self, prefix: str, name: str, space: str, text: str) -> None:
        if self._prefix(space) is None:
            self._scope.append((prefix, space))
            self._added.insert(0, f'xmlns:{prefix}="{space}"')
        self._attributes.append(f'{prefix}:{name}="{text}"')

    def _close_tag(self, end: str) -> None:
        self._out.append(
            "".join(f" {attribute}" for attribute in (*self._attributes, *self._added)) + f"{end}>"
        )
        self._open = False

    def _text(self, text: str, empty: bool) -> None:
        if text or empty:
            self._close_tag("")
            text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
            self._out.append(text.replace("\n", "\r\n"))


_TEXT = Scalar("string", {"type": "string"}, is_reference=True)


def _member_key(member: Member) -> tuple[int, bytes]:
    return -1 if member.order is None else member.order, encoded(member.name).encode("utf-16-be")


def _to_declare(type_: Type, around: str) -> str | None:
    """The namespace that a member or an item of a type declares (the rules, 5)."""
    if isinstance(type_, Nullable):
        return _to_declare(type_.of, around)
    if isinstance(type_, (Enumeration, Anything)) or (
        isinstance(type_, Scalar) and type_.name != "DateTimeOffset"
    ):
        return None
    space = contract(type_)[1]
    return space if space != around else None


def _attribute_text(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
