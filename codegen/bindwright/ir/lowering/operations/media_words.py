"""The words that media types give to inline types, where one body is described in several ways.

What JSON describes is called after where it stands; what XML describes otherwise has ``xml`` among its words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from msgspec.structs import replace

from bindwright.ir.lowering.location import Location
from bindwright.standards.media_types import Kind, essence, kind_of

_KINDS: dict[Kind, str] = {
    "json": "json", "xml": "xml", "form": "form", "multipart": "multipart", "jsonl": "lines", "json-seq": "sequence",
    "sse": "events", "text": "text", "binary": "binary",
}  # fmt: skip
"""Kinds by rank, each with its word."""
_RANKS = {kind: rank for rank, kind in enumerate(_KINDS)}
_SUFFIX = re.compile(r"\+[a-z0-9-]+\Z")
_PREFIX = re.compile(r"\A(?:x-|x\.|vnd\.|prs\.)+")


def media_words(raw: Mapping[Any, Any]) -> dict[str, str]:
    """The word of each media type of a ``content`` that has one.

    Ranks go by the kind of media type and by its name, never by the order of the document. The first has no word, nor
    has what describes the body as it does.
    """
    described = sorted(
        ((media, schemas) for media, value in raw.items() if (schemas := _inline_schemas(value))),
        key=lambda pair: (_RANKS[kind_of(str(pair[0]))], len(str(pair[0])), str(pair[0])),
    )
    if len(described) < 2:
        return {}
    words: dict[str, str] = {}
    before: list[tuple[Any, str]] = []
    kinds: set[Kind] = set()
    for media, schemas in described:
        word = next((word for schema, word in before if schema in schemas), None)
        if word is None:
            word = _word(str(media), kinds, {word for _, word in before}) if before else ""
        before += [(schema, word) for schema in schemas]
        kinds.add(kind_of(str(media)))
        if word:
            words[media] = word
    return words


def _inline_schemas(media_object: Any) -> list[Any]:
    """The schemas that are described here and not referred to."""
    if not isinstance(media_object, Mapping):
        return []
    schemas = (media_object.get(keyword) for keyword in ("schema", "itemSchema"))
    return [schema for schema in schemas if isinstance(schema, Mapping) and schema and "$ref" not in schema]


def _word(media: str, kinds: Collection[Kind], words: Collection[str]) -> str:
    """The kind where it is another one; else what is special about the name, else all of it."""
    kind = kind_of(media)
    subtype = _PREFIX.sub("", _SUFFIX.sub("", essence(media).rpartition("/")[2]))
    named = (subtype,) if kind in ("text", "binary") and subtype not in ("plain", "octet-stream", "*") else ()
    tries = (*named, *(() if kind in kinds else (_KINDS[kind],)), subtype, media)
    return next((word for word in tries if word not in words), media)


def called_after(location: Location, word: str) -> Location:
    """The location with a word more before its last one: ``getPets``, ``xml``, ``response``."""
    if location.word is None:
        around = None if location.around is None else called_after(location.around, word)
        return replace(location, around=around)
    if location.around is None:  # a component: its name comes first
        return replace(location, word=word, around=replace(location))
    return replace(location, around=Location(location.file, location.pointer, word, location.around))
