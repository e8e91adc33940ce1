"""Scalars. Inline ones are interned: ``"string:date-time"`` is one type wherever it stands."""

from __future__ import annotations

from typing import Any

from bindwright.ir.lowering.context import Lowering, MergedSchema
from bindwright.ir.lowering.location import Location
from bindwright.ir.lowering.merged_schema import inferred
from bindwright.ir.model import Scalar, Use

_BINARY = ("image/", "audio/", "video/", "application/octet-stream", "application/pdf", "application/zip")


def intern(context: Lowering, base: str, schema: dict[str, Any]) -> str:
    """The id of the one scalar type with this base, the schema's format and content keywords."""
    format_ = schema.get("x-dcs-type") or schema.get("format")
    if "contentEncoding" not in schema and "contentMediaType" not in schema:
        # Nearly all: looked up before anything is made.
        type_id = base if format_ is None else f"{base}:{format_}"
        if type_id in context.types:
            return type_id
    scalar = _scalar(base, schema, format_, "")
    parts = [scalar.base] if scalar.format is None else [scalar.base, scalar.format]
    scalar.id = ":".join(parts)
    if scalar.content_encoding or scalar.content_media_type:
        scalar.id += f";{scalar.content_encoding or ''};{scalar.content_media_type or ''}"
    if scalar.id not in context.types:
        context.types[scalar.id] = scalar
    return scalar.id


def _scalar(base: str, schema: dict[str, Any], format_: Any, type_id: str) -> Scalar:
    encoding = schema.get("contentEncoding")
    media = schema.get("contentMediaType")
    text = format_ if isinstance(format_, str) and format_ else None
    encoding = encoding if isinstance(encoding, str) and encoding else None
    media = media if isinstance(media, str) and media else None
    if base == "string" and encoding is not None and encoding.lower() == "binary":
        # Content-Transfer-Encoding: binary is data as it is (RFC 2045, 6.2), like `format: binary`.
        text, encoding = text or "binary", None
        return Scalar(id=type_id, base="binary", format=text, content_media_type=media)
    raw = media is not None and encoding is None and media.lower().startswith(_BINARY)
    if base in ("string", "any") and (text == "binary" or raw):
        # OpenAPI 3.0.3, 4.4; 3.1.1, 4.4.2 (octets have no `contentEncoding`).
        base = "binary"
    return Scalar(
        id=type_id,
        base=base,  # type: ignore[arg-type]
        format=text,
        content_encoding=encoding,
        content_media_type=media,
    )


def scalar_use(context: Lowering, merged: MergedSchema, location: Location, name: str | None) -> Use:
    """A string, number, boolean, null, or a value of any type."""
    words = merged.keywords
    base = merged.types[0] if merged.types else _untyped(words)
    if merged.format is not None and "format" not in words:
        words = {**words, "format": merged.format}
    if name is None:
        return Use(type=intern(context, base, words))
    type_id = location.id
    context.types[type_id] = _scalar(base, words, words.get("x-dcs-type") or words.get("format"), type_id)
    return Use(type=type_id)


def _untyped(words: dict[str, Any]) -> str:
    if words.get("type") in ("null", ["null"]):
        return "null"
    if "x-dcs-type" in words:
        return "any"
    return inferred(words) or "any"
