"""Numbers of objects in the document that is being written: ``IsReference`` (``x-dcs-is-reference``), in both codecs."""

from __future__ import annotations

from contextvars import ContextVar


class ObjectNumbers:
    """Numbers of objects within one document, from 1, by identity."""

    __slots__ = ("_numbers",)

    def __init__(self) -> None:
        self._numbers: dict[int, int] = {}

    def number(self, instance: object) -> int:
        """The object's number; negative where it has been written already."""
        number = self._numbers.get(id(instance))
        if number is not None:
            return -number
        self._numbers[id(instance)] = number = len(self._numbers) + 1
        return number


NUMBERS: ContextVar[ObjectNumbers] = ContextVar("numbers")
"""Those of the document in hand; each document (and each document within a user's hook) sets its own."""


def number_of(instance: object) -> int:
    """`ObjectNumbers.number` of the document in hand; outside of one, a document of its own."""
    numbers = NUMBERS.get(None)
    if numbers is None:
        NUMBERS.set(numbers := ObjectNumbers())
    return numbers.number(instance)
