"""Lists of objects as CSV (RFC 4180): what a document that describes a table by a schema most likely means."""

from __future__ import annotations

import csv
import io
from typing import Any

from bindwright.serve.values import dumps


def table_of(value: Any) -> bytes | None:
    """A head and a row for each object; None where a value is no list of objects."""
    if not isinstance(value, list) or not value or not all(isinstance(row, dict) for row in value):
        return None
    names = list(dict.fromkeys(name for row in value for name in row))
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(names)
    writer.writerows([_cell(row[name]) if name in row else "" for name in names] for row in value)
    return text.getvalue().encode()


def _cell(value: Any) -> str:
    return "" if value is None else value if isinstance(value, str) else dumps(value).decode()
