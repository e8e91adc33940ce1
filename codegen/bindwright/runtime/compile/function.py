"""Functions compiled from source text, with lines that tracebacks and debuggers can show."""

from __future__ import annotations

import itertools
import linecache
import weakref
from typing import Any

_serial = itertools.count(1)
_FILES: set[str] = set()


def compiled(source: str, name: str, title: str, namespace: dict[str, Any]) -> Any:
    """Run source text and return the function of this name.

    The lines stand in `linecache` for as long as the function lives, and no longer: a program that registers
    hooks again and again, and so compiles again and again, keeps the lines of its living functions only.

    Args:
        source: Python source; text of documents enters it only as ``repr`` of strings.
        name: of the function that is returned.
        title: for people, in tracebacks: ``json read Pet``.
        namespace: the globals of the functions.
    """
    filename = f"<bindwright {title} {next(_serial)}>"
    exec(compile(source, filename, "exec"), namespace)
    # A modification time of None keeps `linecache.checkcache` from looking for the file.
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    _FILES.add(filename)
    function = namespace[name]
    # Functions of the same source are reached through the globals of this one, and so die with it or before.
    weakref.finalize(function, _forget, filename).atexit = False
    return function


def _forget(filename: str) -> None:
    linecache.cache.pop(filename, None)
    _FILES.discard(filename)


def compiled_sources() -> int:
    """How many sources `linecache` holds of living functions."""
    return len(_FILES)
