"""A JSON scanner that keeps offsets: for positions and for repeated names.

It reads one container at a time and skips what is inside its members, so that finding one place in a large
file costs one pass over the enclosing containers and nothing is built for the rest.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from msgspec import Struct

from bindwright.openapi.diagnostics.syntax_errors import Finding
from bindwright.openapi.text.text import Text
from bindwright.standards.regular_expressions import possessive

_SPACE = re.compile(r"[ \t\r\n]*+")
_STRING = re.compile(possessive(r'"(?:[^"\\\x00-\x1f]++|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*+"'))
_JUNK = re.compile(r"[^\s,\[\]{}:\"]*+")
_BRACKET = re.compile(possessive(r'"(?:[^"\\]++|\\.)*+"|[\[\]{}]'), re.DOTALL)
_READER = json.JSONDecoder(strict=False, parse_int=str, parse_float=str)


class JsonMember(Struct, frozen=True):
    """Where one member or item stands: offsets of its name (or of the value, in an array) and of its value."""

    name: str
    name_start: int
    name_end: int
    start: int


def members(text: str, start: int) -> Iterator[JsonMember]:
    """The members of the object, or the items of the array, that begins at `start` in well-formed JSON.

    A value is passed over when the next member is asked for: who has what it looks for need not wait for its end.
    """
    if start >= len(text) or text[start] not in "{[":
        return
    named = text[start] == "{"
    offset = _skip(text, start + 1)
    index = 0
    while text[offset] not in "}]":
        name, name_start, name_end = str(index), offset, offset
        if named:
            name, name_end = _name(text, offset)
            offset = _skip(text, _skip(text, name_end) + 1)
        yield JsonMember(name, name_start, name_end, offset)
        index += 1
        offset = _skip(text, end_of(text, offset))
        if text[offset] == ",":
            offset = _skip(text, offset + 1)


def _skip(text: str, offset: int) -> int:
    match = _SPACE.match(text, offset)
    return match.end() if match else offset


def _name(text: str, offset: int) -> tuple[str, int]:
    match = _STRING.match(text, offset)
    if match is None:  # the caller promised well-formed JSON
        raise ValueError("no member name")
    raw = match.group()
    if "\\" not in raw:
        return raw[1:-1], match.end()
    return str(json.loads(raw)), match.end()


def end_of(text: str, offset: int) -> int:
    """Where the value that begins at `offset` ends."""
    if text[offset] not in "{[":
        match = _STRING.match(text, offset) or _JUNK.match(text, offset)
        return match.end() if match else offset
    try:  # reading a value, to throw it away, takes half as long as to look at its brackets
        return _READER.raw_decode(text, offset)[1]
    except (ValueError, RecursionError):
        return _end_by_brackets(text, offset)


def _end_by_brackets(text: str, offset: int) -> int:
    """The same where the value nests too deep to be read, or is none."""
    depth = 0
    for match in _BRACKET.finditer(text, offset):
        sign = text[match.start()]
        if sign in "{[":
            depth += 1
        elif sign in "}]":
            depth -= 1
            if not depth:
                return match.end()
    return len(text)


def repeated(text: Text, limit: int = 50) -> list[Finding]:
    """The names that stand twice in one object (RFC 8259, 4: names SHOULD be unique), the first `limit`."""
    source = text.string
    findings: list[Finding] = []
    pending = [_skip(source, 0)]
    while pending and len(findings) < limit:
        counts: dict[str, int] = {}
        start = pending.pop()
        named = source[start : start + 1] == "{"
        for member in members(source, start):
            if named and member.name in counts and len(findings) < limit:
                findings.append(_repeat(text, member, counts[member.name]))
            counts[member.name] = member.name_start
            if source[member.start] in "{[":
                pending.append(member.start)
    return findings


def _repeat(text: Text, member: JsonMember, first: int) -> Finding:
    return Finding(
        "duplicate-key",
        f"`{member.name}` stands twice in this object; the last one counts",
        f"remove one of them; the first is on line {text.at(first).line}",
        text.at(member.name_start, member.name_end - member.name_start),
        level="degraded",
    )
