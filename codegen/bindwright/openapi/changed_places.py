"""Where the parts of a document stand that an overlay has added, replaced or moved.

A part is told by the object or list in which it stands, not by a JSON pointer: pointers into a list change whenever an
item before them goes.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field

from bindwright.openapi.diagnostics.model import Place
from bindwright.standards.json_pointer import escape, split


class ChangedPlaces(Struct, eq=False):
    """The places of parts that are not where their pointers say."""

    _members: dict[int, dict[str, Place]] = field(default_factory=dict)
    _items: dict[int, list[Place | int]] = field(default_factory=dict)
    """Of lists: where each item comes from, or the index that it had."""
    _holders: list[Any] = field(default_factory=list)
    """What the tables are about: as long as it is there, no other object has its identity."""

    def put(self, holder: dict[str, Any], key: str, place: Place) -> None:
        """A member comes from elsewhere."""
        self._of(self._members, holder, {})[key] = place

    def put_item(self, holder: list[Any], index: int, place: Place) -> None:
        """An item comes from elsewhere."""
        self._of(self._items, holder, list(range(len(holder))))[index] = place

    def extend(self, holder: list[Any], places: list[Place]) -> None:
        """Items are going to be appended."""
        self._of(self._items, holder, list(range(len(holder)))).extend(places)

    def remove(self, holder: dict[str, Any] | list[Any], step: str | int) -> None:
        """A member or an item is going to be removed."""
        if isinstance(holder, list):
            del self._of(self._items, holder, list(range(len(holder))))[int(step)]
        else:
            self._members.get(id(holder), {}).pop(str(step), None)

    def _of(self, tables: dict[int, Any], holder: Any, empty: Any) -> Any:
        if id(holder) not in tables:
            tables[id(holder)] = empty
            self._holders.append(holder)
        return tables[id(holder)]

    def place(self, root: Any, pointer: str) -> Place:
        """Where what a pointer means now was written.

        Args:
            root: the document as it is now.
        """
        place, value = Place(), root
        for token in split(pointer):
            step: str | int = token
            origin: Place | int | None = None
            if isinstance(value, list):
                index = int(token) if token.isascii() and token.isdigit() else len(value)
                items = self._items.get(id(value))
                origin = items[index] if items is not None and index < len(items) else index
                value = value[index] if index < len(value) else None
            elif isinstance(value, dict):
                origin = self._members.get(id(value), {}).get(token)
                value = value.get(token)
            if isinstance(origin, int):
                step = origin
            if isinstance(origin, Place):
                place = origin
            else:
                place = Place(file=place.file, pointer=f"{place.pointer}/{escape(str(step))}")
        return place
