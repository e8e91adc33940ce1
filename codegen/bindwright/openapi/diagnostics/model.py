"""Diagnostics: values with a level, a code, a place and a remedy; collected, never thrown one at a time."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

Level = Literal["error", "degraded", "warning", "note"]


class Place(Struct, kw_only=True, frozen=True):
    """A JSON pointer in a file; ``file`` is relative to the root document's folder, ``""`` the root."""

    file: str = ""
    pointer: str = ""


class Position(Struct, kw_only=True, frozen=True):
    """Line and column, both from 1, and the text of that line."""

    line: int
    column: int
    text: str = ""
    width: int = 1
    """How many characters the caret underlines."""


class Diagnostic(Struct, kw_only=True, frozen=True):
    """One thing that is wrong, where it stands and what to do."""

    level: Level
    code: str
    """Kebab case, stable: ``unresolved-reference``."""
    message: str
    place: Place = Place()
    remedy: str = ""
    position: Position | None = None
    """Set where a parser found it (syntax errors); else computed from `place` when shown."""


class Diagnostics(Struct):
    """The collector that is handed through a run."""

    items: list[Diagnostic] = field(default_factory=list)
    _known: set[tuple[object, ...]] = field(default_factory=set)

    def add(
        self,
        level: Level,
        code: str,
        message: str,
        place: Place | None = None,
        remedy: str = "",
        position: Position | None = None,
    ) -> None:
        """Record one diagnostic; the same one of the same place only once."""
        place = place or Place()
        key = (level, code, message, place, position)
        if key not in self._known:
            self._known.add(key)
            self.items.append(
                Diagnostic(
                    level=level, code=code, message=message, place=place, remedy=remedy, position=position
                )
            )

    def has(self, code: str, place: Place) -> bool:
        """Whether a code was told of a place, or of something below it."""
        return any(
            item.code == code
            and item.place.file == place.file
            and f"{item.place.pointer}/".startswith(f"{place.pointer}/")
            for item in self.items
        )

    @property
    def failed(self) -> bool:
        """Whether any is an error: nothing may be written then."""
        return any(item.level == "error" for item in self.items)
