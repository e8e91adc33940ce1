"""Results of a command: as JSON, XML, a table, or as the server sent them."""

from __future__ import annotations

import json as std
import sys
from collections.abc import Mapping
from typing import Any

from bindwright.standards.terminal import escape_controls

_MAX_TEXT = 2000
"""Characters of an error that is no more than text."""
OUTPUTS = ("json", "xml", "table", "raw")


def show(value: Any, output: str) -> None:
    """Write a result to standard output."""
    if output == "raw":
        _bytes(value.body)
        return
    if value is None:
        return
    if hasattr(value, "response") and hasattr(value, "__iter__"):  # a stream: each item as it comes
        from bindwright.runtime import json

        for item in value:
            _bytes(json.encode(item) + b"\n")
        return
    if hasattr(value, "iter_pages"):
        value = list(value)
    if isinstance(value, bytes):
        _bytes(value)
    elif isinstance(value, str):
        print(escape_controls(value) if sys.stdout.isatty() else value)
    elif output == "xml":
        _bytes(_xml(value) + b"\n")
    elif output == "table":
        print(escape_controls(table(_plain(value))))
    else:
        _bytes(_pretty(value) + b"\n")


def explain(error: Exception) -> None:
    """Write the body of an error to standard error: typed as JSON, else as text.

    Text of one line is part of the error's message already.
    """
    typed, body = getattr(error, "error", None), getattr(error, "body", b"")
    if typed is not None and not isinstance(typed, (str, bytes)):
        print(escape_controls(_pretty(typed).decode()), file=sys.stderr)
    elif isinstance(body, bytes) and b"\n" in body.strip() and b"\0" not in body:
        text = body.decode("utf-8", "replace")[:_MAX_TEXT].rstrip()
        print(escape_controls(text), file=sys.stderr)


def _bytes(data: bytes) -> None:
    """Write a result as it is; on a terminal with what would control the terminal made visible."""
    sys.stdout.flush()
    if sys.stdout.isatty():
        data = escape_controls(data.decode("utf-8", "replace")).encode()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def _xml(value: Any) -> bytes:
    from bindwright.runtime import xml

    if type(value) is list:
        return b"\n".join(xml.encode(item) for item in value)
    return xml.encode(value)


def _pretty(value: Any) -> bytes:
    import msgspec

    from bindwright.runtime import json

    return msgspec.json.format(json.encode(value), indent=2)


class _Digits(float):
    """A number with the digits it has on the wire."""

    def __new__(cls, text: str) -> _Digits:
        number = super().__new__(cls, text)
        number.text = text
        return number

    text: str

    def __repr__(self) -> str:
        return self.text


def _plain(value: Any) -> Any:
    from bindwright.runtime import json

    return std.loads(json.encode(value), parse_float=_Digits)


def table(value: Any) -> str:
    """Members and values of one object, or one row for each object of a list."""
    if isinstance(value, Mapping):
        return _lines([["Member", "Value"], *([str(name), _cell(item)] for name, item in value.items())])
    if isinstance(value, list) and value and all(isinstance(item, Mapping) for item in value):
        names = list(dict.fromkeys(name for row in value for name in row))
        return _lines([names, *([_cell(row.get(name)) for name in names] for row in value)])
    if isinstance(value, list):
        return "\n".join(_cell(item) for item in value)
    return _cell(value)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value.replace("\n", " ")
    return str(value) if isinstance(value, _Digits) else std.dumps(value, ensure_ascii=False)


def _lines(rows: list[list[str]]) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    written = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
    return "\n".join([written[0], "  ".join("-" * width for width in widths), *written[1:]])
