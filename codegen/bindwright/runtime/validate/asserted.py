"""What types do not carry of a schema (``not``, ``if``, ``contains``, ``dependentRequired`` …), asked of JSON values."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from bindwright.runtime import json
from bindwright.runtime.errors import EncodeError, Violation
from bindwright.runtime.shapes import Shape
from bindwright.runtime.values.raw_schemas import satisfies

NOTHING: Any = object()
"""What has no form in JSON."""
_PLAIN = (str, int, float, bool, type(None))


def asserted(shape: Shape, asserts: tuple[str, ...], value: Any, path: str) -> Iterator[Violation]:
    """The schemas of a place that a value does not satisfy; what JSON has no form for is wrong otherwise.

    Args:
        asserts: the schemas, as JSON text.
    """
    if (document := as_json(shape, value)) is NOTHING:
        return
    for text in asserts:
        schema = _schema(text)
        if not satisfies(schema, document):
            keywords = list(schema) if isinstance(schema, dict) else ["false"]
            yield Violation(path, keywords[0], f"it does not satisfy `{', '.join(keywords)}`")


@cache
def _schema(text: str) -> Any:
    return json.decode(text, Any)


def as_json(shape: Shape, value: Any) -> Any:
    """A value of a place as it is in JSON; `NOTHING` where JSON has no form for it."""
    if type(value) in _PLAIN:
        return value
    try:
        if shape.kind == "model":
            return json.decode(json.encode(value), Any)
        return json.decode(codec_of(shape).encode(value), Any)
    except (EncodeError, TypeError, ValueError):
        return NOTHING


def codec_of(shape: Shape) -> Any:
    """The JSON codec of a place."""
    if shape.codec is None:
        from bindwright.runtime.json.documents import Codec

        shape.codec = Codec(shape)
    return shape.codec
