"""YAML of requests, by the reader of documents (YAML 1.2, core schema)."""

from __future__ import annotations

from typing import Any

from bindwright.openapi.diagnostics.syntax_errors import Unreadable
from bindwright.openapi.options import LoadLimits
from bindwright.openapi.text.text import Undecodable, decode
from bindwright.openapi.text.yaml_read import read_yaml

_LIMITS = LoadLimits(nodes=1_000_000)


def yaml_value(data: bytes) -> Any:
    """The value of a YAML document. Raises ValueError."""
    try:
        return read_yaml(decode(data), _LIMITS).value
    except (Unreadable, Undecodable) as error:
        raise ValueError(str(error)) from None
