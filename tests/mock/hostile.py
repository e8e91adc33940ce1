"""Hostile requests: what a client can send that nobody would, for every operation of a document. Seeded."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator
from urllib.parse import quote

from bindwright.ir.model import Operation
from bindwright.serve import App, Request

BODIES = [
    b"", b"{", b"null", b"[" * 100_000, b'{"a":' * 50_000, b"\xff\xfe\x00", b"\x00" * 100, b"<" * 1_000,
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', b"<a>" * 20_000, b"a=" + b"&a=" * 20_000,
    b"1" * 10_000, b'"\\ud800"', b'{"a":NaN}', b"1e999999999", b"-0", b'{"":{}}', b"--x\r\n\r\n\r\n--x--\r\n",
    b"--x\r\nContent-Disposition: form-data; name=\"\xff\"\r\n\r\nb\r\n--x--", b"data: {\n\n" * 1_000, b"\x1e{}\n\x1e",
    json.dumps({"id": "\u202e\x1b[31m", "name": ["a"] * 5_000}).encode(), json.dumps([[[[]]]] * 5_000).encode(),
]  # fmt: skip
CONTENT_TYPES = [
    "application/json", "application/xml", "multipart/form-data; boundary=x", "multipart/form-data",
    "application/x-www-form-urlencoded", "text/plain; charset=utf-7", "application/json; charset=utf-16",
    "application/xml; charset=zip", "text/event-stream", "application/jsonl", "*/*", ";;;", "a/b; c", "\x00",
    'multipart/mixed; boundary="', "application/json; charset=" + "x" * 5_000,
]  # fmt: skip
TEXTS = [
    "", "..", "%00", "%", "%zz", "%2F..%2F", "a" * 5_000, "é", "%ff%fe", "1e400", "-", "null", "true", "{}", "[]", "[1",
    "1" * 5_000, "&&&===", "a[b][c][d]=1", "a|b|c", "%09", "\u202e", "0x10", "+", " ",
]  # fmt: skip
ACCEPTS = [
    "*/*",
    "application/xml",
    "text/event-stream",
    ";q=2",
    "a" * 3_000,
    "*",
    "application/json;q=x",
    ",,,",
]


def hostile_requests(app: App, count: int, seed: int) -> Iterator[tuple[Operation, Request]]:
    """So many requests to operations of the document."""
    rng = random.Random(seed)
    for _ in range(count if app.api.operations else 0):
        operation = rng.choice(app.api.operations)
        yield operation, _request(operation, rng)


def _request(operation: Operation, rng: random.Random) -> Request:
    path, query = operation.path, list[str]()
    fields = [("Content-Type", rng.choice(_types(operation))), ("Accept", rng.choice(ACCEPTS))]
    fields += [("Prefer", rng.choice(["code=500", 'example="', "dynamic=true", "code=" + "9" * 500]))] * (
        rng.random() < 0.2
    )
    for parameter in operation.parameters:
        text = rng.choice(TEXTS)
        if parameter.location == "path":
            path = path.replace(f"{{{parameter.name}}}", text.replace("/", "%2F") or "x")
        elif parameter.location == "query":
            query.append(f"{quote(parameter.name)}={text}")
        elif text.isascii():
            fields.append((parameter.name if parameter.location == "header" else "Cookie", text))
    fields.append(("Authorization", rng.choice(["Bearer x", "", "Basic \xff"])))
    target = path + ("?" + "&".join(query) if query else "")
    return Request(
        method=operation.method.upper(), target=target, headers=tuple(fields), body=rng.choice(BODIES)
    )


def _types(operation: Operation) -> list[str]:
    documented = (
        [content.media_type for content in operation.body.contents] if operation.body is not None else []
    )
    return documented * 4 + CONTENT_TYPES


def problems(app: App, count: int, seed: int, seconds: float = 3.0) -> list[str]:
    """Requests that raised, were answered with a 5xx that nobody asked for, or took too long (seconds of processor time)."""
    complaints = []
    for operation, request in hostile_requests(app, count, seed):
        started = time.thread_time()
        label = f"{operation.id} {request.target[:80]!r} {request.headers[:2]!r} {request.body[:40]!r}"
        try:
            response = app.respond(request)
        except Exception as error:
            complaints.append(f"{label} raised {type(error).__name__}: {error}"[:500])
            continue
        if response.status >= 500 and "code=500" not in dict(request.headers).get("Prefer", ""):
            complaints.append(f"{label} was answered with {response.status} {response.body[:200]!r}")
        if time.thread_time() - started > seconds:
            complaints.append(f"{label} took {time.thread_time() - started:.1f} s")
    return complaints
