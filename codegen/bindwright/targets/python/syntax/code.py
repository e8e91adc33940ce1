"""The only door through which text of a document gets into code.

`literal`, `docstring` and `comment` escape what they are given; `identifier` refuses what is none.
Everything else in this target handles `Code`, which only these and `layout` make.
"""

from __future__ import annotations

import decimal
import keyword
import re
import unicodedata
from functools import cache, lru_cache
from typing import Any, NewType

Code = NewType("Code", str)
"""A piece of Python. Text of a document is a ``str`` and becomes code only here."""

WIDTH = 88
"""ruff's default line length, in columns."""

# Fixed ranges, not str.isprintable, whose answer depends on the Python that runs: controls, format
# characters (bidirectional marks among them), separators but the space, surrogates, private use, tags.
# A pattern with them takes longer to compile than a small document takes to write.
_ODD = (
    (0x00, 0x1F), (0x7F, 0xA0), (0xAD, 0xAD), (0x600, 0x605), (0x61C, 0x61C), (0x6DD, 0x6DD), (0x70F, 0x70F),
    (0x890, 0x891), (0x8E2, 0x8E2), (0x1680, 0x1680), (0x180E, 0x180E), (0x2000, 0x200F), (0x2028, 0x202F),
    (0x205F, 0x206F), (0x3000, 0x3000), (0xD800, 0xF8FF), (0xFDD0, 0xFDEF), (0xFEFF, 0xFEFF), (0xFFF0, 0xFFFF),
    (0x110BD, 0x110BD), (0x110CD, 0x110CD), (0x13430, 0x1343F), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A),
    (0xE0000, 0x10FFFF),
)  # fmt: skip
"""Ranges by the code points of their first and last characters."""


@cache
def _is_odd(character: str) -> bool:
    code = ord(character)
    return any(first <= code <= last for first, last in _ODD)


def _odd_in(text: str) -> list[str]:
    """The different odd characters of a text."""
    if text.isascii() and text.isprintable():
        return []
    return [character for character in set(text) if not " " <= character <= "~" and _is_odd(character)]


def _escaped(text: str) -> str:
    text = text.replace("\\", "\\\\")
    for character in _odd_in(text):
        text = text.replace(character, _escape(character))
    return text


def visible(text: str) -> str:
    """Python source with what no reader would see in it (controls, marks of direction) as escapes.

    For source that others wrote: such characters stand in literals and comments there, never in names.
    """
    for character in _odd_in(text):
        if character not in "\n\t":
            text = text.replace(character, _escape(character))
    return text


def without_odd(text: str) -> str:
    """Text with a space for each such character, for files that know no escapes."""
    for character in _odd_in(text):
        text = text.replace(character, " ")
    return text


_PLAIN = re.compile(r"[ !#-\[\]-~]*", re.ASCII)
"""ASCII without quotation mark and backslash: needs no escape between double quotes."""


def identifier(name: str) -> Code:
    """A name as code.

    Raises:
        ValueError: it is no identifier of Python, or a keyword.
    """
    if not name.isidentifier() or keyword.iskeyword(name):
        raise ValueError(f"not an identifier: {name!r}")
    return Code(name)


def _escape(character: str) -> str:
    number = ord(character)
    short = {9: "\\t", 10: "\\n", 13: "\\r"}.get(number)
    if short:
        return short
    return (
        f"\\x{number:02x}"
        if number < 0x100
        else f"\\u{number:04x}"
        if number < 0x10000
        else f"\\U{number:08x}"
    )


@lru_cache(maxsize=1 << 14)
def string(text: str) -> Code:
    """A string literal in ruff's style: double quotes unless single ones save escapes."""
    if _PLAIN.fullmatch(text):
        return Code(f'"{text}"')
    quote = "'" if text.count('"') > text.count("'") else '"'
    body = _escaped(text).replace(quote, "\\" + quote)
    text_of_literal = quote + body + quote
    if _read_back(text_of_literal) != text:
        raise AssertionError(f"a literal does not read back: {text[:50]!r}")
    return Code(text_of_literal)


def _read_back(code: str) -> Any:
    import ast  # few documents have a text that needs an escape

    return ast.literal_eval(code)


def literal(value: Any) -> Code:
    """A scalar of JSON as a literal; numbers that Python has no literal for become text.

    Raises:
        TypeError: not a scalar; `layout.value` does lists and objects.
    """
    if isinstance(value, str):
        return string(value)
    if value is None or value is True or value is False:
        return Code(repr(value))
    if isinstance(value, int):
        return Code(repr(value)) if value.bit_length() < 2000 else Code(hex(value))
    if isinstance(value, float):
        return Code(repr(value)) if abs(value) < float("inf") else string(repr(value))
    if isinstance(value, decimal.Decimal):
        return string(str(value))
    raise TypeError(f"not a scalar: {type(value).__name__}")


def columns(text: str) -> int:
    """Columns that a text takes on a terminal, as ruff counts them."""
    if text.isascii():
        return len(text)
    return sum(_column(character) for character in text)


def _column(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


@lru_cache(maxsize=1 << 14)
def docstring(text: str, indent: int) -> Code:
    """A docstring of wrapped prose, indented, with its quotes, as ruff leaves it.

    Args:
        text: from `prose.clean`; not empty.
        indent: columns.
    """
    pad = " " * indent
    if len(text) + indent <= WIDTH - 6 and "\n" not in text:
        body = _quoted(text)
        if body[0] != '"' and body[-1] != '"':
            return Code(f'{pad}"""{body}"""')
    first, *rest = [_quoted(line) for line in wrap(text, WIDTH - indent)]
    opening = pad + ('""" ' if first[:1] == '"' else '"""') + first
    if not rest:
        block = opening + (' """' if first[-1:] == '"' else '"""')
    else:
        block = "\n".join([opening, *(pad + line if line else "" for line in rest), pad + '"""'])
    if "\\" in block and not isinstance(_read_back(block.strip()), str):
        raise AssertionError(f"a docstring does not read back: {text[:50]!r}")
    return Code(block)


@cache
def _surrogate() -> re.Pattern[str]:
    return re.compile(r"[\ud800-\udfff]")


def _quoted(line: str) -> str:
    if line.isascii() and line.isprintable() and "\\" not in line and '""' not in line:
        return line
    # CPython 3.13 encodes docstrings as UTF-8 when it compiles them: a lone surrogate, even escaped, breaks it.
    return _escaped(line if line.isascii() else _surrogate().sub("\ufffd", line)).replace('""', '\\"\\"')


def comment(text: str) -> Code:
    """A comment of one line."""
    return Code("# " + without_odd(text).strip())


def wrap(text: str, width: int) -> list[str]:
    """Lines of prose: broken at spaces, list items hung, the first line leaving room for all quotes."""
    lines: list[str] = []
    fenced = False
    for line in text.split("\n"):
        fenced ^= line.lstrip().startswith("```")
        room = width if lines else width - 6
        if fenced or len(line) <= room or line.lstrip().startswith("|"):  # a row of a table is one line
            lines.append(line)
        else:
            lines.extend(_broken(line, room, width))
    return lines


_ARGUMENT = re.compile(r" {4}\w+: ")
"""A line of an ``Args:`` section: what follows hangs below the argument's name."""


@lru_cache(maxsize=1 << 14)  # what is said of an argument stands in each method that has it
def _broken(line: str, room: int, width: int) -> list[str]:
    bare = line.lstrip()
    hang = len(line) - len(bare) + (2 if bare[:2] in ("- ", "* ") else 4 if _ARGUMENT.match(line) else 0)
    pad = " " * min(hang, width // 2)
    lines = []
    while len(line) > room:
        cut = line.rfind(" ", len(pad) + 1, room + 1)
        if cut < 0 and (cut := line.find(" ", room)) < 0:
            break
        lines.append(line[:cut].rstrip())
        line = pad + line[cut + 1 :].lstrip()
        room = width
    return [*lines, line]
