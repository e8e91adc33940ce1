"""What was written is parsed again before it is given back.

Literals that needed an escape were read back one by one as they were made (`text`), so that no file can
hold one that ends early. Files of an ordinary size are parsed as a whole beside that; CPython takes a
quarter of a second for each megabyte, too much for the few that are very large.
"""

from __future__ import annotations

import warnings

LARGEST = 50_000
"""Characters up to which a file with escapes is parsed as a whole."""


def needs_parsing(text: str) -> bool:
    """Whether a file is parsed as a whole: it holds what needed an escape, and is not very large."""
    return len(text) <= LARGEST and ("\\" in text or not text.isascii())


def parses(text: str) -> bool:
    """Whether a file is valid Python, without so much as a warning from the parser.

    ``compile`` reads the grammar that ``ast.parse`` reads; it is three times as fast because it makes no
    Python object of every node.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            compile(text, "<generated>", "exec", dont_inherit=True)
        except (SyntaxError, ValueError, Warning, RecursionError, MemoryError):
            return False
    return True
