"""The document that `load` gives: the `Document` protocol over files on disk, in memory or fetched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from bindwright.openapi.diagnostics.model import Diagnostic, Diagnostics, Level, Place, Position
from bindwright.openapi.document import Version
from bindwright.openapi.options import LoadOptions
from bindwright.openapi.references.dynamic_refs import dynamic_place
from bindwright.openapi.references.file_table import Files
from bindwright.openapi.references.resolver import Resolver, Unresolved
from bindwright.standards.json_pointer import resolve

if TYPE_CHECKING:
    from bindwright.openapi.changed_places import ChangedPlaces

Finding = tuple[Level, str, str, str, str, str]
"""Level, code, message, file, pointer and remedy: what another process can send."""
Check = Callable[[], list[Finding]]


class LoadedDocument(Struct, eq=False):
    """The files of one API description. Implements `bindwright.openapi.document.Document`."""

    root: dict[str, Any]
    version: Version
    _diagnostics: Diagnostics
    options: LoadOptions
    _files: Files
    _resolver: Resolver
    _changed: ChangedPlaces | None = None
    _reported: set[tuple[str, str]] = field(default_factory=set)
    _check: Check | None = None
    """What is still to be checked."""
    _read: int = 0
    """How many diagnostics there were before."""

    @property
    def diagnostics(self) -> Diagnostics:
        """What is wrong; the rest of the check is done when somebody asks."""
        if self._check is not None:
            check, self._check = self._check, None
            diagnostics = [
                Diagnostic(
                    level=level,
                    code=code,
                    message=message,
                    place=Place(file=file, pointer=pointer),
                    remedy=remedy,
                )
                for level, code, message, file, pointer, remedy in check()
            ]
            # Before what was found meanwhile by those who follow references.
            self._diagnostics.items[self._read : self._read] = diagnostics
            self._read += len(diagnostics)
        return self._diagnostics

    @property
    def checked(self) -> list[Diagnostic]:
        """What reading and checking found, whatever was found since."""
        return self.diagnostics.items[: self._read]

    @property
    def failed(self) -> bool:
        """Whether errors are known already, of what was checked so far."""
        return self._diagnostics.failed

    def check_later(self, check: Check) -> None:
        """Let a check be done when somebody asks for the diagnostics."""
        self._check, self._read = check, len(self._diagnostics.items)

    def check_meanwhile(self, begin: Callable[[Check], Check]) -> None:
        """Let `begin` start the rest of the check; what it gives waits for its result."""
        if self._check is not None:
            self._check = begin(self._check)

    @property
    def files(self) -> tuple[str, ...]:
        """Every file that was read, the root document first (as ``""``), then in the order of reading."""
        return tuple(self._files.by_name)

    @property
    def path(self) -> str | None:
        """Absolute path of the root document, where it has one."""
        return self._files.path

    @property
    def uri(self) -> str:
        """Where the root document was fetched from; empty for a file."""
        return self._files.uri

    @property
    def folder(self) -> str:
        """The folder that names in `files` are relative to, links resolved; ``""`` without a path."""
        return self._files.folder

    @property
    def remote_hashes(self) -> dict[str, str]:
        """URL to sha256 of every file that came from a network, for the lock."""
        return self._files.remote_hashes

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(len(self.data(name)) for name in self.files)

    def data(self, name: str) -> bytes:
        """The contents of a file of `files`, as UTF-8. Raises KeyError for another name."""
        text = self._files.by_name[name].text
        return text.data if text is not None else b""

    def follow(self, ref: str, origin: Place) -> tuple[Any, Place] | None:
        """What a reference at `origin` means and its canonical place; None, with a diagnostic, for none.

        Chains are followed. From OpenAPI 3.1 on, a chain stops at an object that has more than ``$ref``,
        ``summary`` and ``description``: what stands beside the reference counts, and the caller combines it.
        """
        try:
            return self._resolver.follow(ref, origin)
        except Unresolved as error:
            self.report(error, ref, origin)
            return None

    def follow_dynamic(
        self, ref: str, origin: Place, scope: Sequence[Place] = ()
    ) -> tuple[Any, Place] | None:
        """`follow` for a ``$dynamicRef`` (JSON Schema 2020-12 core, 8.2.3.2).

        `scope` has the places of the references that led here, outermost first.
        """
        static = self.follow(ref, origin)
        if static is None:
            return None
        place = dynamic_place(self._resolver, ref, static[1], scope)
        return static if place == static[1] else (self.value(place), place)

    def unresolved(self, ref: str, origin: Place) -> Unresolved | None:
        """Why a reference leads nowhere, without recording it; None where it leads somewhere."""
        try:
            self._resolver.follow(ref, origin)
        except Unresolved as error:
            return error
        return None

    def must_follow(self, ref: str, origin: Place) -> tuple[Any, Place]:
        """`follow` for a reference that is known to lead somewhere. Raises `Unresolved`."""
        return self._resolver.follow(ref, origin)

    def refs(self, name: str) -> set[str]:
        """The distinct strings that stand under ``$ref`` in a file, those in examples included."""
        return self._files.by_name[name].refs

    def plain(self, name: str) -> bool:
        """Whether a file names no places in itself (``$id``, ``$anchor``, ...)."""
        return self._resolver.plain(name)

    def report(self, error: Unresolved, ref: str, origin: Place) -> None:
        """Record an unresolvable reference, once for each file and reference."""
        if (origin.file, ref) in self._reported:
            return
        self._reported.add((origin.file, ref))
        self._diagnostics.add(self.wrong, error.code, error.message, self._ref_place(origin), error.remedy)

    @property
    def wrong(self) -> Level:
        """The level of what cannot be resolved or is impossible."""
        return "degraded" if self.options.tolerant else "error"

    def _ref_place(self, origin: Place) -> Place:
        try:
            holder = self.value(origin)
        except KeyError:
            return origin
        if type(holder) is dict and "$ref" in holder:
            return Place(file=origin.file, pointer=origin.pointer + "/$ref")
        return origin

    def value(self, place: Place) -> Any:
        """The value at a place. Raises KeyError where there is none."""
        return resolve(self._files.by_name[place.file].value, place.pointer)

    def source(self, place: Place) -> Place:
        """Where what is at a place was written: what an overlay adds or changes stands in the overlay."""
        if place.file or self._changed is None:
            return place
        return self._changed.place(self.root, place.pointer)

    def position(self, place: Place, *, key: bool = False) -> Position | None:
        """Line and column of a place: of its name for an object or list (or with `key`), else of the value.

        They are of the file that `source` names. Where the pointer leads nowhere, the nearest value around it; None for
        an unreadable or unknown file.
        """
        place = self.source(place)
        file = self._files.by_name.get(place.file)
        return file.position(place.pointer, self.options, key=key) if file is not None else None
