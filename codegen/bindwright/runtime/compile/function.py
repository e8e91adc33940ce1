"""Functions made of source, which tracebacks and debuggers can show."""

from __future__ import annotations

import linecache
from typing import Any


def compiled(source: str, name: str, title: str, names: dict[str, Any]) -> Any:
    """A function from source that can be seen in tracebacks."""
    filename = f"<bindwright xml: {title} {len(linecache.cache)}>"
    exec(compile(source, filename, "exec"), names)
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    return names[name]
