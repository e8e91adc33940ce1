"""Numbers of objects in the document that is being written: ``IsReference`` (``x-dcs-is-reference``), in both codecs."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import TypeVar

T = TypeVar("T")
Written = TypeVar("Written")


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


class NoNumbersError(LookupError):
    """A number was asked for where none are counted: whether a document needs any may come out while it is written."""


def number_of(instance: object) -> int:
    """`ObjectNumbers.number` of the document in hand.

    Raises:
        NoNumbersError: it counts none. None may be set from here: they would count on in the documents after it.
    """
    numbers = NUMBERS.get(None)
    if numbers is None:
        raise NoNumbersError
    return numbers.number(instance)


def with_numbers(write: Callable[[T], Written], value: T) -> Written:
    """What a function writes of a value, as a document that counts its objects."""
    token = NUMBERS.set(ObjectNumbers())
    try:
        return write(value)
    finally:
        NUMBERS.reset(token)


def with_numbers_if_needed(write: Callable[[T], Written], value: T) -> Written:
    """The same of a document of which nobody knows yet whether it has objects with ids."""
    try:
        return write(value)
    except NoNumbersError:
        return with_numbers(write, value)
