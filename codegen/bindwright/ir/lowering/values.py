"""Reading single members of an object that may hold anything."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from bindwright.standards.numbers import whole


def text(value: Any) -> str:
    """A string; numbers and booleans as JSON would write them, ``""`` for the rest."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float, Decimal)):
        return str(value)
    return ""


def text_or_none(value: Any) -> str | None:
    """`text`, with None for what is no scalar."""
    return text(value) if isinstance(value, (str, int, float, Decimal)) else None


def prose(raw: dict[str, Any], otherwise: str = "") -> str:
    """``description`` with the address of ``externalDocs`` below; `otherwise` where nothing is described."""
    url = text(mapping(raw.get("externalDocs")).get("url"))
    described = text(raw.get("description")) or otherwise
    return f"{described}\n\nSee {url}".strip() if url else described


def mapping(value: Any) -> dict[str, Any]:
    """A dict, or an empty one."""
    return value if isinstance(value, dict) else {}


def sequence(value: Any) -> list[Any]:
    """A list, or an empty one."""
    return value if isinstance(value, list) else []


def true(value: Any) -> bool:
    """Whether a flag is set: true, or the word."""
    return value is True or value == "true"


def number(value: Any) -> int | float | str | None:
    """A number of a constraint, a ``Decimal`` as text; None for what is none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, str):
        try:
            return int(value)
        except ValueError:
            try:
                return str(Decimal(value))
            except ArithmeticError:
                return None
    return None


def count(value: Any) -> int | None:
    """A number of characters, items or members; None for what is none."""
    result = number(value)
    exact = whole(Decimal(result) if isinstance(result, str) else result) if result is not None else None
    return exact if exact is not None and exact >= 0 else None


def extensions(schema: dict[str, Any], handled: frozenset[str] = frozenset()) -> dict[str, Any]:
    """The members that begin with ``x-``."""
    return {
        key: value
        for key, value in schema.items()
        if isinstance(key, str) and key[:2] == "x-" and key not in handled
    }


def named_values(value: Any) -> dict[str, Any]:
    """The entries of ``x-dcs-enum`` that name a value: a number or a text."""
    return {
        str(name): member_value
        for name, member_value in mapping(value).items()
        if isinstance(member_value, (int, float, str, Decimal)) and not isinstance(member_value, bool)
    }


def names_asked_for(schema: Any, configured: str | None) -> dict[str, str]:
    """What ``x-bindwright-name`` says, one name or names by language; the configuration's name is for all."""
    if configured is not None:
        return {"*": configured}
    override = schema.get("x-bindwright-name") if isinstance(schema, dict) else None
    if override is None:
        return {}
    names = override if isinstance(override, dict) else {"*": override}
    return {str(language): name for language, name in names.items() if isinstance(name, str) and name}
