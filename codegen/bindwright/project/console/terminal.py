"""Words on the terminal: results to standard output, everything about them to standard error."""

from __future__ import annotations

import os
import sys
from typing import TextIO

_CODES = {"red": "31", "green": "32", "yellow": "33", "cyan": "36", "bold": "1", "dim": "2"}


def colours(stream: TextIO) -> bool:
    """Whether to colour: a terminal, unless ``NO_COLOR`` is set; always where ``FORCE_COLOR`` is."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (stream.isatty() and os.environ.get("TERM") != "dumb")


def paint(text: str, colour: str, stream: TextIO | None = None) -> str:
    """`text` in a colour where `stream` (standard output) shows colours."""
    return f"\033[{_CODES[colour]}m{text}\033[0m" if colours(stream or sys.stdout) else text


def say(text: str) -> None:
    """A line of the result."""
    _write(sys.stdout, text)


def note(text: str) -> None:
    """A line about the run."""
    _write(sys.stderr, text)


def _write(stream: TextIO, text: str) -> None:
    # A document's text may hold what the terminal's encoding cannot; showing it must not fail.
    encoding = stream.encoding or "utf-8"
    try:
        stream.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")
        stream.flush()
    except BrokenPipeError:
        # The reader has seen enough (``| head``): the run goes on, and ends with the code that it would have.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
