"""A stranger's requests to the mock: schemathesis makes them from the document, and judges the answers by it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import hypothesis
import schemathesis
import yaml
from attrs import frozen
from bindwright.serve import App, load
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.generation import GenerationMode
from schemathesis.transport.serialization import serialize_binary

from tests.mock.document_schemas import DocumentSchemas
from tests.mock.explanations import Explanations

TOLERATED = {"IgnoredAuth"}
"""The mock takes any credentials that are there (docs/decisions/0010)."""


@frozen
class Complaint:
    """What a check has against an answer."""

    check: str
    request: str
    answer: str
    explanation: str | None = None
    """What it comes from, where that is no fault of the mock."""

    def __str__(self) -> str:
        return f"{self.check}: {self.request} -> {self.answer}"


def complaints(document: Path, examples: int, seed: int) -> Iterator[Complaint]:
    """Send valid and invalid requests for every operation; give what the checks have against the answers.

    Refusals in a status that the document does not list are none: the mock has to refuse somehow.
    """
    text = document.read_text(encoding="utf-8-sig")
    raw = json.loads(text) if document.suffix == ".json" else yaml.safe_load(text)
    app = load(document)
    schema = schemathesis.openapi.from_dict(raw)
    schema.app = app.wsgi
    explanations = Explanations(DocumentSchemas(document), app)
    for result in schema.get_all_operations():
        operation = result.ok()
        if "?" in operation.path:  # the library sends no query beside that of a path key
            continue
        _send_as_bytes(schema, operation.get_request_payload_content_types())
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            yield from _of_operation(explanations, app, operation, mode, examples, seed)


def _send_as_bytes(schema: Any, media_types: list[str]) -> None:
    """Give the library a serializer for what it cannot write (``application/tar``): the bytes as they are."""
    for media_type in media_types:
        with suppress(schemathesis.core.errors.MalformedMediaType):
            if schema.transport.get_first_matching_media_type(media_type) is None:
                schemathesis.serializer(media_type)(lambda _context, value: serialize_binary(value))


def _of_operation(
    explanations: Explanations, app: App, operation: Any, mode: Any, examples: int, seed: int
) -> list[Complaint]:
    complaints: list[Complaint] = []

    @hypothesis.seed(seed)
    @settings(
        max_examples=examples, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        response = case.call(app=app.wsgi)
        try:
            case.validate_response(response)
        except BaseException as error:
            if not hasattr(error, "exceptions"):
                raise
            for failure in error.exceptions:
                name = type(failure).__name__
                refused = name == "UndefinedStatusCode" and 400 <= response.status_code < 500
                if name not in TOLERATED and not refused:
                    request = f"{mode.name} {case.method} {case.formatted_path} {case.query} {case.body!r}"
                    reason = explanations.reason(response)
                    answer = f"{response.status_code} {reason} {response.content[:200]!r}: {failure}"
                    why = explanations.of(name, operation, response, str(failure))
                    complaints.append(Complaint(name, request[:500], answer[:900], why))

    # Nothing can be wrong with an operation without parameters; `codecs=opus` is no media type to send.
    with suppress(hypothesis.errors.Unsatisfiable, schemathesis.errors.InvalidSchema):
        ask()
    return complaints
