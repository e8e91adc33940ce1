"""Text of others in Markdown: it is shown, and does nothing (CommonMark 0.31, GitHub Flavored Markdown 0.29)."""

from __future__ import annotations

import re

from bindwright.standards.terminal import escape_controls

_MARKS = {ord(mark): f"\\{mark}" for mark in r"\`*_{}[]<>#|!$~"}


def plain_text(text: str) -> str:
    """Text that is shown as it is."""
    return text.translate(_MARKS)


def code_span(text: str, *, in_table: bool = False) -> str:
    """Text as code; a span in backticks where the text has nothing that could end it, else an element of HTML.

    ``in_table``: cells end at each ``|`` that has no backslash before it, within code, too (GFM, 4.10).
    """
    text = escape_controls(text, lines=False)
    # A space at both ends is taken off a span (CommonMark 0.31, 6.1).
    if not text or (text[0] == text[-1] == " ") or "`" in text or "\\|" in text or text[-1] == "\\":
        return f"<code>{_references(text)}</code>"
    return f"`{text.replace('|', chr(92) + '|') if in_table else text}`"


def _references(text: str) -> str:
    """Each mark as a numeric character reference, which never begins or ends anything (CommonMark, 2.5)."""
    return re.sub(r"[^\w .,/()=-]", lambda match: f"&#{ord(match[0])};", text)
