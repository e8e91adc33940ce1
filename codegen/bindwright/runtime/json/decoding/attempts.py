"""What alternatives of unions have made of the values of a document: each reads each value once.

Two alternatives that hold the same union try each of its alternatives each time they are tried themselves: without
this a document of n levels takes 2 to the power of n attempts, and 400 bytes keep a processor busy for minutes.
"""

from __future__ import annotations

from contextvars import ContextVar

from bindwright.runtime.errors import DecodeError
from bindwright.runtime.value_types import Function, JsonValue, PythonValue

ReadOutcome = tuple[PythonValue, tuple[str, str, str] | None]
"""The value, or what the error says: expected, found, and the path below the value."""

_OUTCOMES: ContextVar[dict[tuple[int, object], ReadOutcome]] = ContextVar("outcomes")


class UnionAttempts:
    """The attempts within the outermost union of a place; unions within it share its table.

    Values are known by their identity: the parsed document, which holds them, outlives the table.
    """

    __slots__ = ("_outcomes", "_token")

    def __enter__(self) -> UnionAttempts:
        # A context variable: other threads and tasks read documents of their own meanwhile.
        outcomes = _OUTCOMES.get(None)
        self._token = None
        if outcomes is None:
            self._token = _OUTCOMES.set(outcomes := {})
        self._outcomes = outcomes
        return self

    def __exit__(self, *exception: object) -> None:
        if self._token is not None:
            _OUTCOMES.reset(self._token)

    def read(self, reader: object, read: Function, value: JsonValue) -> PythonValue:
        """What a function makes of a value, from the table or now.

        Args:
            reader: tells the function from others; equal for those that read alike, as two of one class do.
            read: the function.
            value: an object or array of the document.

        Raises:
            DecodeError: the function does not take the value; another one each time, for callers add to its path.
        """
        # Errors are kept as their words: whoever catches one adds to its path.
        key = id(value), reader
        if key not in self._outcomes:
            try:
                self._outcomes[key] = read(value), None
            except DecodeError as error:
                self._outcomes[key] = None, (error.expected, error.found, error.path)
        result, refusal = self._outcomes[key]
        if refusal is not None:
            raise DecodeError(*refusal)
        return result
