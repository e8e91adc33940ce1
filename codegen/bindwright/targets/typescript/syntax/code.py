"""TypeScript, told from text of a document by its class."""

from __future__ import annotations


class Code(str):
    """Text that is TypeScript, and no text of a document."""

    __slots__ = ()
