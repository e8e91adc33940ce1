"""Finding the line of a path in a document's text: slow, and only for what is reported."""

from __future__ import annotations

import json
import re

from bindwright.standards.regular_expressions import possessive

_step = re.compile(r'\.([^\W\d]\w*)|\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]')
_token = re.compile(possessive(rb'"(?:[^"\\]++|\\.)*+"|[\[\]{}:,]|[^\s"\[\]{}:,]++'), re.DOTALL)


def line_of(data: bytes, path: str) -> int:
    """How many lines below the document's first the value at a path begins; 0 where it is not found."""
    steps: list[str | int] = []
    for name, index, quoted in _step.findall(path):
        steps.append(int(index) if index else name or quoted.replace('\\"', '"').replace("\\\\", "\\"))
    return data.count(b"\n", 0, _offset(data, steps))


def _offset(data: bytes, steps: list[str | int]) -> int:
    # All tokens at once: this runs when something is reported, never while reading.
    tokens = list(_token.finditer(data))
    position = 0
    for step in steps:
        child = _member(tokens, position, step)
        if child is None:
            break
        position = child
    return tokens[position].start() if position < len(tokens) else 0


def _member(tokens: list[re.Match[bytes]], at: int, step: str | int) -> int | None:
    """The token at which a member or item of the value that begins at a token begins."""
    if at >= len(tokens) or tokens[at][0] != (b"[" if isinstance(step, int) else b"{"):
        return None
    depth, index, name = 0, 0, None
    for position in range(at, len(tokens)):
        token = tokens[position][0]
        if depth == 1 and token not in (b",", b":", b"]", b"}"):
            if isinstance(step, int) and index == step:
                return position
            if name == step and tokens[position - 1][0] == b":":
                return position
            if token[:1] == b'"' and tokens[position - 1][0] in (b"{", b","):
                name = json.loads(token)
        depth += (token in (b"[", b"{")) - (token in (b"]", b"}"))
        index += depth == 1 and token == b","
        if depth == 0:
            return None
    return None
