"""The cattrs ``Converter`` of XML: the place where users teach the codec their own types.

A hook that is registered here wins over the compiled code, as element, attribute, text, item or root::

    xml.converter().register_structure_hook(Money, lambda value, _: Money.parse(value))
    xml.converter().register_unstructure_hook(Money, str)

A hook reads text, or a dictionary in xmltodict's conventions where there are attributes or children, and
may give either. The hooks of ``xml.new_converter()`` reach only what reads and writes with that one: its own
``decode`` and ``encode``, and the clients that are made with it. ``structure`` and ``unstructure`` read and write whole documents by the compiled code.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
import cattrs

from bindwright.runtime.value_types import Namespace, PythonValue, TypeForm
from bindwright.runtime.wire import Wire
from bindwright.runtime.xml.api import decode_by_codec, encode_by_codec
from bindwright.runtime.xml.scalars.hooks import HOOKS, XmlHooks
from bindwright.runtime.xml.settings import Settings


class XmlConverter(cattrs.Converter):
    """A converter whose hooks the XML codec obeys."""

    def __init__(self, hooks: XmlHooks | None = None, **options: Any) -> None:
        """With some hooks; None: with hooks of its own, of which there are none yet."""
        self._hooks = XmlHooks() if hooks is None else hooks
        self._ready = False
        super().__init__(**options)
        self.register_structure_hook_factory(_is_ours, self._structure_factory)
        self.register_unstructure_hook_factory(_is_ours, self._unstructure_factory)
        self._ready = True

    def _structure_factory(self, cls: Any) -> Callable[[Any, Any], Any]:
        return lambda document, _: self.decode(document, cls)

    def _unstructure_factory(self, cls: Any) -> Callable[[Any], Any]:
        return lambda value: self.encode(value, cls)

    def decode(
        self,
        data: bytes | str,
        type: TypeForm,
        *,
        wire: Wire | None = None,
        namespace: Namespace = None,
        settings: Settings | None = None,
    ) -> PythonValue:
        """As ``xml.decode``, with the hooks of this converter."""
        with self._hooks.obeyed():
            return decode_by_codec(data, type, wire=wire, namespace=namespace, settings=settings)

    def encode(
        self,
        value: PythonValue,
        type: TypeForm = None,
        *,
        wire: Wire | None = None,
        namespace: Namespace = None,
        settings: Settings | None = None,
    ) -> bytes:
        """As ``xml.encode``, with the hooks of this converter."""
        with self._hooks.obeyed():
            return encode_by_codec(value, type, wire=wire, namespace=namespace, settings=settings)

    def copy(self, *options: Any, **named: Any) -> XmlConverter:
        """Another converter that starts with this one's hooks for types; what either learns later, it alone knows."""
        other = XmlConverter(*options, **named)
        for type_, read in self._hooks.read.items():
            other.register_structure_hook(type_, read)
        for type_, write in self._hooks.write.items():
            other.register_unstructure_hook(type_, write)
        return other

    def register_structure_hook(self, cl: Any, func: Any = None) -> Any:
        """Let a function (text or dictionary, type) read a type."""
        result = super().register_structure_hook(cl, func)
        if func is not None and self._ready:
            self._hooks.add(cl, read=func)
        return result

    def register_unstructure_hook(self, cls: Any = None, func: Any = None) -> Any:
        """Let a function (value to text or dictionary) write a type."""
        result = super().register_unstructure_hook(cls, func)
        if func is not None and self._ready:
            self._hooks.add(cls, write=func)
        return result


def _is_ours(cls: Any) -> bool:
    return isinstance(cls, type) and (attrs.has(cls) or "__wire__" in vars(cls))


CONVERTER = XmlConverter(HOOKS)
"""The converter of the codec that ``xml.decode`` and ``xml.encode`` use."""
