"""The IR of an API: lowering, the coverage report, and its form as JSON."""

from __future__ import annotations

from bindwright.ir.coverage import coverage
from bindwright.ir.options import LowerOptions
from bindwright.ir.passes import lower

__all__ = ["LowerOptions", "coverage", "lower"]
