"""Prose of a document made fit for comments and docstrings: one kind of line end, no tabs, no simple HTML."""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from typing import Any

_BLANKS = re.compile(r"\n{3,}")
# Patterns that few documents ask for, compiled when one does: all of them together would take longer than its text.
_TAG = r"(?i)(</?(?:p|br|b|i|em|strong|code|ul|ol|li|div|span|a|note|important|pre|h[1-6]|dl|dt|dd))\b[^<>]*>"
_HTML = r"(?i)</(p|li|ul|code|b|i|a|em|strong|div|span)>|<(p|br|li) ?/?>"
_INDENTED = r"\n[ \xa0]+"

LONGEST = 20_000
"""Characters of one text that are kept: nobody reads more in an editor."""


@lru_cache(maxsize=1 << 14)  # what is said of one member stands at each place where that is written
def clean(text: str) -> str:
    """Text for a docstring; empty where there is nothing to say."""
    if not text:
        return ""
    if len(text) < 60 and text.isascii() and text.isprintable() and "<" not in text:
        return text.strip(" ")
    if len(text) > LONGEST:
        text = text[:LONGEST] + " [\u2026]"
    text = "\n".join(text.splitlines())
    if "<" in text and re.search(_HTML, text):
        text = _without_html(text)
    text = text.replace("\xa0", " ").expandtabs(4)
    text = "\n".join([line.rstrip(" ") for line in text.split("\n")])
    return _dedent(_BLANKS.sub("\n\n", text).strip(" \n"))


def _dedent(text: str) -> str:
    """The text with the indent that all lines but the first share taken away, as ruff has docstrings."""
    lines = text.split("\n")
    indents = [len(line) - len(line.lstrip(" ")) for line in lines[1:] if line]
    if not indents or not (common := min(indents)):
        return text
    return "\n".join([lines[0], *(line[common:] for line in lines[1:])])


def _without_html(text: str) -> str:
    """Paragraphs, lists and code of simple HTML as plain text (AWS and Google write their prose in it)."""
    if "\n\n" not in text:
        text = " ".join([line.strip(" \t") for line in text.split("\n")])
    text = re.sub(_TAG, lambda match: _replacement(match[1]), text)
    if "&" in text:
        import html  # with the names of two thousand characters

        text = html.unescape(text)
    return re.sub(_INDENTED, "\n", text)


@cache
def _replacement(tag: str) -> str:
    """What stands in the place of a tag that begins so."""
    name, closing = tag.strip("</").lower(), tag[1] == "/"
    if name == "code":
        return "`"
    if name == "li":
        return "" if closing else "\n- "
    if name in ("p", "ul", "ol", "div", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "dl", "note", "important"):
        return "\n\n" if not (closing and name == "p") else ""
    return "\n" if name in ("br", "dt", "dd") and not closing else ""


def sentence(*texts: str) -> str:
    """The first text that says something, the others as paragraphs after it, repeated ones left out."""
    parts: list[str] = []
    for text in texts:
        if (
            (paragraph := clean(text))
            and paragraph not in parts
            and not (parts and paragraph.rstrip(".") == parts[-1].rstrip("."))
        ):
            parts.append(paragraph)
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
