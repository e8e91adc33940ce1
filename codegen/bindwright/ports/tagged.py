"""Tagged values: ``["int32", "12"]``, arrays and objects of them, null; the same in every language.

The form is the lexical form that the IR names for JSON; the text is how JSON writes the value, without quotes.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from bindwright.ir.model import Api, Array, Enum, Map, Object, Scalar, Use
from bindwright.runtime.values.patterns import searcher

Tagged = list[Any] | dict[str, Any] | None


def tagged(api: Api, use: Use, text: bytes) -> Tagged:
    """The tagged value of a JSON document of a type.

    Members and values that no type of the IR describes (unknown members, alternatives of unions, any type) have the
    form that JSON itself tells: ``string``, ``number``, ``boolean``.
    """
    return _value(api, use, json.loads(text, parse_float=Decimal))


def _value(api: Api, use: Use | None, value: Any) -> Tagged:
    if value is None:
        return None
    type_ = api.types.get(use.type) if use is not None else None
    if isinstance(value, dict):
        uses: dict[str, Use | None] = {}
        rest: Use | None = None
        patterns: list[tuple[Any, Use]] = []
        if isinstance(type_, Object):
            uses, rest = {property.name: property.use for property in type_.properties}, type_.additional
            patterns = [(searcher(pattern), use) for pattern, use in type_.pattern_additional]
        elif isinstance(type_, Map):
            rest = type_.values
        for name in value.keys() - uses.keys():
            uses[name] = next((use for search, use in patterns if search is not None and search(name)), rest)
        return {name: _value(api, uses[name], member) for name, member in value.items()}
    if isinstance(value, list):
        item = type_.items if isinstance(type_, Array) else None
        prefix = type_.prefix if isinstance(type_, Array) else []
        return [
            _value(api, prefix[index] if index < len(prefix) else item, member)
            for index, member in enumerate(value)
        ]
    return [_form(use, type_, value), _text(value)]


def _form(use: Use | None, type_: object, value: Any) -> str:
    lexical = (use.lexical if use is not None else None) or (
        type_.lexical if isinstance(type_, Scalar | Enum) else None
    )
    if lexical is not None and lexical.json not in ("any", "value", "name", "flags"):
        return lexical.json
    return "boolean" if isinstance(value, bool) else "string" if isinstance(value, str) else "number"


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else str(value)


def json_text(value: Tagged) -> str:
    """The JSON text of a tagged value, numbers as they are spelled."""
    if value is None:
        return "null"
    if isinstance(value, dict):
        return (
            "{" + ",".join(f"{json.dumps(name)}:{json_text(member)}" for name, member in value.items()) + "}"
        )
    if len(value) == 2 and all(isinstance(part, str) for part in value):
        form, text = value
        return text if form == "boolean" or (form not in _TEXTS and _is_number(text)) else json.dumps(text)
    return "[" + ",".join(json_text(member) for member in value) + "]"


_TEXTS = frozenset(
    [
        "string",
        "date",
        "date-time",
        "date-time-offset",
        "dotnet-offset",
        "time",
        "duration",
        "dotnet-time-span",
        "uuid",
        "base64",
        "base64url",
        "base16",
        "char",
        "dotnet-uri",
        "octets",
        "quoted-decimal",
    ]
)


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except ArithmeticError:
        return False
