"""The table of media types: what a body is by its name."""

from __future__ import annotations

import pytest
from bindwright.standards.media_types import (
    SEQUENTIAL,
    STRUCTURED,
    charset_of,
    is_octets,
    kind_of,
    parameters,
)

KINDS = {
    "json": [
        "application/json", "text/json; charset=utf-8", "application/csp-report", "application/vnd.api+json",
        "application/x-amz-json-1.0", "application/x-amz-json-1.1", "text/x-json", "application/x-json",
        "application/*+json", "APPLICATION/Problem+JSON", "json", "application/json-patch+json",
        "application/vnd.github.v3.raw+json", "application/jsonrequest", "application/vnd.stream+json",
        "application/json-home", "image/picture+json",
    ],
    "jsonl": [
        "application/jsonl", "application/x-jsonl", "application/jsonlines", "application/x-jsonlines",
        "application/json-lines", "application/ndjson", "application/x-ndjson", "text/x-ndjson",
        "application/x-json-stream", "application/stream+json", "text/jsonl", "application/vnd.logs.ndjson",
        "application/x-ldjson", "application/json-l",
    ],
    "json-seq": ["application/json-seq", "application/geo+json-seq"],
    "sse": ["text/event-stream", "text/event-stream;charset=utf-8"],
    "xml": [
        "application/xml", "text/xml", "application/soap+xml", "application/atom+xml; charset=utf-8",
        "application/xml-external-parsed-entity", "application/x-xml",
    ],
    "form": ["application/x-www-form-urlencoded"],
    "multipart": ["multipart/form-data", "multipart/mixed", "multipart/related; boundary=x"],
    "text": ["text/plain", "text/html", "text/csv", "application/yaml", "text/*", "application/openapi+yaml"],
    "binary": [
        "application/octet-stream", "image/png", "image/svg+xml", "application/xhtml+xml", "*/*", "image/*",
        "application/pdf", "", "application/jsonp", "application/xml-dtd", "application/x-unknown",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind, names in KINDS.items() for name in names])
def test_kind(kind: str, name: str) -> None:
    assert kind_of(name) == kind


def test_the_groups_are_of_the_table() -> None:
    assert SEQUENTIAL < STRUCTURED < set(KINDS)


@pytest.mark.parametrize(
    ("name", "octets"),
    [
        ("image/png", True),
        ("IMAGE/*", True),
        ("application/pdf; version=2", True),
        ("image/svg+xml", False),
        ("application/jwt", False),
        ("text/plain", False),
    ],
)
def test_octets(name: str, octets: bool) -> None:
    assert is_octets(name) is octets


@pytest.mark.parametrize(
    ("content_type", "charset"),
    [
        ("text/plain", None),
        ("text/plain; charset=UTF-8", "utf-8"),
        ("text/plain; charset='latin1'", "iso8859-1"),
        ('text/plain; x="a; charset=utf-16"; charset="cp1252"', "cp1252"),
        ("text/plain; charset=nonsense", None),
        *(
            (f"text/plain; charset={name}", None)
            for name in ("unicode_escape", "raw-unicode-escape", "idna", "charmap")
        ),
        ("text/plain; charset=csShiftJIS", "shift_jis"),
        ("text/plain; charset=IBM00858", "cp858"),
        ("text/plain; charset=csISO885915", "iso8859-15"),
        ("text/plain; charset=KS_C_5601-1989", "euc_kr"),
        ("text/plain; charset=zip", None),
        ("text/plain; charset=hex", None),
        ("text/plain; charset=rot13", None),
        ("text/plain; charset=a\0b", None),
    ],
)
def test_charset(content_type: str, charset: str | None) -> None:
    assert charset_of(content_type) == charset


def test_parameters_are_unquoted() -> None:
    assert parameters(r'a/b; X="1\"2"; y=3; x=4') == {"x": '1"2', "y": "3"}
