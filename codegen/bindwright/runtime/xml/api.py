"""``decode`` and ``encode``: whole documents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, overload

from bindwright.runtime.model_styles import attrs_type, from_attrs, style_module, to_attrs
from bindwright.runtime.value_types import Namespace, PythonValue, TypeForm
from bindwright.runtime.wire import Wire
from bindwright.runtime.xml.codec import PLAIN, SET, codec_of
from bindwright.runtime.xml.settings import DEFAULT, Settings

T = TypeVar("T")


@overload
def decode(
    data: bytes | str,
    type: type[T],
    *,
    wire: Wire | None = None,
    namespace: Any = None,
    settings: Settings | None = None,
) -> T: ...
@overload
def decode(
    data: bytes | str,
    type: Any,
    *,
    wire: Wire | None = None,
    namespace: Any = None,
    settings: Settings | None = None,
) -> Any: ...
def decode(
    data: bytes | str,
    type: Any,
    *,
    wire: Wire | None = None,
    namespace: Any = None,
    settings: Settings | None = None,
) -> Any:
    """The value of an XML document.

    A list or dict that is the document comes as a subclass where something unknown stood beside its items.

    Args:
        data: the document; bytes are read by their BOM, ``settings.charset`` or XML declaration.
        type: a class, an alias, ``list[Model]``, or a type expression.
        wire: facts of the place (a body's own ``xml``), beside those of the type.
        namespace: the module or mapping in which a type expression is evaluated.
        settings: what is read leniently, and limits.

    Raises:
        DecodeError: the document is not well-formed, hostile, or does not stand for the type; its
            ``path`` is the element's.
    """
    if wire is None and namespace is None:
        try:
            codec = PLAIN[type] if settings is None else SET[type, id(settings)]
        except (KeyError, TypeError):
            codec = None
        if codec is not None:
            return codec.decode(data)
    return decode_by_codec(data, type, wire=wire, namespace=namespace, settings=settings)


def decode_by_codec(
    data: bytes | str, type: TypeForm, *, wire: Wire | None, namespace: Namespace, settings: Settings | None
) -> PythonValue:
    """As `decode`, by the codec that the hooks that count now have."""
    if style_module(type) is not None:
        own = codec_of(attrs_type(type), wire, namespace, settings or DEFAULT)
        return from_attrs(own.decode(data), type)
    return codec_of(type, wire, namespace, settings or DEFAULT).decode(data)


def encode(
    value: Any,
    type: Any = None,
    *,
    wire: Wire | None = None,
    namespace: Any = None,
    settings: Settings | None = None,
) -> bytes:
    """The XML document of a value.

    Args:
        value: a model, or what ``type`` says.
        type: needed where the value does not tell it, as for plain lists.
        wire: facts of the place (a body's own ``xml``), beside those of the type.
        namespace: the module or mapping in which a type expression is evaluated.
        settings: encoding, declaration, indentation, prefixes.

    Raises:
        EncodeError: the value is not of the type, or holds what XML 1.0 cannot carry; its ``path``
            is where it stands.
    """
    if wire is None and namespace is None and settings is None:
        codec = PLAIN.get(value.__class__ if type is None else type)
        if codec is not None:
            return codec.encode(value)
    return encode_by_codec(value, type, wire=wire, namespace=namespace, settings=settings)


def encode_by_codec(
    value: PythonValue, type: TypeForm, *, wire: Wire | None, namespace: Namespace, settings: Settings | None
) -> bytes:
    """As `encode`, by the codec that the hooks that count now have."""
    model_type = value.__class__ if type is None else type
    if style_module(model_type) is not None:
        value, model_type = to_attrs(value, model_type), attrs_type(model_type)
    return codec_of(model_type, wire, namespace, settings or DEFAULT).encode(value)


Names = Mapping[str, Any]
