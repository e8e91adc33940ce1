"""Which plain YAML scalars are numbers, booleans and null: the core schema (YAML 1.2.2, 10.3.2)."""

from __future__ import annotations

import re
from typing import Any

from bindwright.openapi.text.numbers import DIGITS, real

_TAGS = "tag:yaml.org,2002:"
_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_BOOL = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INT = re.compile(r"[-+]?[0-9]+")
_OCTAL = re.compile(r"0o[0-7]+")
_HEX = re.compile(r"0x[0-9a-fA-F]+")
_REAL = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_INFINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)")
_NAN = frozenset({".nan", ".NaN", ".NAN"})


class Untaggable(ValueError):
    """A scalar that is not of the type its tag says, or a tag that no schema of YAML 1.2 has."""


def plain(text: str) -> Any:
    """The value of an untagged plain scalar."""
    if text in _NULL:
        return None
    first = text[0]
    if first not in "-+.0123456789tTfF":
        return text
    if text in _BOOL:
        return _BOOL[text]
    return _number(text)


def _number(text: str) -> Any:
    if _INT.fullmatch(text):
        if len(text) > DIGITS:
            raise Untaggable(f"an integer of more than {DIGITS} digits")
        return int(text)
    if _OCTAL.fullmatch(text):
        return _based(text, 8)
    if _HEX.fullmatch(text):
        return _based(text, 16)
    if _REAL.fullmatch(text):
        return real(text)
    if _INFINITE.fullmatch(text):
        return float("-inf") if text[0] == "-" else float("inf")
    return float("nan") if text in _NAN else text


def _based(text: str, base: int) -> int:
    if len(text) > DIGITS:
        raise Untaggable(f"an integer of more than {DIGITS} digits")
    return int(text[2:], base)


def tagged(text: str, tag: str) -> Any:
    """The value of a scalar with an explicit tag of the core schema. Raises `Untaggable`."""
    short = tag.removeprefix(_TAGS)
    if short == "str" or tag == "!":
        return text
    if short == "timestamp" or short == "binary":
        return text  # YAML 1.1's types; the core schema has none of them, and JSON would have a string
    value = plain(text)
    if short == "float" and type(value) is int:
        return float(value)
    expected = {"null": type(None), "bool": bool, "int": int, "float": float}.get(short)
    if expected is None:
        raise Untaggable(f"the tag `{_shown(tag)}` has no meaning here")
    if type(value) is not expected and not (short == "float" and type(value).__name__ == "Decimal"):
        raise Untaggable(f"`{text[:40]}` is not of the type its tag `!!{short}` says")
    return value


def _shown(tag: str) -> str:
    return "!!" + tag.removeprefix(_TAGS) if tag.startswith(_TAGS) else tag
