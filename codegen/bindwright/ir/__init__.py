"""The IR of an API: lowering, the coverage report, and its form as JSON."""

from __future__ import annotations

from bindwright.ir.coverage import coverage
from bindwright.ir.lower import lower
from bindwright.ir.lowering.settling.settle_words import keep_words
from bindwright.ir.model.options import LowerOptions

__all__ = ["LowerOptions", "coverage", "keep_words", "lower"]
