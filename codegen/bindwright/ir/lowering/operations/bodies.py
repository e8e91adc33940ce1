"""Bodies: media types, encodings of their parts, and 2.0's ``body`` and ``formData`` parameters."""

from __future__ import annotations

from typing import Any

from bindwright.ir.lowering.context import Lowering
from bindwright.ir.lowering.location import Location, escape
from bindwright.ir.lowering.operations.inline_names import at_home
from bindwright.ir.lowering.operations.media_words import called_after, media_words
from bindwright.ir.lowering.operations.parameters import (
    header,
    inner_separators,
    is_content_type,
    named_examples,
    swagger_schema,
)
from bindwright.ir.lowering.references import follow
from bindwright.ir.lowering.scalars import intern
from bindwright.ir.lowering.values import mapping, sequence, text, text_or_none, true
from bindwright.ir.model import Body, Content, Json, Part, Use


def request_body(context: Lowering, raw: Any, location: Location) -> Body | None:
    """A Request Body Object or a reference to one."""
    if isinstance(raw, dict) and "$ref" in raw:
        target = follow(context, raw["$ref"], location)
        if target is None:
            context.degrade("unresolved-reference", "the body is unknown: any JSON is allowed", location)
            any_ = Use(type=intern(context, "any", {}))
            return Body(contents=[Content(media_type="application/json", use=any_)])
        value, home = target
        key = home.id
        context.shares(home)
        if key not in context.shared_bodies:
            home.word = text(home.pointer.rpartition("/")[2])
            home = at_home(context, home) or home
            context.shared_bodies[key] = _body(context, value, home)
        body = context.shared_bodies[key]
        return body
    return _body(context, raw, location)


def _body(context: Lowering, raw: Any, location: Location) -> Body | None:
    if not isinstance(raw, dict):
        if raw is not None:
            context.degrade("invalid-body", "`requestBody` is not an object", location)
        return None
    return Body(
        contents=contents(context, raw.get("content"), location.down("/content")),
        required=true(raw.get("required")),
        doc=text(raw.get("description")),
        name=text_or_none(raw.get("x-name")),
    )


def contents(context: Lowering, raw: Any, location: Location) -> list[Content]:
    """The media types of a body, preferred ones first; equal inline schemas share one type."""
    if raw is not None and not isinstance(raw, dict):
        context.degrade("invalid-content", "`content` is not an object", location)
    results: list[Content] = []
    shared: list[tuple[Any, Use]] = []
    words = media_words(mapping(raw)) if len(mapping(raw)) > 1 else {}
    for media, media_object in mapping(raw).items():
        around = called_after(location, words[media]) if media in words else location
        below = around.down("/" + escape(text(media)))
        results.append(_content(context, text(media), media_object, below, shared))
    rank = {media: index for index, media in enumerate(context.options.media_types)}
    results.sort(key=lambda content: rank.get(content.media_type, len(rank)))
    return results


def _content(
    context: Lowering, media: str, raw: Any, location: Location, shared: list[tuple[Any, Use]]
) -> Content:
    if isinstance(raw, dict) and "$ref" in raw:  # 3.2: Media Type Objects can be references
        target = follow(context, raw["$ref"], location)
        raw, location = target if target else ({}, location)
    media_object = mapping(raw)
    named = named_examples(context, media_object, location)
    content = Content(media_type=media, examples=[example for _, example in named])
    content.example_names = [name for name, _ in named] if any(name for name, _ in named) else []
    if "schema" in media_object:
        content.use = _shared_use(context, media_object["schema"], location.down("/schema"), shared)
    elif is_json(media):
        content.use = Use(type=intern(context, "any", {}))
    if "itemSchema" in media_object:
        content.item_use = context.use(
            context, media_object["itemSchema"], location.down("/itemSchema", "item")
        )
    content.parts = parts(context, media_object.get("encoding"), location.down("/encoding"), media)
    for index, encoding in enumerate(sequence(media_object.get("prefixEncoding"))):
        content.prefix_parts.append(_part(context, "", encoding, location.down(f"/prefixEncoding/{index}")))
    if "itemEncoding" in media_object:
        below = location.down("/itemEncoding")
        content.item_part = _part(context, "", media_object["itemEncoding"], below)
    return content


def is_json(media: str) -> bool:
    """Whether a media type is JSON (RFC 6839, 3.1)."""
    base = media.partition(";")[0].strip().lower()
    return base in ("application/json", "text/json") or base.endswith("+json")


def _shared_use(context: Lowering, schema: Any, location: Location, shared: list[tuple[Any, Use]]) -> Use:
    for schema_before, use in shared:
        if schema_before == schema:
            return use
    use = context.use(context, schema, location)
    shared.append((schema, use))
    return use


def parts(context: Lowering, raw: Any, location: Location, media: str) -> list[Part]:
    """Encoding Objects by the property they are of (OpenAPI 3.2.0, 4.15)."""
    results = [
        _part(context, text(name), encoding, location.down("/" + escape(text(name))))
        for name, encoding in mapping(raw).items()
    ]
    for part, encoding in zip(results, mapping(raw).values(), strict=True):
        _settle_style(part, mapping(encoding), media)
    return results


_OF_STYLES = frozenset({"style", "explode", "allowReserved"})


def _settle_style(part: Part, encoding: dict[str, Any], media: str) -> None:
    """Any keyword of styles means what it means for a parameter in a query, and no media type then counts.

    OpenAPI 3.1.1, 4.8.15.1.2; in parts that are not those of a form nothing of it has an effect.
    """
    if not _is_form(media) or (
        media.startswith("multipart/") and not media.startswith("multipart/form-data")
    ):
        part.style = part.explode = None
        part.allow_reserved = False
    elif not _OF_STYLES.isdisjoint(encoding):
        part.style = part.style or "form"
        part.explode = part.style in ("form", "deepObject") if part.explode is None else part.explode
        part.content_type = None


def _part(context: Lowering, name: str, encoding: Any, location: Location) -> Part:
    """An Encoding Object; without a name, of a part by its position."""
    members = mapping(encoding)
    explode = members.get("explode")
    part = Part(
        name=name,
        content_type=text_or_none(members.get("contentType")),
        style=text_or_none(members.get("style")),
        explode=explode if isinstance(explode, bool) else None,
        allow_reserved=true(members.get("allowReserved")),
    )
    for keyword in ("encoding", "prefixEncoding", "itemEncoding"):
        if keyword in members:
            context.degrade("nested-encoding", f"`{keyword}` of the parts of a part is not read", location)
    for key, value in mapping(members.get("headers")).items():
        if is_content_type(context, text(key)):
            continue
        below = location.down(f"/headers/{escape(text(key))}", text(key))
        parameter = header(context, text(key), value, below)
        part.headers += [parameter] if parameter else []
    return part


def swagger_contents(
    context: Lowering, schema: Any, media: list[str], location: Location, examples: Any
) -> list[Content]:
    """2.0: one schema for all media types of ``produces`` or ``consumes``."""
    use = context.use(context, schema, location)
    by_media = mapping(examples)
    names = media or list(by_media) or ["application/json"]
    return [
        Content(media_type=text(name), use=use, examples=[by_media[name]] if name in by_media else [])
        for name in names
    ]


def swagger_body(
    context: Lowering,
    parameters: list[tuple[dict[str, Any], Location]],
    consumes: list[str],
    location: Location,
) -> Body | None:
    """2.0: the body of an operation, from its ``body`` parameter or its ``formData`` parameters."""
    for parameter, home in parameters:
        if parameter.get("in") == "body":
            below = home.down("/schema", "body")
            content_list = swagger_contents(
                context, parameter.get("schema", {}), consumes, below, parameter.get("x-examples")
            )
            doc, name = text(parameter.get("description")), text_or_none(parameter.get("name"))
            return Body(contents=content_list, required=true(parameter.get("required")), doc=doc, name=name)
    fields = [(parameter, home) for parameter, home in parameters if parameter.get("in") == "formData"]
    return _form(context, fields, consumes, location) if fields else None


def _form(
    context: Lowering, fields: list[tuple[dict[str, Any], Location]], consumes: list[str], location: Location
) -> Body:
    files = any(field.get("type") == "file" for field, _ in fields)
    media = [text(value) for value in sequence(consumes) if _is_form(text(value))]
    if files:
        media = [name for name in media if name.startswith("multipart/")] or ["multipart/form-data"]
    media = media or ["application/x-www-form-urlencoded"]
    kept_apart = not any(name.startswith("multipart/") for name in media)
    properties: dict[str, Any] = {}
    parts: list[Part] = []
    for field, home in fields:
        name = text(field.get("name"))
        properties[name] = {**swagger_schema(field), "description": text(field.get("description"))}
        style = _FORM_STYLES.get(text(field.get("collectionFormat") or ("csv" if "items" in field else "")))
        if style is not None:
            inner = inner_separators(context, field, home, kept_apart=kept_apart)
            parts.append(Part(name=name, style=style[0], explode=style[1], inner_separators=inner))
    required = [text(field.get("name")) for field, _ in fields if true(field.get("required"))]
    schema: dict[str, Json] = {"type": "object", "properties": properties, "required": required}
    below = location.down("/form", "form")
    below.source = location
    use = context.use(context, schema, below)
    content_list = [Content(media_type=name, use=use, parts=parts) for name in media]
    return Body(contents=content_list, required=bool(required))


_FORM_STYLES = {
    "csv": ("form", False),
    "ssv": ("spaceDelimited", False),
    "tsv": ("tabDelimited", False),
    "pipes": ("pipeDelimited", False),
    "multi": ("form", True),
}


def _is_form(media: str) -> bool:
    return media.startswith("multipart/") or media.startswith("application/x-www-form-urlencoded")
