"""What the core asks of models: JSON values into XML, typed objects, and back."""

from __future__ import annotations

from typing import Any, Protocol

from attrs import frozen

from bindwright.ir.model import Content, Operation, Parameter
from bindwright.standards.media_types import SEQUENTIAL, Kind, kind_of


class CodecError(Exception):
    """A body that is not of its type, or a value that a format cannot carry; the text names the path."""


@frozen
class BodyPlace:
    """One body of one operation: where a codec finds its type and its wire facts."""

    operation: Operation
    status: str | None
    """As documented (``"200"``, ``"4XX"``, ``"default"``); None: the request's body."""
    content: Content

    @property
    def kind(self) -> Kind:
        """How the body is written and read: its media type may be one of a range, in an answer."""
        return self.as_described(kind_of(self.content.media_type))

    def as_described(self, kind: Kind) -> Kind:
        """The kind of what comes: lines, forms and parts that the document describes as a text or octets are these."""
        described = self.content.kind
        whole = kind in (*SEQUENTIAL, "form", "multipart") and described in ("text", "binary")
        return described if whole and described is not None else kind


class ModelCodecs(Protocol):
    """Models of an API, by the places where bodies and parameters stand."""

    def from_xml(self, body_place: BodyPlace, data: bytes, charset: str | None = None) -> Any:
        """The JSON value of an XML body; `charset` of the header goes before its declaration (RFC 7303, 3.2).

        Raises `CodecError`.
        """

    def part_from_xml(self, body_place: BodyPlace, name: str, data: bytes) -> Any:
        """The JSON value of an XML part, a property of a multipart body; raises `CodecError`."""

    def to_xml(self, body_place: BodyPlace, value: Any) -> bytes:
        """The XML of a JSON value or typed object; raises `CodecError`."""

    def load(self, body_place: BodyPlace, value: Any) -> Any:
        """The typed object of a JSON value; raises `CodecError`."""

    def dump(self, body_place: BodyPlace, value: Any) -> Any:
        """The JSON value of a typed object; a JSON value is given back as it is."""

    def argument(self, operation: Operation, parameter: Parameter, value: Any) -> Any:
        """The typed value of a parameter's JSON value; raises `CodecError`."""
