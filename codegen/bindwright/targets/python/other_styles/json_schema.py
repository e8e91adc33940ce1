"""An `Api` as named, flattened JSON Schemas: what other model generators are fed with.

Every class of ours is a definition under its public name, derived from its base where the style has classes.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from bindwright.ir import model as ir
from bindwright.ir.reachability import Sides, always_there
from bindwright.targets.prose import clean
from bindwright.targets.python.models.field_defaults import default_of, written_members
from bindwright.targets.python.models.type_expressions import Typer, scalar_type
from bindwright.targets.python.naming.models import is_enumeration, is_literal, may_be_in_literal

_BOUNDS = {
    "minimum": "minimum", "maximum": "maximum", "exclusive_minimum": "exclusiveMinimum",
    "exclusive_maximum": "exclusiveMaximum", "min_length": "minLength", "max_length": "maxLength",
    "min_items": "minItems", "max_items": "maxItems",
}  # fmt: skip
_FORMATS = frozenset({"date-time", "date", "time", "duration", "uuid"})
_JSON_TYPES: dict[type, str] = {str: "string", bool: "boolean", int: "integer", float: "number"}
_EXACT = {"bytes": "binary", "Decimal": "decimal"}
"""Formats by the classes of attrs models' values that other styles can hold, too."""


class Feed(Struct, frozen=True):
    """What the schemas are made from."""

    typer: Typer
    sides: Sides
    anything: frozenset[ir.TypeId] = frozenset()
    """Types that stand as anything, as the style cannot read them."""
    derives: bool = False
    """Whether classes are derived from each other; else each has all members of its bases."""
    exact: bool = False
    """Whether members have the classes of the attrs models; styles that read JSON themselves have JSON's own."""
    unions: bool = True
    """Whether an enumeration may stand beside any value of its type; msgspec has no union of two texts."""


def json_schemas(feed: Feed) -> dict[str, Any]:
    """One schema whose ``$defs`` are all classes, by public name."""
    names = feed.typer.plan.classes
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$defs": {name: _definition(feed, feed.typer.types[key]) for key, name in names.items()},
    }


def _definition(feed: Feed, type_: ir.AnyType) -> dict[str, Any]:
    schema = _object(feed, type_) if isinstance(type_, ir.Object) else _structure(feed, type_)
    if isinstance(type_, ir.Enum) and not feed.derives:
        schema = _with_unlisted(feed, type_, schema)
    if type_.nullable and not isinstance(type_, (ir.Object, ir.Enum)):
        schema = {"anyOf": [schema, {"type": "null"}]}  # classes of their own have no null among their values
    if doc := _prose(type_.doc or type_.title):
        schema["description"] = doc
    return schema


def _object(feed: Feed, type_: ir.Object) -> dict[str, Any]:
    if type_.id in feed.anything:
        return {}
    schema: dict[str, Any] = {"type": "object", "properties": {}}
    base = _base(feed, type_)
    own = type_.properties
    if base is not None:
        own = written_members(feed.typer.types, feed.sides, type_)
    for property_ in own:
        schema["properties"][property_.name] = _use(feed, property_.use)
        if (
            always_there(property_, feed.sides)
            and (value := default_of(feed.typer.types, property_)) is not None
        ):
            schema["properties"][property_.name]["default"] = value
    if required := [property_.name for property_ in own if always_there(property_, feed.sides)]:
        schema["required"] = list(dict.fromkeys(required))
    additional = _additional(feed, type_)
    further = {} if additional is None else {"additionalProperties": additional}
    if base is None:
        return {**schema, **further}
    # Beside `allOf`: within, datamodel-code-generator has no place for them in the derived class.
    return {"allOf": [{"$ref": f"#/$defs/{base}"}, schema], **further}


def _additional(feed: Feed, type_: ir.Object) -> dict[str, Any] | bool | None:
    """What is said of members without a name of their own: of patterns, each may be of any.

    With a type for them, an object that has no others would be a map here, and a class among the attrs models.
    """
    if not type_.pattern_additional:
        return _use(feed, type_.additional) if type_.additional is not None else None
    if not type_.properties:
        return True
    uses = [use for _, use in type_.pattern_additional] + ([type_.additional] if type_.additional else [])
    return {"anyOf": [_use(feed, use) for use in uses]}


def _base(feed: Feed, type_: ir.Object) -> str | None:
    """The class that a class is derived from; None where it has none, or the style needs none.

    A TypedDict is of a base's type by its members, which it may not narrow.
    """
    base = feed.typer.types.get(type_.base or "")
    if not feed.derives or not isinstance(base, ir.Object) or base.id in feed.anything:
        return None
    return feed.typer.plan.classes.get(base.id)


def _use(feed: Feed, use: ir.Use) -> dict[str, Any]:
    schema = _reference(feed, use)
    # What limits a place with alternatives limits some of them, which a style's library cannot tell.
    limits = None if isinstance(feed.typer.types.get(use.type), ir.Union) else use.constraints
    for key, word in _BOUNDS.items():
        if limits is not None and (bound := getattr(limits, key)) is not None:
            schema = {**schema, word: float(bound) if isinstance(bound, str) else bound}
    if use.nullable:
        schema = {"anyOf": [schema, {"type": "null"}]}
    return {**schema, "description": doc} if (doc := _prose(use.doc)) else schema


def _prose(text: str) -> str:
    """Prose that no other generator can mistake for the end of a string."""
    text = clean(text).replace("\\", "/").replace('"', "'")
    return text.encode("utf-8", "replace").decode("utf-8")


def _reference(feed: Feed, use: ir.Use) -> dict[str, Any]:
    type_ = feed.typer.types.get(use.type)
    if type_ is None or type_.id in feed.anything:
        return {}
    if type_.id in feed.typer.plan.classes and feed.typer.is_nominal(type_):
        schema: dict[str, Any] = {"$ref": f"#/$defs/{feed.typer.plan.classes[type_.id]}"}
        if isinstance(type_, ir.Enum) and feed.derives:  # an alias, as TypedDicts have it, says it itself
            return _with_unlisted(feed, type_, schema)
        return schema
    return _structure(feed, type_)


def _with_unlisted(feed: Feed, type_: ir.Enum, schema: dict[str, Any]) -> dict[str, Any]:
    """An enumeration with the values that it does not list, where the document allows them.

    Without unions of two texts or two integers in the style (`Feed.unions`), any value of its type: its constants are
    such values.
    """
    if not type_.extensible or type_.base == "mixed" or not is_enumeration(type_):
        return schema
    plain = {"type": type_.base}
    return {"anyOf": [schema, plain]} if feed.unions else plain


def _structure(feed: Feed, type_: ir.AnyType) -> dict[str, Any]:
    if isinstance(type_, ir.Scalar):
        return _scalar(feed, type_)
    if type_.id in feed.anything and isinstance(type_, (ir.Union, ir.Enum)):
        return {}
    if isinstance(type_, ir.Array):
        return _array(feed, type_)
    if isinstance(type_, ir.Map):
        # `true` would make a class without members of a named map.
        return {"type": "object", "additionalProperties": _use(feed, type_.values)}
    if isinstance(type_, ir.Union):
        return {"anyOf": [_use(feed, member) for member in type_.members]} if type_.members else {}
    if isinstance(type_, ir.Enum):
        return _enum(feed, type_)
    return {}


def _array(feed: Feed, type_: ir.Array) -> dict[str, Any]:
    if not type_.prefix or type_.items is not None:
        schema: dict[str, Any] = {"type": "array", "items": _use(feed, type_.items) if type_.items else {}}
        return schema | ({"prefixItems": [_use(feed, item) for item in type_.prefix]} if type_.prefix else {})
    # A tuple of Python's has one length, and datamodel-code-generator writes none without it.
    prefix = [_use(feed, item) for item in type_.prefix]
    if type_.fewest < len(prefix):  # one that may end early is a list of any of its items
        distinct = [item for index, item in enumerate(prefix) if item not in prefix[:index]]
        return {"type": "array", "items": distinct[0] if len(distinct) == 1 else {"anyOf": distinct}}
    return {"type": "array", "prefixItems": prefix, "minItems": len(prefix), "maxItems": len(prefix)}


def _scalar(feed: Feed, type_: ir.Scalar) -> dict[str, Any]:
    if type_.base in ("any", "never"):
        return {}
    if type_.base == "binary":
        return {"type": "string", "format": "binary"}
    schema: dict[str, Any] = {"type": type_.base}
    if type_.base == "string" and type_.format in _FORMATS:
        schema["format"] = type_.format
    text = scalar_type(type_.base, type_.format or "", type_.content_encoding)
    return {**schema, "format": _EXACT[text]} if feed.exact and text in _EXACT else schema


def _enum(feed: Feed, type_: ir.Enum) -> dict[str, Any]:
    values = [member.value for member in type_.members]
    if type_.const and len(values) == 1:
        return _constant(values[0])
    if is_literal(type_):  # other values are kept, which a style's own type for one value does not allow
        return {"type": type_.base}
    if not is_enumeration(type_):  # the attrs model has the values themselves: True and 1 would be one member
        kinds = {_JSON_TYPES.get(type(value)) for value in values}
        return {} if None in kinds else {"type": sorted(filter(None, kinds))}
    schema: dict[str, Any] = {"enum": values}
    if type_.base != "mixed":
        schema["type"] = type_.base
    if type_.id in feed.typer.plan.members:
        schema["x-enum-varnames"] = feed.typer.plan.members[type_.id]
    return schema


def _constant(value: ir.Json) -> dict[str, Any]:
    """No style has a type for one number with a fraction, one integer of more than 64 bits, one list or one object."""
    if isinstance(value, float):
        return {"type": "number"}
    if isinstance(value, int) and not may_be_in_literal(value):
        return {"type": "integer"}
    return {} if isinstance(value, (list, dict)) else {"const": value}
