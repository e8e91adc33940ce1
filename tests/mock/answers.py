"""The mock's JSON answers before a validator of JSON Schema that reads the document, not our IR."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from attrs import frozen
from bindwright.ir.model import Content, Operation
from bindwright.ir.model import Response as Documented
from bindwright.serve import Request, load
from bindwright.standards import json_pointer
from bindwright.standards.media_types import kind_of

from tests.mock.document_schemas import DocumentSchemas


@frozen
class Answer:
    """An answer of the mock and what a validator has against it."""

    name: str
    pointer: str
    """Where its schema stands."""
    value: Any
    errors: list[str]


def answers(document: Path, schemas: DocumentSchemas) -> Iterator[Answer]:
    """Every documented JSON response, example and generated value."""
    app = load(document)
    for operation in app.api.operations:
        for response in operation.responses:
            for content in response.contents:
                pointer = schema_pointer(schemas, operation, response, content)
                if kind_of(content.media_type) != "json" or pointer is None or not response.status.isdigit():
                    continue
                for dynamic in ("false", "true"):
                    prefer = f"code={response.status}, dynamic={dynamic}"
                    fields = (("Prefer", prefer), ("Accept", content.media_type))
                    target = operation.path.replace("{", "").replace("}", "")
                    answer = app.respond(
                        Request(method=operation.method.upper(), target=target, headers=fields)
                    )
                    if answer.status == int(response.status) and answer.body:
                        name = f"{operation.id} {response.status} {prefer}"
                        try:
                            value = json.loads(answer.body)
                        except ValueError as error:
                            yield Answer(name, pointer, None, [f"no JSON: {error}: {answer.body[:60]!r}"])
                            continue
                        yield Answer(name, pointer, value, schemas.errors(pointer, value))


def invalid_answers(document: Path) -> Iterator[tuple[str, list[str]]]:
    """The answers with what is against them."""
    yield from ((answer.name, answer.errors) for answer in answers(document, DocumentSchemas(document)))


def schema_pointer(
    schemas: DocumentSchemas, operation: Operation, response: Documented, content: Content
) -> str | None:
    """Where the schema of a response's content stands; None where that is not in this file."""
    pointer = json_pointer.build(["paths", operation.path])
    node, pointer = _resolved(schemas.document, pointer)
    if not isinstance(node, dict) or operation.method.lower() not in node:
        return None
    for token in (operation.method.lower(), "responses", response.status):
        pointer = json_pointer.join(pointer, token)
        node, pointer = _resolved(schemas.document, pointer)
    if not isinstance(node, dict):
        return None
    if "schema" in node:
        return json_pointer.join(pointer, "schema")
    described = node.get("content", {}).get(content.media_type)
    if not isinstance(described, dict) or "schema" not in described:
        return None
    return json_pointer.join(pointer, "content", content.media_type, "schema")


def _resolved(document: Any, pointer: str) -> tuple[Any, str]:
    try:
        node = json_pointer.resolve(document, pointer)
        while isinstance(node, dict) and str(node.get("$ref", "")).startswith("#/"):
            pointer = unquote(node["$ref"][1:])
            node = json_pointer.resolve(document, pointer)
    except KeyError:
        return None, pointer
    return node, pointer
