"""Status."""

from __future__ import annotations

from bindwright.runtime import OpenStrEnum


class Status(OpenStrEnum):
    AVAILABLE = "available"
    SOLD = "sold"
