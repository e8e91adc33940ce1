"""Names made from paths: of operations without an id, without the segments that all of their paths begin with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct

from bindwright.ir import model as ir
from bindwright.targets.naming import words


class ShortTexts(Struct, frozen=True):
    """What names what, where something shorter than the whole path does."""

    operations: Mapping[str, str] = {}
    """By operation."""
    inline: Mapping[str, str] = {}
    """Of inline types, by the text that their operation gives them."""


def short_texts(api: ir.Api, is_called_whole: Callable[[ir.Operation], bool]) -> ShortTexts:
    """Texts without the prefix of all paths of operations that have no id.

    ``/api/v1/users`` and ``/api/v1/teams/{id}`` are ``get users`` and ``get teams by id``. A package keeps what it
    began with: where its lock has a name of the whole path, what comes later is called by the whole path, too.

    Args:
        is_called_whole: whether the lock has a name for an operation that is made from its whole path.
    """
    unnamed = [operation for operation in api.operations if not operation.operation_id]
    prefix = shared_prefix({operation.path for operation in unnamed})
    if not prefix:
        return ShortTexts()
    rest = {operation.id: "/" + "/".join(_segments(operation.path)[len(prefix) :]) for operation in unnamed}
    texts = {operation.id: path_text(operation, rest[operation.id]) for operation in unnamed}
    if any(map(is_called_whole, unnamed)):
        return ShortTexts()
    inline = {inline_text(operation): inline_text(operation, rest[operation.id]) for operation in unnamed}
    return ShortTexts(operations=texts, inline=inline)


def shared_prefix(paths: Iterable[str]) -> list[str]:
    """The segments that all paths (two at least) begin with, as far as a name follows them in each."""
    split = [_segments(path) for path in set(paths)]
    if len(split) < 2:
        return []
    prefix: list[str] = []
    for segments in zip(*split, strict=False):
        if len(set(segments)) > 1 or "{" in segments[0]:
            break
        prefix.append(segments[0])
    while prefix and not all(_begins_with_name(segments[len(prefix) :]) for segments in split):
        prefix.pop()
    return prefix


def _begins_with_name(segments: list[str]) -> bool:
    return bool(segments) and "{" not in segments[0] and bool(words.words(segments[0]))


def _segments(path: str) -> list[str]:
    return [segment for segment in path.split("/") if segment]


def path_text(operation: ir.Operation, path: str | None = None) -> str:
    """``get pets by id`` for ``GET /pets/{id}``."""
    spelled = re.sub(r"\{([^{}]*)\}", r" by \1 ", operation.path if path is None else path)
    return f"{operation.method.lower()} {spelled} {operation.fragment}"


def inline_text(operation: ir.Operation, path: str | None = None) -> str:
    """What the IR calls inline types of an operation without an id: ``get pets id``."""
    whole = operation.path if path is None else path
    segments = [
        segment.replace("{", "").replace("}", "") for segment in (*whole.split("/"), operation.fragment)
    ]
    return " ".join([operation.method.lower(), *filter(None, segments)])
