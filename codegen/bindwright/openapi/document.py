"""A `Document`: the parsed files of one API description, with references that can be followed.

Values are plain ``dict``, ``list``, ``str``, ``int``, ``float``, ``Decimal``, ``bool`` and ``None``;
positions are computed from a `Place` only when a diagnostic is shown, by reading the text again with a
parser that keeps them, so that a run without complaints does not pay for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, Protocol

from bindwright.openapi.diagnostics.model import Diagnostic, Diagnostics, Place, Position

Version = Literal["2.0", "3.0", "3.1", "3.2"]


class Document(Protocol):
    """What lowering may ask of a document. `bindwright.openapi.load` makes one."""

    root: dict[str, Any]
    version: Version

    @property
    def diagnostics(self) -> Diagnostics:
        """What is wrong; what follows adds to it."""

    @property
    def checked(self) -> list[Diagnostic]:
        """What reading and checking found, whatever was found since."""

    @property
    def files(self) -> tuple[str, ...]:
        """Every file that was read, relative to the root document's folder, the root first (as ``""``)."""

    def follow(self, ref: str, origin: Place) -> tuple[Any, Place] | None:
        """The value a ``$ref`` at `origin` points to and its canonical place, following chains of references;
        None (with a diagnostic) where there is none. Knows ``$id``, ``$anchor``, relative files."""

    def follow_dynamic(
        self, ref: str, origin: Place, scope: Sequence[Place] = ()
    ) -> tuple[Any, Place] | None:
        """`follow` for a ``$dynamicRef``; `scope` has the places of the references that led here, outermost first."""

    def value(self, place: Place) -> Any:
        """The value at a place; KeyError where there is none."""

    def position(self, place: Place) -> Position | None:
        """Where a place stands in its file's text."""
