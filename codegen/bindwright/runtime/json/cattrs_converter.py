"""The cattrs ``Converter`` of JSON: the place where users teach the codec their own types.

A hook that is registered here wins over the compiled code, everywhere the type stands::

    json.converter().register_structure_hook(Money, lambda value, _: Money.parse(value))
    json.converter().register_unstructure_hook(Money, str)

The hooks of ``json.new_converter()`` reach only what reads and writes with that one: its own ``decode`` and
``encode``, and the clients that are made with it. Its ``structure`` and ``unstructure`` go through the same compiled code, on parsed JSON.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
import cattrs
import msgspec

from bindwright.runtime.json.codecs.default import MAKERS, REGISTRY
from bindwright.runtime.json.documents import Codec, codec_of, encode_untyped
from bindwright.runtime.json.plan.registry import Registry
from bindwright.runtime.json.settings import DEFAULT, Settings
from bindwright.runtime.resolve import Names, evaluate
from bindwright.runtime.value_types import Function, Namespace, PythonValue, TypeForm
from bindwright.runtime.wire import Wire


class JsonConverter(cattrs.Converter):
    """A converter whose hooks the JSON codec obeys."""

    def __init__(self, registry: Registry | None = None, **options: Any) -> None:
        """With the hooks of a registry; None: with hooks of its own, of which there are none yet."""
        self._registry = Registry(MAKERS) if registry is None else registry
        self._ready = False
        super().__init__(**options)
        # Factories of ours are no hooks of a user: `_ready` keeps them out of the registry.
        self.register_structure_hook_factory(_is_ours, self._structure_factory)
        self.register_unstructure_hook_factory(_is_ours, self._unstructure_factory)
        self._ready = True

    def _structure_factory(self, type_: TypeForm) -> Callable[[Any, Any], Any]:
        def structure(value: PythonValue, _: Any) -> PythonValue:
            return codec_of(type_, registry=self._registry).structure(value)

        return structure

    def _unstructure_factory(self, type_: TypeForm) -> Function:
        def unstructure(value: PythonValue) -> PythonValue:
            return _plain(codec_of(type_, registry=self._registry), value)

        return unstructure

    def decode(
        self,
        data: bytes | bytearray | memoryview | str,
        type: TypeForm,
        *,
        wire: Wire | None = None,
        namespace: Namespace = None,
        settings: Settings = DEFAULT,
    ) -> Any:
        """As ``json.decode``, with the hooks of this converter."""
        codec = codec_of(type, wire=wire, namespace=namespace, registry=self._registry)
        return codec.decode(data, settings)

    def encode(
        self,
        value: PythonValue,
        type: TypeForm = None,
        *,
        wire: Wire | None = None,
        namespace: Namespace = None,
        indent: int | None = None,
        settings: Settings = DEFAULT,
    ) -> bytes:
        """As ``json.encode``, with the hooks of this converter."""
        if type is None:
            return encode_untyped(value, wire, indent, settings, self._registry)
        codec = codec_of(type, wire=wire, namespace=namespace, registry=self._registry)
        return codec.encode(value, indent=indent, settings=settings)

    def copy(self, *options: Any, **named: Any) -> JsonConverter:
        """Another converter that starts with this one's hooks for types; what either learns later, it alone knows."""
        other = JsonConverter(*options, **named)
        read, write = self._registry.hooks
        for type_, read_hook in read.items():
            other.register_structure_hook(type_, read_hook)
        for type_, write_hook in write.items():
            other.register_unstructure_hook(type_, write_hook)
        return other

    def register_structure_hook(self, cl: Any, func: Any = None) -> PythonValue:
        """Let a function (JSON value, type) read a type."""
        # cattrs looks at resolved annotations when a hook comes; generated ones name types for checkers alone.
        _resolve(cl)
        result = super().register_structure_hook(cl, func)
        if func is not None and self._ready:
            self._registry.hook(cl, read=func)
        return result

    def register_unstructure_hook(self, cls: Any = None, func: Any = None) -> PythonValue:
        """Let a function (value to JSON value) write a type."""
        _resolve(cls)
        result = super().register_unstructure_hook(cls, func)
        if func is not None and self._ready:
            self._registry.hook(cls, write=func)
        return result


def _resolve(type_: TypeForm) -> None:
    """Evaluate annotations as the codec does, which attrs alone cannot where names are for type checkers."""
    if (
        isinstance(type_, type)
        and attrs.has(type_)
        and vars(type_).get("__attrs_types_resolved__") is not type_
    ):
        for field in attrs.fields(type_):
            owner = next(
                base for base in type_.__mro__ if field.name in vars(base).get("__annotations__", {})
            )
            object.__setattr__(field, "type", evaluate(field.type, Names(owner.__module__)))
        setattr(type_, "__attrs_types_resolved__", type_)  # noqa: B010 attrs' own mark


def _is_ours(type_: TypeForm) -> bool:
    return isinstance(type_, type) and (attrs.has(type_) or "__wire__" in vars(type_))


def _plain(codec: Codec, value: PythonValue) -> PythonValue:
    return msgspec.json.decode(codec.encode(value))


CONVERTER = JsonConverter(REGISTRY)
"""The converter of the codec that ``json.decode`` and ``json.encode`` use."""
