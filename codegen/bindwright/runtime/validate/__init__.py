"""Checking values against the constraints of their document (JSON Schema 2020-12 validation, 6 and 7)."""

from __future__ import annotations

from bindwright.runtime.validate.items import ItemsValidator
from bindwright.runtime.validate.values import check, validate

__all__ = ["ItemsValidator", "check", "validate"]
