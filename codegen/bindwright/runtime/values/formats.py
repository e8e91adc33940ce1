"""``format`` of strings (JSON Schema 2020-12 validation, 7.3), as far as the Python type does not tell it."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from urllib.parse import urlsplit

from bindwright.standards.regular_expressions import possessive

_email = re.compile(r"[^@\s\x00-\x1f]{1,64}@[^@\s\x00-\x1f]{1,255}").fullmatch
_label = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?").fullmatch
_uri_characters = re.compile(
    possessive(r"(?:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*+")
).fullmatch
_iri_characters = re.compile(possessive(r"(?:[^\x00-\x20<>\"{}|\\^`\x7f%]|%[0-9A-Fa-f]{2})*+")).fullmatch
_scheme = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:").match
_pointer = re.compile(possessive(r"(?:/(?:[^~/]|~[01])*+)*+")).fullmatch


def is_email(text: str) -> bool:
    """Something, an at sign, a host: RFC 5321, 4.1.2, without its rarer forms."""
    return _email(text) is not None and ".." not in text


def is_hostname(text: str) -> bool:
    """RFC 1123, 2.1."""
    name = text.removesuffix(".")
    return 0 < len(name) <= 253 and all(_label(label) for label in name.split("."))


def is_ipv4(text: str) -> bool:
    """RFC 2673, 3.2: dotted quad."""
    try:
        ipaddress.IPv4Address(text)
    except ValueError:
        return False
    return True


def is_ipv6(text: str) -> bool:
    """RFC 4291, 2.2."""
    try:
        ipaddress.IPv6Address(text)
    except ValueError:
        return False
    return "%" not in text


def is_uri_reference(text: str) -> bool:
    """RFC 3986, 4.1."""
    return _uri_characters(text) is not None and _splits(text)


def is_uri(text: str) -> bool:
    """RFC 3986, 3: with a scheme."""
    return _scheme(text) is not None and is_uri_reference(text)


def is_iri(text: str) -> bool:
    """RFC 3987: with a scheme."""
    return _scheme(text) is not None and _iri_characters(text) is not None and _splits(text)


def is_json_pointer(text: str) -> bool:
    """RFC 6901, 5."""
    return _pointer(text) is not None


def is_regex(text: str) -> bool:
    """An expression of ECMA 262 that can be read."""
    from bindwright.runtime.values.patterns import python_pattern

    try:
        re.compile(python_pattern(text))
    except (re.error, OverflowError, RecursionError):
        return False
    except ValueError:
        return True
    return True


def _splits(text: str) -> bool:
    try:
        _ = urlsplit(text).port
    except ValueError:
        return False
    return True


FORMATS: dict[str, Callable[[str], bool]] = {
    "email": is_email, "hostname": is_hostname, "ipv4": is_ipv4, "ipv6": is_ipv6, "uri": is_uri,
    "iri": is_iri, "uri-reference": is_uri_reference, "json-pointer": is_json_pointer, "regex": is_regex,
}  # fmt: skip
"""Formats that are checked; others are annotations."""
