"""What the inline alternatives of a union are called.

By what the document says of them, best first: a title; the value of a constant member, which tells the alternative
on the wire as well; what it holds and its siblings do not. Its position comes last: it is another one as soon as an
alternative is added or removed before it.
"""

from __future__ import annotations

from typing import Any

_LONGEST_TITLE = 60
_LONGEST_VALUE = 40
_JSON_TYPES = {"array": "list", "object": "object", "string": "text", "integer": "number", "number": "number"}


def alternative_name(branches: list[Any], index: int) -> str | None:
    """The words of an alternative; None where nothing but null stands beside it, for it needs no telling."""
    branch = branches[index]
    if isinstance(branch, dict):
        title = branch.get("title")
        if isinstance(title, str) and title.strip() and len(title) < _LONGEST_TITLE:
            return title
        if (value := _constant_member(branch)) is not None:
            return value
        if all(position == index or _is_null(sibling) for position, sibling in enumerate(branches)):
            return None
        siblings = [sibling for position, sibling in enumerate(branches) if position != index]
        if (name := _distinct_member(branch, siblings) or _distinct_type(branch, siblings)) is not None:
            return name
    return f"option {index + 1}"


def _constant_member(branch: dict[str, Any]) -> str | None:
    """The value of the first member that can have one value only (``const``, or an ``enum`` of one)."""
    for schema in _properties(branch).values():
        if not isinstance(schema, dict):
            continue
        values = schema.get("enum")
        value = schema.get("const", values[0] if isinstance(values, list) and len(values) == 1 else None)
        if isinstance(value, str) and 0 < len(value) < _LONGEST_VALUE:
            return value
    return None


def _distinct_member(branch: dict[str, Any], siblings: list[Any]) -> str | None:
    """``with`` a member that no sibling has; required ones, which are always there, come first."""
    members = _properties(branch)
    required = branch.get("required")
    first = [name for name in required if name in members] if isinstance(required, list) else []
    taken = {name for sibling in siblings for name in _properties(sibling)}
    for name in dict.fromkeys([*first, *members]):
        if name not in taken and isinstance(name, str) and 0 < len(name) < _LONGEST_VALUE:
            return f"with {name}"
    return None


def _distinct_type(branch: dict[str, Any], siblings: list[Any]) -> str | None:
    """The JSON type, where no sibling can have it; siblings that are references may be of any."""
    name = _json_type(branch)
    others = {_json_type(sibling) for sibling in siblings}
    return name if name is not None and name not in others and _UNKNOWN not in others else None


_UNKNOWN = "unknown"


def _json_type(branch: Any) -> str | None:
    if _is_null(branch):
        return None
    if not isinstance(branch, dict) or not isinstance(branch.get("type"), str):
        return _UNKNOWN
    if branch["type"] == "object" and not _properties(branch):
        return "map"
    return _JSON_TYPES.get(branch["type"], _UNKNOWN)


def _properties(branch: Any) -> dict[Any, Any]:
    properties = branch.get("properties") if isinstance(branch, dict) else None
    return properties if isinstance(properties, dict) else {}


def _is_null(branch: Any) -> bool:
    return isinstance(branch, dict) and branch.get("type") in ("null", ["null"])
