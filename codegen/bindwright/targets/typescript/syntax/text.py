"""Text of a document as literals, keys and comments of TypeScript, of which nothing can become code (ECMA-262, 12)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from bindwright.targets.prose import clean
from bindwright.targets.typescript.syntax.code import Code

_IDENTIFIER = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*")
_INDEX = re.compile(r"0|[1-9][0-9]{0,8}")
_PLAIN = re.compile(r"[ !#-&(-\[\]-~]*")
"""Text that stands between apostrophes as it is."""
_TAG = re.compile(r"(^|[\s{(\[*`])@")
_HIDDEN = frozenset(
    "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064"
    "\u2066\u2067\u2068\u2069\u206a\u206b\u206c\u206d\u206e\u206f\ufeff\ufff9\ufffa\ufffb\u2028\u2029\u0085"
)
"""Characters that change how other text is shown, or are lines' ends to some readers and not to others."""

WIDTH = 100
"""Columns of a line, where its text can be broken."""
_PROSE = 120
"""Columns of a comment: lines that the document broke itself stay as they are."""


def is_identifier(name: str) -> bool:
    """Whether a name may stand as a key without quotes."""
    return _IDENTIFIER.fullmatch(name) is not None


@lru_cache(maxsize=1 << 16)
def string(text: str) -> Code:
    """A string literal."""
    if _PLAIN.fullmatch(text):
        return Code(f"'{text}'")
    return Code("'" + "".join(map(_escaped, text)) + "'")


def _escaped(character: str) -> str:
    if character in "'\\":
        return "\\" + character
    if character == "\n":
        return "\\n"
    if " " <= character <= "~" or (
        character > "\u00a0" and character.isprintable() and character not in _HIDDEN
    ):
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\u{{{code:x}}}"


def template(parts: Iterable[str | Code]) -> Code:
    """A template literal of texts and, as `Code`, expressions."""
    written = [f"${{{part}}}" if isinstance(part, Code) else _in_template(part) for part in parts]
    return Code(f"`{''.join(written)}`")


def _in_template(text: str) -> str:
    escaped = "".join(map(_escaped, text))
    return escaped.replace("\\'", "'").replace("`", "\\`").replace("${", "\\${")


@lru_cache(maxsize=1 << 16)
def key(name: str) -> Code:
    """A property's name in a type or an object literal, where ``__proto__: x`` would set the prototype (13.2.5.5)."""
    if name == "__proto__":
        return Code("['__proto__']")
    return Code(name) if _IDENTIFIER.fullmatch(name) or _INDEX.fullmatch(name) else string(name)


def line(text: str, longest: int = 200) -> str:
    """A text on one line, fit for a comment."""
    text = " ".join(_harmless(clean(text[:5000])).split())
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "\u2026"


def comment(paragraphs: Iterable[str], indent: int = 0, tags: Iterable[str] = ()) -> str:
    """A doc comment with its line end; empty where there is nothing to say.

    Args:
        paragraphs: prose of the document.
        tags: lines of our own, ``@deprecated`` for one.
    """
    prose = "\n\n".join(
        [text for paragraph in paragraphs if paragraph and (text := _harmless(paragraph).strip())]
    )
    tags = list(tags)
    if not prose and not tags:
        return ""
    lines = prose.split("\n") if prose else []
    if lines and tags:
        lines.append("")
    lines += tags
    pad = " " * indent
    if len(lines) == 1 and len(lines[0]) + indent + 7 <= WIDTH:
        return f"{pad}/** {lines[0]} */\n"
    body = "".join(f"{pad} * {text}".rstrip() + "\n" for text in _wrapped(lines, _PROSE - indent - 3))
    return f"{pad}/**\n{body}{pad} */\n"


def _wrapped(lines: list[str], width: int) -> Iterable[str]:
    """Lines that are too long, broken at blanks; tables and code stay as they are."""
    return lines if max(map(len, lines)) <= width else _broken(lines, width)


def _broken(lines: Iterable[str], width: int) -> Iterable[str]:
    for text in lines:
        if len(text) <= width or text[:1] in " |" or text.startswith(("```", "    ")):
            yield text
            continue
        start = ""
        for word in text.split(" "):
            if start and len(start) + len(word) + 1 > width and not _opens_a_block(word):
                yield start
                start = word
            else:
                start = f"{start} {word}" if start else word
        yield start


def _opens_a_block(word: str) -> bool:
    """Whether a word at the beginning of a line would mean something else to readers of Markdown."""
    return word[:1] in "#>-+*|`~" or word[:1].isdigit()


def _harmless(text: str) -> str:
    """Text that ends no comment, is no tag of JSDoc, and is seen as it stands."""
    if text.isascii() and "*/" not in text and "@" not in text and text.replace("\n", "").isprintable():
        return text
    text = "".join(
        character
        if character == "\n" or (character.isprintable() and character not in _HIDDEN)
        else "\n"
        if character in "\u2028\u2029\u0085\r\v\f"
        else f"\\u{ord(character):04x}"
        for character in text
    )
    return _TAG.sub(r"\1\\@", text.replace("*/", "*\\/"))
