"""Parameter styles (OpenAPI 3.2.0, "Style Values" and "Style Examples"; RFC 6570).

Each function takes a value that `plain` has made and gives its text, percent-encoded where its
location is. Null is "undefined" in the words of the tables; an empty list or object has nothing to
write and is left out where a parameter can be.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bindwright.runtime.http.request.plain import Plain, items_of, scalar

Encode = Callable[[str], str]

_QUERY_SEPARATORS = {
    "form": ",",
    "spaceDelimited": "%20",
    "pipeDelimited": "%7C",
    "tabDelimited": "%09",
    "deepObject": ",",
}
_SEPARATORS = {"spaceDelimited": " ", "pipeDelimited": "|", "tabDelimited": "\t"}
"""Beside the query: ``collectionFormat`` of OpenAPI 2.0, which later versions have there alone."""


def path(name: str, value: Plain, style: str, explode: bool, encode: Encode) -> str:
    """One expression of a path template: ``simple``, ``label`` or ``matrix``."""
    if style == "matrix":
        return _matrix(name, value, explode, encode)
    if style == "label":
        return _label(value, explode, encode)
    return simple(value, explode, encode, encode(separator_of(style)) if style in _SEPARATORS else ",")


def separator_of(style: str | None) -> str:
    """What stands between items outside of the query: a comma, or what ``collectionFormat`` says."""
    return _SEPARATORS.get(style or "", ",")


def simple(value: Plain, explode: bool, encode: Encode, separator: str = ",") -> str:
    """``simple``: items with a separator between them, a comma by default (RFC 6570, 3.2.2)."""
    if value is None:
        return ""
    if isinstance(value, str):
        return encode(value)
    if isinstance(value, dict) and explode:
        return separator.join(_pairs(value, encode))
    return separator.join(encode(scalar(item)) for item in items_of(value))


def _label(value: Plain, explode: bool, encode: Encode) -> str:
    if value is None:
        return "."
    if isinstance(value, str):
        return "." + encode(value)
    if isinstance(value, dict) and explode:
        return "".join("." + pair for pair in _pairs(value, encode))
    between = "." if explode else ","
    items = items_of(value)
    return "." + between.join(encode(scalar(item)) for item in items) if items else ""


def _matrix(name: str, value: Plain, explode: bool, encode: Encode) -> str:
    name = encode(name)
    if value is None or value == "":
        return f";{name}"
    if isinstance(value, str):
        return f";{name}={encode(value)}"
    if isinstance(value, dict) and explode:
        return "".join(";" + pair for pair in _pairs(value, encode))
    items = [encode(scalar(item)) for item in items_of(value)]
    if explode:
        return "".join(f";{name}={item}" for item in items)
    return f";{name}={','.join(items)}" if items else ""


def _pairs(value: dict[str, Any], encode: Encode) -> list[str]:
    return [f"{encode(key)}={encode(scalar(member))}" for key, member in value.items() if member is not None]


def query(
    name: str, value: Plain, style: str, explode: bool, encode_name: Encode, encode: Encode
) -> list[str]:
    """The ``name=value`` parts of one query parameter; none for an empty list or object."""
    if isinstance(value, str) or value is None:
        return [f"{encode_name(name)}={encode(value or '')}"]
    if style == "deepObject":
        return _deep(encode_name(name), value, encode_name, encode)
    if explode and isinstance(value, dict):
        return _exploded(value, encode_name, encode)
    items = [encode(scalar(item)) for item in items_of(value)]
    if explode:
        return [f"{encode_name(name)}={item}" for item in items]
    separator = _QUERY_SEPARATORS.get(style, ",")
    return [f"{encode_name(name)}={separator.join(items)}"] if items else []


def _exploded(value: dict[str, Any], encode_name: Encode, encode: Encode) -> list[str]:
    """Members as parameters of their own; a list among them once for each item."""
    parts = []
    for key, member in value.items():
        for item in member if isinstance(member, list) else (member,):
            if item is not None:
                parts.append(f"{encode_name(key)}={encode(scalar(item))}")
    return parts


def _deep(prefix: str, value: Plain, encode_name: Encode, encode: Encode) -> list[str]:
    """``deepObject``; deeper than the specification defines, each level adds its name or index."""
    if value is None:
        return []
    if isinstance(value, str):
        return [f"{prefix}={encode(value)}"]
    entries = (
        value.items() if isinstance(value, dict) else ((str(index), item) for index, item in enumerate(value))
    )
    return [
        part
        for key, item in entries
        for part in _deep(f"{prefix}%5B{encode_name(key)}%5D", item, encode_name, encode)
    ]


def cookie(
    name: str, value: Plain, style: str, explode: bool, encode_name: Encode, encode: Encode
) -> list[str]:
    """The pairs of one cookie parameter, to be joined by ``"; "`` (RFC 6265, 4.2.1).

    With ``form`` (the only style before 3.2) values are percent-encoded; with ``cookie`` they are not.
    """
    return query(name, value, "form", explode, encode_name, encode)
