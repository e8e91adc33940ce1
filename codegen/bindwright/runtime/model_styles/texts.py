"""Scalars where a style has only text for them: as they stand in JSON."""

from __future__ import annotations

import json
from importlib import import_module
from typing import Any

from bindwright.runtime.errors import DecodeError, EncodeError
from bindwright.runtime.model_styles.names import options
from bindwright.runtime.shapes import Shape

TEXTS = frozenset({"datetime", "date", "time", "duration", "uuid", "bytes", "decimal"})
"""Kinds of shapes whose values are texts in JSON, or may be."""


def shown(value: Any, hint: Any, shape: Shape | None) -> Any:
    """The value as its hint wants it: text, where it says so and names no other class for it."""
    if shape is None or shape.kind not in TEXTS or value is None:
        return value
    found = options(hint)
    if str not in found or any(
        one is Any or (isinstance(one, type) and isinstance(value, one)) for one in found
    ):
        return value
    try:
        text = json.loads(_codec(shape).encode(value))
    except EncodeError:
        return value
    return text if isinstance(text, str) else value


def read(value: Any, shape: Shape | None) -> Any:
    """The inverse of `shown`; what is no such text is left to the codec, which says so with a path."""
    if not isinstance(value, str) or shape is None or shape.kind not in TEXTS:
        return value
    try:
        return _codec(shape).decode(json.dumps(value).encode())
    except DecodeError:
        return value


def _codec(shape: Shape) -> Any:
    documents: Any = import_module("bindwright.runtime.json.codec")  # which stands on the styles
    return documents.codec_of(shape.type, wire=shape.wire, namespace=shape.names)
