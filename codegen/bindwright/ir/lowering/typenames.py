"""The ``type`` keyword in all its spellings, wrong ones included."""

from __future__ import annotations

from typing import Any

from bindwright.ir.lowering.context import Lowering
from bindwright.ir.lowering.keywords import ARRAY, NUMBER, OBJECT, STRING
from bindwright.ir.lowering.location import Location

_TYPES = ("object", "array", "string", "number", "integer", "boolean")
_PLAIN: dict[str, tuple[str, ...]] = {name: (name,) for name in _TYPES}
_ODD: dict[str, tuple[str, str | None]] = {
    "int": ("integer", None),
    "int32": ("integer", "int32"),
    "int64": ("integer", "int64"),
    "long": ("integer", "int64"),
    "short": ("integer", None),
    "float": ("number", "float"),
    "double": ("number", "double"),
    "decimal": ("number", "decimal"),
    "numeric": ("number", None),
    "bool": ("boolean", None),
    "str": ("string", None),
    "text": ("string", None),
    "char": ("string", None),
    "enum": ("string", None),
    "date": ("string", "date"),
    "datetime": ("string", "date-time"),
    "date-time": ("string", "date-time"),
    "timestamp": ("string", "date-time"),
    "time": ("string", "time"),
    "uuid": ("string", "uuid"),
    "guid": ("string", "uuid"),
    "uri": ("string", "uri"),
    "url": ("string", "uri"),
    "email": ("string", "email"),
    "password": ("string", "password"),
    "byte": ("string", "byte"),
    "binary": ("string", "binary"),
    "file": ("string", "binary"),
    "list": ("array", None),
    "dict": ("object", None),
    "map": ("object", None),
    "hash": ("object", None),
    "json": ("object", None),
}
_OF_ONE_TYPE = OBJECT | ARRAY | STRING | NUMBER
"""With one of these, even a list of all types tells something: what items and members are."""
_ANY = frozenset({"any", "mixed", "undefined", "unknown", "*", ""})


def types_of(
    context: Lowering, schema: dict[str, Any], location: Location
) -> tuple[tuple[str, ...], bool, str | None]:
    """The JSON types a schema allows (none: any), whether null is among them, and an implied format."""
    spelling = schema.get("type")
    if spelling is None:
        return (), False, None
    if isinstance(spelling, str):
        plain = _PLAIN.get(spelling)
        if plain is not None:
            return plain, False, None
        if spelling == "null":
            return (), True, None
        return _odd(context, spelling, location)
    if isinstance(spelling, list):
        return _several(context, schema, location)
    context.degrade("invalid-type", "`type` is neither a name nor a list of names: any is allowed", location)
    return (), False, None


def is_null(schema: Any) -> bool:
    """Whether a schema allows null and nothing else."""
    if not isinstance(schema, dict) or "$ref" in schema:
        return False
    spelling = schema.get("type")
    if spelling == "null" or spelling == ["null"]:
        return True
    if schema.get("enum") == [None] or ("const" in schema and schema["const"] is None):
        return True
    rest = schema.keys() - {"description", "title", "example", "nullable", "x-nullable"}
    return not rest and (schema.get("nullable") is True or schema.get("x-nullable") is True)


def _several(
    context: Lowering, schema: dict[str, Any], location: Location
) -> tuple[tuple[str, ...], bool, str | None]:
    names: list[str] = []
    null = False
    format_: str | None = None
    for name in schema["type"]:
        if name == "null" or name is None:
            null = True
        elif isinstance(name, str):
            types, _, implied = types_of(context, {"type": name}, location)
            names += [type_name for type_name in types if type_name not in names]
            format_ = implied or format_
            if not types:
                return (), null, None
        else:
            context.degrade("invalid-type", "a member of `type` is not a name", location)
    if "number" in names and "integer" in names:
        names.remove("integer")  # every integer is a number
    if len(names) == len(_TYPES) - 1 and _OF_ONE_TYPE.isdisjoint(schema):
        return (), null, None
    return tuple(names), null, format_


def _odd(context: Lowering, spelling: str, location: Location) -> tuple[tuple[str, ...], bool, str | None]:
    lower = spelling.strip().lower()
    if lower in _PLAIN:
        context.warn("unknown-type", f"`type` is {spelling!r}", location, f"write `{lower}`")
        return _PLAIN[lower], False, None
    if lower in _ODD:
        name, format_ = _ODD[lower]
        if not (lower == "file" and context.swagger):
            context.warn("unknown-type", f"no type is called {spelling!r}: `{name}` is taken", location)
        return (name,), False, format_
    if lower in _ANY:
        context.warn(
            "unknown-type", f"`type` is {spelling!r}: any value is allowed", location, "leave `type` out"
        )
        return (), False, None
    context.degrade("unknown-type", f"no type is called {spelling[:60]!r}: any value is allowed", location)
    return (), False, None
