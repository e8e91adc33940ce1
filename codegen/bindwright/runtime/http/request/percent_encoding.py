"""Percent-encoding (RFC 3986, RFC 6570) and text that a header may hold (RFC 9110, 5.5)."""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import quote, unquote_plus

_PLAIN = re.compile(r"[A-Za-z0-9._~-]*\Z")
_RESERVED = ":/?#[]@!$&'()*+,;="
_TRIPLET = re.compile(r"%[0-9A-Fa-f]{2}")
_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+\Z")
_HEADER_VALUE = re.compile(r"[\t\x20-\x7e]*\Z")


def encode(text: str) -> str:
    """Everything but the unreserved characters of RFC 3986, 2.3.

    Raises:
        ValueError: a lone surrogate, which no URL can carry.
    """
    if _PLAIN.match(text):
        return text
    return quote(text, safe="")


def encode_reserved(text: str) -> str:
    """As `encode`, with reserved characters and percent-encoded triplets kept (RFC 6570, 3.2.3)."""
    if _PLAIN.match(text):
        return text
    parts, start = [], 0
    for match in _TRIPLET.finditer(text):
        parts += [quote(text[start : match.start()], safe=_RESERVED), match.group()]
        start = match.end()
    parts.append(quote(text[start:], safe=_RESERVED))
    return "".join(parts)


def encode_query_reserved(text: str) -> str:
    """As `encode_reserved`; ``#``, which would cut the URL off, is encoded none the less.

    OpenAPI 3.2.0, "Parameter Object", ``allowReserved``: what delimits a query (``&``, ``+``) is the
    caller's to encode, and is kept where it is encoded.
    """
    return encode_reserved(text).replace("#", "%23")


def encode_path_reserved(text: str) -> str:
    """As `encode_reserved`; ``?`` and ``#``, which would end the path, are encoded none the less."""
    return encode_reserved(text).replace("#", "%23").replace("?", "%3F")


def encode_form(text: str) -> str:
    """application/x-www-form-urlencoded (WHATWG URL, 5.2): space is ``+``, ``*-._`` stay."""
    return quote(text, safe="*").replace("~", "%7E").replace("%20", "+")


def check_header_name(name: str) -> str:
    """The name, if it is a token.

    Raises:
        ValueError: it is not.
    """
    if not _HEADER_NAME.match(name):
        raise ValueError(f"{name!r} is no header name")
    return name


def check_header(name: str, value: str) -> str:
    """The value, if a header can carry it.

    Raises:
        ValueError: it holds CR, LF, NUL, another control character, or is not ASCII.
    """
    if not _HEADER_VALUE.match(value):
        bad = next(character for character in value if not _HEADER_VALUE.match(character))
        raise ValueError(f"header {name}: U+{ord(bad):04X} cannot stand in a header")
    return value


def without_query_of(path: str, names: Collection[str]) -> str:
    """The path without the pairs of its query that have one of these names: parameters, which say them again.

    AutoRest's documents have ``/containers?comp=list`` and a required parameter ``comp`` with that one value.
    """
    before, mark, query = path.partition("?")
    if not mark or not names:
        return path
    pairs = [pair for pair in query.split("&") if unquote_plus(pair.partition("=")[0]) not in names]
    return f"{before}?{'&'.join(pairs)}" if pairs else before
