"""Values of parameters and form fields as text, lists of text and dictionaries of text.

Scalars take the spelling they have in JSON, without its quotes; ``None`` stays (it is null).
"""

from __future__ import annotations

import json as std
from collections.abc import Callable, Mapping
from typing import Any

from bindwright.runtime.wire import Wire


class Literal(str):
    """A number, true or false: JSON writes it without quotes where it stands within a value."""

    __slots__ = ()


Plain = str | list[Any] | dict[str, Any] | None


def plain(
    value: Any,
    type_: Any = None,
    wire: Wire | None = None,
    names: Any = None,
    *,
    encode: Callable[..., bytes] | None = None,
) -> Plain:
    """The value as text, list or dictionary.

    Args:
        value: what the caller gave.
        type_: the type of its place, where there is one.
        wire: facts of the place.
        names: where a type expression is evaluated.
        encode: what writes JSON; None: ``json.encode``.

    Raises:
        EncodeError: the value does not fit its type.
    """
    class_ = type(value)
    if class_ is str or value is None:
        return value  # type: ignore[no-any-return]
    if class_ is int:
        return Literal(value)
    if class_ is bool:
        return Literal("true" if value else "false")
    if class_ in (list, tuple) and all(type(item) is str for item in value):
        return list(value)
    if class_ in (list, tuple, set, frozenset) and type_ is None:
        return [plain(item, encode=encode) for item in value]
    if class_ is dict and type_ is None:
        return {str(key): plain(member, encode=encode) for key, member in value.items()}
    return _by_codec(value, type_, wire, names, encode)


def _by_codec(
    value: Any, type_: Any, wire: Wire | None, names: Any, encode: Callable[..., bytes] | None
) -> Plain:
    if encode is None:
        from bindwright.runtime import json

        encode = json.encode
    if isinstance(value, (set, frozenset, tuple)):
        value = list(value)
    data = encode(value, type_, wire=wire, namespace=names)
    return _texts(std.loads(data, parse_float=Literal, parse_int=Literal, parse_constant=Literal))


def _texts(value: Any) -> Plain:
    if isinstance(value, bool):
        return Literal("true" if value else "false")
    if isinstance(value, list):
        return [_texts(item) for item in value]
    if isinstance(value, dict):
        return {key: _texts(member) for key, member in value.items()}
    return value  # type: ignore[no-any-return]


def scalar(value: Any) -> str:
    """One item as text; what is nested deeper than a style can say stands as JSON."""
    return value if isinstance(value, str) else _json(value)


def _json(value: Any) -> str:
    if isinstance(value, Literal):
        return value
    if isinstance(value, list):
        return f"[{','.join(_json(item) for item in value)}]"
    if isinstance(value, dict):
        pairs = (f"{std.dumps(name, ensure_ascii=False)}:{_json(member)}" for name, member in value.items())
        return f"{{{','.join(pairs)}}}"
    return std.dumps(value, ensure_ascii=False)


def items_of(value: Mapping[str, Any] | list[Any]) -> list[Any]:
    """Items, or names and values in turn; null ones are left out (RFC 6570, 2.3)."""
    if isinstance(value, Mapping):
        return [part for name, member in value.items() if member is not None for part in (name, member)]
    return [item for item in value if item is not None]


def joined(value: Plain, separators: tuple[str, ...]) -> Plain:
    """A list whose inner lists are texts, with what stands between their items; null ones are left out."""
    if not separators or not isinstance(value, list):
        return value
    return [_joined(item, separators) for item in value]


def _joined(item: Any, separators: tuple[str, ...]) -> Any:
    if not isinstance(item, list) or not separators:
        return item
    return separators[0].join(scalar(_joined(inner, separators[1:])) for inner in items_of(item))


def parted(item: str, separators: tuple[str, ...]) -> Any:
    """The inner list that a text is, as `joined` wrote it; an empty text is an empty list."""
    if not separators:
        return item
    return [parted(inner, separators[1:]) for inner in item.split(separators[0])] if item else []
