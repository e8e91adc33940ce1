"""The one table of media types: what a body is, by its ``Content-Type`` (RFC 9110, 8.3; RFC 6839 for suffixes).

Client, mock server and generator ask here, so that what one side writes the other side reads.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from bindwright.standards.character_encodings import codec_name

Kind = Literal["json", "xml", "form", "multipart", "jsonl", "json-seq", "sse", "text", "binary"]
"""How a body is read and written.

``json``: one JSON text (RFC 8259). ``xml``: one XML document. ``form``: urlencoded pairs (WHATWG URL, 5).
``multipart``: parts (RFC 2046, 5.1). ``jsonl``: a JSON text a line. ``json-seq``: JSON text sequences (RFC 7464).
``sse``: server-sent events. ``text``: characters. ``binary``: octets, or a type that is not known here.
"""

SEQUENTIAL: frozenset[Kind] = frozenset({"jsonl", "json-seq", "sse"})
"""Sequences of items (OpenAPI 3.2.0, "Sequential Media Types")."""

STRUCTURED: frozenset[Kind] = frozenset({"json", "xml", "form", "multipart", "jsonl", "json-seq", "sse"})
"""Bodies that models are read from."""

FORM = "application/x-www-form-urlencoded"

_match_media_type = re.compile(
    r"[!#$%&'*+.^_`|~0-9A-Za-z-]+/[!#$%&'*+.^_`|~0-9A-Za-z-]+(?:[ \t]*;[\t\x20-\x7e]*)?"
).fullmatch
_PARAMETER = re.compile(r';\s*([!#$%&\'*+.^_`|~0-9A-Za-z-]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^;,\s]*)')
_WORD = re.compile(r"[a-z0-9]+")
_LINES = frozenset({"application/stream+json"})
"""Names that end like one JSON text, but stand for one a line."""
_LINES_WORDS = frozenset({"ndjson", "jsonl", "jsonlines", "ldjson"})
_AFTER_JSON = frozenset({"lines", "stream", "l"})
"""``application/x-json-stream``, ``application/json-lines``: what makes lines of JSON."""
_JSON = frozenset({"application/csp-report", "application/jsonrequest"})
_XML = frozenset(
    {
        "xml",
        "application/xml",
        "application/x-xml",
        "application/xml-external-parsed-entity",
        "text/xml",
        "text/xml-external-parsed-entity",
    }
)
_DOCUMENTS = frozenset({"image/svg+xml", "application/xhtml+xml"})
"""XML by its suffix, but a picture or a page: no model describes it."""
_TEXT = frozenset(
    {
        "application/ecmascript",
        "application/graphql",
        "application/javascript",
        "application/json5",
        "application/sql",
        "application/toml",
        "application/x-javascript",
        "application/x-sh",
        "application/x-yaml",
        "application/yaml",
    }
)
_UNREAD_WORDS = frozenset(
    {
        "arrow", "avro", "bson", "calendar", "cbor", "css", "csv", "excel", "grpc", "gzip", "javascript", "markdown",
        "messagepack", "msgpack", "openxmlformats", "parquet", "pdf", "proto", "protobuf", "smile", "sql", "tab", "tar",
        "thrift", "toml", "tsv", "turtle", "vcard", "yaml", "zip",
    }
)  # fmt: skip
_OCTETS = ("image/", "audio/", "video/", "font/")
_OCTETS_NAMES = frozenset({"application/octet-stream", "application/pdf", "application/zip"})


def is_media_type(text: str) -> bool:
    """Whether a text is a media type or a range of them (RFC 9110, 8.3.1 and 12.5.1), and so may stand in a header."""
    return _match_media_type(text.strip(" ")) is not None


@lru_cache(512)
def essence(content_type: str) -> str:
    """Type and subtype in lower case, without parameters."""
    return content_type.partition(";")[0].strip().lower()


@lru_cache(512)
def parameters(content_type: str) -> dict[str, str]:
    """Parameters by lower-case name, unquoted."""
    values: dict[str, str] = {}
    for name, value in _PARAMETER.findall(content_type):
        unquoted = re.sub(r"\\(.)", r"\1", value[1:-1]) if value.startswith('"') else value
        values.setdefault(name.lower(), unquoted)
    return values


@lru_cache(512)
def kind_of(content_type: str) -> Kind:
    """What a body of this media type (or range) is."""
    name = essence(content_type)
    if name in _XML:
        return "xml"
    if name == FORM:
        return "form"
    if name.startswith("multipart/"):
        return "multipart"
    if name == "text/event-stream":
        return "sse"
    json = _json_kind(name)
    if json is not None:
        return json
    if name.endswith("+xml") and name not in _DOCUMENTS:
        return "xml"
    if name.startswith("text/") or name in _TEXT or name.endswith("+yaml"):
        return "text"
    return "binary"


def _json_kind(name: str) -> Kind | None:
    """``json``, ``jsonl``, ``json-seq``, or None.

    Services make up names (``application/x-amz-json-1.1``, ``text/x-json``), so that the words of the subtype
    decide and not a list; a suffix goes before them (RFC 6839, 3.1).
    """
    if name in _LINES:
        return "jsonl"
    if name in _JSON or name.endswith("+json"):
        return "json"
    words = _WORD.findall(name.partition("/")[2] or name)
    if not _LINES_WORDS.isdisjoint(words):
        return "jsonl"
    if "json" not in words:
        return None
    if "seq" in words:
        return "json-seq"
    return "jsonl" if not _AFTER_JSON.isdisjoint(words) else "json"


def is_yaml(media_type: str) -> bool:
    """Whether a body is YAML (RFC 9512), of which JSON is a part."""
    return "yaml" in _WORD.findall(essence(media_type).partition("/")[2])


def is_unread(media_type: str) -> bool:
    """Whether a body is in a format of its own that nothing here reads: a schema describes what it stands for, and not
    its text or octets. ``text/plain`` and names that are not known are none, for they may well hold JSON."""
    if kind_of(media_type) not in ("text", "binary"):
        return False
    return not _UNREAD_WORDS.isdisjoint(_WORD.findall(essence(media_type).partition("/")[2])) or is_octets(
        media_type
    )


def is_octets(media_type: str) -> bool:
    """Whether values of this media type are octets for sure, so that a string of it stands for bytes.

    Other types that are ``binary`` here are only not known.
    """
    name = essence(media_type)
    return name in _OCTETS_NAMES or (name.startswith(_OCTETS) and not name.endswith(("+xml", "+json")))


@lru_cache(512)
def charset_of(content_type: str) -> str | None:
    """The charset's name as Python knows it; None where there is none, or none of a text encoding."""
    name = parameters(content_type).get("charset")
    if not name:
        return None
    return codec_name(name.strip("'"))


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
