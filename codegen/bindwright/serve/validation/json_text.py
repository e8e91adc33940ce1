"""JSON texts of requests, read strictly (RFC 8259)."""

from __future__ import annotations

import json
from typing import Any


def json_value(text: str | bytes) -> Any:
    """The value of a JSON text. Raises ValueError (also for ``NaN`` and ``Infinity``), RecursionError."""
    return json.loads(text, parse_constant=_no_constant)


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")
