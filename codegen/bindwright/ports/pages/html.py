"""HTML as text: everything of a document is escaped here, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from bindwright.standards.terminal import escape_controls


def text(value: object) -> str:
    """Text of a document: markup is escaped, control and bidirectional characters are shown."""
    return escape(escape_controls(str(value)), quote=True)


def code(value: object) -> str:
    """Text as it stands in a program or on the wire."""
    return f"<code>{text(value)}</code>"


def prose(value: str) -> str:
    """A description: paragraphs, its Markdown as it is written."""
    paragraphs = [part.strip() for part in value.split("\n\n") if part.strip()]
    return "".join(f"<p>{text(part)}</p>" for part in paragraphs)


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
