"""Samples of bodies as they stand on the wire, in every media type that is text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from lxml import etree

from bindwright.ir.model import Content, Operation
from bindwright.ports.bindings import Bindings
from bindwright.serve.answers.sample import Sampler
from bindwright.serve.package.codecs import BodyPlace, CodecError
from bindwright.serve.package.package_codecs import PackageCodecs
from bindwright.serve.values import dumps
from bindwright.standards.media_types import STRUCTURED, kind_of


class Samples:
    """Makes the samples of one API; the same value in each media type of a body."""

    def __init__(self, bindings: Bindings) -> None:
        self._api = bindings.api
        self._codecs = PackageCodecs(bindings.api, lambda: bindings.package)

    def of_body(
        self, operation: Operation, status: str | None, contents: list[Content]
    ) -> Iterator[tuple[str, str, bytes]]:
        """Media type, text for a page, and the bytes on the wire; nothing for bodies that are no JSON or XML."""
        for content in contents:
            if content.use is None or kind_of(content.media_type) not in STRUCTURED:
                continue
            side = "request" if status is None else "response"
            value = self._example(contents) or Sampler(self._api, side).sample(content.use, operation.id)  # type: ignore[arg-type]
            try:
                if kind_of(content.media_type) == "xml":
                    wire = self._codecs.to_xml(BodyPlace(operation, status, content), value)
                    yield content.media_type, _indented(wire), wire
                else:
                    # Through the models, so that the text is what the bindings write.
                    place = BodyPlace(operation, status, content)
                    wire = dumps(self._codecs.dump(place, self._codecs.load(place, value)))
                    yield content.media_type, json.dumps(json.loads(wire), indent=2, ensure_ascii=False), wire
            except (CodecError, UnicodeError):
                continue

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
