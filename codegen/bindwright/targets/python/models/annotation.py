"""A type as it stands in code."""

from __future__ import annotations

from msgspec import Struct

from bindwright.targets.python.syntax.code import Code


class Annotation(Struct, frozen=True):
    """A type expression and the names it needs beside the builtins."""

    text: Code
    names: frozenset[str]
