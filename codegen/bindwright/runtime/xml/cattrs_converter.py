"""The cattrs ``Converter`` of XML: the place where users teach the codec their own types.

A hook that is registered here wins over the compiled code, as element, attribute, text, item or root::

    xml.converter().register_structure_hook(Money, lambda value, _: Money.parse(value))
    xml.converter().register_unstructure_hook(Money, str)

A hook reads text, or a dictionary in xmltodict's conventions where there are attributes or children, and
may give either. ``structure`` and ``unstructure`` read and write whole documents by the compiled code.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
import cattrs

from bindwright.runtime.xml.api import decode, encode
from bindwright.runtime.xml.scalars.hooks import HOOKS, XmlHooks


class XmlConverter(cattrs.Converter):
    """A converter whose hooks the XML codec obeys."""

    def __init__(self, hooks: XmlHooks = HOOKS, **options: Any) -> None:
        self._hooks = hooks
        self._ready = False
        super().__init__(**options)
        self.register_structure_hook_factory(_is_ours, self._structure_factory)
        self.register_unstructure_hook_factory(_is_ours, self._unstructure_factory)
        self._ready = True

    def _structure_factory(self, cls: Any) -> Callable[[Any, Any], Any]:
        return lambda document, _: decode(document, cls)

    def _unstructure_factory(self, cls: Any) -> Callable[[Any], Any]:
        return lambda value: encode(value, cls)

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


CONVERTER = XmlConverter()
"""The converter of the codec that ``xml.decode`` and ``xml.encode`` use."""
