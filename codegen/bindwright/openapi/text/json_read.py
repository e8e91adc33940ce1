"""JSON files, through msgspec; what it does not tell (repeated names, where a text is wrong) by a scanner."""

from __future__ import annotations

from typing import Any

from bindwright.openapi.diagnostics.syntax_errors import Finding, ParsedText, Unreadable
from bindwright.openapi.options import LoadLimits
from bindwright.openapi.text.measure import Measure, measure
from bindwright.openapi.text.numbers import DIGITS, real
from bindwright.openapi.text.text import Text


def read_json(text: Text, limits: LoadLimits) -> ParsedText:
    """The value of a JSON text (RFC 8259). Raises `Unreadable`."""
    value = _decode(text, limits)
    size = measure(value, depth=limits.depth, nodes=limits.nodes)
    if size.depth > limits.depth or size.nodes > limits.nodes:
        raise _too_much(text, limits, size)
    reading = ParsedText(value, refs=size.refs)
    if not _plain(text.data, size) and _pairs(text.string) != size.members:
        from bindwright.openapi.text.json_scan import repeated

        reading.findings += repeated(text)
    return reading


def _decode(text: Text, limits: LoadLimits) -> Any:
    import msgspec

    try:
        return msgspec.json.Decoder(float_hook=real).decode(text.data)
    except (msgspec.MsgspecError, RecursionError, UnicodeError) as error:
        raise _explained(text, limits, error) from None


def _explained(text: Text, limits: LoadLimits, error: Exception) -> Unreadable:
    from bindwright.openapi.text.json_explain import explain

    wrong = explain(text, limits.depth)
    if wrong is not None:
        return wrong
    if "out of range" in str(error):
        return Unreadable(_long_number(text))
    return Unreadable(Finding("json-syntax", str(error)))


def _long_number(text: Text) -> Finding:
    import re

    match = re.search(rf"[0-9]{{{DIGITS},}}", text.string)
    position = text.at(match.start(), match.end() - match.start()) if match else None
    return Finding(
        "number-too-long", f"an integer of more than {DIGITS} digits", "write it as a string", position
    )


def _too_much(text: Text, limits: LoadLimits, size: Measure) -> Unreadable:
    if size.nodes > limits.nodes:
        return Unreadable(Finding("too-large", f"more than {limits.nodes} values", "split the document"))
    from bindwright.openapi.text.json_explain import explain

    finding = Finding("too-deep", f"nested deeper than {limits.depth} levels", "flatten the document")
    return explain(text, limits.depth) or Unreadable(finding)


def _plain(data: bytes, size: Measure) -> bool:
    """Whether as many names stand in the text as members came out of it, so that none was repeated.

    Without space between tokens a name is what ends in ``":``. In a string that would be ``\\":``, unless an
    escaped backslash ends a name; such a text is read once more.
    """
    import msgspec

    try:
        packed = msgspec.json.format(data, indent=-1)
    except msgspec.MsgspecError:
        return False
    if b'\\\\":' in packed:
        return False
    return packed.count(b'":') - packed.count(b'\\":') == size.members


def _pairs(text: str) -> int:
    """How many names stand in a JSON text, repeated ones counted."""
    import json

    count = 0

    def add(pairs: list[tuple[str, Any]]) -> None:
        nonlocal count
        count += len(pairs)

    json.loads(text, object_pairs_hook=add, parse_int=len, parse_float=len)
    return count
