"""What was written is parsed again before it is given back.

Literals that needed an escape were read back one by one as they were made (`code`), so that no file can
hold one that ends early. The blocks in which one stands are parsed beside that, each by itself: CPython takes a
quarter of a second for each megabyte, and most blocks of a file hold nothing but names and plain text.
"""

from __future__ import annotations

import re
import warnings

LARGEST = 50_000
"""Characters up to which a block with escapes is parsed."""
_BETWEEN_BLOCKS = re.compile(r"\n\n\n(?=\S)")
"""Two blank lines before a statement that is not indented."""
_PLAIN_DOCSTRING = re.compile(r'"""[^"\\]*+"""')


def is_python(text: str) -> bool:
    """Whether a file is valid Python, as far as it holds what needed an escape."""
    if not _needs_parsing(text):
        return True
    blocks = [block for block in _BETWEEN_BLOCKS.split(text) if _needs_parsing(block)]
    # A text of the document may hold what looks like the end of a block: then the file as a whole tells.
    return all(len(block) > LARGEST or parses(block) for block in blocks) or parses(text)


def _needs_parsing(text: str) -> bool:
    if "\\" in text:
        return True
    # Most of what is not ASCII is prose, which cannot end early without a quotation mark or a backslash.
    return not text.isascii() and not _PLAIN_DOCSTRING.sub("", text).isascii()


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
