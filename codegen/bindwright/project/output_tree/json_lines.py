"""JSON with one member a line."""

from __future__ import annotations

import json
import sys
from typing import Any

from bindwright.standards.terminal import escape_json

_LARGE = 100_000
"""Characters from which it pays to import msgspec: the standard library indents in Python, slowly."""


def dumps(value: Any, sort: bool = False) -> bytes:
    """`value` in UTF-8, indented by one space, with a line feed at the end; keys in their order or sorted.

    Both ways of laying it out give the same bytes (numbers with a fraction excepted, which no caller has).
    """
    if "msgspec" in sys.modules or len(json.dumps(value)) > _LARGE:
        import msgspec

        try:
            raw = msgspec.json.encode(value, order="sorted" if sort else None)
            return _escaped(msgspec.json.format(raw, indent=1)) + b"\n"
        except (UnicodeEncodeError, TypeError):
            pass
    # Half of a surrogate pair, which UTF-8 cannot hold, becomes the escape that it was in the document.
    text = json.dumps(value, indent=1, sort_keys=sort, ensure_ascii=False)
    return _escaped(text.encode("utf-8", "backslashreplace")) + b"\n"


def _escaped(raw: bytes) -> bytes:
    """Without characters that a reviewer of the lock would not see, or that would control a terminal."""
    return raw if raw.isascii() and b"\x7f" not in raw else escape_json(raw.decode()).encode()
