"""Values of any type that are several elements of one name: a list, as it is written."""

from __future__ import annotations

from typing import Any

from bindwright.runtime.xml.decoding.context import DecodeContext, Reader, has_place, unknown_on
from bindwright.runtime.xml.plan.places import XmlPlace
from bindwright.runtime.xml.tree.free_order import FreeContent
from bindwright.runtime.xml.tree.parse import Element


class SeveralElements(list[Any]):
    """The values of several elements of one name, while they are read: a value may be a list itself."""


def may_be_several(place: XmlPlace) -> bool:
    """Whether several elements of a place are a list of its values; .NET's ``object`` is no such list."""
    return place.kind == "any" and place.profile != "datacontract"


class ValuesByKey:
    """The values of a map or of members without a name, by key: of any type, they are a list where a key comes again."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self._keys: list[str] = []
        """Of each element."""
        self._has_several = False

    def add(self, key: str, value: Any) -> None:
        """Note the first element of a key."""
        self.values[key] = value
        self._keys.append(key)

    def add_another(
        self, key: str, place: XmlPlace, read: Reader, child: Element, context: DecodeContext
    ) -> bool:
        """Read a further element of a key; False where that is an error, or a list could not hold what it is."""
        if not may_be_several(place) or self.values[key] is None:
            return False  # null has no form in a list
        start = len(context.aside)
        value = read(child, context)
        is_whole = len(context.aside) == start
        del context.aside[start:]
        if (
            value is None
            or not is_whole
            or (child.keys() and not has_place(place, value) and unknown_on(child))
        ):
            return False
        if self.values[key].__class__ is not SeveralElements:
            self.values[key] = SeveralElements([self.values[key]])
            self._has_several = True
        self.values[key].append(value)
        self._keys.append(key)
        return True

    def settled(self) -> dict[str, Any]:
        """The values; where elements of one key stand apart, with their order beside them."""
        if not self._has_several:
            return self.values
        values = {
            key: list(value) if value.__class__ is SeveralElements else value
            for key, value in self.values.items()
        }
        runs = [key for index, key in enumerate(self._keys) if not index or self._keys[index - 1] != key]
        if len(runs) == len(values):
            return values
        content = FreeContent(values)
        content.order = list(self._keys)
        return content
