"""Limits and choices of the JSON codec."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from bindwright.runtime.value_types import PythonValue


@frozen(kw_only=True)
class Settings:
    """What reading accepts."""

    max_depth: int = 200
    """Objects and arrays within each other; more is a `DecodeError`."""
    max_size: int | None = None
    """Bytes of one document; None: no limit."""
    unique_names: bool = True
    """Whether a name that an object holds twice is an error (RFC 8259, 4, leaves it open)."""
    speculate: bool = True
    """Whether the fast path is tried; results are the same, only slower without."""


DEFAULT = Settings()

CODECS: dict[PythonValue, PythonValue] = {}
"""Codecs of documents by type, where the type alone tells everything; emptied when a hook is registered."""
BY_INSTANCE: dict[type, Any] = {}
"""Codecs of classes whose instances say by themselves how they are written."""
