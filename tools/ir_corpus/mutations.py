"""Objects of the model in an IR's JSON, and what is wrong with one of them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from typing import Any

from bindwright.ir import json_schema
from jsonschema import Draft202012Validator

_WRONG: tuple[Any, ...] = (17.5, "wrong", True, [17.5], {"wrong": 17.5})
KINDS = ("dropped", "misspelt", "of another type")


@cache
def definitions() -> dict[str, Any]:
    """The schemas of the classes, by name."""
    result: dict[str, Any] = json_schema.schema()["$defs"]
    return result


def objects(part: Any, schema: dict[str, Any] | None = None) -> Iterator[tuple[dict[str, Any], str]]:
    """The objects of the model in a JSON value, each with the name of its class; values of the document are none."""
    schema = {"$ref": "#/$defs/Api"} if schema is None else schema
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        if name != "Json":
            yield part, name
            for key, member in part.items():
                yield from objects(member, definitions()[name]["properties"][key])
    for alternative in schema.get("anyOf", []):
        if part is not None and alternative.get("type") != "null":
            yield from objects(part, alternative)
    for alternative in schema.get("oneOf", []):
        name = alternative["$ref"].rpartition("/")[2]
        if definitions()[name]["properties"]["kind"]["enum"] == [part["kind"]]:
            yield from objects(part, alternative)
    if isinstance(part, list) and isinstance(schema.get("items"), dict):
        for item in part:
            yield from objects(item, schema["items"])
    if isinstance(part, dict) and isinstance(schema.get("additionalProperties"), dict):
        for item in part.values():
            yield from objects(item, schema["additionalProperties"])


def mutate(every: list[tuple[dict[str, Any], str]], kind: str, rng: random.Random) -> tuple[str, str]:
    """Make one of the objects wrong, in place; gives the class and the member."""
    while True:
        part, name = rng.choice(every)
        if not part:
            continue
        key = rng.choice(sorted(part))
        definition = definitions()[name]["properties"][key]
        if kind == "dropped":
            del part[key]
        elif kind == "misspelt":
            part[key + "s"] = part.pop(key)
        elif definition.get("$ref") == "#/$defs/Json":
            continue
        else:
            part[key] = rng.choice([wrong for wrong in _WRONG if not _fits(wrong, definition)])
        return name, key


def _fits(value: Any, definition: dict[str, Any]) -> bool:
    return Draft202012Validator({**definition, "$defs": definitions()}).is_valid(value)
