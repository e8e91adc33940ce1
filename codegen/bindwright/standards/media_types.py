"""Media types: what a body is, by its ``Content-Type`` (RFC 9110, 8.3; RFC 6839 for suffixes)."""

from __future__ import annotations

import codecs
import re
from functools import lru_cache
from typing import Literal

Kind = Literal["json", "xml", "form", "multipart", "jsonl", "json-seq", "sse", "text", "binary"]

_PARAMETER = re.compile(r';\s*([!#$%&\'*+.^_`|~0-9A-Za-z-]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^;,\s]*)')
_LINES = frozenset(
    {
        "application/jsonl",
        "application/x-jsonl",
        "application/jsonlines",
        "application/x-jsonlines",
        "application/json-lines",
        "application/ndjson",
        "application/x-ndjson",
        "application/x-json-stream",
        "application/stream+json",
        "application/json+stream",
        "text/jsonl",
        "text/x-ndjson",
    }
)
_JSON = frozenset(
    {
        "json",
        "application/json",
        "application/csp-report",
        "application/jsonrequest",
        "application/x-json",
        "text/json",
        "text/x-json",
    }
)
_XML = frozenset({"application/xml", "text/xml", "application/x-xml", "xml"})
_TEXT = frozenset(
    {
        "application/javascript",
        "application/x-yaml",
        "application/yaml",
        "application/graphql",
        "application/sql",
    }
)


@lru_cache(512)
def essence(content_type: str) -> str:
    """Type and subtype in lower case, without parameters."""
    return content_type.partition(";")[0].strip().lower()


@lru_cache(512)
def parameters(content_type: str) -> dict[str, str]:
    """Parameters by lower-case name, unquoted."""
    found: dict[str, str] = {}
    for name, value in _PARAMETER.findall(content_type):
        if value.startswith('"'):
            value = re.sub(r"\\(.)", r"\1", value[1:-1])  # noqa: PLW2901 (the unquoted form)
        found.setdefault(name.lower(), value)
    return found


@lru_cache(512)
def kind_of(content_type: str) -> Kind:
    """What a body of this media type is."""
    name = essence(content_type)
    if name in _JSON:
        return "json"
    if name in _XML:
        return "xml"
    if name == "application/x-www-form-urlencoded":
        return "form"
    if name.startswith("multipart/"):
        return "multipart"
    if name in _LINES:
        return "jsonl"
    if name in ("application/json-seq", "application/geo+json-seq") or name.endswith("+json-seq"):
        return "json-seq"
    if name == "text/event-stream":
        return "sse"
    if name.endswith("+json"):
        return "json"
    if name.endswith("+xml") and name not in ("image/svg+xml", "application/xhtml+xml"):
        return "xml"
    if name.startswith("text/") or name in _TEXT:
        return "text"
    return "binary"


@lru_cache(512)
def charset_of(content_type: str) -> str | None:
    """The charset's name as Python knows it; None where there is none, or an unknown one."""
    name = parameters(content_type).get("charset")
    if not name:
        return None
    try:
        return codecs.lookup(name.strip("'")).name
    except LookupError:
        return None


def text_of(body: bytes, content_type: str) -> str:
    """A text body by its charset; UTF-8, with replacement characters, where that says nothing."""
    charset = charset_of(content_type)
    if charset is None:
        charset = "utf-8-sig"
    return body.decode(charset, "replace")


def covers(range_: str, name: str) -> bool:
    """Whether a media range (``text/*``, ``*/*``) covers a media type's essence (RFC 9110, 12.5.1)."""
    range_ = essence(range_)
    if range_ in ("*/*", "*", name):
        return True
    return range_.endswith("/*") and name.startswith(range_[:-1])


def sniff(body: bytes) -> Literal["json", "xml"] | None:
    """What a body looks like, where its media type does not say: the documented last resort.

    XML begins with ``<`` (after a byte order mark and white space), JSON with one of its own first
    characters.
    """
    start = body[:64]
    for mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
        start = start.removeprefix(mark)
    start = start.replace(b"\0", b"").lstrip()
    if not start:
        return None
    if start[:1] == b"<":
        return None if start[:9].lower().startswith((b"<!doctype", b"<html")) else "xml"
    return "json" if start[:1] in b'{["-0123456789tfn' else None
