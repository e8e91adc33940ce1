"""How much of a type and of an operation vectors show: everything of the first ones, and of many others a part in turn.

What a port does wrong it does with the second type as with the two hundredth: a kit of a large document that has all
vectors of each of its types is tens of megabytes which say one thing over and over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, TypeVar

from attrs import frozen

from bindwright.ir.model import AnyType, Api, Enum, Object, Scalar

FULL: Final = 24
"""So many object types have all vectors, and so many operations."""
_FULL_ALIKE: Final = 3
"""So many of the other types that have the same forms."""
LEAST: Final = 22
"""So many vectors of an object type are aimed at: two forms of a document may be none, and twenty are to be there."""

_T = TypeVar("_T")


@frozen
class Extent:
    """How much is shown of one type or operation."""

    turn: int | None = None
    """The how-manieth it is of those that show a part; None: everything is shown."""

    @property
    def whole(self) -> bool:
        """Whether everything is shown."""
        return self.turn is None

    @property
    def head(self) -> dict[str, str]:
        """What the head of a file says of it."""
        return {} if self.whole else {"extent": "part"}

    def each(self, count: int) -> Extent | None:
        """What is left of the extent where one of so many shows a part; None: it is not the turn of this one."""
        if self.turn is None:
            return self
        return None if self.turn % count else Extent(self.turn // count)

    def chosen(self, candidates: Iterable[_T], count: int) -> Sequence[_T]:
        """Everything, or so many of the candidates, in their order: the next turn takes the ones behind them."""
        every = list(candidates)
        if self.turn is None or len(every) <= count:
            return every
        start = self.turn * count
        places = {(start + number) % len(every) for number in range(count)}
        return [candidate for place, candidate in enumerate(every) if place in places]


WHOLE: Final = Extent()


def of_types(api: Api, type_ids: Iterable[str]) -> dict[str, Extent]:
    """The extent of each type; of those that are not there nothing is shown."""
    extents: dict[str, Extent] = {}
    seen: Counter[object] = Counter()
    turns: Counter[str] = Counter()
    for type_id in type_ids:
        type_ = api.types[type_id]
        alike = _alike(type_)
        seen[alike] += 1
        if seen[alike] <= (FULL if isinstance(type_, Object) else _FULL_ALIKE):
            extents[type_id] = WHOLE
        elif not isinstance(type_, Scalar | Enum):  # a text by another name says nothing new
            extents[type_id] = Extent(turns[type_.kind])
            turns[type_.kind] += 1
    return extents


def _alike(type_: AnyType) -> object:
    """What types have in common of which one shows what the other does."""
    if isinstance(type_, Scalar | Enum) and type_.lexical is not None:
        return type_.kind, type_.lexical.json, type_.lexical.xml, type_.root is None
    return type_.kind


def of_operations(api: Api) -> dict[str, Extent]:
    """The extent of each operation, by its id."""
    return {
        operation.id: WHOLE if number < FULL else Extent(number - FULL)
        for number, operation in enumerate(api.operations)
    }
