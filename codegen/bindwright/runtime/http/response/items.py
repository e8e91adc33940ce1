"""Items of one large list, out of bytes that come in any pieces: sans-I/O."""

from __future__ import annotations

import codecs
import json
import re
import typing
from collections.abc import Callable
from typing import Any, Protocol

from bindwright.runtime.errors import DecodeError
from bindwright.runtime.http.body_codecs import BodyCodecs
from bindwright.runtime.http.model.operation import Content
from bindwright.runtime.http.response.lines import LineSplitter, json_text
from bindwright.runtime.http.response.sse import Events, ServerSentEvent
from bindwright.runtime.resolve import evaluate
from bindwright.standards.media_types import Kind, charset_of, kind_of

Decode = Callable[[bytes], Any]

_MARK = re.compile(rb'["\\\[\]{},]')
_DECLARATION = 256
"""Bytes within which an XML declaration ends."""
_SPACE = b" \t\r\n"
_LINES: tuple[Kind, ...] = ("jsonl", "json-seq")


class ItemReader(Protocol):
    """Bytes in, items out."""

    def feed(self, data: bytes) -> list[Any]:
        """The items that are whole now."""

    def finish(self) -> list[Any]:
        """What is left at the end.

        Raises:
            DecodeError: the list does not end.
        """


def items_reader(package_codecs: BodyCodecs, content: Content | None, content_type: str) -> ItemReader:
    """What reads the items of a list in JSON or XML, of JSON lines, or of server-sent events.

    The answer's own type says which, except that lines are often sent as something else.
    """
    documented = kind_of(content.media_type) if content is not None else None
    format_ = kind_of(content_type) if content_type else documented
    if documented in _LINES or (documented is not None and format_ not in ("json", "xml", "sse", *_LINES)):
        format_ = documented
    type_, wire = _item(package_codecs, content)
    if format_ == "xml":
        return XmlItems(package_codecs.decoder("xml", type_, wire), charset_of(content_type))
    if format_ == "sse":
        return EventItems(package_codecs.decoder("json", type_, wire))
    if format_ in _LINES:
        return LineItems(package_codecs.decoder("json", type_, wire))
    return JsonItems(package_codecs.decoder("json", type_, wire))


def _item(package_codecs: BodyCodecs, content: Content | None) -> tuple[Any, Any]:
    """Type and facts of a list's items."""
    if content is None:
        return Any, None
    if content.item_type is not None:
        return content.item_type, content.item_wire
    wire = content.wire.items if content.wire is not None else None
    if content.type is None:
        return Any, wire
    names = package_codecs.namespace()
    space = names if isinstance(names, dict) else _Names(names)
    type_ = evaluate(content.type, space)
    for base in (type_, *getattr(type_, "__orig_bases__", ())):
        if typing.get_origin(base) is list:
            return evaluate(typing.get_args(base)[0], space), wire
    return Any, wire


class _Names(dict[str, Any]):
    """A module's names, its lazy ones included."""

    def __init__(self, module: Any) -> None:
        super().__init__()
        self._module = module

    def __missing__(self, name: str) -> Any:
        from bindwright.runtime.resolve import COMMON

        if name in COMMON:
            return COMMON[name]
        try:
            return getattr(self._module, name)
        except AttributeError:
            raise KeyError(name) from None


class JsonItems:
    """Elements of a JSON array at the top: split by brackets and commas, each decoded by the codec."""

    def __init__(self, decode: Decode) -> None:
        self._decode = decode
        self._kept = bytearray()
        self._at = 0
        self._depth = 0
        self._string = False
        self._over = False

    def feed(self, data: bytes) -> list[Any]:
        self._kept += data
        return [self._decode(text) for text in self._split()]

    def _split(self) -> list[bytes]:
        kept, texts, start = self._kept, [], 0
        position = self._at
        while (mark := _MARK.search(kept, position)) is not None:
            index, sign = mark.start(), kept[mark.start()]
            position = index + 1
            if self._string:
                if sign == 0x5C:  # a backslash takes the next character with it
                    if position == len(kept):
                        position = index
                        break
                    position += 1
                elif sign == 0x22:
                    self._string = False
                continue
            if sign == 0x22:
                self._string = True
            elif sign in b"[{":
                self._depth += 1
                if self._depth == 1:
                    self._open(kept, start, index)
                    start = position
            elif sign in b"]}":
                self._depth -= 1
                if self._depth == 0:
                    texts += self._last(kept, start, index)
                    start, self._over = position, True
            elif sign == 0x2C and self._depth == 1:
                texts.append(bytes(kept[start:index]))
                start = position
        else:
            position = len(kept)
        del kept[:start]
        self._at = position - start
        return texts

    def _open(self, kept: bytearray, start: int, end: int) -> None:
        lead = bytes(kept[start:end]).removeprefix(b"\xef\xbb\xbf").strip(_SPACE)
        if self._over or lead or kept[end] != 0x5B:
            raise DecodeError("one JSON array", "something else at the top", "$")

    def _last(self, kept: bytearray, start: int, end: int) -> list[bytes]:
        last = bytes(kept[start:end])
        return [last] if last.strip(_SPACE) else []

    def finish(self) -> list[Any]:
        if not self._over or self._kept.strip(_SPACE):
            raise DecodeError("the end of the JSON array", "the end of the body", "$")
        return []


class XmlItems:
    """Child elements of an XML document's root, each decoded by the codec and then let go.

    DTDs, entities and the network are refused as everywhere in this package.
    """

    def __init__(self, decode: Decode, charset: str | None = None) -> None:
        from lxml import etree

        self._etree = etree
        self._decode = decode
        self._charset = charset
        self._parser = etree.XMLPullParser(
            events=("start", "end"),
            encoding="utf-8",
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
        )
        self._held = b""
        self._text: codecs.IncrementalDecoder | None = None
        self._depth = 0

    def feed(self, data: bytes) -> list[Any]:
        if self._text is None:
            self._held += data
            if b">" not in self._held and len(self._held) < _DECLARATION:
                return []
            data, self._held = self._begin(self._held), b""
        self._parse(self._utf8(data))
        return self._found()

    def _begin(self, data: bytes) -> bytes:
        """The beginning tells the encoding: byte order mark, charset, declaration, as `xml.decode` has it."""
        from bindwright.runtime.xml.tree.parse import encoding_of

        encoding, mark = encoding_of(data, self._charset)
        try:
            self._text = codecs.getincrementaldecoder(encoding)()
        except LookupError:
            raise DecodeError("a character encoding", repr(encoding), "/") from None
        return data[mark:]

    def _utf8(self, data: bytes, *, final: bool = False) -> bytes:
        try:
            return self._text.decode(data, final).encode() if self._text is not None else b""
        except UnicodeError as error:
            raise DecodeError("text in the document's encoding", str(error), "/") from None

    def _parse(self, data: bytes) -> None:
        try:
            self._parser.feed(data)
        except self._etree.XMLSyntaxError as error:
            raise DecodeError("well-formed XML", str(error), "/") from None

    def _found(self) -> list[Any]:
        items = []
        for event, node in self._parser.read_events():
            element: Any = node  # lxml's stubs allow for events without an element
            if event == "start":
                self._depth += 1
                if self._depth == 1 and element.getroottree().docinfo.doctype:
                    raise DecodeError("no document type declaration", "one", "/")
                continue
            self._depth -= 1
            if self._depth == 1:
                text = self._etree.tostring(element, encoding="utf-8", with_tail=False)
                items.append(self._decode(text))
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
        return items

    def finish(self) -> list[Any]:
        rest = self._begin(self._held) if self._text is None else b""
        self._parse(self._utf8(rest, final=True))
        try:
            self._parser.close()
        except self._etree.XMLSyntaxError as error:
            raise DecodeError("the end of the document", str(error), "/") from None
        return self._found()


class LineItems:
    """JSON lines, and JSON text sequences (RFC 7464): an item a line."""

    def __init__(self, decode: Decode) -> None:
        self._decode = decode
        self._lines = LineSplitter()

    def feed(self, data: bytes) -> list[Any]:
        return self._found(self._lines.feed(data))

    def _found(self, lines: list[bytes]) -> list[Any]:
        return [self._decode(text) for line in lines if (text := json_text(line))]

    def finish(self) -> list[Any]:
        return self._found(self._lines.finish())


class EventItems:
    """Server-sent events as the document types them: objects with ``event``, ``data``, ``id`` and ``retry``
    (OpenAPI 3.2.0, "Special Considerations for Server-Sent Events")."""

    def __init__(self, decode: Decode) -> None:
        self._decode = decode
        self._lines = LineSplitter()
        self._events = Events()

    def feed(self, data: bytes) -> list[Any]:
        return self._found(self._lines.feed(data))

    def _found(self, lines: list[bytes]) -> list[Any]:
        events = (self._events.feed(line.decode("utf-8", "replace")) for line in lines)
        return [self._decode(_event_text(event)) for event in events if event is not None]

    def finish(self) -> list[Any]:
        return self._found([*self._lines.finish(), b""])  # servers forget the last empty line


def _event_text(event: ServerSentEvent) -> bytes:
    fields: dict[str, Any] = {"event": event.event, "data": event.data}
    if event.id:
        fields["id"] = event.id
    if event.retry is not None:
        fields["retry"] = event.retry
    return json.dumps(fields).encode()
