"""Parts of a multipart body whose schema says ``contentEncoding`` say so themselves, as ``Content-Transfer-Encoding``.

OpenAPI 3.1.1, 4.8.15.3: it is "equivalent to specifying an Encoding Object with a `headers` field containing
`Content-Transfer-Encoding` with a schema that requires the value used in `contentEncoding`".
"""

from __future__ import annotations

from collections.abc import Iterator

from bindwright.ir.lowering.context import Lowering
from bindwright.ir.model import (
    Array,
    Content,
    Enum,
    EnumMember,
    Object,
    Operation,
    Parameter,
    Part,
    Scalar,
    Union,
    Use,
)
from bindwright.standards.media_types import kind_of

_NAME = "Content-Transfer-Encoding"


def settle_encoded_parts(context: Lowering, operation: Operation) -> None:
    """Add what `contentEncoding` stands for to the parts of an operation's request."""
    for content in operation.body.contents if operation.body is not None else ():
        if kind_of(content.media_type) == "multipart" and content.use is not None:
            _settle(context, content, content.use)


def _settle(context: Lowering, content: Content, use: Use) -> None:
    whole = context.types[use.type]
    if isinstance(whole, Array):
        for index, item in enumerate(whole.prefix):
            content.prefix_parts += [Part(name="")] if index == len(content.prefix_parts) else []
            _encode(context, content.prefix_parts[index], item)
        if whole.items is not None and _encoding(context, whole.items) is not None:
            content.item_part = content.item_part or Part(name="")
            _encode(context, content.item_part, whole.items)
        return
    parts = {part.name: part for part in content.parts}
    for name, member in _members(context, use, set()):
        if _encoding(context, member) is not None:
            if name not in parts:
                parts[name] = Part(name=name)
                content.parts.append(parts[name])
            _encode(context, parts[name], member)


def _members(context: Lowering, use: Use, visited: set[str]) -> Iterator[tuple[str, Use]]:
    """The members of a form by name, those of its bases and alternatives, too."""
    type_ = context.types[use.type]
    if use.type in visited:
        return
    visited.add(use.type)
    if isinstance(type_, Object):
        yield from ((member.name, member.use) for member in type_.properties)
        if type_.base is not None:
            yield from _members(context, Use(type=type_.base), visited)
    elif isinstance(type_, Union):
        for alternative in type_.members:
            yield from _members(context, alternative, visited)


def _encoding(context: Lowering, use: Use) -> str | None:
    """What the text of a part, or of each of a list's, is encoded as."""
    type_ = context.types[use.type]
    if isinstance(type_, Array) and type_.items is not None:
        type_ = context.types[type_.items.type]
    return type_.content_encoding if isinstance(type_, Scalar) and type_.base == "string" else None


def _encode(context: Lowering, part: Part, use: Use) -> None:
    encoding = _encoding(context, use)
    if encoding is None or any(header.name.lower() == _NAME.lower() for header in part.headers):
        return
    if part.style is None and part.content_type is None:
        part.content_type = (
            "application/octet-stream"  # OpenAPI 3.1.1, 4.8.15.1.1: the default with `contentEncoding`
        )
    key = f"{_NAME}: {encoding}"
    if key not in context.types:
        context.types[key] = Enum(id=key, base="string", members=[EnumMember(value=encoding)], const=True)
    header = Parameter(name=_NAME, location="header", use=Use(type=key), style="simple", explode=False)
    part.headers.append(header)
