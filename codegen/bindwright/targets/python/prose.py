"""Prose of a document made fit for docstrings: one kind of line end, no tabs, no simple HTML."""

from __future__ import annotations

import html
import json
import re
from typing import Any

_TRAILING = re.compile(r"[ \t\xa0]+$", re.MULTILINE)
_BLANKS = re.compile(r"\n{3,}")
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_TAG = re.compile(
    r"</?(p|br|b|i|em|strong|code|ul|ol|li|div|span|a|note|important|pre|h[1-6]|dl|dt|dd)\b[^<>]*>", re.I
)
_HTML = re.compile(r"</(p|li|ul|code|b|i|a|em|strong|div|span)>|<(p|br|li) ?/?>", re.I)
_INDENTED = re.compile(r"\n[ \xa0]+")
_SPLIT_LINES = re.compile(r"[ \t]*\n[ \t]*")

LONGEST = 20_000
"""Characters of one text that are kept: nobody reads more in an editor."""


def clean(text: str) -> str:
    """Text for a docstring; empty where there is nothing to say."""
    if len(text) < 60 and text.isascii() and text.isprintable() and "<" not in text:
        return text.strip(" ")
    if len(text) > LONGEST:
        text = text[:LONGEST] + " [\u2026]"
    text = _BREAKS.sub("\n", text)
    if "<" in text and _HTML.search(text):
        text = _without_html(text)
    text = text.replace("\xa0", " ").expandtabs(4)
    return _dedent(_BLANKS.sub("\n\n", _TRAILING.sub("", text)).strip(" \n"))


def _dedent(text: str) -> str:
    """The text with the indent that all lines but the first share taken away, as ruff has docstrings."""
    lines = text.split("\n")
    indents = [len(line) - len(line.lstrip(" ")) for line in lines[1:] if line]
    if not indents or not (common := min(indents)):
        return text
    return "\n".join([lines[0], *(line[common:] for line in lines[1:])])


def _without_html(text: str) -> str:
    """Paragraphs, lists and code of simple HTML as plain text (AWS and Google write their prose in it)."""
    text = _SPLIT_LINES.sub(" ", text) if "\n\n" not in text else text
    return _INDENTED.sub("\n", html.unescape(_TAG.sub(_replaced, text)))


def _replaced(match: re.Match[str]) -> str:
    tag, closing = match[1].lower(), match[0][1] == "/"
    if tag == "code":
        return "`"
    if tag == "li":
        return "" if closing else "\n- "
    if tag in ("p", "ul", "ol", "div", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "dl", "note", "important"):
        return "\n\n" if not (closing and tag == "p") else ""
    return "\n" if tag in ("br", "dt", "dd") and not closing else ""


def sentence(*texts: str) -> str:
    """The first text that says something, the others as paragraphs after it, repeated ones left out."""
    parts: list[str] = []
    for text in texts:
        if (
            (one := clean(text))
            and one not in parts
            and not (parts and one.rstrip(".") == parts[-1].rstrip("."))
        ):
            parts.append(one)
    return "\n\n".join(parts)


_SYMBOL = re.compile(r"\w*[a-z0-9_.]\w*[A-Z._]\w*")


def heading(title: str, name: str) -> str:
    """A title where it tells more than the name that stands above it: symbols of code and the name itself do not."""
    title = clean(title)
    same = re.sub(r"\W|_", "", title).casefold() == name.replace("_", "").casefold()
    return "" if same or _SYMBOL.fullmatch(title) else title


def default_text(value: Any) -> str:
    """The document's default in words; a long one says little."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return f"Default: ``{text}``." if len(text) < 200 else ""


def hung(text: str, indent: int) -> str:
    """The text with all lines but the first indented, for an entry of a list."""
    pad = " " * indent
    first, *rest = text.split("\n")
    return "\n".join([first, *(pad + line if line else "" for line in rest)])
