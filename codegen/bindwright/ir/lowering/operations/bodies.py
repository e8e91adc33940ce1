"""Bodies: media types, encodings of their parts, and 2.0's ``body`` and ``formData`` parameters."""

from __future__ import annotations

from typing import Any

from bindwright.ir.lowering.context import Lowering
from bindwright.ir.lowering.location import Location, escape
from bindwright.ir.lowering.operations.inline_names import at_home
from bindwright.ir.lowering.operations.parameters import header, named_examples, swagger_schema
from bindwright.ir.lowering.references import follow
from bindwright.ir.lowering.scalars import intern
from bindwright.ir.lowering.values import mapping, sequence, text, text_or_none, true
from bindwright.ir.model import Body, Content, Json, Part, Use


def request_body(context: Lowering, given: Any, location: Location) -> Body | None:
    """A Request Body Object or a reference to one."""
    if isinstance(given, dict) and "$ref" in given:
        found = follow(context, given["$ref"], location)
        if found is None:
            context.degrade("unresolved-reference", "the body is unknown: any JSON is allowed", location)
            any_ = Use(type=intern(context, "any", {}))
            return Body(contents=[Content(media_type="application/json", use=any_)])
        value, at = found
        key = ("body", at.id)
        context.shares(at)
        if key not in context.cache:
            at.word = text(at.pointer.rpartition("/")[2])
            at = at_home(context, at) or at
            context.cache[key] = _body(context, value, at)
        made: Body | None = context.cache[key]
        return made
    return _body(context, given, location)


def _body(context: Lowering, given: Any, location: Location) -> Body | None:
    if not isinstance(given, dict):
        if given is not None:
            context.degrade("invalid-body", "`requestBody` is not an object", location)
        return None
    return Body(
        contents=contents(context, given.get("content"), location.down("/content")),
        required=true(given.get("required")),
        doc=text(given.get("description")),
        name=text_or_none(given.get("x-name")),
    )


def contents(context: Lowering, given: Any, location: Location) -> list[Content]:
    """The media types of a body, preferred ones first; equal inline schemas share one type."""
    if given is not None and not isinstance(given, dict):
        context.degrade("invalid-content", "`content` is not an object", location)
    made: list[Content] = []
    shared: list[tuple[Any, Use]] = []
    for media, inner in mapping(given).items():
        below = location.down("/" + escape(text(media)))
        made.append(_content(context, text(media), inner, below, shared))
    rank = {media: index for index, media in enumerate(context.options.media_types)}
    made.sort(key=lambda one: rank.get(one.media_type, len(rank)))
    return made


def _content(
    context: Lowering, media: str, given: Any, location: Location, shared: list[tuple[Any, Use]]
) -> Content:
    if isinstance(given, dict) and "$ref" in given:  # 3.2: Media Type Objects can be references
        found = follow(context, given["$ref"], location)
        given, location = found if found else ({}, location)
    inner = mapping(given)
    shown = named_examples(context, inner, location)
    made = Content(media_type=media, examples=[one for _, one in shown])
    made.example_names = [name for name, _ in shown] if any(name for name, _ in shown) else []
    if "schema" in inner:
        made.use = _shared_use(context, inner["schema"], location.down("/schema"), shared)
    elif is_json(media):
        made.use = Use(type=intern(context, "any", {}))
    if "itemSchema" in inner:
        made.item_use = context.use(context, inner["itemSchema"], location.down("/itemSchema", "item"))
    made.parts = parts(context, inner.get("encoding"), location.down("/encoding"))
    for keyword in ("prefixEncoding", "itemEncoding"):
        if keyword in inner:
            context.degrade(
                "positional-encoding", f"`{keyword}` of parts without names is not read", location
            )
    return made


def is_json(media: str) -> bool:
    """Whether a media type is JSON (RFC 6839, 3.1)."""
    base = media.partition(";")[0].strip().lower()
    return base in ("application/json", "text/json") or base.endswith("+json")


def _shared_use(context: Lowering, schema: Any, location: Location, shared: list[tuple[Any, Use]]) -> Use:
    for known, use in shared:
        if known == schema:
            return use
    use = context.use(context, schema, location)
    shared.append((schema, use))
    return use


def parts(context: Lowering, given: Any, location: Location) -> list[Part]:
    """Encoding Objects by the property they are of (OpenAPI 3.2.0, 4.15)."""
    made = []
    for name, one in mapping(given).items():
        inner = mapping(one)
        explode = inner.get("explode")
        part = Part(
            name=text(name),
            content_type=text_or_none(inner.get("contentType")),
            style=text_or_none(inner.get("style")),
            explode=explode if isinstance(explode, bool) else None,
            allow_reserved=true(inner.get("allowReserved")),
        )
        for key, value in mapping(inner.get("headers")).items():
            below = location.down(f"/{escape(text(name))}/headers/{escape(text(key))}", text(key))
            found = header(context, text(key), value, below)
            part.headers += [found] if found else []
        made.append(part)
    return made


def swagger_contents(
    context: Lowering, schema: Any, media: list[str], location: Location, shown: Any
) -> list[Content]:
    """2.0: one schema for all media types of ``produces`` or ``consumes``."""
    use = context.use(context, schema, location)
    given = mapping(shown)
    names = media or list(given) or ["application/json"]
    return [
        Content(media_type=text(name), use=use, examples=[given[name]] if name in given else [])
        for name in names
    ]


def swagger_body(
    context: Lowering, given: list[tuple[dict[str, Any], Location]], consumes: list[str], location: Location
) -> Body | None:
    """2.0: the body of an operation, from its ``body`` parameter or its ``formData`` parameters."""
    for one, at in given:
        if one.get("in") == "body":
            below = at.down("/schema", "body")
            made = swagger_contents(context, one.get("schema", {}), consumes, below, one.get("x-examples"))
            doc, name = text(one.get("description")), text_or_none(one.get("name"))
            return Body(contents=made, required=true(one.get("required")), doc=doc, name=name)
    fields = [(one, at) for one, at in given if one.get("in") == "formData"]
    return _form(context, fields, consumes, location) if fields else None


def _form(
    context: Lowering, fields: list[tuple[dict[str, Any], Location]], consumes: list[str], location: Location
) -> Body:
    properties: dict[str, Any] = {}
    made_parts: list[Part] = []
    for one, _ in fields:
        name = text(one.get("name"))
        properties[name] = {**swagger_schema(one), "description": text(one.get("description"))}
        style = _FORM_STYLES.get(text(one.get("collectionFormat") or ("csv" if "items" in one else "")))
        if style is not None:
            made_parts.append(Part(name=name, style=style[0], explode=style[1]))
    required = [text(one.get("name")) for one, _ in fields if true(one.get("required"))]
    schema: dict[str, Json] = {"type": "object", "properties": properties, "required": required}
    below = location.down("/form", "form")
    below.source = location
    use = context.use(context, schema, below)
    files = any(one.get("type") == "file" for one, _ in fields)
    media = [text(one) for one in sequence(consumes) if _is_form(text(one))]
    if files:
        media = [one for one in media if one.startswith("multipart/")] or ["multipart/form-data"]
    media = media or ["application/x-www-form-urlencoded"]
    made = [Content(media_type=one, use=use, parts=made_parts) for one in media]
    return Body(contents=made, required=bool(required))


_FORM_STYLES = {
    "csv": ("form", False),
    "ssv": ("spaceDelimited", False),
    "tsv": ("tabDelimited", False),
    "pipes": ("pipeDelimited", False),
    "multi": ("form", True),
}


def _is_form(media: str) -> bool:
    return media.startswith("multipart/") or media.startswith("application/x-www-form-urlencoded")
