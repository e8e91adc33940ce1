"""Server-sent events of a request's body (WHATWG HTML, 9.2.6; OpenAPI 3.2.0, "Sequential Media Types")."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

_FIELDS = ("event", "id", "retry")
LINE_END = re.compile(r"\r\n|\r|\n")
"""What ends a line of an event; other characters that Python ends lines at are data."""


def event(item: Any, encode: Callable[[Any], bytes]) -> bytes:
    """One event. An object that has ``data`` and else only an event's fields is the event, anything else its data.

    Args:
        item: what the document types, or a text.
        encode: writes it as JSON.

    Raises:
        EncodeError: the item does not fit its type.
        ValueError: a field other than the data has several lines, which would be fields of their own.
    """
    from bindwright.runtime import json  # which keeps the digits of numbers

    octets = encode(item)
    value = json.decode(octets, Any)
    if isinstance(value, dict) and "data" in value and not value.keys() - {"data", *_FIELDS}:
        text = value["data"] if isinstance(value["data"], str) else json.encode(value["data"]).decode()
        lines = [f"{name}: {_one_line(name, value[name])}" for name in _FIELDS if value.get(name) is not None]
    else:
        text, lines = value if isinstance(value, str) else octets.decode(), []
    lines += [f"data: {line}" for line in LINE_END.split(text)]
    return "\n".join([*lines, "", ""]).encode()


def _one_line(name: str, value: Any) -> str:
    text = str(value)
    if LINE_END.search(text) or "\0" in text:
        raise ValueError(f"the field {name!r} of an event holds an end of line or a NUL: {text[:60]!r}")
    return text
