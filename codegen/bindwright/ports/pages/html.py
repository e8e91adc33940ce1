"""HTML as text: everything of a document is escaped here, and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

from bindwright.standards.terminal import escape_controls
from bindwright.targets.prose import clean


def text(value: object) -> str:
    """Text of a document: markup is escaped, control and bidirectional characters are shown."""
    return escape(escape_controls(str(value)), quote=True)


def code(value: object) -> str:
    """Text as it stands in a program or on the wire."""
    return f"<code>{text(value)}</code>"


def prose(value: str) -> str:
    """A description in CommonMark or simple HTML: paragraphs, lists, code, emphasis and links, and no other markup."""
    parts: list[str] = []
    for number, block in enumerate(
        _FENCE.split(_EMPTY_ITEM.sub("- ", clean(_ANCHOR.sub(r"[\2](\1)", value))))
    ):
        if number % 2:
            parts.append(f"<pre>{text(block.strip(chr(10)))}</pre>")
        else:
            parts += [_block(part.strip()) for part in re.split(r"\n{2,}", block) if part.strip()]
    return "".join(parts)


def line(value: str) -> str:
    """The first line of a description, for a table."""
    return _inline(clean(value).partition("\n")[0].lstrip("# "))


_FENCE = re.compile(r"(?m)^ {0,3}```[^\n`]*\n(.*?)\n? {0,3}```[ \t]*$", re.S)
_ANCHOR = re.compile(r'<a\b[^<>]*?\bhref="(https?://[^"\s()<>]+)"[^<>]*>([^<>\[\]\n]+)</a>')
_EMPTY_ITEM = re.compile(r"(?m)^- *\n+(?=[^\s-])")
"""An item whose text is a paragraph of its own, as HTML has it."""
_ITEM = re.compile(r"[ \t]*(?:[-*+]|[0-9]{1,3}[.)])[ \t]+(?=\S)")
_INLINE = re.compile(
    r"`(?P<code>[^`\n]+)`"
    r"|\[(?P<link>[^\[\]\n]+)\]\((?P<url>https?://[^\s()<>]+)\)"
    r"|\*\*(?P<strong>[^*\n]+)\*\*"
    r"|(?<![\w*])\*(?P<star>[^*\s](?:[^*\n]*[^*\s])?)\*(?![\w*])"
    r"|(?<!\w)_(?P<em>[^_\s](?:[^_\n]*[^_\s])?)_(?!\w)"
)


def _block(value: str) -> str:
    """A paragraph, or lines of a list, with what stands before them."""
    before: list[str] = []
    items: list[str] = []
    for line in value.split("\n"):
        if _ITEM.match(line):
            items.append(_ITEM.sub("", line, count=1))
        elif items:
            items[-1] += f"\n{line}"
        else:
            before.append(line)
    head = "\n".join(before)
    title = re.fullmatch(r"#{1,6} +(.*?)[ #]*", head)
    shown = (
        f"<p><strong>{_inline(title[1])}</strong></p>" if title else f"<p>{_inline(head)}</p>" if head else ""
    )
    return shown + (
        "<ul>" + "".join(f"<li>{_inline(item)}</li>" for item in items) + "</ul>" if items else ""
    )


def _inline(value: str) -> str:
    parts: list[str] = []
    end = 0
    for match in _INLINE.finditer(value):
        parts += [text(value[end : match.start()]), _marked(match)]
        end = match.end()
    return "".join([*parts, text(value[end:])])


def _marked(match: re.Match[str]) -> str:
    if match["code"]:
        return code(match["code"])
    if match["link"]:
        return f'<a href="{text(match["url"])}" rel="noreferrer">{text(match["link"])}</a>'
    if match["strong"]:
        return f"<strong>{text(match['strong'])}</strong>"
    return f"<em>{text(match['star'] or match['em'])}</em>"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are HTML already; empty where it has no rows."""
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>\n" for row in rows)
    if not body:
        return ""
    titles = "".join(f"<th>{text(title)}</th>" for title in head)
    return f'<div class="wide"><table><thead><tr>{titles}</tr></thead><tbody>\n{body}</tbody></table></div>\n'


def page(title: str, body: str, home: str = "index.html") -> bytes:
    """A whole page."""
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{text(title)}</title>
<link rel="stylesheet" href="style.css">
</head>
<body>
<header><a href="{home}">All operations</a> · <a href="types.html">All types</a></header>
<main>
{body}</main>
</body>
</html>
""".encode()
