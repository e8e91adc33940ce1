"""Request bodies: by content type to a JSON value, checked against the documented schema."""

from __future__ import annotations

import json
from typing import Any

from attrs import define

from bindwright.ir.model import Api, Body, Content, Enum, Operation, Scalar
from bindwright.serve import media
from bindwright.serve.message import Request
from bindwright.serve.package.codecs import CodecError, Codecs, Spot
from bindwright.serve.refusal import Refusal
from bindwright.serve.validation import forms
from bindwright.serve.validation.json_values import Checker
from bindwright.serve.values import Violation, type_of


@define
class Received:
    """A request's body: its spot, its JSON value (or bytes), and what is wrong with it."""

    spot: Spot
    value: Any
    violations: list[Violation]


@define
class BodyReader:
    """Reads the bodies of requests to an API."""

    api: Api
    codecs: Codecs

    def read(self, operation: Operation, request: Request) -> Received | None:
        """The body; None where none is documented or sent.

        Raises `Refusal`: 400 where it is missing or unreadable, 415 where its type is not documented.
        """
        body = operation.body
        if body is None or not body.contents:
            return None
        if not request.body and request.header("content-type") is None:
            if body.required:
                raise Refusal(400, "the request's body is missing", (Violation("body", "is required"),))
            return None
        content, kind = _content(body, request)
        spot = Spot(operation, None, content)
        return self._received(spot, self._value(spot, kind, request.body))

    def _received(self, spot: Spot, value: Any) -> Received:
        use = spot.content.use
        raw = isinstance(value, bytes)  # a file, or text in an encoding that is not known here
        wrong = Checker(self.api).check(value, use, "body$") if use is not None and not raw else []
        return Received(spot, value, wrong)

    def _value(self, spot: Spot, kind: media.MediaType, data: bytes) -> Any:
        try:
            return self._decoded(spot, kind, data)
        except (CodecError, ValueError, RecursionError) as error:
            detail = f"the body is not readable as {kind.name}: {error}"
            raise Refusal(400, detail, (Violation("body", str(error)),)) from error

    def _decoded(self, spot: Spot, kind: media.MediaType, data: bytes) -> Any:
        if self._is_binary(spot, kind):
            return data
        if kind.is_json:
            return json.loads(data.decode("utf-8"), parse_constant=_no_constant)
        if kind.is_xml and spot.content.use is not None:
            return self.codecs.from_xml(spot, data)
        if kind.is_lines and spot.content.item_use is not None:
            return [json.loads(line) for line in data.decode("utf-8").splitlines() if line.strip()]
        if kind.name == "application/x-www-form-urlencoded":
            return forms.urlencoded(self.api, spot.content, data)
        if kind.type == "multipart" and spot.content.use is not None:
            boundary = dict(kind.parameters).get("boundary", "")
            return forms.multipart(
                self.api,
                spot.content,
                data,
                boundary,
                lambda name, part: self.codecs.part_from_xml(spot, name, part),
            )
        return data.decode("utf-8", "replace") if kind.is_text or self._is_string(spot) else data

    def _is_binary(self, spot: Spot, kind: media.MediaType) -> bool:
        """A file, whatever its media type; what would be base64 in JSON is bytes in an image."""
        known = type_of(self.api, spot.content.use) if spot.content.use is not None else None
        if not isinstance(known, Scalar):
            return False
        structured = kind.is_json or kind.is_xml or kind.is_text or kind.type == "multipart"
        encoded = known.format == "byte" or (known.base == "string" and known.content_encoding is not None)
        return known.base == "binary" or (encoded and not structured)

    def _is_string(self, spot: Spot) -> bool:
        known = type_of(self.api, spot.content.use) if spot.content.use is not None else None
        return isinstance(known, Scalar | Enum) and known.base == "string"


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def _content(body: Body, request: Request) -> tuple[Content, media.MediaType]:
    """The documented media type that the request's ``Content-Type`` means: itself before ranges."""
    header = request.header("content-type")
    if header is None:
        only = body.contents[0]
        return only, media.parse(only.media_type) or media.MediaType("application", "octet-stream")
    sent = media.parse(header)
    for exact in (True, False):
        for content in body.contents:
            offered = media.parse(content.media_type)
            if sent and offered and _same(offered, sent, exact):
                return content, sent
    known = ", ".join(content.media_type for content in body.contents)
    raise Refusal(415, f"{header!r} is not documented here; {known} is")


def _same(offered: media.MediaType, sent: media.MediaType, exact: bool) -> bool:
    if exact:
        return offered.name == sent.name and all(item in sent.parameters for item in offered.parameters)
    bare = media.MediaType(offered.type, offered.subtype)
    return bare.covers(sent)
