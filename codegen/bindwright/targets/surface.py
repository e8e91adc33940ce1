"""The surface of what a target writes: everything that its callers can name, in one form for all targets.

The difference of two surfaces is what a new version of a package means to its callers, so `bindwright diff` judges the
binding by it. Keys are dotted paths from the package (``Client.pets``, ``api.pets.Pets.get_pet``, ``models.Pet.name``).
`surface.schema.json` beside this module describes the JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct, field

from bindwright.standards.terminal import escape_json

FORMAT = 1
"""Of the surface's JSON."""

Symbol = dict[str, Any]
"""One thing that can be named. Its ``kind`` is ``class``, ``field``, ``member`` (of an enumeration), ``property``,
``method``, ``async method``, ``alias`` (of a type) or ``export``."""


class Surface(Struct, kw_only=True):
    """What callers of one package can name."""

    target: str
    symbols: dict[str, Symbol]
    origins: dict[str, str] = field(default_factory=dict)
    """What of the API a symbol stands for (an id of a type, ``TYPE.PROPERTY``, the id of an operation); not written."""

    def data(self) -> dict[str, Any]:
        """As it is written."""
        symbols = {name: self.symbols[name] for name in sorted(self.symbols)}
        return {"format": FORMAT, "target": self.target, "symbols": symbols}


def file_name(target: str) -> str:
    """Where the surface stands, beside what the target writes."""
    return f"surface.{target}.json"


def dumps(surface: Surface) -> str:
    """The text of the file: a symbol a line, sorted, so that a small change is a small difference to review."""
    data = surface.data()
    symbols = data.pop("symbols")
    # Many members share a symbol; all of them live as long as the surface, so that an id stands for one.
    shared = {id(symbol): symbol for symbol in symbols.values()}
    # What has to be escaped is looked for in each text: few hold more than ASCII, and all of them joined do then.
    texts = dict(zip(shared, map(escape_json, _lines(list(shared.values()))), strict=True))
    names = "\n".join(symbols)
    quoted = _plain if _PLAIN.fullmatch(names) and names.count("\n") < len(symbols) else _quoted
    lines = [f"  {quoted(name)}: {texts[id(symbol)]}" for name, symbol in symbols.items()]
    head = "".join(f" {json.dumps(name)}: {json.dumps(value)},\n" for name, value in data.items())
    return "".join(("{\n", head, ' "symbols": {\n', ",\n".join(lines), "\n }\n}\n"))


def _plain(name: str) -> str:
    return f'"{name}"'


def _quoted(name: str) -> str:
    return escape_json(json.dumps(name))


_PLAIN = re.compile(r"[A-Za-z0-9_.\n]*")
"""Dotted paths, which mostly are letters of ASCII and dots."""
_WRITE = msgspec.json.Encoder(order="sorted").encode
_BETWEEN = "\0"
"""Stands between symbols in one list, where no other text can look like it: its quotation marks would have a
backslash. Only a list in a symbol could hold it, and then there are more parts than symbols."""


def _lines(symbols: list[Symbol]) -> list[str]:
    """Each symbol on one line, members sorted, as `json` writes it, which takes five times as long."""
    if not symbols:
        return []
    parts: list[Any] = [_BETWEEN] * (2 * len(symbols) - 1)
    parts[::2] = symbols
    try:
        lines = msgspec.json.format(_WRITE(parts), indent=0).decode()[1:-1].split(', "\\u0000", ')
    except UnicodeEncodeError:  # half a character, as a document may have it
        lines = []
    if len(lines) == len(symbols):
        return lines
    return [json.dumps(symbol, ensure_ascii=False, sort_keys=True) for symbol in symbols]


def loads(text: str | bytes) -> Surface:
    """The surface that `dumps` wrote.

    Raises:
        ValueError: this is no surface, or one of another format.
    """
    try:
        data = json.loads(text)
    except RecursionError:
        raise ValueError("it nests too deep") from None
    if not isinstance(data, Mapping) or data.get("format") != FORMAT:
        raise ValueError(f"this is no surface of format {FORMAT}")
    symbols = data.get("symbols")
    if not isinstance(symbols, dict) or not all(isinstance(symbol, dict) for symbol in symbols.values()):
        raise ValueError("its symbols are no table")
    return Surface(target=str(data.get("target", "")), symbols=symbols)
