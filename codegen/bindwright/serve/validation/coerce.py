"""Texts into JSON values of a type: what parameters and form fields hold is text until the type says more."""

from __future__ import annotations

import re
from typing import Any

from bindwright.ir.model import Api, Array, Enum, Map, Object, Scalar, Union, Use
from bindwright.runtime.values.format_tests import fits
from bindwright.serve.validation.json_text import json_value
from bindwright.serve.values import dumps, item_use, member_use, type_of

_INTEGER = re.compile(r"[+-]?[0-9]{1,4000}")
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,4})?")


def coerce(api: Api, value: Any, use: Use, visited: frozenset[str] = frozenset()) -> Any:
    """A JSON value of the type where the texts allow it; else what was there, for the checker."""
    type_ = type_of(api, use)
    if isinstance(type_, Enum) and isinstance(value, list | dict):
        return _listed_value(value, type_)
    if isinstance(value, list):
        return [coerce(api, item, item_use(api, use, index), visited) for index, item in enumerate(value)]
    if isinstance(value, dict):
        # `f[ids][0]=a`: the places of a list within an object, deeper than a style is defined for.
        if value and _is_list(api, use) and list(value) == [str(n) for n in range(len(value))]:
            return coerce(api, list(value.values()), use, visited)
        return {
            name: coerce(
                api, _listed(api, item, member_use(api, use, name)), member_use(api, use, name), visited
            )
            for name, item in value.items()
        }
    return _text(api, value, use, visited) if isinstance(value, str) else value


def _listed(api: Api, value: Any, use: Use) -> Any:
    """A list of one item, which within an object looks like the item (`f[tags]=a`); a list in JSON stays as it is."""
    alone = isinstance(value, str) and not value.startswith("[") and isinstance(type_of(api, use), Array)
    return [value] if alone else value


def _listed_value(value: Any, type_: Enum) -> Any:
    """The list or object of an enumeration that has these texts; what was there where none has."""
    return next((member.value for member in type_.members if _texts(member.value) == value), value)


def _texts(value: Any) -> Any:
    if isinstance(value, list):
        return [_texts(item) for item in value]
    if isinstance(value, dict):
        return {name: _texts(item) for name, item in value.items()}
    return value if isinstance(value, str) else dumps(value).decode()


def _is_list(api: Api, use: Use) -> bool:
    """Whether what has parts is a list: an array, or a union with an array and no object beside it."""
    type_ = type_of(api, use)
    alternatives = [type_of(api, member) for member in type_.members] if isinstance(type_, Union) else [type_]
    return any(isinstance(alternative, Array) for alternative in alternatives) and not any(
        isinstance(alternative, Object | Map | Union) for alternative in alternatives
    )


def _text(api: Api, text: str, use: Use, visited: frozenset[str]) -> Any:
    type_ = type_of(api, use)
    if isinstance(type_, Union) and use.type not in visited:
        return _member(api, text, type_, visited | {use.type})
    if isinstance(type_, Enum):
        value = _enum_value(text, type_)
        is_null = _is_null(text, use, type_) and all(member.value != value for member in type_.members)
        return None if is_null else value
    if not isinstance(type_, Scalar):
        return _json(text)
    if _is_null(text, use, type_) and not _is_a_text(text, use, type_):
        return None
    return _scalar(text, type_.base)


def _is_null(text: str, use: Use, type_: Enum | Scalar) -> bool:
    """Whether null may be meant, which no style has a text for (OpenAPI 3.2.0, "Style Values")."""
    return text in ("", "null") and (use.nullable or type_.nullable)


def _is_a_text(text: str, use: Use, type_: Scalar) -> bool:
    """Whether it is a value of the type as it stands: texts of a format are none of these (`uri`)."""
    return type_.base in ("string", "any") and fits(use.format or type_.format or "", text)


def _json(text: str) -> Any:
    """An array or object within another has no style (OpenAPI 3.2.0, "Style Values"): it is JSON, or its text."""
    if not text.startswith(("{", "[")):
        return text
    try:
        return json_value(text)
    except (ValueError, RecursionError):
        return text


def _scalar(text: str, base: str) -> Any:
    if base == "integer" and _INTEGER.fullmatch(text):
        return int(text)
    if base in ("integer", "number") and _NUMBER.fullmatch(text):
        return float(text)
    if base == "boolean" and text in ("true", "false"):
        return text == "true"
    if base == "null" and text in ("", "null"):
        return None
    return text


def _enum_value(text: str, type_: Enum) -> Any:
    """The member that is written like this: texts as they are, others as JSON writes them."""
    for member in type_.members:
        value = member.value
        written = str(value).lower() if isinstance(value, bool) else str(value)
        if text == written:
            return value
    return _scalar(text, type_.base)


def _member(api: Api, text: str, type_: Union, visited: frozenset[str]) -> Any:
    """What the first member makes of a text that is not a text; the text itself where none does."""
    for member in type_.members:
        value = coerce(api, text, member, visited)
        if not isinstance(value, str):
            return value
    return text
