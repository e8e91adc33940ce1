"""Samples of bodies as they stand on the wire, in every media type that is text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from lxml import etree
from msgspec.structs import replace

from bindwright.ir.model import Content, Operation
from bindwright.ports.bindings import Bindings
from bindwright.serve.package.codecs import BodyPlace, CodecError
from bindwright.serve.values import Side, dumps
from bindwright.standards.media_types import STRUCTURED, kind_of


class Samples:
    """Makes the samples of one API; the same value in each media type of a body."""

    def __init__(self, bindings: Bindings) -> None:
        self._values = bindings.samples
        self._codecs = bindings.codecs
        self._written: dict[tuple[str, Side, str, int], tuple[Any, tuple[str, bytes] | None]] = {}
        """By what the documents depend on; with the values, so that their identities stay theirs."""

    def of_body(
        self, operation: Operation, status: str | None, contents: list[Content]
    ) -> Iterator[tuple[str, str, bytes]]:
        """Media type, text for a page, and the bytes on the wire; nothing for bodies that are no JSON or XML."""
        side: Side = "request" if status is None else "response"
        for content in contents:
            if content.use is None or kind_of(content.media_type) not in STRUCTURED:
                continue
            value = self._example(contents) or self._values.of(content.use, side)
            # Errors are of one type in most operations.
            key = (content.media_type, side, repr(replace(content.use, doc="")), id(value))
            if key not in self._written:
                self._written[key] = value, self._documents(BodyPlace(operation, status, content), value)
            documents = self._written[key][1]
            if documents is not None:
                yield content.media_type, *documents

    def _documents(self, place: BodyPlace, value: Any) -> tuple[str, bytes] | None:
        """The text for a page and the bytes; None where the models do not write the value."""
        try:
            if kind_of(place.content.media_type) == "xml":
                wire = self._codecs.to_xml(place, value)
                return _indented(wire), wire
            # Through the models, so that the text is what the bindings write.
            wire = dumps(self._codecs.dump(place, self._codecs.load(place, value)))
            return json.dumps(json.loads(wire), indent=2, ensure_ascii=False), wire
        except (CodecError, UnicodeError):
            return None

    def _example(self, contents: list[Content]) -> Any:
        """The first example that is a value: the media types of one body show one thing."""
        for content in contents:
            for example in content.examples:
                if isinstance(example, dict | list) and kind_of(content.media_type) != "xml":
                    return example
        return None


def _indented(document: bytes) -> str:
    try:
        root = etree.fromstring(document)
    except etree.XMLSyntaxError:
        return document.decode("utf-8", "replace")
    etree.indent(root)
    return etree.tostring(root, encoding="unicode")
