"""What a release of the package was: its version in the lock, and what the document said, beside it.

`generate --bump` compares with it, whatever was generated meanwhile, and needs neither a repository nor a network.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import MsgspecError, Struct

from bindwright.ir.model import Api
from bindwright.project.output_tree import paths

FILE = paths.RELEASED
"""In the output folder: the API and the names of the last release. Compressed, for it is written for this program."""
FORMAT = 1
LARGEST = 1 << 27
"""Bytes of the file's text that are read: whoever may write to the folder may have made the file."""
_TEXTS: dict[str, type] = {"doc": str, "examples": list, "example_names": list}
"""Members of the IR that no caller feels, and that make up most of it."""
_OF_THE_DOCUMENT = frozenset(
    {"asserts", "default", "extensions", "flows", "mapping", "pagination", "poll", "value", "zero"}
)
"""Members whose own members the document names."""


class Release(Struct):
    """A release that is to be written."""

    version: str
    aliases: dict[str, str] = {}
    """Each older name (see `alias_keys`) with the version that made it an alias."""
    names: Mapping[str, Any] | None = None
    """The names of the lock without the aliases that end with this release; None: as the lock has them."""

    def record(self, inputs: Mapping[str, str]) -> dict[str, Any]:
        """What stands in the lock."""
        return {"version": self.version, "inputs": dict(inputs), "aliases": dict(self.aliases)}


class Baseline(Struct):
    """What the last release was made of."""

    version: str
    api: Api
    names: dict[str, Any]


def dumps(release: Release, api: Api, names: Mapping[str, Any]) -> bytes:
    """The content of `FILE`: the same bytes for the same release."""
    from bindwright.ir.serialize import data_of

    data = {
        "format": FORMAT, "version": release.version, "names": names, "api": _without_texts(data_of(api, places=True)),
    }  # fmt: skip
    text = json.dumps(data, separators=(",", ":"), sort_keys=True).encode()
    import gzip  # only releases need it

    return gzip.compress(text, compresslevel=6, mtime=0)


def loads(raw: bytes) -> Baseline:
    """What `dumps` wrote.

    Raises:
        ValueError: this is none, or one that another version wrote.
    """
    from bindwright.ir import serialize

    try:
        data = json.loads(_decompressed(raw))
        if data["format"] != FORMAT:
            raise ValueError(f"it has format {data['format']}, this bindwright reads {FORMAT}")
        api = serialize.loads(json.dumps(data["api"]).encode())
        return Baseline(str(data["version"]), api, dict(data["names"]))
    except (KeyError, TypeError, RecursionError, zlib.error, MsgspecError) as error:
        raise ValueError(str(error)) from None


def _decompressed(raw: bytes) -> bytes:
    """The text of a gzip file (RFC 1952). A few bytes may stand for gigabytes: no more than `LARGEST` are made.

    Raises:
        ValueError: it is larger, or ends early.
        zlib.error: it is no such file.
    """
    file = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    text = file.decompress(raw, LARGEST)
    if not file.eof:
        raise ValueError(f"it ends early, or holds more than {LARGEST:,} bytes")
    return text


def _without_texts(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_text(key, each) for key, each in value.items()}
    return [_without_texts(each) for each in value] if isinstance(value, list) else value


def _without_text(key: str, value: Any) -> Any:
    if key in _OF_THE_DOCUMENT:
        return value
    if isinstance(value, _TEXTS.get(key, ())):
        return type(value)()
    return _without_texts(value)


def alias_keys(names: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    """Every older name of a lock, with the section and the keys under which it stands."""

    def below(table: Mapping[str, Any], keys: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        for key, value in table.items():
            if isinstance(value, Mapping):
                yield from below(value, (*keys, key))
            else:
                yield from ((*keys, key, name) for name in value)

    yield from below(names.get("aliases") or {}, ())
    if isinstance(typescript := names.get("typescript"), Mapping):
        yield from below(typescript.get("aliases") or {}, ("typescript",))


def without_aliases(names: Mapping[str, Any], ended: set[tuple[str, ...]]) -> dict[str, Any]:
    """The names of a lock without some of its older names."""

    def below(table: Mapping[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
        kept: dict[str, Any] = {}
        for key, value in table.items():
            if isinstance(value, Mapping):
                left: Any = below(value, (*keys, key))
            else:
                left = [name for name in value if (*keys, key, name) not in ended]
            if left:
                kept[key] = left
        return kept

    kept = {**names, "aliases": below(names.get("aliases") or {}, ())}
    if isinstance(typescript := names.get("typescript"), Mapping):
        aliases = below(typescript.get("aliases") or {}, ("typescript",))
        kept["typescript"] = {**typescript, "aliases": aliases}
    return kept
