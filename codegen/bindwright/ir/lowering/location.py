"""A location: where lowering stands in the document, and the words that lead there."""

from __future__ import annotations

from msgspec import Struct

from bindwright.ir.model import SourcePlace
from bindwright.openapi.diagnostics.model import Place


def escape(token: str) -> str:
    """One reference token of a JSON pointer (RFC 6901, 3)."""
    if "~" in token or "/" in token:
        return token.replace("~", "~0").replace("/", "~1")
    return token


class Location(Struct, eq=False):
    """A place, the word it adds to the name of what stands there, and the location around it.

    Words are put together only when an inline type needs them: most locations never do.
    """

    file: str
    pointer: str
    word: str | None = None
    around: Location | None = None
    owner: str | None = None
    depth: int = 0
    source: Location | None = None
    """Where to look in the source, for locations whose own pointer stands for a merge of several."""
    scope: tuple[Place, ...] = ()
    """Below a reference that binds ``$dynamicAnchor``s: the places of such references, outermost first."""

    def down(self, tail: str, word: str | None = None) -> Location:
        """The location at `tail` (an escaped pointer beginning with ``/``) below this one."""
        result = Location(self.file, self.pointer + tail, word, self, self.owner, self.depth + 1)
        if self.scope and self.source is not None:
            result.scope, result.source = self.scope, self.source.down(tail)
        return result

    def bound(self, target: Location) -> Location:
        """The location of what a reference here leads to, read in the dynamic scope of the reference."""
        result = Location(self.file, self.pointer + "/$ref", None, self, self.owner, self.depth + 1)
        result.scope, result.source = (*self.scope, self.source_place), target
        return result

    @property
    def id(self) -> str:
        """The id of a type that stands here."""
        return f"{self.file}#{self.pointer}"

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the locations from the outermost to this one."""
        words: list[str] = []
        location: Location | None = self
        while location is not None:
            if location.word is not None:
                words.append(location.word)
            location = location.around
        return tuple(reversed(words))

    @property
    def place(self) -> SourcePlace:
        """The place for the IR."""
        real = self.source or self
        return SourcePlace(file=real.file, pointer=real.pointer)

    @property
    def source_place(self) -> Place:
        """The place for diagnostics and for following references."""
        real = self.source or self
        return Place(file=real.file, pointer=real.pointer)
