"""Words of a name: how text of a document becomes identifiers in Python's spellings.

Nothing here knows scopes or clashes; `names` does. Results depend on the text alone, so the same text
gives the same word in every document.
"""

from __future__ import annotations

import hashlib
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

_SPELLED = {
    "@": "at", "$": "dollar", "+": "plus", "-": "dash", "#": "hash", "%": "percent", "&": "and", "*": "star",
    "/": "slash", "\\": "backslash", ".": "dot", ",": "comma", ":": "colon", ";": "semicolon", "!": "not",
    "?": "question", "=": "equals", "<": "less", ">": "greater", "|": "pipe", "^": "caret", "~": "tilde",
    "'": "quote", '"': "quotes", "`": "backtick", "(": "open", ")": "close", "[": "open", "]": "close",
    "{": "open", "}": "close", "_": "underscore", " ": "space", "\u20ac": "euro", "\u00a3": "pound",
}  # fmt: skip

_PLAIN = re.compile(r"[A-Za-z0-9]*")

LONGEST = 60
"""Identifiers longer than this are cut between words: a line of code must still fit them."""

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


@lru_cache(maxsize=1 << 16)
def _capitals(text: str) -> tuple[str, ...]:
    return tuple([word[:1].upper() + word[1:] for word in words(text)])


def _spelled(text: str) -> str:
    """The text with its punctuation in words: ``"@type"`` gives ``"at type"``."""
    if re.match(r"-[0-9.]", text):
        return "minus " + _spelled(text[1:])
    text = text[:200]
    if _PLAIN.fullmatch(text):
        return text
    return "".join([f" {_SPELLED[character]} " if character in _SPELLED else character for character in text])


def _cut(parts: list[str], joiner: str) -> str:
    """Join words, dropping from the middle until they fit: beginnings and ends tell most."""
    name = joiner.join(parts)
    while len(name) > LONGEST and len(parts) > 2:
        parts = parts[: len(parts) // 2] + parts[len(parts) // 2 + 1 :]
        name = joiner.join(parts)
    return name[:LONGEST].rstrip("_")


@lru_cache(maxsize=1 << 16)
def snake(text: str) -> str:
    """``contact_list_id``; empty where the text has no word."""
    return _cut([word.lower() for word in words(text)], "_")


@lru_cache(maxsize=1 << 16)
def snake_spelled(text: str) -> str:
    """As `snake`, with punctuation in words: ``at_type``, ``minus_1``; ``empty`` for an empty text."""
    return _cut([word.lower() for word in words(_spelled(text))], "_") if text else "empty"


@lru_cache(maxsize=1 << 16)
def pascal(text: str) -> str:
    """``ContactList``; words keep their inner capitals (``HTTPServer``), shouting is lowered."""
    parts = _capitals(text)
    if len(parts) > 1 and text.isupper():
        parts = tuple([word[:1].upper() + word[1:] for word in map(str.lower, words(text))])
    return _cut(list(parts), "")


def pascal_of(context: tuple[str, ...]) -> str:
    """`pascal` of the texts with a space between them, which no word crosses."""
    text = " ".join(context)
    if len(text) > 1000 or not text.isascii() or text.isupper():
        return pascal(text)
    return _cut([word for part in context for word in _capitals(part)], "")


def pascal_whole(text: str) -> str:
    """As `pascal`, cut only where it gets absurd: for what no shorter name tells apart."""
    return "".join(_capitals(text))[: 2 * LONGEST]


@lru_cache(maxsize=1 << 16)
def pascal_spelled(text: str) -> str:
    """As `pascal`, with punctuation in words."""
    return _cut(list(_capitals(_spelled(text))), "") if text else "Empty"


def constant(text: str) -> str:
    """``SEND_WELCOME_EMAIL``."""
    return snake(text).upper()


def ascii_only(text: str) -> str:
    """The ASCII letters, digits and underscores of a text, accents dropped: for names of files."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
    return re.sub(r"[^A-Za-z0-9_]", "", text)


_LETTERS = str.maketrans("0123456789", "ghkmnpqrst")


def mark(text: str) -> str:
    """Six letters that tell a text from others, the same everywhere: the last way out of a clash."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:6].translate(_LETTERS)
