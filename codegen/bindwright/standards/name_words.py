"""Words of a name: where the words of an identifier, of any document and in any script, begin and end.

Results depend on the text alone, so the same text has the same words in every document and for every language.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

_KNOWN = ("OAuth[0-9]*", "GraphQL", "GitHub", "IPv4", "IPv6", "iOS", "macOS", "DevOps")
"""Words whose capitals are not the borders of words."""

_WORD = re.compile(
    "|".join(_KNOWN)
    + r"""
    | [A-Z]{2,}s(?![a-z])            # IDs, URLs
    | [A-Z]+(?=[A-Z][a-z])           # the HTTP of HTTPServer
    | [A-Z]+[0-9]+[a-z]{1,2}(?![a-z])  # ID4n, GS1s
    | [A-Z]?[a-z]+[0-9]*             # word, Word, sha256
    | [A-Z]+[0-9]*                   # HTTP, W50
    | [0-9]+[a-z]*                   # 1st
    | [^\W_a-zA-Z0-9]+[0-9]*         # any other script
    """,
    re.VERBOSE,
)

# Letters that Unicode got after version 14, which Python 3.11 knows: an identifier must be one on every Python.
_YOUNG = (
    "[\u0cf3\u0ece\u1c89\u1c8a\u2ffc-\u2fff\u31ef\ua7cb-\ua7cd\ua7da-\ua7dc"
    "\U000105c0-\U000105f3\U00010d40-\U00010d8f\U00010ec2-\U00010ec4\U00010efc-\U00010eff"
    "\U00011240\U00011241\U00011380-\U000113e2\U00011b00-\U00011b09\U00011bc0-\U00011bf9\U00011f00-\U00011f5a"
    "\U00013440-\U000143fa\U00016100-\U00016139\U00016d40-\U00016d79\U0001b132\U0001b155"
    "\U0001df25-\U0001df2a\U0001e030-\U0001e08f\U0001e4d0-\U0001e5ff\U0002ebf0-\U0002ee5d\U00031350-\U000323af]"
)


@cache
def _young() -> re.Pattern[str]:
    return re.compile(_YOUNG)  # for documents whose names are not in ASCII


@lru_cache(maxsize=1 << 16)
def words(text: str) -> tuple[str, ...]:
    """The words of a text, in its own capitals: ``"contactListId"`` gives contact, List, Id."""
    if text.isascii():
        return tuple(_WORD.findall(text[:1000].replace("'", "")))
    text = _young().sub("", unicodedata.normalize("NFKC", text[:1000]))
    text = "".join(
        character if ("a" + character).isidentifier() else " " for character in text if character != "'"
    )
    return tuple([text[match.start() : match.end()] for match in _WORD.finditer(_in_ascii_cases(text))])


def _in_ascii_cases(text: str) -> str:
    """A text of the same length and the same borders of words, in which only ASCII has cases.

    `re` knows no categories of Unicode: each cased letter (Lu, Lt, Ll) outside ASCII becomes a ``Q`` or ``q``. A mark
    belongs to the letter before it, whatever that is. Letters without cases stay.
    """
    characters: list[str] = []
    for character in text:
        if character.isascii():
            characters.append(character)
        elif unicodedata.category(character) in ("Mn", "Mc"):
            characters.append(characters[-1] if characters and characters[-1] != " " else "\u4e00")
        elif character.isupper() or character.istitle():
            characters.append("Q")
        else:
            characters.append("q" if character.islower() else character)
    return "".join(characters)
