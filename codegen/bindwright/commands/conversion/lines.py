"""Lines of values in an XML stream: a second reader (expat) that only notes where elements begin."""

from __future__ import annotations

import codecs
import itertools
import re
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any
from xml.parsers import expat

from attrs import define, field

from bindwright.runtime.shapes import Shape, members_of, shape_of
from bindwright.runtime.xml.tree.parse import encoding_of
from bindwright.standards.character_encodings import codec_name

_step = re.compile(r'\.([^\W\d]\w*)|\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]')
_between = re.compile(rb"(</[^<>]+>|/>)(\s*)(?=<\?xml|<[^/!?])")


@define
class ElementLine:
    """An element: its local name and the line on which it begins."""

    name: str
    line: int
    children: list[ElementLine] = field(factory=list)


class ElementLines:
    """Collects the elements of each value as the stream is read."""

    def __init__(self, item: Any, is_list: bool) -> None:
        self._shape = shape_of(item)
        self._top = 1 if is_list else 0
        self._ready: deque[ElementLine] = deque()
        self._stack: list[ElementLine] = []
        self._base = 0
        self._parser = self._new()

    def _new(self) -> Any:
        parser = expat.ParserCreate(
            "utf-8"
        )  # of its own it knows no encoding of several bytes but UTF-8 and UTF-16
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._refuse
        return parser

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        node = ElementLine(name.rpartition(":")[2], self._base + self._parser.CurrentLineNumber)
        if len(self._stack) > self._top:
            self._stack[-1].children.append(node)
        self._stack.append(node)

    def _refuse(self, *_: object) -> None:
        """A DTD is the real reader's to report; none of its entities is expanded here."""
        raise expat.ExpatError("a document type declaration")

    def _end(self, name: str) -> None:
        node = self._stack.pop()
        if len(self._stack) == self._top:
            self._ready.append(node)

    def watched(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """The same chunks, noted on the way. Errors are the real reader's to report."""
        head, chunks = peek(chunks)
        encoding, start = encoding_of(head, None)
        name = codec_name(encoding)
        if name is None:
            yield from chunks
            return
        decoder = codecs.getincrementaldecoder(name)("replace")
        for chunk in chunks:
            self._feed(decoder.decode(chunk[start:]).encode("utf-8", "replace"))
            start = 0
            yield chunk

    def _feed(self, chunk: bytes) -> None:
        try:
            self._parser.Parse(chunk, False)
        except expat.ExpatError as error:
            if (
                not hasattr(error, "code")
                or error.code != expat.errors.codes[expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT]
                or self._stack
            ):
                return
            offset = self._parser.CurrentByteIndex - self._fed
            self._base += self._parser.CurrentLineNumber - 1
            self._parser = self._new()
            if 0 <= offset < len(chunk):
                self._fed = 0
                self._feed(chunk[offset:])
                return
        self._fed += len(chunk)

    _fed = 0

    def next_value(self) -> Callable[[str], int]:
        """A function from a path in the next value (``$.items[3].id``) to its line."""
        node = self._ready.popleft() if self._ready else ElementLine("", 1)

        def line_of(path: str) -> int:
            return _find(node, self._shape, _step.findall(path)).line

        return line_of


def peek(chunks: Iterator[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """The beginning of a stream, and the whole of it."""
    head = b""
    chunks_read = []
    for chunk in chunks:
        chunks_read.append(chunk)
        head += chunk
        if len(head) > 4096:
            break
    return head, itertools.chain(chunks_read, chunks)


def _find(node: ElementLine, shape: Shape, steps: list[tuple[str, str, str]]) -> ElementLine:
    """The element that a path means, or the nearest one around it."""
    while steps and shape.kind in ("model", "list"):
        (name, index, quoted), steps = steps[0], steps[1:]
        if shape.kind == "list":
            node = _nth(node.children, int(index or 0)) or node
            shape = shape.item
            continue
        json_name = name or quoted.replace('\\"', '"').replace("\\\\", "\\")
        member = next(
            (candidate for candidate in members_of(shape.type) if candidate.json == json_name), None
        )
        if member is None:
            return node
        shape = member.shape
        elements = [child for child in node.children if child.name == (shape.wire.xml.name or json_name)]
        if not elements:
            return node
        if shape.kind == "list" and not shape.wire.xml.wrapped and steps and steps[0][1]:
            node = _nth(elements, int(steps[0][1])) or elements[0]
            shape, steps = shape.item, steps[1:]
        else:
            node = elements[0]
    return node


def _nth(nodes: list[ElementLine], index: int) -> ElementLine | None:
    return nodes[index] if index < len(nodes) else None
