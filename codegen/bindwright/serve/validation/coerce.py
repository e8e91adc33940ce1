"""Texts into JSON values of a type: what parameters and form fields hold is text until the type says more."""

from __future__ import annotations

import json
import re
from typing import Any

from bindwright.ir.model import Api, Enum, Scalar, Union, Use
from bindwright.serve.values import item_use, member_use, type_of

_INTEGER = re.compile(r"[+-]?\d{1,4000}")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,4})?")


def coerce(api: Api, value: Any, use: Use, seen: frozenset[str] = frozenset()) -> Any:
    """A JSON value of the type where the texts allow it; else what was there, for the checker."""
    if isinstance(value, list):
        return [coerce(api, item, item_use(api, use, index), seen) for index, item in enumerate(value)]
    if isinstance(value, dict):
        return {name: coerce(api, item, member_use(api, use, name), seen) for name, item in value.items()}
    return _text(api, value, use, seen) if isinstance(value, str) else value


def _text(api: Api, text: str, use: Use, seen: frozenset[str]) -> Any:
    kind = type_of(api, use)
    if isinstance(kind, Union) and use.type not in seen:
        return _member(api, text, kind, seen | {use.type})
    if isinstance(kind, Enum):
        return _known(text, kind)
    if not isinstance(kind, Scalar):
        return _json(text)
    if text in ("", "null") and (use.nullable or kind.nullable) and kind.base not in ("string", "any"):
        return None
    return _scalar(text, kind.base)


def _json(text: str) -> Any:
    """An array or object within another has no style (OpenAPI 3.2.0, "Style Values"): it is JSON, or its text."""
    if not text.startswith(("{", "[")):
        return text
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _scalar(text: str, base: str) -> Any:
    if base == "integer" and _INTEGER.fullmatch(text):
        return int(text)
    if base in ("integer", "number") and _NUMBER.fullmatch(text):
        return float(text)
    if base == "boolean" and text.lower() in ("true", "false"):
        return text.lower() == "true"
    if base == "null" and text in ("", "null"):
        return None
    return text


def _known(text: str, kind: Enum) -> Any:
    """The member that is written like this: texts as they are, others as JSON writes them."""
    for member in kind.members:
        value = member.value
        written = str(value).lower() if isinstance(value, bool) else str(value)
        if text == written:
            return value
    return _scalar(text, kind.base)


def _member(api: Api, text: str, kind: Union, seen: frozenset[str]) -> Any:
    """What the first member makes of a text that is not a text; the text itself where none does."""
    for member in kind.members:
        value = coerce(api, text, member, seen)
        if not isinstance(value, str):
            return value
    return text
