"""Raw bytes are only where they can stand: bodies, and parts of forms. Inside JSON and XML, ``format: binary`` is text.

OpenAPI 3.0.3, 4.4 calls it "any sequence of octets", which JSON has no value for; who describes such a member
sends text (FastAPI: the bytes as UTF-8). ``byte`` is the one that is base64.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from bindwright.ir.lowering.context import Lowering
from bindwright.ir.model import AnyType, Array, Content, Map, Object, Operation, Scalar, TypeId, Union, Use


def settle_octets(context: Lowering) -> None:
    """Make what is raw bytes text, wherever it is neither a body nor a part."""
    raw = {key for key, one in context.types.items() if isinstance(one, Scalar) and one.base == "binary"}
    if not raw:
        return
    parts = _parts(context)
    for key, type_ in list(context.types.items()):
        for use in _uses(type_) if key not in parts else ():
            if use.type in raw and not ("#" in use.type and use.type in parts):
                use.type = _text(context, use.type)


def _text(context: Lowering, key: TypeId) -> TypeId:
    """The text that stands for raw bytes; a named type becomes text itself."""
    known = context.types[key]
    assert isinstance(known, Scalar)
    if known.name is not None or "#" in key:
        known.base = "string"
        return key
    made = "string" + key.removeprefix("binary")
    if made not in context.types:
        context.types[made] = replace(known, id=made, base="string", degraded=[])
    return made


def _parts(context: Lowering) -> set[TypeId]:
    """Bodies that are raw bytes, and the types whose members or items are parts of a form."""
    found: set[TypeId] = set()
    called = [one for operation in context.api.operations for one in operation.callbacks]
    for one in [*context.api.operations, *context.api.webhooks, *called]:
        for content in _contents(one):
            for use in (content.use, content.item_use):
                if use is not None and (
                    _is_form(content.media_type) or isinstance(context.types[use.type], Scalar)
                ):
                    _add(context, use.type, found)
    return found


def _contents(one: Operation) -> Iterator[Content]:
    yield from one.body.contents if one.body is not None else ()
    for response in one.responses:
        yield from response.contents


def _is_form(media_type: str) -> bool:
    kind = media_type.partition(";")[0].strip().lower()
    return kind.startswith("multipart/") or kind == "application/x-www-form-urlencoded"


def _add(context: Lowering, key: TypeId, found: set[TypeId]) -> None:
    """A form's type with what it is made of, and the lists that its parts may be."""
    type_ = context.types[key]
    if key in found:
        return
    found.add(key)
    if isinstance(type_, Object):
        if type_.base is not None:
            _add(context, type_.base, found)
        for use in _uses(type_):
            if isinstance(context.types[use.type], Array | Scalar):
                found.add(use.type)
    elif isinstance(type_, Union):
        for use in type_.members:
            _add(context, use.type, found)


def _uses(type_: AnyType) -> Iterator[Use]:
    if isinstance(type_, Object):
        yield from (one.use for one in type_.properties)
        yield from (use for _, use in type_.pattern_additional)
        if type_.additional is not None:
            yield type_.additional
    elif isinstance(type_, Array):
        yield from type_.prefix
        if type_.items is not None:
            yield type_.items
    elif isinstance(type_, Map):
        yield type_.values
    elif isinstance(type_, Union):
        yield from type_.members
