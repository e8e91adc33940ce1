"""What bodies are by their media types: sequences are lists, octets are bytes, and some statuses have none."""

from __future__ import annotations

from msgspec.structs import replace

from bindwright.ir.lowering.context import Lowering
from bindwright.ir.lowering.location import Location
from bindwright.ir.lowering.operations.encoded_parts import settle_encoded_parts
from bindwright.ir.lowering.scalars import intern
from bindwright.ir.model import AnyType, Array, Content, Enum, Operation, Scalar, Union, Use
from bindwright.ir.walks import contents_of, operations_of
from bindwright.standards.media_types import SEQUENTIAL, Kind, is_octets, is_unread, is_yaml, kind_of

NO_CONTENT = frozenset({"204", "205", "304"})
"""RFC 9110, 15.3.5, 15.3.6, 15.4.5: whatever a document gives them, no content comes."""


def settle_contents(context: Lowering) -> None:
    """Make the type of every body that of what is sent."""
    for operation in operations_of(context.api):
        for response in operation.responses:
            if response.status in NO_CONTENT:
                response.contents = []
        for content in contents_of(operation):
            format_ = kind_of(content.media_type)
            if content.use is None:
                continue
            if format_ in SEQUENTIAL:
                _settle_sequence(context, content, content.use, events=format_ == "sse")
            elif format_ == "binary" and _is_of_octets(content.media_type) and _is_text(context, content.use):
                # "any binary media type is sufficient to indicate binary content" (OpenAPI 3.1.1, "Working with
                # Binary Data"): a string there describes nothing, whatever its name, format or length.
                content.use = replace(content.use, type=intern(context, "string", {"format": "binary"}))
        _settle_lists_in_forms(context, operation)
        settle_encoded_parts(context, operation)
        _tell_unread(context, operation)


def _is_of_octets(media_type: str) -> bool:
    """Whether a name that is none of text is that of octets: each but a range that text may be in (``*/*``)."""
    return "*" not in media_type or is_octets(media_type)


def _tell_unread(context: Lowering, operation: Operation) -> None:
    """Tell of bodies that are described by more than a text, in a format that nothing here reads or writes.

    What JSON or XML beside them describes alike is no loss: clients ask for these.
    """
    bodies = [("the request", operation.body.contents)] if operation.body is not None else []
    for where, contents in [*bodies, *((answer.status, answer.contents) for answer in operation.responses)]:
        read = {
            content.use.type
            for content in contents
            if content.use is not None and kind_of(content.media_type) in ("json", "xml")
        }
        for content in contents:
            if content.use is None or content.use.type in read or not is_unread(content.media_type):
                continue
            written = where == "the request" and is_yaml(content.media_type)
            if not written and not isinstance(context.types[content.use.type], Scalar | Enum):
                form = "its text" if kind_of(content.media_type) == "text" else "octets"
                context.degrade(
                    "unread-media-type",
                    f"{where}: {content.media_type} is given as {form}, for nothing here reads that format",
                    Location(operation.place.file, operation.place.pointer),
                )


def _settle_lists_in_forms(context: Lowering, operation: Operation) -> None:
    """Make a list in urlencoded pairs the text that it is sent as, and tell of it: no name of a pair is described.

    Where another media type is documented, that is what lists are sent in.
    """
    bodies = [("the request", operation.body.contents)] if operation.body is not None else []
    for where, contents in [*bodies, *((answer.status, answer.contents) for answer in operation.responses)]:
        if any(kind_of(content.media_type) != "form" for content in contents):
            continue
        for content in contents:
            if content.use is not None and isinstance(context.types[content.use.type], Array):
                content.use = replace(content.use, type=intern(context, "string", {}))
                context.degrade(
                    "form-without-names",
                    f"{where}: a list has no names for the pairs of {content.media_type}: it is given as the whole text",
                    Location(operation.place.file, operation.place.pointer),
                )


def is_lines_as_text(context: Lowering, content: Content) -> bool:
    """Whether a document describes JSON lines, or a JSON text sequence, as a text: nothing is said of their items."""
    if kind_of(content.media_type) not in ("jsonl", "json-seq") or content.item_use is not None:
        return False
    return content.use is not None and _is_text(context, content.use)


def kind_of_content(context: Lowering, content: Content) -> Kind:
    """How a body is read and written: by its media type, but where that says less than its schema.

    An object described for any type (``*/*``, as springdoc writes it) goes as JSON, a form (of pairs or of parts) that
    is described as a text, a number or octets as that: it has no members that could be encoded.
    """
    kind = kind_of(content.media_type)
    if is_lines_as_text(context, content):
        return "text"
    if kind in ("form", "multipart") and (base := _base_of_scalar(context, content)) is not None:
        return "binary" if base == "binary" else "text"
    if kind == "binary" and "*" in content.media_type and content.use is not None:
        return "binary" if _may_be_octets(context, context.types[content.use.type]) else "json"
    return kind


def _may_be_octets(context: Lowering, type_: AnyType) -> bool:
    """Whether a value may be octets or a text: alone, or as one of several alternatives."""
    if isinstance(type_, Union):
        return any(_may_be_octets(context, context.types[member.type]) for member in type_.members)
    return isinstance(type_, Scalar | Enum) and type_.base not in ("integer", "number", "boolean")


def is_positional(context: Lowering, content: Content) -> bool:
    """Whether the parts of a body are items of a list, without names."""
    if kind_of(content.media_type) != "multipart":
        return False
    if content.use is None:
        return content.item_use is not None
    return isinstance(context.types[content.use.type], Array)


def _is_text(context: Lowering, use: Use) -> bool:
    type_ = context.types[use.type]
    return isinstance(type_, Scalar | Enum) and type_.base in ("string", "binary")


def _base_of_scalar(context: Lowering, content: Content) -> str | None:
    """The base of what has no members for sure; None: it may have some, or nothing is said."""
    type_ = context.types[content.use.type] if content.use is not None else None
    return type_.base if isinstance(type_, Scalar | Enum) and type_.base != "any" else None


def _settle_sequence(context: Lowering, content: Content, use: Use, *, events: bool) -> None:
    """Make the type that of all items (OpenAPI 3.2.0, "Sequential Media Types").

    Before 3.2 there was no keyword for items, and documents describe one item by ``schema``. A text is no item of
    JSON lines, and stands for the whole of them (`is_lines_as_text`); of events it is the data.
    """
    type_ = context.types[use.type]
    if isinstance(type_, Array) or (not events and _is_text(context, use)):
        return
    if not events:
        content.use, content.item_use = None, content.item_use or use
        return
    # The schema of an event stream describes the data of its events, `itemSchema` the events with all their
    # fields: the two must not look the same.
    array_id = f"{use.type}#items"
    if array_id not in context.types:
        item = Use(type=use.type, nullable=use.nullable)
        context.types[array_id] = Array(id=array_id, items=item, place=type_.place, context=type_.context)
    content.use = Use(type=array_id, doc=use.doc)
