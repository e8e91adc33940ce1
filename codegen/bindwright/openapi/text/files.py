"""The files of one description: read once each, kept with what is needed to find positions in them."""

from __future__ import annotations

import os
import re
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from bindwright.openapi.diagnostics.model import Diagnostics, Place, Position
from bindwright.openapi.diagnostics.syntax_errors import Finding, ParsedText, Unreadable
from bindwright.openapi.options import LoadOptions
from bindwright.openapi.text.positions import JsonPositions, YamlPositions
from bindwright.openapi.text.text import Text, Undecodable, decode


class SourceFile(Struct, eq=False):
    """One file as it was read."""

    name: str
    """Relative to the root document's folder, ``""`` for the root document; or a URL."""
    uri: str
    """Absolute, to resolve references against."""
    value: Any = None
    refs: set[str] = field(default_factory=set)
    text: Text | None = None
    yaml: bool = False
    readable: bool = False
    repeats: bool = False
    """Whether a name stands twice in one of its objects."""
    _positions: JsonPositions | YamlPositions | None = None

    def position(self, pointer: str, options: LoadOptions, *, key: bool = False) -> Position | None:
        """Where `pointer` stands; the nearest enclosing value that exists where it does not."""
        if self.text is None or not self.readable:
            return None
        if self._positions is None:
            self._positions = (
                YamlPositions(self.text, options.limits)
                if self.yaml
                else JsonPositions(self.text, unique=not self.repeats)
            )
        while True:
            position = self._positions.find(pointer, key=key)
            if position is not None or not pointer:
                return position
            pointer = pointer.rpartition("/")[0]


def parse(file: SourceFile, data: bytes, options: LoadOptions, diagnostics: Diagnostics) -> None:
    """Fill `file` from its bytes; what is wrong with them goes to `diagnostics`."""
    place = Place(file=file.name)
    if len(data) > options.limits.file_bytes:
        message = f"the file has {len(data)} bytes, more than {options.limits.file_bytes}"
        diagnostics.add("error", "too-large", message, place, "split the document")
        return
    try:
        file.text = decode(data)
    except Undecodable as error:
        diagnostics.add("error", error.code, error.message, place, error.remedy, error.position)
        return
    try:
        reading = _read(file, file.text, options)
    except Unreadable as unreadable:
        add_finding(diagnostics, unreadable.finding, file.name)
        return
    file.value, file.refs, file.readable = reading.value, reading.refs, True
    file.repeats = any(finding.code == "duplicate-key" for finding in reading.findings)
    for finding in reading.findings:
        add_finding(diagnostics, finding, file.name)


def add_finding(diagnostics: Diagnostics, finding: Finding, name: str) -> None:
    """Record a finding of one file."""
    place = Place(file=name, pointer=finding.pointer)
    diagnostics.add(finding.level, finding.code, finding.message, place, finding.remedy, finding.position)


def _read(file: SourceFile, text: Text, options: LoadOptions) -> ParsedText:
    from bindwright.openapi.text.json_read import read_json

    head = text.data[:256].lstrip()[:1]
    suffix = os.path.splitext(file.uri.partition("?")[0])[1].lower()
    if head in (b"{", b"["):
        try:
            return read_json(text, options.limits)
        except Unreadable as error:
            # YAML in flow style looks like JSON: without a name to tell, quotes after the bracket do.
            is_json = suffix == ".json" or (not suffix and text.data.lstrip()[1:].lstrip()[:1] in b'"}]')
            if error.finding.code != "json-syntax" or (is_json and not options.tolerant):
                raise
            if is_json:
                return _almost_json(file, text, options, error)
    elif suffix == ".json" and (not head or head in b'"-0123456789'):
        return read_json(text, options.limits)
    return _yaml(file, text, options)


def _almost_json(file: SourceFile, text: Text, options: LoadOptions, error: Unreadable) -> ParsedText:
    """A file that is no JSON but YAML all the same: commas too many, comments."""
    try:
        reading = _yaml(file, text, options)
    except Unreadable:
        raise error from None
    finding = error.finding
    reading.findings.append(
        replace(finding, level="degraded", message=f"{finding.message}; it was read as YAML, which allows it")
    )
    return reading


_PAIR = r"(?<!\\)((?:\\\\)*)\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})"


def _yaml(file: SourceFile, text: Text, options: LoadOptions) -> ParsedText:
    from bindwright.openapi.text.yaml_read import read_yaml

    file.yaml = True
    try:
        return read_yaml(text, options.limits)
    except Unreadable:
        # Some writers escape as JSON does, in halves of characters, which the readers of YAML refuse.
        joined = re.sub(_PAIR, _joined, text.string)
        if joined == text.string:
            raise
    file.text = Text(joined.encode("utf-8"))
    return read_yaml(file.text, options.limits)


def _joined(match: re.Match[str]) -> str:
    high_half, low_half = int(match[2], 16) - 0xD800, int(match[3], 16) - 0xDC00
    return f"{match[1]}\\U{0x10000 + (high_half << 10) + low_half:08X}"
