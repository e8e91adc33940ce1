"""What goes wrong with data.

::

    BindwrightError
    ├── DecodeError      (ValueError)  bytes or text that do not stand for the wanted type
    ├── EncodeError      (ValueError)  a value that the format cannot carry
    └── ValidationError  (ValueError)  a value that breaks constraints of its document

The HTTP client's errors hang on the same `BindwrightError`; see ``bindwright.runtime.http``.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen


class BindwrightError(Exception):
    """Base of every error of this package."""


class DecodeError(BindwrightError, ValueError):
    """Input that does not stand for the wanted type.

    ``path`` says where (``$.items[3].id`` in JSON, ``/Order/Item[2]/@id`` in XML), ``expected`` and
    ``found`` say what, in the words of the format.
    The message ends in the path.
    """

    def __init__(
        self,
        expected: str,
        found: str = "",
        path: str = "$",
        *,
        line: int | None = None,
        column: int | None = None,
    ) -> None:
        super().__init__(expected, found, path)
        self.expected = expected
        self.found = found
        self.path = path
        self.line = line
        """Line in the input, from 1, where the parser knows it."""
        self.column = column

    def __str__(self) -> str:
        what = f"expected {self.expected}, found {self.found}" if self.found else self.expected
        column = "" if self.column is None else f"column {self.column}, "
        where = "" if self.line is None else f"line {self.line}, {column}"
        return f"{what} - at {where}{self.path}"

    def __reduce__(self) -> tuple[object, ...]:
        return _decode_error, (type(self), self.expected, self.found, self.path, self.line, self.column)


def _decode_error(
    class_: type[DecodeError], expected: str, found: str, path: str, line: int | None, column: int | None
) -> DecodeError:
    error = class_.__new__(class_)  # those at a node of XML are made with the node
    DecodeError.__init__(error, expected, found, path, line=line, column=column)
    return error


class EncodeError(BindwrightError, ValueError):
    """A value that cannot be written; ``path`` is where it stands in what was to be encoded."""

    def __init__(self, reason: str, path: str = "$") -> None:
        super().__init__(reason, path)
        self.reason = reason
        self.path = path

    def __str__(self) -> str:
        return f"{self.reason} - at {self.path}"


@frozen
class Violation:
    """One constraint that a value breaks."""

    path: str
    """Where: ``$.items[3].id``, with JSON member names."""
    rule: str
    """The keyword of JSON Schema: ``maxLength``, ``pattern``, ``enum`` …"""
    message: str
    """What is wrong, with the limit and the value."""

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


class ValidationError(BindwrightError, ValueError):
    """A value that breaks constraints; ``violations`` has every one of them."""

    def __init__(self, violations: Sequence[Violation]) -> None:
        super().__init__(tuple(violations))
        self.violations = tuple(violations)

    def __str__(self) -> str:
        count = len(self.violations)
        head = "1 violation" if count == 1 else f"{count} violations"
        return f"{head}: " + "; ".join(map(str, self.violations))
