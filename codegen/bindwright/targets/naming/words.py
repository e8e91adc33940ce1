"""Words of a name: how text of a document becomes identifiers in Python's spellings.

Nothing here knows scopes or clashes; `scope` does. Results depend on the text alone, so the same text
gives the same word in every document.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from bindwright.standards.name_words import words as words

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


def pascal_spelled_of(context: tuple[str, ...]) -> str:
    """`pascal_spelled` of texts one after another; a blank within them only ends a word."""
    parts = [part for text in context for part in text.split()]
    if len(parts) < 2:
        return pascal_spelled("".join(parts))
    return _cut([word for part in parts for word in _capitals(_spelled(part))], "")


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
    import hashlib  # few documents have names that clash to the end

    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:6].translate(_LETTERS)
