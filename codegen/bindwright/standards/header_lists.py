"""Header fields that hold several values (RFC 9110, 5.6.1): where one ends, and how one with a comma is written."""

from __future__ import annotations

import re

_QUOTED = r'"(?:[^"\\]|\\.)*"'
_DATE = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT"
"""IMF-fixdate (5.6.7), the one value that has a comma without being quoted."""
_BEFORE = r'(?:W/|[^,"=]*=)?'
"""What stands before a quoted string that is no value by itself: a weak entity tag (8.8.3), a parameter (5.6.6)."""
_MEMBER = re.compile(rf"[ \t]*((?:{_DATE}|{_BEFORE}{_QUOTED})(?=[ \t]*(?:,|$))|[^,]*)[ \t]*")


def members(text: str) -> list[str]:
    """The values of a list as they stand there: still quoted, without the white space around them.

    Commas within a quoted string (5.6.4), an entity tag (8.8.3) or a date do not end a value.
    """
    values, position = list[str](), 0
    while position <= len(text):
        match = _MEMBER.match(text, position)
        assert match is not None  # it matches nothing, too
        values.append(match[1].rstrip(" \t"))
        position = match.end() + 1
    return values


def text_of(member: str) -> str:
    """What a member of a list says.

    A quoted string stands for what is within, where it had to be quoted: quotation marks around a text that could
    stand without them are the text's own, as those of an entity tag are.
    """
    if not re.fullmatch(_QUOTED, member):
        return member
    content = re.sub(r"\\(.)", r"\1", member[1:-1])
    return content if "\\" in member or _needs_quotes(content) else member


def quoted(text: str) -> str:
    """A text as a member of a list, as a quoted string where it would else be read as another text or as several."""
    if not _needs_quotes(text) and text_of(text) == text:
        return text
    return '"' + re.sub(r'(["\\])', r"\\\1", text) + '"'


def _needs_quotes(text: str) -> bool:
    if ("," in text and not re.fullmatch(_DATE, text)) or text != text.strip(" \t"):
        return True
    # A mark that opens a quoted string and closes none would take the members behind it along.
    return bool(re.match(rf'{_BEFORE}"', text)) and not re.fullmatch(_BEFORE + _QUOTED, text)
