"""Parts of answers, and what the runtime does not read or write of forms, which is told."""

from __future__ import annotations

from collections.abc import Iterator

from bindwright.ir import model as ir
from bindwright.openapi.diagnostics.model import Diagnostic, Place
from bindwright.standards.json_pointer import join
from bindwright.standards.media_types import kind_of

_REMEDY = "the package of the Python target does it"
_FORBIDDEN = frozenset({"CONNECT", "TRACE", "TRACK"})
"""Methods that no script may send (Fetch, 2.2.1)."""

ENCODED = ("base16", "base64", "base64url")
"""Forms of octets that are text."""


def item_of(api: ir.Api, content: ir.Content) -> ir.Use | None:
    """What parts without names are (OpenAPI 3.2.0, "Encoding By Position"); None: they have names, or nothing is said."""
    if content.kind != "multipart" or content.item_use is not None:
        return content.item_use if content.kind == "multipart" else None
    type_ = api.types[content.use.type] if content.use is not None else None
    return type_.items if isinstance(type_, ir.Array) and not type_.prefix else None


def _is_octets(type_: ir.AnyType) -> bool:
    return isinstance(type_, ir.Scalar) and type_.lexical is not None and type_.lexical.json == "octets"


def names_parts(api: ir.Api, content: ir.Content) -> bool:
    """Whether the parts of an answer are read by their names, as members of an object or of a map."""
    return content.kind == "multipart" and content.use is not None and _has_members(api, content.use, set())


def _has_members(api: ir.Api, use: ir.Use, seen: set[ir.TypeId]) -> bool:
    type_ = api.types[use.type]
    if isinstance(type_, ir.Union) and type_.id not in seen:
        seen.add(type_.id)
        return any(_has_members(api, member, seen) for member in type_.members)
    return isinstance(type_, ir.Object | ir.Map) or (isinstance(type_, ir.Scalar) and type_.base == "any")


def unread_type(api: ir.Api, content: ir.Content) -> str | None:
    """The type of an answer in parts, or in a form without a schema, which comes as it is; None: it is read."""
    if content.kind == "multipart" and not names_parts(api, content):
        # A model may be called so.
        return "globalThis.FormData" if is_form(content) else "Blob"
    return "{ [name: string]: string }" if content.kind == "form" and content.use is None else None


def is_form(content: ir.Content) -> bool:
    """Whether parts are those of a form: `fetch` reads and writes no others."""
    return content.media_type.lower().startswith("multipart/form-data")


def body_of(operation: ir.Operation) -> ir.Body | None:
    """The body of a request; none where `fetch` sends none, whatever the document says (Fetch, 5.3)."""
    return None if operation.method in ("GET", "HEAD") else operation.body


def gaps(api: ir.Api) -> Iterator[Diagnostic]:
    """Answers that come as they are though the document types them, and methods, bodies and parts that cannot be sent."""
    for operation in api.operations:
        for answer in operation.responses:
            for content in answer.contents:
                if content.use is not None and unread_type(api, content) is not None and item_of(api, content) is None:  # fmt: skip
                    yield Diagnostic(
                        level="degraded", code="untyped-answer", remedy=_REMEDY,
                        message=f"{operation.id}, {answer.status}: TypeScript gives {content.media_type} as `{unread_type(api, content)}`",
                        place=_place(operation, "responses", answer.status, "content", content.media_type),
                    )  # fmt: skip
        if operation.method in _FORBIDDEN:
            yield Diagnostic(
                level="degraded", code="unsendable-method", remedy=_REMEDY,
                message=f"{operation.id}: a call in TypeScript fails, for `fetch` refuses the method {operation.method}",
                place=_place(operation),
            )  # fmt: skip
        body = body_of(operation)
        if operation.body is not None and body is None:
            yield Diagnostic(
                level="degraded", code="unsendable-body", remedy=_REMEDY,
                message=f"{operation.id}: TypeScript sends no body, for `fetch` refuses one with {operation.method}",
                place=_place(operation, "requestBody"),
            )  # fmt: skip
        for content in body.contents if body is not None else []:
            if any(
                part.content_type for part in (*content.prefix_parts, content.item_part) if part is not None
            ):
                yield Diagnostic(
                    level="degraded", code="positional-encoding", remedy=_REMEDY,
                    message=f"{operation.id}: TypeScript sends the parts of {content.media_type} as the media types of their values",
                    place=_place(operation, "requestBody", "content", content.media_type),
                )  # fmt: skip
            if content.kind == "multipart" and is_form(content) and (lost := _constant_headers(api, content)):
                yield Diagnostic(
                    level="degraded", code="unsendable-header", remedy=_REMEDY,
                    message=f"{operation.id}: TypeScript sends no {', '.join(lost)} with parts of {content.media_type}, for `FormData` has no headers",
                    place=_place(operation, "requestBody", "content", content.media_type),
                )  # fmt: skip
            for part in content.parts if content.kind in ("form", "multipart") else []:
                if _is_unwritable(api, content, part):
                    yield Diagnostic(
                        level="degraded", code="unwritable-part", remedy=_REMEDY,
                        message=f"{operation.id}: TypeScript cannot write {part.name!r} in {content.media_type} as XML: its type has no root element",
                        place=_place(operation, "requestBody", "content", content.media_type, "encoding", part.name),
                    )  # fmt: skip


def _constant_headers(api: ir.Api, content: ir.Content) -> list[str]:
    """Headers of parts that have one value only, which are sent without being asked for."""
    headers = [header for part in content.parts for header in part.headers]
    return list(dict.fromkeys(header.name for header in headers if is_constant(api, header)))


def is_constant(api: ir.Api, header: ir.Parameter) -> bool:
    """Whether a header has one value only."""
    type_ = api.types[header.use.type]
    return isinstance(type_, ir.Enum) and type_.const


def _place(operation: ir.Operation, *tokens: str) -> Place:
    """A place below an operation; where a reference leads elsewhere, it is shown at the reference."""
    return Place(file=operation.place.file, pointer=join(operation.place.pointer, *tokens))


def _is_unwritable(api: ir.Api, content: ir.Content, part: ir.Part) -> bool:
    """Whether a part is to be XML and nothing says what its root element is."""
    if content.kind == "form" and part.style is not None:
        return False  # a style that is said goes before a media type (OpenAPI 3.1.1, 4.8.15.1)
    first = (part.content_type or "*").partition(",")[0]
    form = api.types[content.use.type] if content.use is not None else None
    if "*" in first or kind_of(first) != "xml" or not isinstance(form, ir.Object):
        return False
    type_ = next(
        (api.types[property_.use.type] for property_ in form.properties if property_.name == part.name), None
    )
    if isinstance(type_, ir.Array) and type_.items is not None:
        type_ = api.types[type_.items.type]
    return type_ is not None and type_.root is None and not _is_octets(type_)
