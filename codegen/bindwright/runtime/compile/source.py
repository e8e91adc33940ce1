"""Source of compiled functions: lines, names bound beside them, and a place in tracebacks."""

from __future__ import annotations

import itertools
import linecache
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

_serial = itertools.count(1)


class Source:
    """Functions that are compiled together. Text of documents enters only as ``repr`` of strings."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.names: dict[str, Any] = {}
        self._bound: dict[int, str] = {}
        self._blocks: list[list[str]] = []
        self._open: list[tuple[list[str], int]] = []
        self._count = 0

    def bind(self, value: Any, hint: str) -> str:
        """A global name for a value, the same one each time."""
        known = self._bound.get(id(value))
        if known is None:
            known = self.fresh(hint)
            self._bound[id(value)] = known
            self.names[known] = value
        return known

    def fresh(self, hint: str) -> str:
        """A name that is not in use."""
        self._count += 1
        return f"{hint}_{self._count}"

    @contextmanager
    def function(self, header: str) -> Iterator[None]:
        """Write a function; functions may be begun while another is open."""
        lines = [f"def {header}:"]
        self._open.append((lines, 1))
        yield
        self._open.pop()
        self._blocks.append(lines)

    @contextmanager
    def block(self, header: str) -> Iterator[None]:
        """Lines under ``header:``."""
        self.line(f"{header}:")
        lines, depth = self._open[-1]
        self._open[-1] = (lines, depth + 1)
        at = len(lines)
        yield
        if len(lines) == at:
            lines.append("    " * (depth + 1) + "pass")
        self._open[-1] = (lines, depth)

    def line(self, text: str) -> None:
        """One line at the current depth."""
        lines, depth = self._open[-1]
        lines.append("    " * depth + text)

    def compile(self) -> dict[str, Any]:
        """Run it; the names hold the functions. Tracebacks and debuggers show the lines (linecache)."""
        text = "\n\n\n".join("\n".join(block) for block in self._blocks) + "\n"
        filename = f"<bindwright json {self.title} {next(_serial)}>"
        linecache.cache[filename] = (len(text), None, text.splitlines(keepends=True), filename)
        exec(compile(text, filename, "exec"), self.names)
        return self.names


def link(names: dict[str, Any], name: str, function: Callable[[], Callable[[Any], Any]]) -> None:
    """Let a global name stand for a function that is compiled on first call."""

    def first(value: Any) -> Any:
        names[name] = compiled = function()
        return compiled(value)

    names[name] = first
