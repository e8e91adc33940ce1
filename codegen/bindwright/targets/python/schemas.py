"""An `Api` as named, flattened JSON Schemas: what other model generators are fed with.

Every class of ours is a definition under its public name, with all members of its bases in place, so that
names do not depend on another generator's ideas.
"""

from __future__ import annotations

from typing import Any

from bindwright.ir import model as ir
from bindwright.targets.python.prose import clean
from bindwright.targets.python.types import Typer

_BOUNDS = {
    "minimum": "minimum", "maximum": "maximum", "exclusive_minimum": "exclusiveMinimum",
    "exclusive_maximum": "exclusiveMaximum", "min_length": "minLength", "max_length": "maxLength",
    "min_items": "minItems", "max_items": "maxItems",
}  # fmt: skip
_FORMATS = frozenset({"date-time", "date", "time", "duration", "uuid"})


def json_schemas(typer: Typer) -> dict[str, Any]:
    """One schema whose ``$defs`` are all classes, by public name."""
    names = typer.plan.classes
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$defs": {name: _definition(typer, typer.types[key]) for key, name in names.items()},
    }


def _definition(typer: Typer, type_: ir.AnyType) -> dict[str, Any]:
    made = _object(typer, type_) if isinstance(type_, ir.Object) else _structure(typer, type_)
    if doc := _prose(type_.doc or type_.title):
        made["description"] = doc
    return made


def _object(typer: Typer, type_: ir.Object) -> dict[str, Any]:
    made: dict[str, Any] = {"type": "object", "properties": {}}
    for one in type_.properties:
        made["properties"][one.name] = _use(typer, one.use)
    if required := [one.name for one in type_.properties if one.required]:
        made["required"] = list(dict.fromkeys(required))
    if type_.additional is not None:
        made["additionalProperties"] = _use(typer, type_.additional)
    return made


def _use(typer: Typer, use: ir.Use) -> dict[str, Any]:
    made = _reference(typer, use)
    for key, word in _BOUNDS.items():
        if use.constraints is not None and (bound := getattr(use.constraints, key)) is not None:
            made = {**made, word: float(bound) if isinstance(bound, str) else bound}
    if use.nullable:
        made = {"anyOf": [made, {"type": "null"}]}
    return {**made, "description": doc} if (doc := _prose(use.doc)) else made


def _prose(text: str) -> str:
    """Prose that no other generator can mistake for the end of a string."""
    text = clean(text).replace("\\", "/").replace('"', "'")
    return text.encode("utf-8", "replace").decode("utf-8")


def _reference(typer: Typer, use: ir.Use) -> dict[str, Any]:
    type_ = typer.types.get(use.type)
    if type_ is None:
        return {}
    if type_.id in typer.plan.classes and typer.is_nominal(type_):
        return {"$ref": f"#/$defs/{typer.plan.classes[type_.id]}"}
    return _structure(typer, type_)


def _structure(typer: Typer, type_: ir.AnyType) -> dict[str, Any]:
    if isinstance(type_, ir.Scalar):
        return _scalar(type_)
    if isinstance(type_, ir.Array):
        made: dict[str, Any] = {"type": "array", "items": _use(typer, type_.items) if type_.items else {}}
        if type_.prefix:
            made["prefixItems"] = [_use(typer, one) for one in type_.prefix]
        return made
    if isinstance(type_, ir.Map):
        return {"type": "object", "additionalProperties": _use(typer, type_.values) or True}
    if isinstance(type_, ir.Union):
        return {"anyOf": [_use(typer, one) for one in type_.members]} if type_.members else {}
    if isinstance(type_, ir.Enum):
        return _enum(typer, type_)
    return {}


def _scalar(type_: ir.Scalar) -> dict[str, Any]:
    if type_.base in ("any", "never"):
        return {}
    if type_.base == "binary":
        return {"type": "string", "format": "binary"}
    made: dict[str, Any] = {"type": type_.base}
    if type_.base == "string" and type_.format in _FORMATS:
        made["format"] = type_.format
    return made


def _enum(typer: Typer, type_: ir.Enum) -> dict[str, Any]:
    values = [one.value for one in type_.members]
    if type_.const and len(values) == 1:
        return {"const": values[0]}
    made: dict[str, Any] = {"enum": values}
    if type_.base != "mixed":
        made["type"] = type_.base
    if type_.id in typer.plan.members:
        made["x-enum-varnames"] = typer.plan.members[type_.id]
    return made
