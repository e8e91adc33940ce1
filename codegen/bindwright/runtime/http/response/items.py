"""Items of one large list, out of bytes that come in any pieces: sans-I/O."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

import attrs

from bindwright.runtime import leniency
from bindwright.runtime.errors import DecodeError
from bindwright.runtime.http.body_codecs import BodyCodecs
from bindwright.runtime.http.model.answer_policy import Answers
from bindwright.runtime.http.model.operation import Content
from bindwright.runtime.http.model.text import declared_charset
from bindwright.runtime.http.response.lines import MAX_LINE, LineSplitter, Transcoder, json_text
from bindwright.runtime.http.response.parts import PartDecoder, PartSplitter, boundary_of
from bindwright.runtime.http.response.sse import Events, ServerSentEvent
from bindwright.runtime.leniency import Deviation
from bindwright.runtime.shapes import Shape, members_of, shape_of
from bindwright.runtime.values.characters import characters
from bindwright.standards.media_types import SEQUENTIAL, Kind, charset_of, kind_of

if TYPE_CHECKING:
    from email.message import Message

Decode = Callable[[bytes], Any]

_MARK = re.compile(rb'["\\\[\]{},]')
_DECLARATION = 256
"""Bytes within which an XML declaration ends."""
_SPACE = b" \t\r\n"
_LINES: tuple[Kind, ...] = ("jsonl", "json-seq")
_DONE = "[DONE]"
"""The data with which OpenAI's streams end, and those of many others; no JSON."""


class ItemReader(Protocol):
    """Bytes in, items out.

    Both give their items one by one, so that those before a broken one are not lost with it; each is to be
    gone through before the next call.
    """

    deviations: list[Deviation]
    """What did not fit so far; the caller may empty it."""

    def feed(self, data: bytes) -> Iterator[Any]:
        """The items that are whole now.

        Raises:
            DecodeError: an item that cannot be read, with its index in the path and its line.
        """

    def finish(self) -> Iterator[Any]:
        """What is left at the end.

        Raises:
            DecodeError: the list does not end.
        """


def items_reader(
    codecs: BodyCodecs,
    content: Content | None,
    content_type: str,
    answers: Answers = "strict",
    format_: Kind | None = None,
) -> ItemReader:
    """What reads the items of a list in JSON or XML, of JSON lines, or of server-sent events.

    The answer's own type says which, except that lines are often sent as something else; ``format_`` goes
    before both.
    """
    documented = kind_of(content.media_type) if content is not None else None
    if format_ is None:
        format_ = kind_of(content_type) if content_type else documented
        if documented in _LINES or (documented is not None and format_ not in ("json", "xml", *SEQUENTIAL)):
            format_ = documented
    type_, wire = codecs.item_of(content)
    if format_ == "multipart":
        prefix = [PartDecoder(codecs, *place, answers) for place in codecs.prefix_of(content)]
        return PartItems(PartDecoder(codecs, type_, wire, answers), boundary_of(content_type), prefix)
    if format_ == "xml":
        decode = codecs.decoder("xml", type_, wire, "", answers)
        return XmlItems(decode, declared_charset(content_type))
    decode = codecs.decoder("json", type_, wire, "", answers)
    if format_ != "sse":
        reader_class = (
            LineItems if format_ == "jsonl" else RecordItems if format_ == "json-seq" else JsonItems
        )
        reader = reader_class(decode)
        charset = charset_of(content_type)
        return reader if charset in (None, "utf-8", "ascii") else EncodedItems(reader, charset)
    described = codecs.evaluated(type_)
    envelope = content is not None and content.item_type is not None and _is_event(described)
    strict = codecs.decoder("json", type_, wire)
    fields = None if not _is_event(described) else frozenset() if envelope else _members_of(described)
    return EventItems(decode, strict, envelope=envelope, text=type_ is str or type_ == "str", fields=fields)


def _is_event(type_: Any) -> bool:
    """Whether a type may describe an event with its fields. Models without any of them, lists and scalars describe the data."""
    return any(
        not {"data", "event", "retry"}.isdisjoint(_members_of(each.type))
        if attrs.has(each.type)
        else each.kind in ("any", "map", "model")
        for each in _alternatives(shape_of(type_))
    )


def _alternatives(shape: Shape, levels: int = 4) -> Iterator[Shape]:
    """Those of a choice and of those within it, or the only one."""
    if shape.kind != "union" or not levels:
        yield shape
        return
    for inner in shape.inner():
        yield from _alternatives(inner, levels - 1)


def _members_of(type_: Any) -> frozenset[str]:
    """The names in JSON of the members of a model, or of those of a choice; none of other types."""
    models = [each.type for each in _alternatives(shape_of(type_)) if attrs.has(each.type)]
    return frozenset(member.json for model in models for member in members_of(model))


class _Decoding:
    """Decodes items one by one, and gathers what did not fit, by their places in the whole list."""

    def __init__(self, decode: Decode) -> None:
        self._decode_text = decode
        self._count = 0
        self._line = 1
        """Of what comes next, from 1."""
        self.deviations: list[Deviation] = []

    def _decode(self, text: bytes, line: int | None, lead: int | None = None) -> Any:
        """One item.

        Args:
            line: that of its first character.
            lead: characters before it in a line that is otherwise its own; None: others may stand there.
        """
        leniency.forget()
        try:
            value = self._decode_text(text)
        except DecodeError as error:
            error.path = self._place(error.path)
            if lead is None or error.column is None:
                error.column = None  # counted from where the item begins, it would lead astray
            else:
                error.column += lead
            error.line = line and line + (error.line or 1) - 1
            raise
        for deviation in leniency.latest():
            self.deviations.append(
                Deviation(self._place(deviation.path), deviation.expected, deviation.found)
            )
        self._count += 1
        return value

    def _place(self, path: str) -> str:
        return f"$[{self._count}]{path.removeprefix('$')}"

    def _each(self, texts: list[bytes]) -> Iterator[Any]:
        """Texts that stand one after another, with nothing but marks between them."""
        for text in texts:
            if stripped := text.removeprefix(b"\xef\xbb\xbf").lstrip(_SPACE):
                yield self._decode(stripped, self._line + text.count(b"\n", 0, len(text) - len(stripped)))
            self._line += text.count(b"\n")


class JsonItems(_Decoding):
    """The elements of a JSON array, or JSON objects one after another, each decoded by the codec.

    ``application/json`` is one JSON text (RFC 8259, 2). Watches of Kubernetes, events of Docker and streams of
    grpc-gateway are many under that name, with white space between them or nothing.
    """

    def __init__(self, decode: Decode) -> None:
        super().__init__(decode)
        self._kept = bytearray()
        self._at = 0
        self._depth = 0
        self._string = False
        self._over = False
        self._array: bool | None = None
        """Whether the text at the top is an array whose elements are the items; None: nothing came yet."""

    def feed(self, data: bytes) -> Iterator[Any]:
        kept, start = self._kept, 0
        kept += data
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
                if self._depth > bool(self._array) and not _may_open(kept, index):
                    # What follows is no part of a value that lacks its last bracket, and is not waited for.
                    yield self._item(kept, start, len(kept[:index].rstrip(_SPACE)))
                self._depth += 1
                if self._depth == 1:
                    self._open(kept, start, index)
                    start = position if self._array else index
            elif sign in b"]}":
                self._depth -= 1
                if self._depth <= 0:
                    yield from self._last(kept, start, index)
                    start = position
            elif sign == 0x2C and self._depth == 1 and self._array:
                yield self._item(kept, start, index)
                start = position
        else:
            position = len(kept)
        self._line += kept.count(b"\n", 0, start)
        del kept[:start]
        self._at = position - start

    def _item(self, kept: bytearray, start: int, end: int) -> Any:
        text = bytes(kept[start:end]).lstrip(_SPACE)
        try:
            return self._decode(text, self._line)
        except DecodeError as error:
            # Lines are counted only where one is asked for: an error ends the stream.
            error.line = (error.line or 0) + kept.count(b"\n", 0, end - len(text))
            raise

    def _open(self, kept: bytearray, start: int, end: int) -> None:
        lead = bytes(kept[start:end]).removeprefix(b"\xef\xbb\xbf").strip(_SPACE)
        array = kept[end] == 0x5B
        if self._over or lead or self._array not in (None, array):
            raise self._misplaced(kept, end)
        self._array = array

    def _misplaced(self, kept: bytearray, end: int) -> DecodeError:
        return DecodeError(
            "one JSON array, or objects one after another",
            "something else at the top",
            f"$[{self._count}]",
            line=self._line + kept.count(b"\n", 0, end),
        )

    def _last(self, kept: bytearray, start: int, end: int) -> Iterator[Any]:
        if self._depth < 0:
            raise self._misplaced(kept, end)
        if not self._array:
            yield self._item(kept, start, end + 1)
            return
        self._over = True
        if kept[start:end].strip(_SPACE):
            yield self._item(kept, start, end)

    def finish(self) -> Iterator[Any]:
        rest = bytes(self._kept).removeprefix(b"\xef\xbb\xbf").strip(_SPACE)
        if rest or (self._array and not self._over):
            line = self._line + self._kept.count(b"\n")
            raise DecodeError("the end of the JSON", "the end of the body", f"$[{self._count}]", line=line)
        yield from ()


def _may_open(kept: bytearray, index: int) -> bool:
    """Whether a bracket within a value stands where a value may: behind a comma, a colon or a bracket."""
    while index and kept[index - 1] in _SPACE:
        index -= 1
    return index > 0 and kept[index - 1] in b",:["


class XmlItems(_Decoding):
    """Child elements of an XML document's root, each decoded by the codec and then let go.

    DTDs, entities and the network are refused as everywhere in this package.
    """

    def __init__(self, decode: Decode, charset: str | None = None) -> None:
        from lxml import etree

        super().__init__(decode)
        self._etree = etree
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

    def feed(self, data: bytes) -> Iterator[Any]:
        if self._text is None:
            self._held += data
            if b">" not in self._held and len(self._held) < _DECLARATION:
                return
            data, self._held = self._begin(self._held), b""
        yield from self._read(data)

    def _begin(self, data: bytes) -> bytes:
        """The beginning tells the encoding: byte order mark, charset, declaration, as `xml.decode` has it."""
        from bindwright.runtime.xml.tree.parse import check_encoding, encoding_of

        encoding, mark = encoding_of(data, self._charset)
        check_encoding(encoding)
        try:
            self._text = codecs.getincrementaldecoder(encoding)()
        except LookupError:
            raise DecodeError("a character encoding", repr(encoding), "/") from None
        return data[mark:]

    def _read(self, data: bytes, *, final: bool = False) -> Iterator[Any]:
        if self._text is None:
            return
        texts = characters(self._text, data, final=final)
        while True:
            try:
                text = next(texts, None)
            except UnicodeError as error:
                raise DecodeError("text in the document's encoding", str(error), self._place("/")) from None
            if text is None:
                return
            yield from self._parsed(self._parser.feed, text.encode())

    def _parsed(self, parse: Callable[..., object], *data: bytes) -> Iterator[Any]:
        """What ends in the next bytes; a fault comes behind the items before it."""
        fault = None
        try:
            parse(*data)
        except self._etree.XMLSyntaxError as error:
            fault = error
        yield from self._ended_items()
        if fault is not None:
            line, column = fault.position
            path = self._place("/")
            raise DecodeError("well-formed XML", str(fault), path, line=line or None, column=column or None)

    def _ended_items(self) -> Iterator[Any]:
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
                yield self._decode(text, element.sourceline)
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]

    def finish(self) -> Iterator[Any]:
        rest = self._begin(self._held) if self._text is None else b""
        yield from self._read(rest, final=True)
        yield from self._parsed(self._parser.close)


class PartItems(_Decoding):
    """Parts without names, one after another (OpenAPI 3.2.0, "Encoding By Position")."""

    def __init__(self, decoder: PartDecoder, boundary: str, prefix: Sequence[PartDecoder] = ()) -> None:
        super().__init__(bytes)
        self._decoder, self._parts, self._prefix = decoder, PartSplitter(boundary), prefix

    def feed(self, data: bytes) -> Iterator[Any]:
        yield from self._values(self._parts.feed(data))

    def _values(self, parts: Iterable[tuple[Message, bytes]]) -> Iterator[Any]:
        for headers, content in parts:
            decoder = self._prefix[self._count] if self._count < len(self._prefix) else self._decoder
            self._decode_text = partial(decoder.value, headers)
            yield self._decode(content, None)

    def finish(self) -> Iterator[Any]:
        yield from self._values(self._parts.finish())


class LineItems(_Decoding):
    """JSON lines: an item a line."""

    def __init__(self, decode: Decode) -> None:
        super().__init__(decode)
        self._lines = LineSplitter()

    def feed(self, data: bytes) -> Iterator[Any]:
        yield from self._items(self._lines.feed(data))

    def _items(self, lines: Iterable[bytes]) -> Iterator[Any]:
        for line in lines:
            if text := json_text(line):
                yield self._decode(text, self._line, line.index(text))
            self._line += 1

    def finish(self) -> Iterator[Any]:
        yield from self._items(self._lines.finish())


class RecordItems(_Decoding):
    """JSON text sequences (RFC 7464): each text follows a record separator, and may span lines."""

    def __init__(self, decode: Decode) -> None:
        super().__init__(decode)
        self._kept = b""

    def feed(self, data: bytes) -> Iterator[Any]:
        *texts, self._kept = (self._kept + data).split(b"\x1e")
        yield from self._each(texts)
        if len(self._kept) > MAX_LINE:
            raise DecodeError(
                f"a JSON text of at most {MAX_LINE} bytes", "a longer one", self._place("$"), line=self._line
            )

    def finish(self) -> Iterator[Any]:
        rest, self._kept = self._kept, b""
        # Servers that call JSON lines a sequence write no separators.
        yield from self._each([rest] if rest.count(b"\n") <= 1 else _texts_of(rest))


def _texts_of(rest: bytes) -> list[bytes]:
    """The last text of a sequence, or many that stand on lines of their own."""
    try:
        json.loads(rest)
    except (ValueError, RecursionError):
        return rest.splitlines(keepends=True)
    return [rest]


class EncodedItems:
    """Items of JSON in another encoding than its own: it has none (RFC 8259, 11), servers send it none the less."""

    def __init__(self, reader: ItemReader, charset: str) -> None:
        self._reader, self._text = reader, Transcoder(charset)

    @property
    def deviations(self) -> list[Deviation]:
        """Of the items."""
        return self._reader.deviations

    @deviations.setter
    def deviations(self, deviations: list[Deviation]) -> None:
        self._reader.deviations = deviations

    def feed(self, data: bytes) -> Iterator[Any]:
        for piece in self._text.feed(data):
            yield from self._reader.feed(piece)

    def finish(self) -> Iterator[Any]:
        for piece in self._text.feed(b"", final=True):
            yield from self._reader.feed(piece)
        yield from self._reader.finish()


class EventItems(_Decoding):
    """Server-sent events as the document types them.

    ``envelope``: the type has the members ``event``, ``data``, ``id`` and ``retry`` (OpenAPI 3.2.0, "Special
    Considerations for Server-Sent Events"). Otherwise it is the type of the data, which is JSON unless the
    type is ``text``. ``fields``: members of a type that may be either; data without any of them is no object of it.
    None: it is the type of the data for sure, and what is no JSON is no object without members.
    """

    def __init__(
        self,
        decode: Decode,
        strict: Decode | None = None,
        *,
        envelope: bool = True,
        text: bool = False,
        fields: frozenset[str] | None = frozenset(),
    ) -> None:
        super().__init__(decode)
        self._strict = strict or decode
        self._envelope, self._text, self._fields = envelope, text, fields
        self._lines = LineSplitter()
        self._events = Events()
        self._begin: int | None = None
        """The line of an event's first data."""

    def feed(self, data: bytes) -> Iterator[Any]:
        yield from self._items(self._lines.feed(data))

    def _items(self, lines: Iterable[bytes]) -> Iterator[Any]:
        for line in lines:
            event = self._events.feed(line.decode("utf-8", "replace"))
            if self._begin is None and line.startswith(b"data"):
                self._begin = self._line
            if event is not None and not self._is_end(event):
                yield self._item(event)
            if not line:
                self._begin = None
            self._line += 1

    def _is_end(self, event: ServerSentEvent) -> bool:
        """Whether an event only says that the stream ends: by convention, where the document does not describe it."""
        return not self._text and event.data.strip() == _DONE and not self._is_described(event)

    def _is_described(self, event: ServerSentEvent) -> bool:
        for text in self._spellings(event):
            if text is not None:
                try:
                    self._strict(text)
                except DecodeError:
                    continue
                return True
        return False

    def _item(self, event: ServerSentEvent) -> Any:
        """The spelling that fits strictly, of those in which documents describe events; else the usual one."""
        usual, *alternatives = self._spellings(event)
        for text in (usual, *alternatives):
            if text is not None:
                try:
                    value = self._strict(text)
                except DecodeError:
                    continue
                self._count += 1
                return value
        return self._decode(usual or json.dumps(event.data).encode(), self._begin)

    def _spellings(self, event: ServerSentEvent) -> tuple[bytes | None, bytes | None]:
        data = event.data.encode()
        if self._text:
            return json.dumps(event.data).encode(), None
        if self._fields is None:
            return data, None
        if not self._envelope and (not self._fields or _has_any(event.data, self._fields)):
            return data, _event_text(event, parsed=False)
        return _event_text(event, parsed=False), _event_text(event, parsed=True)

    def finish(self) -> Iterator[Any]:
        yield from self._items(self._lines.finish())
        # Servers forget the last empty line; JSON that is cut off is no event (WHATWG HTML, 9.2.6: it is discarded).
        event = self._events.feed("")
        if event is None or self._is_end(event):
            return
        if self._text or self._envelope or _is_json(event.data):
            yield self._item(event)


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _has_any(data: str, names: frozenset[str]) -> bool:
    """Whether a text is a JSON object with one of these members."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and not names.isdisjoint(value)


def _event_text(event: ServerSentEvent, *, parsed: bool) -> bytes | None:
    """The event as a JSON object; ``parsed``: its data as the JSON that it is, None where it is none."""
    fields: dict[str, Any] = {"event": event.event, "data": event.data}
    if parsed:
        try:
            fields["data"] = json.loads(event.data)
        except (ValueError, RecursionError):
            return None
    if event.id:
        fields["id"] = event.id
    if event.retry is not None:
        fields["retry"] = event.retry
    return json.dumps(fields).encode()
