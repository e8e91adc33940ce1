"""Raw bytes are only where they can stand: bodies, and parts of forms. Inside JSON and XML, ``format: binary`` is text.

OpenAPI 3.0.3, 4.4 calls it "any sequence of octets", which JSON has no value for; who describes such a member
sends text (FastAPI: the bytes as UTF-8). ``byte`` is the one that is base64.
"""

from __future__ import annotations

from msgspec.structs import replace

from bindwright.ir.lowering.context import Lowering
from bindwright.ir.model import Array, Object, Scalar, TypeId, Union
from bindwright.ir.walks import contents_of, operations_of, uses_of


def settle_octets(context: Lowering) -> None:
    """Make what is raw bytes text, wherever it is neither a body nor a part."""
    raw = {
        key for key, type_ in context.types.items() if isinstance(type_, Scalar) and type_.base == "binary"
    }
    if not raw:
        return
    parts = _parts(context)
    for key, type_ in list(context.types.items()):
        for use in uses_of(type_) if key not in parts else ():
            if use.type in raw and not ("#" in use.type and use.type in parts):
                use.type = _text(context, use.type)


def _text(context: Lowering, key: TypeId) -> TypeId:
    """The text that stands for raw bytes; a named type becomes text itself."""
    type_ = context.types[key]
    assert isinstance(type_, Scalar)
    if type_.name is not None or "#" in key:
        type_.base = "string"
        return key
    text_key = "string" + key.removeprefix("binary")
    if text_key not in context.types:
        context.types[text_key] = replace(type_, id=text_key, base="string", degraded=[])
    return text_key


def _parts(context: Lowering) -> set[TypeId]:
    """Bodies that are raw bytes, and the types whose members or items are parts of a form."""
    keys: set[TypeId] = set()
    for operation in operations_of(context.api):
        for content in contents_of(operation):
            for use in (content.use, content.item_use):
                if use is not None and (
                    _is_form(content.media_type) or isinstance(context.types[use.type], Scalar)
                ):
                    _add(context, use.type, keys)
    return keys


def _is_form(media_type: str) -> bool:
    base = media_type.partition(";")[0].strip().lower()
    return base.startswith("multipart/") or base == "application/x-www-form-urlencoded"


def _add(context: Lowering, key: TypeId, keys: set[TypeId]) -> None:
    """A form's type with what it is made of, and the lists that its parts may be."""
    type_ = context.types[key]
    if key in keys:
        return
    keys.add(key)
    if isinstance(type_, Object):
        if type_.base is not None:
            _add(context, type_.base, keys)
        for use in uses_of(type_):
            if isinstance(context.types[use.type], Array | Scalar):
                keys.add(use.type)
    elif isinstance(type_, Union):
        for use in type_.members:
            _add(context, use.type, keys)
