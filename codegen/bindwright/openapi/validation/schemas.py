"""Schemas that contradict themselves: bounds the wrong way round, missing members, unknown types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bindwright.openapi.diagnostics.suggest import did_you_mean
from bindwright.openapi.validation.collected import PathNode
from bindwright.openapi.validation.reporter import Reporter
from bindwright.openapi.validation.structure import describe, place
from bindwright.standards.numbers import is_whole

if TYPE_CHECKING:
    from bindwright.openapi.loaded import LoadedDocument

_TYPES = frozenset({"string", "number", "integer", "boolean", "array", "object", "null"})
_BOUNDS = (
    ("minimum", "maximum"),
    ("exclusiveMinimum", "exclusiveMaximum"),
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
)
_BOUND_NAMES = frozenset(name for pair in _BOUNDS for name in pair)
_COUNTS = frozenset({"minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"})
_PARTS = ("allOf", "oneOf", "anyOf")
_OPEN = frozenset({*_PARTS, "$ref", "$dynamicRef", "patternProperties", "if", "not", "additionalProperties"})


def check_schemas(
    document: LoadedDocument, schemas: list[tuple[dict[str, Any], PathNode]], reporter: Reporter
) -> None:
    """Check every schema that the walk came past."""
    for schema, node in schemas:
        keys = schema.keys()
        if "type" in keys:
            _type(document, schema, node, reporter)
        if not keys.isdisjoint(_BOUND_NAMES):
            _bounds(document, schema, node, reporter)
        if "required" in keys and not _is_part(node):
            _required(schema, node, reporter)
        if "enum" in keys and type(schema["enum"]) is list and not schema["enum"]:
            message = "an empty `enum` allows no value at all"
            reporter.add("warning", "empty-enum", message, place((node, "enum")), "it is ignored; remove it")


def _is_part(node: PathNode) -> bool:
    """Whether a schema is one of an ``allOf`` (or its like), whose members the others may describe."""
    return node[1] in ("not", "if", "then", "else") or (node[0] is not None and node[0][1] in _PARTS)


def _type(document: LoadedDocument, schema: dict[str, Any], node: PathNode, reporter: Reporter) -> None:
    spelling = schema["type"]
    if type(spelling) is str and spelling in _TYPES:
        if spelling == "array" and "items" not in schema and document.version in ("2.0", "3.0"):
            message = "an array without `items`: its items can be anything"
            reporter.add(
                "warning", "array-without-items", message, place(node), "add `items: {}` or a schema"
            )
        return
    for name in spelling if type(spelling) is list and spelling else [spelling]:
        if type(name) is not str:
            message = f"`type` must be text, found {describe(name)}"
            reporter.add("warning", "unknown-type", message, place((node, "type")))
        elif name not in _TYPES and not (name == "file" and document.version == "2.0"):
            remedy = did_you_mean(
                name, _TYPES, otherwise=_TYPE_HINTS.get(name.lower(), "the type is ignored")
            )
            reporter.add(
                "warning", "unknown-type", f"no type is called `{name}`", place((node, "type")), remedy
            )


_TYPE_HINTS = {
    "date": "write `type: string` and `format: date`",
    "datetime": "write `type: string` and `format: date-time`",
    "date-time": "write `type: string` and `format: date-time`",
    "uuid": "write `type: string` and `format: uuid`",
    "file": "write `type: string` and `format: binary`",
    "int": "write `type: integer`",
    "long": "write `type: integer` and `format: int64`",
    "float": "write `type: number` and `format: float`",
    "double": "write `type: number` and `format: double`",
    "decimal": "write `type: number`",
    "str": "write `type: string`",
    "text": "write `type: string`",
    "bool": "write `type: boolean`",
    "list": "write `type: array`",
    "dict": "write `type: object`",
    "map": "write `type: object` and `additionalProperties`",
    "any": "remove `type`",
}


def _bounds(document: LoadedDocument, schema: dict[str, Any], node: PathNode, reporter: Reporter) -> None:
    for lower, upper in _BOUNDS:
        minimum, maximum = schema.get(lower), schema.get(upper)
        if _number(minimum) and _number(maximum) and minimum > maximum:  # type: ignore[operator]  # both are numbers
            message = f"`{lower}` {minimum} is more than `{upper}` {maximum}: no value fits"
            reporter.add(document.wrong, "impossible-bounds", message, place((node, lower)), "swap them")
    for name in _COUNTS.intersection(schema):
        count = schema[name]
        if not _number(count) or count < 0 or not is_whole(count):
            message = f"`{name}` must be a whole number of at least 0, found {describe(count)}"
            reporter.add("warning", "wrong-bound", message, place((node, name)), "it is ignored")


def _number(value: Any) -> bool:
    return (isinstance(value, (int, float)) and type(value) is not bool) or type(value).__name__ == "Decimal"


def _required(schema: dict[str, Any], node: PathNode, reporter: Reporter) -> None:
    required = schema["required"]
    if type(required) is not list:
        message = f"`required` must be a list of member names, found {describe(required)}"
        remedy = "list the names in the `required` of the object around it" if type(required) is bool else ""
        reporter.add("warning", "required-kind", message, place((node, "required")), remedy)
        return
    properties = schema.get("properties")
    if type(properties) is not dict or not schema.keys().isdisjoint(_OPEN):
        return  # the members may be described elsewhere
    for index, name in enumerate(required):
        if type(name) is str and name not in properties:
            remedy = did_you_mean(
                name, properties, otherwise="describe it in `properties`, or remove it here"
            )
            message = f"`{name}` is required but not among the `properties`"
            reporter.add("warning", "required-unknown", message, place(((node, "required"), index)), remedy)
