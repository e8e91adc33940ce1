"""``$id``, ``$anchor`` and ``$dynamicAnchor`` (JSON Schema 2020-12 core, 8.2), ``$self`` (OpenAPI 3.2.0)."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field

from bindwright.openapi.text.files import SourceFile
from bindwright.standards.json_pointer import join, split

_KEYWORDS = (b"$id", b"$anchor", b"$dynamicAnchor", b"$self")
_NAMES = frozenset(keyword.decode() for keyword in _KEYWORDS)
_DATA = frozenset({"example", "enum", "const", "default", "value", "dataValue"})


class Identifiers(Struct):
    """The names that one file gives to places in itself."""

    resources: dict[str, str] = field(default_factory=dict)
    """Absolute URI to the pointer of the schema (or document) that has it."""
    anchors: dict[tuple[str, str], str] = field(default_factory=dict)
    """Base URI and anchor name to pointer; dynamic anchors are here as well."""
    dynamic: dict[tuple[str, str], str] = field(default_factory=dict)
    bases: dict[str, str] = field(default_factory=dict)
    """Pointer to the base URI that begins there."""

    def base(self, pointer: str, otherwise: str) -> str:
        """The base URI in force at `pointer`."""
        while True:
            if pointer in self.bases:
                return self.bases[pointer]
            if not pointer:
                return otherwise
            pointer = pointer.rpartition("/")[0]


def identifiers(file: SourceFile) -> Identifiers | None:
    """The identifiers of a file; None where it has none, which is nearly always."""
    if file.text is None or not any(keyword in file.text.data for keyword in _KEYWORDS):
        return None
    if not _named(file.value):  # the words stand in prose, or are names of properties
        return None
    result = Identifiers()
    stack: list[tuple[Any, str, str]] = [(file.value, "", file.uri)]
    while stack:
        value, pointer, base = stack.pop()
        if type(value) is dict:
            base = _note(result, value, pointer, base)
            below = [
                (item, join(pointer, key), base) for key, item in value.items() if _descends(key, pointer)
            ]
            stack += below
        elif type(value) is list:
            stack += [(item, join(pointer, index), base) for index, item in enumerate(value)]
    return result if result.bases or result.anchors else None


def _named(root: Any) -> bool:
    """Whether some object of a file has one of the keywords with text as its value."""
    stack = [root]
    while stack:
        value = stack.pop()
        if type(value) is dict:
            if not _NAMES.isdisjoint(value) and any(type(value.get(name)) is str for name in _NAMES):
                return True
            stack += [item for item in value.values() if type(item) is dict or type(item) is list]
        elif type(value) is list:
            stack += [item for item in value if type(item) is dict or type(item) is list]
    return False


def _descends(key: str, pointer: str) -> bool:
    return key not in _DATA or split(pointer)[-1:] in (["properties"], ["responses"], ["$defs"], ["schemas"])


def _note(result: Identifiers, value: dict[str, Any], pointer: str, base: str) -> str:
    name = value.get("$self") if not pointer else None
    name = value.get("$id", name)
    if isinstance(name, str) and not name.startswith("#"):
        from urllib.parse import urldefrag, urljoin

        base = urldefrag(urljoin(base, name)).url
        result.resources.setdefault(base, pointer)
        result.bases[pointer] = base
    for keyword in ("$anchor", "$dynamicAnchor"):
        anchor = value.get(keyword)
        if isinstance(anchor, str):
            result.anchors.setdefault((base, anchor), pointer)
            if keyword == "$dynamicAnchor":
                result.dynamic.setdefault((base, anchor), pointer)
    return base
