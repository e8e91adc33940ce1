"""Every reference of every file leads somewhere: all that do not are reported in one run."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from bindwright.openapi.diagnostics.model import Place
from bindwright.openapi.references.resolver import Unresolved
from bindwright.standards.json_pointer import join

if TYPE_CHECKING:
    from bindwright.openapi.loaded import LoadedDocument

_MOST = 500
"""How many unresolvable references of one file are reported."""
_DATA = frozenset({"example", "enum", "const", "default", "value", "dataValue"})
"""Members that hold data, in which ``$ref`` means nothing."""
_NAMED = frozenset(
    {
        "properties",
        "patternProperties",
        "definitions",
        "$defs",
        "schemas",
        "responses",
        "parameters",
        "examples",
        "requestBodies",
        "headers",
        "securitySchemes",
        "securityDefinitions",
        "links",
        "callbacks",
        "pathItems",
        "mediaTypes",
        "paths",
        "webhooks",
        "content",
        "encoding",
        "dependentSchemas",
        "additionalOperations",
    }
)
"""Members whose own members are names that the author chose, not keywords."""


def check_references(document: LoadedDocument) -> None:
    """Report what resolves nowhere, and read every file that is referred to."""
    doubtful: list[str] = []
    visited: set[str] = set()
    while fresh := [name for name in document.files if name not in visited]:
        visited.update(fresh)
        for name in fresh:
            if not _all_inside(document, name):
                doubtful.append(name)
                for ref, place in references(document, name):
                    document.unresolved(ref, place)  # reads the file it names
    # Only now are all identifiers of all files known.
    for name in doubtful:
        _check_file(document, name)


def _check_file(document: LoadedDocument, name: str) -> None:
    failed: dict[str, tuple[Unresolved, Place, int]] = {}
    for ref, place in references(document, name):
        error = document.unresolved(ref, place)
        if error is not None:
            first = failed.get(ref)
            failed[ref] = (error, place, 1) if first is None else (first[0], first[1], first[2] + 1)
    for ref, (error, place, count) in islice(failed.items(), _MOST):
        message = error.message if count == 1 else f"{error.message} (used {count} times)"
        document.report(Unresolved(error.code, message, error.remedy), ref, place)
    if len(failed) > _MOST:
        message = f"{len(failed) - _MOST} more references lead nowhere"
        document.diagnostics.add("note", "more-of-the-same", message, Place(file=name))


def _all_inside(document: LoadedDocument, name: str) -> bool:
    """The quick answer for the usual file: its distinct references all lead somewhere."""
    file_place = Place(file=name)
    return document.plain(name) and all(
        ref[:1] == "#" and document.unresolved(ref, file_place) is None for ref in document.refs(name)
    )


def references(document: LoadedDocument, name: str) -> Iterator[tuple[str, Place]]:
    """Every reference of a file, in the order of the text, with the place of the object that has it."""
    swagger = document.version == "2.0"
    stack: list[tuple[Any, str, bool]] = [(document.value(Place(file=name)), "", False)]
    while stack:
        value, pointer, names = stack.pop()
        if type(value) is list:
            stack += [(item, join(pointer, i), False) for i, item in list(enumerate(value))[::-1]]
        elif type(value) is dict:
            if not names:
                for keyword in ("$ref", "$dynamicRef"):
                    ref = value.get(keyword)
                    if type(ref) is str:
                        yield ref, Place(file=name, pointer=pointer)
            stack += [
                (item, join(pointer, key), not names and key in _NAMED)
                for key, item in list(value.items())[::-1]
                if names or not _is_data(key, item, swagger)
            ]


def _is_data(key: str, item: Any, swagger: bool) -> bool:
    return key in _DATA or key[:2] == "x-" or (key == "examples" and (swagger or type(item) is list))
