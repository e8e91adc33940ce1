"""Names for what passes through the codec: what a type checker cannot say more precisely, but a reader wants to know."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

JsonValue: TypeAlias = Any
"""Parsed JSON: str, int, float, bool, None, or lists and dicts of such."""
PythonValue: TypeAlias = Any
"""A value of a model's member, of whatever type its place has."""
Prepared: TypeAlias = Any
"""What msgspec writes: its own scalars, lists, dicts with string keys, structs, and ``Raw`` for numbers."""
TypeForm: TypeAlias = Any
"""A class, an alias, ``list[Model]``, or a type expression in a string."""
Namespace: TypeAlias = Any
"""A module, its name, or a mapping, in which a type expression is evaluated."""

JsonObject: TypeAlias = dict[str, JsonValue]
Function: TypeAlias = Callable[[Any], Any]
"""From a JSON value to a Python value, or back."""
PlacedFunction: TypeAlias = Callable[[Any, str], Any]
"""The same of a value whose path, below the object that is being read or written, is handed in for errors."""
Place: TypeAlias = Any
"""The position of a value, as the accelerator knows it."""
