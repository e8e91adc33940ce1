"""YAML files: the fast reader where it is known to be right, the exact one for everything else.

ryaml (serde_yaml) reads the YAML that people write some ten times as fast as PyYAML with libyaml, and refuses
what it does not understand. In a few things it silently differs from YAML 1.2's core schema; `doubtful`
finds every text in which one of them *may* stand. The differential tests hold the two readers together.
"""

from __future__ import annotations

import re
from typing import Any

from bindwright.openapi.diagnostics.syntax_errors import Finding, ParsedText, Unreadable
from bindwright.openapi.options import LoadLimits
from bindwright.openapi.text.measure import measure
from bindwright.openapi.text.text import Text

# Each pattern begins with a set of characters, which `re` finds fast, and looks back from there.
_DIFFERS = re.compile(
    rb"(?m)[-+.0-9!&](?<=[ \t\r\n\[{,].)(?:"
    rb"(?:"
    rb"(?:(?<=0)|(?<=[-+])0)[0-9a-zA-Z_][0-9a-zA-Z_.+-]*"  # 010 is ten, 0b1 is text, -0x1 is text
    rb"|(?<=\+)[0-9]+|(?<=-)0"  # keys keep their spelling
    rb"|(?=[-+0-9]*[.eE])[-+.0-9eE]{15,}"  # may have more digits than a float is sure to keep
    rb"|[0-9]{20,}"  # longer than 64 bits
    rb"|[-+.0-9]*[eE][-+]?[0-9]{3,}"  # may leave a float's range
    rb")[ \t]*(?:$|\r|[,\]}#]|:[ \t\r\n])"
    rb"|(?<=!)[^\s,\[\]{}]*(?:\s|$|[,\]}])"  # tags
    rb"|(?<=&)[^\s,\[\]{}]"  # anchors: their aliases have to be counted
    rb")"
)
_ZERO_AT_END = re.compile(rb"\.[0-9]*0[ \t]*[\r\n,}]")
_LIMIT = re.compile(
    rb"\b(?:default|const|minimum|maximum|multipleOf|exclusiveM[a-z]+)[\"']?:[ \t]*[-+]?[0-9]*$"
)
"""Before a real number whose zeros at the end count: the fast reader forgets them."""
_MERGE = re.compile(rb"<<[\"']?[ \t]*:")
_QUOTED = re.compile(rb"\"[^\"]*\"|'[^']*'")
_BRACKETS = b"[]{}"
_NOT_BRACKETS = bytes(code for code in range(256) if code not in _BRACKETS)
_NOT_BREAKS = (b"\xc2\x85", b"\xe2\x80\xa8", b"\xe2\x80\xa9")


def doubtful(data: bytes) -> bool:
    """Whether something may stand in `data` that the fast reader takes for something else."""
    if data[:1] in b"!&%+-.0123456789" and data[:4] != b"---\n" and data[:2] != b"- ":
        return True
    if b"\n%" in data or b"\r%" in data or any(sign in data for sign in _NOT_BREAKS):
        return True
    if b"<<" in data and _MERGE.search(data):
        return True
    if any(
        _LIMIT.search(data, max(0, zero.start() - 40), zero.start()) for zero in _ZERO_AT_END.finditer(data)
    ):
        return True
    in_prose = False
    for match in _DIFFERS.finditer(data):
        before = _before(data, match.start())
        if _in_block(before) or (before[-1:] in b"[{," and _shows_flow(before)):
            return True
        in_prose = in_prose or before[-1:] == b","
    return in_prose and any(_opens_flow(line) for line in data.splitlines() if b"[" in line or b"{" in line)


def _before(data: bytes, offset: int) -> bytes:
    line = max(data.rfind(b"\n", 0, offset), data.rfind(b"\r", 0, offset)) + 1
    return data[line:offset].rstrip(b" \t")


def _in_block(before: bytes) -> bool:
    return not before or before[-1:] in b":-?"


def _shows_flow(before: bytes) -> bool:
    return b"[" in before or b"{" in before


def _opens_flow(line: bytes) -> bool:
    """Whether a flow collection begins on this line and goes on after it."""
    start = min(position for position in (line.find(b"["), line.find(b"{")) if position >= 0)
    if not _in_block(line[:start].rstrip(b" \t")):
        return False
    line, open_ = _QUOTED.sub(b"", line[start:]), 0
    for index in range(len(line)):
        if line[index] in b"[{":
            open_ += 1
        elif line[index] in b"]}":
            open_ -= 1
            if not open_:  # closed, unless that bracket is in quotes that go on
                return b'"' in line[:index] or b"'" in line[:index]
    return True


def nested(data: bytes, depth: int) -> bool:
    """Whether brackets may stand inside each other more than `depth` times.

    The fast reader's scanner takes time that grows with the square of that. Each turn removes the innermost
    pairs; brackets of prose, which need not match, remain and count.
    """
    brackets = data.translate(None, _NOT_BRACKETS)
    for _ in range(depth):
        if len(brackets) <= depth:
            return False
        fewer = brackets.replace(b"[]", b"").replace(b"{}", b"")
        if len(fewer) == len(brackets):
            break
        brackets = fewer
    open_ = 0
    for sign in brackets:
        open_ = open_ + 1 if sign in b"[{" else max(0, open_ - 1)
        if open_ > depth:
            return True
    return False


def read_yaml(text: Text, limits: LoadLimits) -> ParsedText:
    """The value of a YAML 1.2 document. Raises `Unreadable`."""
    safe = not doubtful(text.data) and not nested(text.data, limits.depth)
    reading = _fast(text) if safe else None
    if reading is None:
        from bindwright.openapi.text.yaml_build import read_exactly

        reading = read_exactly(text, limits)
    if reading.value is None and not text.string.strip():
        raise Unreadable(
            Finding("empty-file", "the file is empty", "write an OpenAPI document into it", text.at(0))
        )
    size = measure(reading.value, depth=limits.depth, nodes=limits.nodes)
    if size.depth > limits.depth:
        from bindwright.openapi.text.yaml_build import read_exactly

        return read_exactly(text, limits)  # which refuses it, and says where
    if size.nodes > limits.nodes:
        raise Unreadable(Finding("too-large", f"more than {limits.nodes} values", "split the document"))
    reading.refs = size.refs
    return reading


def _fast(text: Text) -> ParsedText | None:
    try:
        from ryaml import loads  # type: ignore[attr-defined,unused-ignore]  # no __all__
    except ImportError:  # no wheel for this machine: slower, never different
        return None
    try:
        value = loads(text.string)
    except (ValueError, TypeError, RecursionError):  # the exact reader says what is wrong, and where
        return None
    return _with_string_keys(value)


def _with_string_keys(value: Any) -> ParsedText | None:
    """The reading with numbers as keys made strings; None where their spelling is not certain."""
    stack = [value] if type(value) in (dict, list) else []
    while stack:
        node = stack.pop()
        if type(node) is dict:
            if not all(type(key) is str for key in node) and not _respell(node):
                return None
            stack += [item for item in node.values() if type(item) is dict or type(item) is list]
        else:
            stack += [item for item in node if type(item) is dict or type(item) is list]
    return ParsedText(value)


def _respell(node: dict[Any, Any]) -> bool:
    if not all(type(key) is str or type(key) is int for key in node):
        return False
    spelled = {str(key): item for key, item in node.items()}
    if len(spelled) != len(node):
        return False
    node.clear()
    node.update(spelled)
    return True
