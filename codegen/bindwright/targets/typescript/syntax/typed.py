"""Text that is TypeScript and JavaScript at once: what only types need stands between two marks."""

from __future__ import annotations

import re

_BEGIN, _END = "\x00", "\x01"
"""No text of a document has them: `text` escapes control characters."""
_MARKED = re.compile("\x00[^\x01]*\x01")


def only_typed(text: str) -> str:
    """Text that stands in TypeScript only."""
    return f"{_BEGIN}{text}{_END}" if text else ""


def typescript(text: str) -> str:
    """The text with what types need."""
    return text.replace(_BEGIN, "").replace(_END, "")


def javascript(text: str) -> str:
    """The text without what types need."""
    return _MARKED.sub("", text)
