"""Refactorings of a document that nobody may feel: other orders, other words, references where something was written out,
references wrapped in ``allOf``."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterator
from typing import Any

Document = dict[str, Any]
_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


def reordered(document: Document, choice: random.Random) -> Document:
    """Paths, components, answers, parameters, ``required`` and values of enumerations in another order."""
    result = copy.deepcopy(document)
    for operation in _operations(result):
        _shuffle_keys(operation.get("responses"), choice)
        if isinstance(operation.get("parameters"), list):
            choice.shuffle(operation["parameters"])
    _shuffle_keys(result.get("paths"), choice)
    for table in (
        *result.get("components", {}).values(),
        result.get("definitions"),
        result.get("parameters"),
    ):
        _shuffle_keys(table, choice)
    for schema in _schemas(result):
        for key in ("required", "enum"):
            if isinstance(schema.get(key), list) and not schema.get("x-enum-varnames"):
                choice.shuffle(schema[key])
    return result


def reworded(document: Document, choice: random.Random) -> Document:
    """Other descriptions, examples and defaults written out."""
    result = copy.deepcopy(document)
    result["info"]["description"] = "Other words."
    swagger = "swagger" in result
    for operation in _operations(result):
        operation["description"] = f"Other words {choice.random()}."
        operation["x-other"] = {"words": True}
        for parameter in operation.get("parameters", ()):
            if isinstance(parameter, dict) and parameter.get("in") in ("query", "header"):
                parameter.setdefault("required", False)
    for schema in _schemas(result):
        if "$ref" in schema:
            continue
        schema["description"] = "Other words."
        if (
            schema.get("type") == "object"
            and "properties" in schema
            and "additionalProperties" not in schema
            and not swagger
        ):
            schema["x-words"] = "other"
    return result


def wrapped(document: Document, choice: random.Random) -> Document:
    """References of properties within an ``allOf`` of their own."""
    result = copy.deepcopy(document)
    for schema in _schemas(result):
        properties = schema.get("properties")
        for name, value in properties.items() if isinstance(properties, dict) else ():
            if isinstance(value, dict) and set(value) == {"$ref"} and choice.random() < 0.8:
                properties[name] = {"allOf": [value]}
    return result


def moved(document: Document, choice: random.Random) -> Document:
    """Objects that are written out in properties, as components under new names."""
    result = copy.deepcopy(document)
    swagger = "swagger" in result
    table = (
        result.setdefault("definitions", {})
        if swagger
        else result.setdefault("components", {}).setdefault("schemas", {})
    )
    prefix = "#/definitions/" if swagger else "#/components/schemas/"
    number = 0
    for component in list(table.values()):
        for schema in list(_below(component)):
            properties = schema.get("properties")
            for name, value in properties.items() if isinstance(properties, dict) else ():
                plain = isinstance(value, dict) and value.get("type") == "object" and value.get("properties")
                if plain and not (
                    {"readOnly", "writeOnly", "nullable", "default", "deprecated", "xml"} & value.keys()
                ):
                    number += 1
                    table[f"MovedPart{number}"] = value
                    properties[name] = {"$ref": f"{prefix}MovedPart{number}"}
    return result


REFACTORINGS: dict[str, Callable[[Document, random.Random], Document]] = {
    "reordered": reordered, "reworded": reworded, "wrapped": wrapped, "moved": moved,
}  # fmt: skip
NAMES_ONLY = {"schema-renamed", "schema-added", "class-of-use"}
"""What a refactoring may be told as: classes with other names."""


def _operations(document: Document) -> Iterator[dict[str, Any]]:
    for item in (document.get("paths") or {}).values():
        for method in _METHODS if isinstance(item, dict) else ():
            if isinstance(item.get(method), dict):
                yield item[method]


def _schemas(document: Document) -> Iterator[dict[str, Any]]:
    tables = [document.get("definitions"), document.get("components", {}).get("schemas")]
    for table in tables:
        for schema in table.values() if isinstance(table, dict) else ():
            yield from _below(schema)


def _below(schema: Any) -> Iterator[dict[str, Any]]:
    """A schema and those that stand in it."""
    if not isinstance(schema, dict):
        return
    yield schema
    for key in ("properties", "patternProperties"):
        for subschema in (schema.get(key) or {}).values() if isinstance(schema.get(key), dict) else ():
            yield from _below(subschema)
    for key in ("allOf", "oneOf", "anyOf", "prefixItems"):
        for subschema in schema.get(key) or () if isinstance(schema.get(key), list) else ():
            yield from _below(subschema)
    for key in ("items", "additionalProperties", "not"):
        yield from _below(schema.get(key))


def _shuffle_keys(table: Any, choice: random.Random) -> None:
    if isinstance(table, dict):
        items = list(table.items())
        choice.shuffle(items)
        table.clear()
        table.update(items)
