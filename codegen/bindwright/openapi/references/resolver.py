"""Following references: from a ``$ref`` to the place it means."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field

from bindwright.openapi.diagnostics.model import Place
from bindwright.openapi.diagnostics.syntax_errors import Refused
from bindwright.openapi.references.file_table import Files, resolve
from bindwright.openapi.references.identifiers import Identifiers, identifiers
from bindwright.openapi.text.files import SourceFile
from bindwright.standards.json_pointer import escape, split, step

_PROSE = frozenset({"$ref", "summary", "description"})
"""What may stand in an object that is no more than a reference (OpenAPI 3.1.1, 4.8.23)."""


_THROUGH = 50
"""How many references a pointer may lead through before it is taken for a cycle."""
_SUGGESTIONS = 100
"""How many unresolvable references get a suggestion: looking for one takes time."""


class Unresolved(Exception):
    """A reference that leads nowhere: code, message, remedy."""

    def __init__(self, code: str, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.code, self.message, self.remedy = code, message, remedy


class Resolver(Struct):
    """Resolves references between the files of one description."""

    files: Files
    siblings_count: bool
    """Whether keywords beside a ``$ref`` mean something (OpenAPI 3.1 and later)."""
    _identifiers: dict[str, Identifiers | None] = field(default_factory=dict)
    _resolved: dict[tuple[str, str], tuple[Any, Place]] = field(default_factory=dict)
    _failed: dict[tuple[str, str], Unresolved] = field(default_factory=dict)
    _through_depth: int = 0
    _suggestions: int = _SUGGESTIONS

    def follow(self, ref: str, origin: Place) -> tuple[Any, Place]:
        """The value and canonical place behind `ref`, chains of bare references followed.

        Raises `Unresolved`.
        """
        resolved = self._resolved.get((origin.file, ref))
        if resolved is not None:
            return resolved
        if (origin.file, ref) in self._failed:
            raise self._failed[origin.file, ref].with_traceback(None)
        try:
            return self._chain(ref, origin)
        except Unresolved as error:
            # Only what stays inside one file is certain to fail again: others may yet be read.
            if ref[:1] == "#" and self._names(origin.file) is None:
                self._failed[origin.file, ref] = error
            raise

    def _chain(self, ref: str, origin: Place) -> tuple[Any, Place]:
        steps = [(origin.file, ref)]
        value, place = self.once(ref, origin)
        visited = {place}
        while type(value) is dict and type(value.get("$ref")) is str and self._bare(value):
            step_ = (place.file, value["$ref"])
            steps.append(step_)
            value, place = self._resolved.get(step_) or self.once(value["$ref"], place)
            if place in visited:
                raise Unresolved(
                    "reference-cycle", f"`{_short(ref)}` leads back to itself", "define one of the members"
                )
            visited.add(place)
        for name, used in steps:
            if self._names(name) is None:
                self._resolved[name, used] = (value, place)
        return value, place

    def _bare(self, value: dict[str, Any]) -> bool:
        return not self.siblings_count or len(value) == 1 or value.keys() <= _PROSE

    def once(self, ref: str, origin: Place) -> tuple[Any, Place]:
        """The value and place that one reference names. Raises `Unresolved`."""
        fragment = ref.partition("#")[2]
        if ref[:1] == "#" and self._names(origin.file) is None:
            return self._inside(self.files.by_name[origin.file], "", fragment, ref)
        file = self.files.by_name[origin.file]
        names = self._names(origin.file)
        base = names.base(origin.pointer, file.uri) if names else file.uri
        try:
            uri = resolve(base, ref)
            target, start = self._resource(uri, ref, file)
        except Refused as error:
            raise Unresolved(error.code, error.message, self._remedy(error, ref)) from None
        except ValueError:  # urllib's for malformed addresses
            raise Unresolved("unresolved-reference", f"`{_short(ref)}` is not a reference") from None
        if not target.readable:
            message = f"`{target.name or ref}` could not be read"
            raise Unresolved("unresolved-reference", message, "see what is said about that file")
        return self._inside(target, start, fragment, ref, uri)

    def plain(self, name: str) -> bool:
        """Whether a file has no ``$id``, ``$anchor`` and their like."""
        return self._names(name) is None

    def _names(self, name: str) -> Identifiers | None:
        if name not in self._identifiers:
            self._identifiers[name] = identifiers(self.files.by_name[name])
        return self._identifiers[name]

    def is_dynamic(self, place: Place, name: str) -> bool:
        """Whether the schema at `place` is what a ``$dynamicAnchor`` called `name` marks."""
        names = self._names(place.file)
        anchors = names.dynamic.items() if names else ()
        return any(anchor == name and pointer == place.pointer for (_, anchor), pointer in anchors)

    def dynamic_anchor(self, place: Place, name: str) -> Place | None:
        """The place of the ``$dynamicAnchor`` called `name` in the schema resource around `place`."""
        names = self._names(place.file)
        if names is None:
            return None
        base = names.base(place.pointer, self.files.by_name[place.file].uri)
        pointer = names.dynamic.get((base, name))
        return None if pointer is None else Place(file=place.file, pointer=pointer)

    def _resource(self, uri: str, ref: str, file: SourceFile) -> tuple[SourceFile, str]:
        """The file, and the pointer in it, that has the absolute URI `uri`."""
        for name, other in list(self.files.by_name.items()):
            names = self._names(name)
            if names is not None and uri in names.resources:
                return other, names.resources[uri]
        try:
            return self.files.get(uri, file.uri), ""
        except Refused:
            # A `$id` is only a name: the files that carry such names usually lie side by side.
            sibling = resolve(file.uri, ref)
            if sibling == uri:
                raise
            return self.files.get(sibling, file.uri), ""

    def _inside(
        self, file: SourceFile, start: str, fragment: str, ref: str, uri: str = ""
    ) -> tuple[Any, Place]:
        if "%" in fragment:
            from urllib.parse import unquote

            fragment = unquote(fragment)
        if fragment and fragment[0] != "/":
            return self._anchor(file, fragment, ref, uri)
        return self._pointer(file, start + fragment, ref)

    def _anchor(self, file: SourceFile, anchor: str, ref: str, uri: str) -> tuple[Any, Place]:
        names = self._names(file.name)
        pointer = names.anchors.get((uri or file.uri, anchor)) if names else None
        if pointer is None:
            anchors = [name for _, name in names.anchors] if names else []
            raise Unresolved(
                "unresolved-reference", f"no anchor `{anchor}`", _anchor_remedy(file, anchor, anchors)
            )
        return self._pointer(file, pointer, ref)

    def _pointer(self, file: SourceFile, pointer: str, ref: str) -> tuple[Any, Place]:
        value, canonical = file.value, ""
        place = Place(file=file.name)
        for token in split(pointer):
            if type(value) is dict and token not in value and type(value.get("$ref")) is str:
                # RFC 6901 does not look through references; documents in the wild count on it.
                value, place = self._through(value["$ref"], place, ref)
                canonical = place.pointer
            try:
                value = step(value, token)
            except KeyError:
                raise self._nowhere(value, token, canonical, pointer, ref) from None
            canonical = f"{canonical}/{escape(token)}"
            place = Place(file=place.file, pointer=canonical)
        return value, place

    def _nowhere(self, value: Any, token: str, canonical: str, pointer: str, ref: str) -> Unresolved:
        missing = token if len(token) <= 60 else token[:57] + "..."
        where = f"`{canonical}`" if canonical else "the document"
        message = f"`{_short(ref)}` leads nowhere: no `{missing}` in {where}"
        self._suggestions -= 1
        if type(value) is not dict or self._suggestions < 0:
            return Unresolved("unresolved-reference", message, "correct the pointer")
        from bindwright.openapi.diagnostics.suggest import nearest

        match = nearest(token, value)
        if match is None:
            return Unresolved("unresolved-reference", message, "define it there")
        rest = pointer[len(canonical) + 1 + len(escape(token)) :]
        file = ref.partition("#")[0]
        remedy = f"did you mean `{file}#{canonical}/{escape(match)}{rest}`?"
        return Unresolved("unresolved-reference", message, remedy)

    def _through(self, outer_ref: str, place: Place, ref: str) -> tuple[Any, Place]:
        if self._through_depth >= _THROUGH:
            raise Unresolved("reference-cycle", f"`{_short(ref)}` goes through too many other references")
        self._through_depth += 1
        try:
            return self.follow(outer_ref, place)
        finally:
            self._through_depth -= 1

    def _remedy(self, error: Refused, ref: str) -> str:
        root = self.files.by_name[""].value
        if error.code == "missing-file" and type(root) is dict:
            for group in ("/definitions", "/components/schemas"):
                holder: Any = root
                for token in split(group):
                    holder = holder.get(token) if type(holder) is dict else None
                if type(holder) is dict and ref in holder:
                    return f"did you mean `#{group}/{escape(ref)}`?"
        return error.remedy


def _anchor_remedy(file: SourceFile, anchor: str, anchors: list[str]) -> str:
    from bindwright.openapi.diagnostics.suggest import did_you_mean

    first = anchor.partition("/")[0]
    if type(file.value) is dict and first in file.value:
        return f"did you mean `#/{anchor}`?"
    return did_you_mean(anchor, anchors, otherwise="a pointer begins with `#/`")


def _short(ref: str) -> str:
    return ref if len(ref) <= 120 else ref[:117] + "..."
