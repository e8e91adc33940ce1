"""``enum`` and ``const``, of any type and mixed, with the names that extensions give their values."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Literal

from bindwright.ir.lowering.context import Lowering, MergedSchema
from bindwright.ir.lowering.kinds import extensible_values
from bindwright.ir.lowering.location import Location
from bindwright.ir.lowering.scalars import intern
from bindwright.ir.lowering.values import mapping, named_values, sequence, text, text_or_none, true
from bindwright.ir.model import Enum, EnumMember, Scalar, Use

_NAMES = ("x-enum-varnames", "x-enumNames", "x-enum-names", "x-enumnames")
_DOCS = ("x-enum-descriptions", "x-enumDescriptions", "x-enum-description")

EnumBase = Literal["string", "integer", "number", "boolean", "mixed"]


def enum_use(context: Lowering, merged: MergedSchema, location: Location, name: str | None) -> Use:
    """An `Enum`; null among the values makes the use nullable, null alone is the null type."""
    words = merged.keywords
    if named := named_values(words.get("x-dcs-enum")):
        return _dcs(context, merged, named, location)
    further = [] if "const" in words else extensible_values(merged)
    values = [words["const"]] if "const" in words else further or words["enum"]
    kept = [(index, value) for index, value in enumerate(values) if value is not None]
    if not kept:
        return _null(context, location, name)
    if len(kept) < len(values) and merged.types and not merged.nullable:
        # By the letter `type` forbids it (OpenAPI 3.0.3, Schema Object, `nullable`); who lists it sends it.
        message = "`enum` lists null, which `type` does not allow: null is taken as allowed"
        remedy = (
            "say `nullable: true`"
            if not context.modern
            else 'say `type: [string, "null"]`, or leave null out'
        )
        context.warn("enum-null", message, location, remedy)
    members = _members(context, merged, kept, location)
    for keyword in ("contentEncoding", "contentMediaType"):
        if keyword in words:
            context.degrade(
                "unread-keyword", f"`{keyword}` of an enum: its values stay as they are", location
            )
    format_ = words.get("format")
    context.types[location.id] = Enum(
        id=location.id,
        base=_base([member.value for member in members]),
        members=members,
        const="const" in words,
        extensible=bool(further),
        format=format_ if isinstance(format_, str) else None,
    )
    return Use(type=location.id, nullable=len(kept) < len(values))


def _null(context: Lowering, location: Location, name: str | None) -> Use:
    null = intern(context, "null", {})
    if name is None:
        return Use(type=null)
    context.types[location.id] = Scalar(id=location.id, base="null")
    return Use(type=location.id)


def _dcs(context: Lowering, merged: MergedSchema, named: dict[str, Any], location: Location) -> Use:
    members = [EnumMember(value=value, name=name) for name, value in named.items()]
    if len(named) < len(merged.keywords["x-dcs-enum"]):
        message = "`x-dcs-enum` has values that are neither numbers nor texts"
        context.warn("invalid-extension", message, location, "they are left out")
    context.types[location.id] = Enum(
        id=location.id,
        base=_base([member.value for member in members]),
        members=members,
        flags=true(merged.keywords.get("x-dcs-flags")),
        xml_names=True,
        format=text_or_none(merged.keywords.get("format")),
    )
    return Use(type=location.id)


def _members(
    context: Lowering, merged: MergedSchema, kept: list[tuple[int, Any]], location: Location
) -> list[EnumMember]:
    names, docs = _named(merged.keywords), _documented(merged.keywords)
    members: dict[str | tuple[str], EnumMember] = {}
    odd = False
    for index, value in kept:
        fixed = _as_declared(value, merged.types)
        odd = odd or type(fixed) is not type(value)
        member = EnumMember(value=fixed, name=names(index, value), doc=docs(index, value))
        key = (fixed,) if type(fixed) is str else f"{type(fixed).__name__} {fixed!r}"
        if members.setdefault(key, member) is not member:
            context.warn("duplicate-enum-value", f"{str(value)[:40]!r} is listed twice", location)
    if odd:
        context.warn(
            "enum-type", "`enum` has values of another type than `type`", location, "quote the strings"
        )
    return list(members.values())


def _as_declared(value: Any, types: tuple[str, ...]) -> Any:
    """The value in the declared type, where it is written in another (``type: string, enum: [1]``)."""
    if types == ("string",) and isinstance(value, (int, float, Decimal)):
        return text(value)
    if types in (("integer",), ("number",)) and isinstance(value, str):
        try:
            return int(value) if types == ("integer",) else float(value)
        except ValueError:
            return value
    if types == ("boolean",) and value in ("true", "false"):
        return value == "true"
    return value


def _base(values: list[Any]) -> EnumBase:
    kinds: set[EnumBase] = {_kind(value) for value in values}
    if kinds == {"integer", "number"}:
        return "number"
    return kinds.pop() if len(kinds) == 1 else "mixed"


def _kind(value: Any) -> EnumBase:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, str):
        return "string"
    if isinstance(value, int):
        return "integer"
    return "number" if isinstance(value, (float, Decimal)) else "mixed"


class _Lookup:
    """Names or prose of values: a list in the order of the values, or an object by value."""

    def __init__(self, annotation: Any) -> None:
        self.annotation = annotation

    def __call__(self, index: int, value: Any) -> str | None:
        if not self.annotation:  # as in nearly all documents
            return None
        if isinstance(self.annotation, list):
            return text_or_none(self.annotation[index]) if index < len(self.annotation) else None
        if isinstance(self.annotation, dict):
            return text_or_none(self.annotation.get(text(value)))
        return None


def _named(words: dict[str, Any]) -> _Lookup:
    for key in _NAMES:
        if key in words:
            return _Lookup(words[key])
    return _Lookup(_by_value(words, "name"))


def _documented(words: dict[str, Any]) -> Any:
    annotation = next((words[key] for key in _DOCS if key in words), None)
    look = _Lookup(annotation if annotation is not None else _by_value(words, "description"))
    return lambda index, value: look(index, value) or ""


def _by_value(words: dict[str, Any], member: str) -> dict[str, Any]:
    """``x-ms-enum``: a list of objects with ``value``, ``name`` and ``description``."""
    by_value = {}
    for entry in sequence(mapping(words.get("x-ms-enum")).get("values")):
        if isinstance(entry, dict) and "value" in entry:
            by_value[text(entry["value"])] = entry.get(member)
    return by_value
