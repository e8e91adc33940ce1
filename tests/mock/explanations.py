"""What a complaint of schemathesis comes from, where that is neither the mock nor a fault of ours."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from bindwright.ir.model import Operation
from bindwright.serve import App, Request
from bindwright.standards.content_negotiation import parse
from bindwright.standards.media_types import kind_of
from schemathesis.specs.openapi.formats import get_default_format_strategies

from tests.mock.answers import schema_pointer
from tests.mock.contradictions import Contradictions
from tests.mock.document_schemas import DocumentSchemas

_IGNORED = frozenset({"accept", "content-type", "authorization"})
_COMPONENT = re.compile(
    r"parameter `([^`]+)` in (\w+)|^\s*- (query|header|cookie|path|body):|in (query|body|header) -|in (body|query)\s*$",
    re.MULTILINE,
)


UNKNOWN_FORMATS = frozenset({"decimal", "base64", "DateTimeOffset"}) - get_default_format_strategies().keys()
"""Formats that the mock asserts and that schemathesis' samples do not heed."""


class Explanations:
    """Of one document; each complaint is asked for on its own."""

    def __init__(self, schemas: DocumentSchemas, app: App) -> None:
        self._schemas, self._app = schemas, app
        self._contradictions = Contradictions(schemas)

    def of(self, check: str, operation: Any, response: Any, text: str) -> str | None:
        """Why the complaint is none against the mock, in few words; None where that is not known."""
        sent = response.request
        kind = kind_of(dict(sent.headers).get("Content-Type", ""))
        if check in ("MissingContentType", "MalformedJson") and response.status_code in (204, 205, 304):
            return "such a status has no content (RFC 9110, 15.3.5)"
        if check == "JsonSchemaError":
            place = self._contradiction(operation, response)
            return f"the document contradicts itself at {place}" if place else None
        if (
            check == "UndefinedStatusCode"
            and response.status_code == 204
            and self._lists_no_success(operation)
        ):
            return "the document lists errors alone, so a success has no content (decision 10)"
        if check not in ("AcceptedNegativeData", "RejectedPositiveData"):
            return None
        if "#" in operation.path and "?" not in sent.url:
            return "a fragment of a path key, sent as a part of the path"
        if self._is_of_another(operation, sent):
            return "it is a request for another operation of this path"
        if kind == "xml":
            return "the library's XML: no `allOf`, several roots, or a text where it means a number"
        if check == "RejectedPositiveData":
            return self._untyped(sent) or (self._left_out(sent) if kind == "form" else None)
        return _ignorable(text, kind, dict(sent.headers))

    def reason(self, response: Any) -> str:
        """What the mock has against the request that was answered; empty where that is nothing."""
        refusal = self._app.examine(_request(response.request)).refusal
        return f"({refusal.detail}: {refusal.violations[:3]})" if refusal is not None else ""

    def _documented(self, operation: Any) -> Operation | None:
        name = f"{operation.method.upper()} {operation.path}"
        return next((documented for documented in self._app.api.operations if documented.id == name), None)

    def _lists_no_success(self, operation: Any) -> bool:
        documented = self._documented(operation)
        statuses = [response.status[:1] for response in documented.responses] if documented else []
        return bool(statuses) and set(statuses) <= {"4", "5"}

    def _contradiction(self, operation: Any, response: Any) -> str | None:
        documented = self._documented(operation)
        if documented is None:
            return None
        for answer in documented.responses:
            for content in answer.contents:
                if answer.status in (str(response.status_code), "default"):
                    pointer = schema_pointer(self._schemas, documented, answer, content)
                    if pointer is not None:
                        return self._contradictions.explain(pointer, json.loads(response.content))
        return None

    def _is_of_another(self, operation: Any, sent: Any) -> bool:
        answered = self._app.examine(_request(sent)).operation
        return answered is not None and answered != f"{operation.method.upper()} {operation.path}"

    def _left_out(self, sent: Any) -> str | None:
        """Empty lists and objects, of which the library's forms have no pair."""
        refusal = self._app.examine(_request(sent)).refusal
        if refusal is None or not refusal.violations:
            return None
        names = {name for name, _ in parse_qsl(_request(sent).body.decode("latin-1"), keep_blank_values=True)}
        lacking = all(
            violation.what == "is required" and violation.where.removeprefix("body$.") not in names
            for violation in refusal.violations
        )
        return "an empty list or object, of which the library's form has no pair" if lacking else None

    def _untyped(self, sent: Any) -> str | None:
        refusal = self._app.examine(_request(sent)).refusal
        if refusal is not None and refusal.status == 406 and parse(dict(sent.headers)["Accept"]) is None:
            return "`Accept` with a text that is no media range: as a parameter it is ignored (OpenAPI)"
        if refusal is None or not refusal.violations:
            return None
        whats = [violation.what for violation in refusal.violations]
        if all(what.startswith("expected an object, found") for what in whats):
            return "members without a `type` mean an object (decision 10)"
        if all(what.removeprefix("is not a valid ") in UNKNOWN_FORMATS for what in whats):
            return "a format that the library does not know"
        return None


def _request(sent: Any) -> Request:
    """The request that the library sent, once more."""
    url = urlsplit(sent.url)
    body = sent.body.encode() if isinstance(sent.body, str) else sent.body or b""
    return Request(
        method=sent.method,
        target=url.path + ("?" + url.query if url.query else ""),
        headers=tuple((name, str(value)) for name, value in dict(sent.headers).items()),
        body=body,
    )


def _ignorable(text: str, kind: str, sent: Mapping[str, str]) -> str | None:
    """Negative data that OpenAPI does not forbid, or that cannot be sent; `sent` are header fields."""
    violations = text.partition("Invalid component")[2]
    components = [next(filter(None, groups), "") for groups in _COMPONENT.findall(violations)]
    names = {name.lower() for name in re.findall(r"parameter `([^`]+)` in header", violations)}
    listed = re.search(r"in header - violates `required` \(was ([^)]*)\)", violations)
    if listed:
        names = {name.lower() for name in re.split(r", ", listed[1])} - {name.lower() for name in sent}
    if names and (listed or len(names) == len(components)):
        if names <= _IGNORED:
            return "such header parameters are ignored (OpenAPI, Parameter Object)"
        if names <= {"content-length"}:
            return "the transport writes this header"
    keywords = set(re.findall(r"violates `(\w+)`", violations))
    if keywords == {"format"} and kind == "multipart":
        return "every part is a string of bytes (`format: binary`)"
    if keywords == {"additionalProperties"} and "query" in violations:
        return "OpenAPI forbids no further parameters of a query"
    return None
