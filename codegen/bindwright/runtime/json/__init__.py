"""JSON: bytes to typed values and back.

``decode`` and ``encode`` compile the code for a type on its first use. ``converter()`` is the cattrs
``Converter`` of this format: a hook that is registered there wins over the compiled code.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, overload

from bindwright.runtime.json.settings import BY_INSTANCE, CODECS, DEFAULT, READERS, WRITERS, Settings
from bindwright.runtime.value_types import Namespace, PythonValue, TypeForm

if TYPE_CHECKING:
    from bindwright.runtime.json.cattrs_converter import JsonConverter
    from bindwright.runtime.json.documents import Codec
    from bindwright.runtime.wire import Wire

T = TypeVar("T")


@overload
def decode(
    data: bytes | bytearray | memoryview | str,
    type: type[T],
    *,
    wire: Wire | None = ...,
    namespace: Namespace = ...,
    settings: Settings = ...,
) -> T: ...
@overload
def decode(
    data: bytes | bytearray | memoryview | str,
    type: TypeForm,
    *,
    wire: Wire | None = ...,
    namespace: Namespace = ...,
    settings: Settings = ...,
) -> PythonValue: ...


def decode(
    data: bytes | bytearray | memoryview | str,
    type: TypeForm,
    *,
    wire: Wire | None = None,
    namespace: Namespace = None,
    settings: Settings = DEFAULT,
) -> PythonValue:
    """The value that a JSON document (RFC 8259) stands for.

    Args:
        data: the document; UTF-8, or UTF-16 or UTF-32 as RFC 4627 tells them.
        type: a model, a named list, map, scalar or alias, ``list[Model]``, or a type expression.
        wire: facts of the place (format, items …) where the type has none of its own.
        namespace: module, module name or mapping in which a type expression is evaluated.

    Raises:
        DecodeError: it is no such document; with a path (``$.items[3].id``).
    """
    if settings is DEFAULT and wire is None and namespace is None and data.__class__ is bytes:
        try:
            read = READERS[type]
        except (KeyError, TypeError):  # not compiled yet, or not hashable
            pass
        else:
            return read(data)
    if wire is None and namespace is None:
        try:
            compiled = CODECS[type]
        except (KeyError, TypeError):  # not compiled yet, or not hashable
            compiled = None
        if compiled is not None:
            return compiled.decode(data, settings)
    return _documents().codec_of(type, wire=wire, namespace=namespace).decode(data, settings)


def encode(
    value: PythonValue,
    type: TypeForm = None,
    *,
    wire: Wire | None = None,
    namespace: Namespace = None,
    indent: int | None = None,
    settings: Settings = DEFAULT,
) -> bytes:
    """The JSON document of a value, compact unless ``indent`` (spaces a level) is given.

    Args:
        settings: with ``values="lenient"``, values that do not fit their place are written by their own types,
            as they came from lenient reading.
        type: needed only where the value does not tell it (a union, facts of items).
        wire: see `decode`.
        namespace: see `decode`.

    Raises:
        EncodeError: JSON, or the type, has no form for the value; with a path.
    """
    # Most calls: a model by its own class. Anything else, and the first of each class, takes the way below.
    if type is None and wire is None and indent is None and settings is DEFAULT:
        write = WRITERS.get(value.__class__)
        if write is not None:
            return write(value)
    if type is None and wire is None and (instance_codec := BY_INSTANCE.get(value.__class__)) is not None:
        return instance_codec.encode(value, indent=indent, settings=settings)  # type: ignore[no-any-return]
    if type is None:
        written: bytes = _documents().encode_untyped(value, wire, indent, settings)
    else:
        written = (
            _documents()
            .codec_of(type, wire=wire, namespace=namespace)
            .encode(value, indent=indent, settings=settings)
        )
    return written


def codec(type: TypeForm, *, wire: Wire | None = None, namespace: Namespace = None) -> Codec:
    """The compiled codec of a type, for those who read or write many documents of it."""
    type_codec: Codec = _documents().codec_of(type, wire=wire, namespace=namespace)
    return type_codec


def iter_decode(
    source: Any,
    type: TypeForm,
    *,
    wire: Wire | None = None,
    namespace: Namespace = None,
    settings: Settings = DEFAULT,
) -> Iterator[Any]:
    """The values of a stream (one list, JSON lines, or documents one after another) in constant memory.

    Args:
        source: an open file, a path, or chunks of bytes.
        type: of each value; see `decode`.
        wire: see `decode`.
        namespace: see `decode`.

    Raises:
        DecodeError: with a line, and in a list the item's index.
    """
    # Imported here: streams bring msgspec, which `import bindwright.runtime.json` alone does not.
    from bindwright.runtime.json.streams import iter_decode

    return iter_decode(source, type, wire=wire, namespace=namespace, settings=settings)


def iter_encode(
    values: Iterable[Any],
    type: TypeForm = None,
    *,
    wire: Wire | None = None,
    namespace: Namespace = None,
    lines: bool = False,
    indent: int | None = None,
) -> Iterator[bytes]:
    """Values as one list, or with ``lines`` as JSON lines, piece by piece.

    Raises:
        EncodeError: see `encode`.
    """
    from bindwright.runtime.json.streams import iter_encode

    return iter_encode(values, type, wire=wire, namespace=namespace, lines=lines, indent=indent)


def converter() -> JsonConverter:
    """The cattrs ``Converter`` of JSON: hooks that are registered on it win over the compiled code."""
    from bindwright.runtime.json.cattrs_converter import CONVERTER

    return CONVERTER


def new_converter() -> JsonConverter:
    """A cattrs ``Converter`` of JSON without hooks: those it gets reach its own ``decode`` and ``encode``, and the
    clients that are made with it (``Client(json_converter=…)``), and nothing else.
    """
    from bindwright.runtime.json.cattrs_converter import JsonConverter

    return JsonConverter()


@cache
def _documents() -> PythonValue:
    """The codecs, imported on first use: they bring msgspec."""
    return importlib.import_module("bindwright.runtime.json.documents")


__all__ = [
    "DEFAULT",
    "Settings",
    "codec",
    "converter",
    "decode",
    "encode",
    "iter_decode",
    "iter_encode",
    "new_converter",
]
