"""``pattern`` of JSON Schema: ECMA-262 regular expressions, matched in time linear in the text."""

from bindwright.runtime.values.patterns.engines import searcher
from bindwright.runtime.values.patterns.syntax import python_pattern

__all__ = ["python_pattern", "searcher"]
