"""Keywords added to what is no schema in public documents: parameters, headers, bodies, contents, answers and others.

``python -m tests.meaning.corpus_places [COUNT]`` adds so many to every document; the tests a seeded part. As in
`corpus_vocabulary`, each has an effect on the IR, or a diagnostic says that it has none.
"""

from __future__ import annotations

import copy
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.meaning.corpus_vocabulary import CORPUS, meaning

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_EXAMPLES = {"example": "a", "examples": {"e": {"value": "a"}}}
_LINK = {"l": {"operationId": "none"}}
_UNKNOWN = {"descripton": "D"}
"""What is misspelt."""

VOCABULARY: dict[str, dict[str, Any]] = {
    "operation": {
        "summary": "S", "description": "D", "deprecated": True, "externalDocs": {"url": "http://a"}, "tags": ["t"],
        "security": [], "servers": [{"url": "http://other"}], "callbacks": {"c": {"{$url}": {"post": {"responses": {}}}}},
        "parameters": [{"name": "added", "in": "query", "schema": {"type": "string"}}], **_UNKNOWN,
    },
    "parameter": {
        "description": "D", "deprecated": True, "allowEmptyValue": True, "allowReserved": True, "explode": False,
        "required": True, **_EXAMPLES, **_UNKNOWN,
    },
    "header": {"description": "D", "deprecated": True, "required": True, "explode": True, **_EXAMPLES, **_UNKNOWN},
    "body": {"description": "D", "required": True, **_UNKNOWN},
    "content": {**_EXAMPLES, "encoding": {"a": {"contentType": "text/plain"}}, **_UNKNOWN},
    "response": {
        "headers": {"X-Added": {"schema": {"type": "string"}}}, "links": _LINK,
        "content": {"text/added": {"schema": {"type": "string"}}}, "summary": "S", **_UNKNOWN,
    },
    "encoding": {
        "contentType": "text/plain", "headers": {"X": {"schema": {"type": "string"}}}, "style": "pipeDelimited",
        "explode": False, "allowReserved": True, **_UNKNOWN,
    },
    "path item": {
        "summary": "S", "description": "D", "servers": [{"url": "http://other"}],
        "parameters": [{"name": "added", "in": "query", "schema": {"type": "string"}}], **_UNKNOWN,
    },
    "server": {"description": "D", "variables": {"v": {"default": "a"}}, **_UNKNOWN},
    "security scheme": {"description": "D", **_UNKNOWN},
    "tag": {"description": "D", "externalDocs": {"url": "http://a"}, **_UNKNOWN},
    "info": {
        "description": "D", "termsOfService": "http://a", "contact": {"name": "n"}, "license": {"name": "l"}, **_UNKNOWN,
    },
    "parameter of 2.0": {
        "description": "D", "required": True, "allowEmptyValue": True, "format": "date", "default": "a", "enum": ["a"],
        "pattern": "a", "maxLength": 3, "minLength": 3, "maximum": 3, "minimum": 3, "x-example": "a", **_UNKNOWN,
    },
    "header of 2.0": {"description": "D", "format": "date", "default": "a", "enum": ["a"], **_UNKNOWN},
    "response of 2.0": {
        "headers": {"X-Added": {"type": "string"}}, "examples": {"application/json": "a"}, "schema": {"type": "string"},
        **_UNKNOWN,
    },
    "operation of 2.0": {
        "summary": "S", "description": "D", "deprecated": True, "externalDocs": {"url": "http://a"}, "tags": ["t"],
        "security": [], "schemes": ["wss"], "consumes": ["text/added"], "produces": ["text/added"],
        "parameters": [{"name": "added", "in": "query", "type": "string"}], **_UNKNOWN,
    },
}  # fmt: skip
"""Kind of place to its keywords, each with a value that is not the default."""

Place = tuple[str, tuple[str | int, ...], dict[str, Any]]


def silent(document: Path, count: int, seed: int) -> Iterator[str]:
    """Keywords that were added to the document, and of which nothing is to be seen."""
    raw = json.loads(document.read_text(encoding="utf-8"))
    rng = random.Random(f"{seed}:{document.name}")
    before = meaning(raw)
    by_kind: dict[str, list[Place]] = {}
    for place in _places(raw, "swagger" in raw):
        by_kind.setdefault(place[0], []).append(place)
    for _ in range(count):
        kind, pointer, node = rng.choice(by_kind[rng.choice(sorted(by_kind))])
        keyword, value = rng.choice(sorted(VOCABULARY[kind].items(), key=lambda item: item[0]))
        if keyword in node or _says_nothing(kind, keyword, node):
            continue
        changed = copy.deepcopy(raw)
        inner = changed
        for key in pointer:
            inner = inner[key]
        inner[keyword] = value
        if meaning(changed) == before:
            yield f"{document.name} {'/'.join(map(str, pointer))} ({kind}): {keyword} beside {sorted(node)}"


def _says_nothing(kind: str, keyword: str, node: dict[str, Any]) -> bool:
    """Keywords that mean nothing beside others."""
    if keyword in ("example", "examples"):
        return bool({"example", "examples", "$ref"} & node.keys())
    if node.get("in") in ("path", "header") and keyword in (
        "required",
        "explode",
        "allowEmptyValue",
        "allowReserved",
    ):
        return keyword != "required" or node["in"] == "path"  # defaults, and what is of queries
    if kind == "parameter of 2.0" and node.get("in") == "body":
        return keyword not in ("description", "required", "descripton")
    return keyword == "content" and kind == "response" and "$ref" in node


def _places(raw: dict[str, Any], old: bool) -> Iterator[Place]:
    suffix = " of 2.0" if old else ""
    yield "info", ("info",), raw["info"]
    for index, tag in enumerate(raw.get("tags") or ()):
        yield "tag", ("tags", index), tag
    for index, server in enumerate(raw.get("servers") or ()):
        yield "server", ("servers", index), server
    schemes = ("securityDefinitions",) if old else ("components", "securitySchemes")
    for name, scheme in _at(raw, schemes).items():
        yield "security scheme", (*schemes, name), scheme
    for path, item in raw.get("paths", {}).items():
        if not isinstance(item, dict):
            continue
        if not old and any(method in item for method in METHODS):
            yield "path item", ("paths", path), item
        for method in METHODS:
            if isinstance(item.get(method), dict):
                where = ("paths", path, method)
                yield f"operation{suffix}", where, item[method]
                yield from _of_operation(item[method], where, suffix)


def _of_operation(operation: dict[str, Any], where: tuple[str | int, ...], suffix: str) -> Iterator[Place]:
    for index, parameter in enumerate(operation.get("parameters") or ()):
        if "$ref" not in parameter:
            yield f"parameter{suffix}", (*where, "parameters", index), parameter
    body = operation.get("requestBody")
    if isinstance(body, dict) and "$ref" not in body:
        yield "body", (*where, "requestBody"), body
        yield from _of_contents(body, (*where, "requestBody"))
    for status, response in (operation.get("responses") or {}).items():
        if not isinstance(response, dict) or "$ref" in response or str(status).startswith("x-"):
            continue
        place = (*where, "responses", status)
        yield f"response{suffix}", place, response
        for name, header in (response.get("headers") or {}).items():
            if "$ref" not in header:
                yield f"header{suffix}", (*place, "headers", name), header
        yield from _of_contents(response, place)


def _of_contents(owner: dict[str, Any], where: tuple[str | int, ...]) -> Iterator[Place]:
    for media_type, content in (owner.get("content") or {}).items():
        place = (*where, "content", media_type)
        yield "content", place, content
        for name, encoding in (content.get("encoding") or {}).items():
            yield "encoding", (*place, "encoding", name), encoding


def _at(raw: dict[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    for key in keys:
        raw = raw.get(key) or {}
    return raw


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
