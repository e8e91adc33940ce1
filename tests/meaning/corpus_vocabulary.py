"""Keywords added to schemas of public documents: each has an effect on the IR, or a diagnostic says that it has none.

``python -m tests.meaning.corpus_vocabulary [COUNT]`` adds so many to every document; the tests a seeded part.
"""

from __future__ import annotations

import copy
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bindwright import ir
from bindwright.ir import serialize
from bindwright.openapi import LoadOptions, loads

from tests.meaning.test_vocabulary import VOCABULARY

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"
_MAPS = ("properties", "patternProperties", "definitions", "$defs")
_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
_SINGLE = ("items", "additionalProperties", "not")
BESIDE = {
    "title": ("description",), "enum": ("const", "enum"), "const": ("enum",), "examples": ("example",),
    "example": ("examples",), "required": ("required",), "additionalProperties": ("unevaluatedProperties",),
    "format": ("pattern", "enum"), "nullable": ("x-nullable",),
}  # fmt: skip
"""Keywords that say nothing beside others which have said it."""


def silent(document: Path, count: int, seed: int) -> Iterator[str]:
    """Keywords that were added to the document, and of which nothing is to be seen."""
    raw = json.loads(document.read_text(encoding="utf-8"))
    rng = random.Random(f"{seed}:{document.name}")
    before = meaning(raw)
    places = list(_schemas(raw))
    for _ in range(count if places else 0):
        pointer, schema = rng.choice(places)
        kind = _kind(schema)
        keyword, value = rng.choice([
            (name, value) for name, (value, kinds) in VOCABULARY.items() if kind in kinds
        ])  # fmt: skip
        if keyword == "title" and kind in ("string", "integer", "number", "boolean"):
            continue  # frameworks write one at every member; a plain scalar has nothing that it could name
        if keyword in schema or any(other in schema for other in BESIDE.get(keyword, ())):
            continue
        changed = copy.deepcopy(raw)
        _at(changed, pointer)[keyword] = value
        if meaning(changed) == before:
            yield f"{document.name} {'/'.join(map(str, pointer))}: {keyword} beside {sorted(schema)}"


def meaning(raw: Any) -> Any:
    document = loads(json.dumps(raw), options=LoadOptions(tolerant=True))
    api = serialize.dumps(ir.lower(document))
    return api, [(item.code, item.place.pointer, item.message) for item in document.diagnostics.items]


def _schemas(raw: dict[str, Any]) -> Iterator[tuple[tuple[str | int, ...], dict[str, Any]]]:
    """All schemas of a document, with the keys that lead to them."""
    components = raw.get("components", {}).get("schemas", {})
    for name, schema in components.items():
        yield from _within(schema, ("components", "schemas", name))
    for name, schema in raw.get("definitions", {}).items():
        yield from _within(schema, ("definitions", name))
    for path, item in raw.get("paths", {}).items():
        for method, operation in item.items() if isinstance(item, dict) else ():
            if isinstance(operation, dict) and "responses" in operation:
                yield from _of_operation(operation, ("paths", path, method))


def _of_operation(
    operation: dict[str, Any], where: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str | int, ...], dict[str, Any]]]:
    for status, response in operation["responses"].items():
        if not isinstance(response, dict):
            continue
        place = (*where, "responses", status)
        if isinstance(response.get("schema"), dict):
            yield from _within(response["schema"], (*place, "schema"))
        for media_type, content in (response.get("content") or {}).items():
            if isinstance(content.get("schema"), dict):
                yield from _within(content["schema"], (*place, "content", media_type, "schema"))


def _within(
    schema: Any, where: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str | int, ...], dict[str, Any]]]:
    if not isinstance(schema, dict):
        return
    yield where, schema
    if "$ref" in schema:
        return  # what stands beside a reference, and within that, is said in one diagnostic
    if "properties" in schema and schema.get("type") not in (None, "object"):
        return  # the same of members of what has none
    for name in _MAPS:
        for key, inner in (schema.get(name) or {}).items():
            yield from _within(inner, (*where, name, key))
    for name in _LISTS:
        for index, inner in enumerate(schema.get(name) or ()):
            yield from _within(inner, (*where, name, index))
    for name in _SINGLE:
        if name == "items" and schema.get("type", "object" if "properties" in schema else "array") != "array":
            continue  # items of what is no array: said in one diagnostic
        yield from _within(schema.get(name), (*where, name))


def _kind(schema: dict[str, Any]) -> str:
    for keyword, kind in (
        ("$ref", "ref"),
        ("allOf", "allOf"),
        ("oneOf", "union"),
        ("anyOf", "union"),
        ("enum", "enum"),
    ):
        if keyword in schema:
            return kind
    name = schema.get("type")
    if name == "object" or "properties" in schema:
        return "object" if "properties" in schema else "map" if "additionalProperties" in schema else "object"
    return name if name in ("array", "string", "integer", "number", "boolean") else "any"


def _at(raw: Any, pointer: tuple[str | int, ...]) -> dict[str, Any]:
    for key in pointer:
        raw = raw[key]
    result: dict[str, Any] = raw
    return result


def main(arguments: list[str]) -> int:
    """Print what is silent; 0 where nothing is."""
    count, silences = int(arguments[0]) if arguments else 40, 0
    for document in sorted(CORPUS.glob("*.json"), key=lambda path: path.stat().st_size):
        for line in silent(document, count, seed=1):
            silences += 1
            print(line, flush=True)
    print(f"{silences} keywords without effect or diagnostic")
    return 1 if silences else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
