"""Source of compiled functions while it is written: lines, blocks, and names bound beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from bindwright.runtime.compile.function import compiled

Function = Callable[[Any], Any]


class FunctionSource:
    """Functions that are compiled together. Text of documents enters only as ``repr`` of strings."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.namespace: dict[str, object] = {}
        self._names: dict[int, str] = {}
        self._functions: list[list[str]] = []
        # Functions that are begun and not finished, the innermost last: its lines and its indentation.
        self._open: list[tuple[list[str], int]] = []
        self._count = 0

    def bind(self, value: object, hint: str) -> str:
        """A global name for a value, the same one each time."""
        name = self._names.get(id(value))
        if name is None:
            name = self.fresh(hint)
            self._names[id(value)] = name
            self.namespace[name] = value  # keeps the value alive, so that no other can get its id
        return name

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
        self._functions.append(lines)

    @contextmanager
    def block(self, header: str) -> Iterator[None]:
        """Lines under ``header:``."""
        self.line(f"{header}:")
        lines, depth = self._open[-1]
        self._open[-1] = (lines, depth + 1)
        start = len(lines)
        yield
        if len(lines) == start:
            lines.append("    " * (depth + 1) + "pass")
        self._open[-1] = (lines, depth)

    def line(self, text: str) -> None:
        """One line at the current depth."""
        lines, depth = self._open[-1]
        lines.append("    " * depth + text)

    def compile(self, name: str) -> Function:
        """Compile all functions and return the one of this name."""
        text = "\n\n\n".join("\n".join(lines) for lines in self._functions) + "\n"
        function: Function = compiled(text, name, self.title, self.namespace)
        return function

    def link(self, hint: str, function: Callable[[], Function]) -> str:
        """A global name for a function that is compiled on its first call: types may hold themselves."""
        name, namespace = self.fresh(hint), self.namespace

        def compile_first(value: Any) -> Any:
            namespace[name] = linked = function()
            return linked(value)

        namespace[name] = compile_first
        return name
