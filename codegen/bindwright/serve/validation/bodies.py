"""Request bodies: by content type to a JSON value, checked against the documented schema."""

from __future__ import annotations

from typing import Any

from attrs import define

from bindwright.ir.model import AnyType, Api, Body, Content, Enum, Operation, Scalar
from bindwright.serve.message import Request
from bindwright.serve.package.codecs import BodyPlace, CodecError, ModelCodecs
from bindwright.serve.refusal import Refusal
from bindwright.serve.validation import forms, sequences
from bindwright.serve.validation.coerce import coerce
from bindwright.serve.validation.json_text import json_value
from bindwright.serve.validation.json_values import Checker
from bindwright.serve.validation.yaml_text import yaml_value
from bindwright.serve.values import RequestViolation, type_of
from bindwright.standards.content_negotiation import MediaType, parse
from bindwright.standards.media_types import SEQUENTIAL, Kind, charset_of, is_unread, is_yaml


@define
class Received:
    """A request's body: its body_place, its JSON value (or bytes), and what is wrong with it."""

    body_place: BodyPlace
    value: Any
    violations: list[RequestViolation]


@define
class BodyReader:
    """Reads the bodies of requests to an API."""

    api: Api
    codecs: ModelCodecs

    def read(self, operation: Operation, request: Request) -> Received | None:
        """The body; None where none is documented or sent.

        Raises `Refusal`: 400 where it is missing or unreadable, 415 where its type is not documented.
        """
        body = operation.body
        if body is None or not body.contents:
            return None
        if not request.body and request.header("content-type") is None:
            if body.required:
                raise Refusal(
                    400, "the request's body is missing", (RequestViolation("body", "is required"),)
                )
            return None
        content, sent = _content(body, request)
        if not request.body and not body.required and sent.kind in ("json", "xml"):
            return None  # nothing is no value in these: a media type without a body, as some clients send it
        body_place = BodyPlace(operation, None, content)
        return self._received(body_place, self._value(body_place, sent, request.body))

    def _received(self, body_place: BodyPlace, value: Any) -> Received:
        checker = Checker(self.api)
        if isinstance(value, bytes):  # a file, or text in an encoding that is not known here
            return Received(body_place, value, [])
        if body_place.kind in SEQUENTIAL or (
            body_place.content.positional and body_place.content.use is None
        ):
            return Received(
                body_place, value, sequences.violations(self.api, checker, body_place.content, value)
            )
        use = body_place.content.use
        return Received(body_place, value, checker.check(value, use, "body$") if use is not None else [])

    def _value(self, body_place: BodyPlace, sent: MediaType, data: bytes) -> Any:
        try:
            return self._decoded(body_place, sent, data)
        except (CodecError, ValueError, RecursionError) as error:
            detail = f"the body is not readable as {sent.name}: {error}"
            raise Refusal(400, detail, (RequestViolation("body", str(error)),)) from error

    def _decoded(self, body_place: BodyPlace, sent: MediaType, data: bytes) -> Any:
        body_kind = body_place.as_described(sent.kind)
        if self._is_binary(body_place, body_kind):
            return data
        charset = charset_of(f"{sent.name}; charset={dict(sent.parameters).get('charset', '')}")
        if body_kind == "json":
            return json_value(_text(data, charset))
        if body_kind == "xml" and body_place.content.use is not None:
            return self.codecs.from_xml(body_place, data, charset)
        if body_kind in SEQUENTIAL:
            return sequences.read(body_kind, _text(data, charset))
        has_parts = body_place.content.use is not None or body_place.content.positional
        if body_kind == "form" or (body_kind == "multipart" and has_parts):
            return self._form(body_place, sent, data, charset)
        if body_kind != "text" and not self._is_string(body_place):
            return data
        if is_unread(sent.name) and self._is_structured(body_place):
            # Of other formats than YAML nothing is known but that a client sends some text or octets.
            return yaml_value(data) if is_yaml(sent.name) else data
        text, use = _text(data, charset, "replace"), body_place.content.use
        return coerce(self.api, text, use) if use is not None else text

    def _form(self, body_place: BodyPlace, sent: MediaType, data: bytes, charset: str | None) -> Any:
        """The object of a form; the text that it is where it may be one, and is no such object.

        Raises `ValueError` where it is neither.
        """
        content, xml, checker = body_place.content, self._xml_of_parts(body_place), Checker(self.api)
        text = _text(data, charset, "replace")
        may_be_text = content.use is not None and not checker.check(text, content.use)
        try:
            if sent.kind == "form":
                value = forms.urlencoded(self.api, content, data, xml)
            else:
                boundary = dict(sent.parameters).get("boundary", "")
                value = forms.multipart(self.api, content, data, boundary, xml)
        except (CodecError, ValueError):
            if not may_be_text:
                raise
            return text
        is_other = may_be_text and content.use is not None and checker.check(value, content.use)
        return text if is_other else value

    def _xml_of_parts(self, body_place: BodyPlace) -> forms.Xml:
        return lambda name, part: self.codecs.part_from_xml(body_place, name, part)

    def _is_binary(self, body_place: BodyPlace, body_kind: Kind) -> bool:
        """A file, whatever its media type; what would be base64 in JSON is bytes in an image."""
        type_ = self._type(body_place)
        if not isinstance(type_, Scalar):
            return False
        structured = body_kind in ("json", "xml", "text", "multipart")
        encoded = type_.format == "byte" or (type_.base == "string" and type_.content_encoding is not None)
        return type_.base == "binary" or (encoded and not structured)

    def _is_structured(self, body_place: BodyPlace) -> bool:
        return not isinstance(self._type(body_place), Scalar | Enum | None)

    def _is_string(self, body_place: BodyPlace) -> bool:
        type_ = self._type(body_place)
        return isinstance(type_, Scalar | Enum) and type_.base == "string"

    def _type(self, body_place: BodyPlace) -> AnyType | None:
        return type_of(self.api, body_place.content.use) if body_place.content.use is not None else None


def _text(data: bytes, charset: str | None, errors: str = "strict") -> str:
    """Text by the charset of the header; without one it is UTF-8, a byte order mark is passed over."""
    return data.decode(charset or "utf-8-sig", errors)


def _content(body: Body, request: Request) -> tuple[Content, MediaType]:
    """The documented media type that the request's ``Content-Type`` means: itself before ranges."""
    header = request.header("content-type")
    if header is None:
        only = body.contents[0]
        return only, parse(only.media_type) or MediaType("application", "octet-stream")
    sent = parse(header)
    for exact in (True, False):
        for content in body.contents:
            offered = parse(content.media_type)
            if sent and offered and _same(offered, sent, exact):
                return content, sent
    documented = ", ".join(content.media_type for content in body.contents)
    raise Refusal(415, f"{header!r} is not documented here; {documented} is")


def _same(offered: MediaType, sent: MediaType, exact: bool) -> bool:
    if exact:
        return offered.name == sent.name and all(item in sent.parameters for item in offered.parameters)
    bare = MediaType(offered.type, offered.subtype)
    return bare.covers(sent)
