"""Reading and writing many documents in constant memory.

A stream is one list at the top, or documents one after another: JSON lines, concatenated, or with the
record separators of RFC 7464.
"""

from __future__ import annotations

import codecs
import os
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import IO, Any

from bindwright.runtime.errors import DecodeError
from bindwright.runtime.json.decoding.read_helpers import within
from bindwright.runtime.json.documents import Codec, codec_of, encode_untyped
from bindwright.runtime.json.settings import DEFAULT, Settings
from bindwright.runtime.json.text.stream_splitter import Split, fault_of, split_items, split_values
from bindwright.runtime.leniency import deviations
from bindwright.runtime.value_types import Namespace, PythonValue, TypeForm
from bindwright.runtime.values.characters import characters
from bindwright.runtime.wire import Wire

Source = IO[bytes] | IO[str] | os.PathLike[str] | str | Iterable[bytes]
CHUNK = 1 << 18
"""Bytes that are read at once."""
_BLANKS = b" \t\r\n\x1e"


def iter_decode(
    source: Source,
    type: TypeForm,
    *,
    wire: Wire | None = None,
    namespace: Namespace = None,
    settings: Settings = DEFAULT,
) -> Iterator[Any]:
    """The values of a stream, one by one.

    Args:
        source: an open file, a path, or chunks of bytes.
        type: of each value.
        wire: facts of each value's place.
        namespace: see ``decode``.

    Raises:
        DecodeError: with ``line`` (of the document's start) and, in a list, the item's index in the path.
    """
    for value, _ in iter_located(source, type, wire=wire, namespace=namespace, settings=settings):
        yield value


def iter_located(
    source: Source,
    type: TypeForm,
    *,
    wire: Wire | None = None,
    namespace: Namespace = None,
    settings: Settings = DEFAULT,
) -> Iterator[tuple[Any, Located]]:
    """The same, each with the place it stood at."""
    item = codec_of(type, wire=wire, namespace=namespace)
    stream = _Stream(chunks_of(source), item, settings)
    stream.more()
    if stream.is_list(item.shape.kind):
        yield from stream.items(_list_codec(type, wire, namespace))
    else:
        yield from stream.documents()


def _list_codec(type: TypeForm, wire: Wire | None, namespace: Namespace) -> Codec:
    many = f"list[{type}]" if isinstance(type, str) else list[type]
    return codec_of(many, wire=None if wire is None else Wire(items=wire), namespace=namespace)


class Located:
    """Where a value stood in its stream."""

    __slots__ = ("_data", "index", "line")

    def __init__(self, index: int, line: int, data: bytes) -> None:
        self.index = index
        """From 0."""
        self.line = line
        """From 1: of its first character."""
        self._data = data

    def line_of(self, path: str) -> int:
        """The line of a part of it (``$.items[3].id``), from 1; the nearest one that is there."""
        from bindwright.runtime.json.text.line_of_path import line_of

        return self.line + line_of(self._data, path)


class _Stream:
    """A buffer over chunks."""

    def __init__(self, chunks: Iterator[bytes], codec: Codec, settings: Settings) -> None:
        self.chunks = chunks
        self.codec = codec
        self.settings = settings
        self.data = b""
        self.final = False
        self.line = 1
        self.index = 0
        self.failures = 0
        self.fault: Exception | None = None
        """What the source raised behind the bytes that are buffered."""

    def more(self) -> None:
        """Read at least as much again as is buffered, so that long values cost linear time.

        Raises:
            DecodeError: what is buffered, a value that does not end, is larger than allowed.
        """
        limit = self.settings.max_size
        if limit is not None and len(self.data) > limit + CHUNK:
            raise DecodeError(f"values of at most {limit} bytes", "a longer one", line=self.line)
        if self.fault is not None:
            raise self.fault
        # Twice as much each time: a value of n bytes is looked at log n times, and not n.
        want, parts = max(len(self.data), 1), [self.data]
        while want > 0:
            try:
                part = next(self.chunks, None)
            except Exception as error:
                if len(parts) == 1:
                    raise
                self.fault = error  # its turn is behind the values that came before it
                break
            if part is None:
                self.final = True
                break
            parts.append(part)
            want -= len(part)
        self.data = b"".join(parts)

    def drop(self, count: int) -> None:
        """What has been used."""
        self.line += self.data.count(b"\n", 0, count)
        self.data = self.data[count:]

    def is_list(self, shape_kind: str) -> bool:
        """Whether the stream is one list of the values."""
        while not (head := self.data.lstrip(_BLANKS)) and not self.final:
            self.more()
        return head[:1] == b"[" and shape_kind not in ("list", "tuple")

    def documents(self) -> Iterator[tuple[Any, Located]]:
        while True:
            yield from self._lines()
            split = split_values(self.data, final=self.final)
            yield from self._each(split, "")
            self._refuse(split, "")
            if split.wrong >= 0:
                raise self._error("a value", split.wrong)
            self.drop(split.consumed)
            if self.final:
                if self.data.strip(_BLANKS):
                    raise self._error("the rest of a value", len(self.data))
                return
            if not split.values:
                self.more()

    def _lines(self) -> Iterator[tuple[Any, Located]]:
        """Lines that are whole documents, as long as they are."""
        while (end := self.data.rfind(b"\n")) >= 0:
            start = 0
            for number, line in enumerate(self.data[:end].split(b"\n"), self.line):
                if line.strip(_BLANKS):
                    try:
                        value = self.codec.decode(line.strip(b"\x1e"), self.settings)
                    except DecodeError:  # part of a longer document, or wrong: that will be seen
                        self.drop(start)
                        return
                    yield value, Located(self.index, number, line)
                    self.index += 1
                start += len(line) + 1
            self.drop(start)
            self.more()

    def items(self, many: Codec) -> Iterator[tuple[Any, Located]]:
        self.drop(self.data.index(b"[") + 1)
        comma = False
        while True:
            batch = self._run(many, comma) if self.failures < 8 else None
            if batch is not None:
                yield from batch
                comma = True
                if not self.final:
                    self.more()
                continue
            split = split_items(self.data, final=self.final, expect_comma=comma, first=self.index == 0)
            yield from self._each(split, "$[{}]")
            self._refuse(split, "$[{}]")
            if split.wrong >= 0:
                raise self._error("an item, a comma or the end of the list", split.wrong)
            if split.closed >= 0:
                self._finish(split.consumed)
                return
            comma = self._expects_comma(split, comma)
            self.drop(split.consumed)
            if self.final:
                raise self._error("the rest of the list", len(self.data))
            self.more()

    def _expects_comma(self, split: Split, before: bool) -> bool:
        if not split.values:
            return before and b"," not in self.data[: split.consumed]
        return split.consumed == split.values[-1][1]

    def _run(self, many: Codec, comma: bool) -> list[tuple[Any, Located]] | None:
        """All objects of the buffer at once: up to the last ``},`` if that is between items.

        What is cut at a wrong place is never JSON, so this cannot succeed by mistake.
        """
        # Between two items, or within one: then what is cut out is no JSON, and items are split one by one.
        end = self.data.rfind(b"},") + 1
        start = 0
        if comma:
            start = len(self.data) - len(self.data.lstrip(_BLANKS))
            if self.data[start : start + 1] != b",":
                return None
            start += 1
        if end <= start:
            return None
        stretch = self.data[start:end]
        try:
            values = many.decode(b"[" + stretch + b"]", self.settings)
        except DecodeError:
            self.failures += 1
            return None
        if self.settings.values == "lenient" and deviations(values):
            return None  # read one by one: each item gets its own deviations, with paths of its own
        self.failures = 0
        located = _Lazy(self.line + self.data.count(b"\n", 0, start), stretch)
        pairs = [(value, located.at(self.index + index, index)) for index, value in enumerate(values)]
        self.index += len(values)
        self.drop(end)
        return pairs

    def _each(self, split: Split, path: str) -> Iterator[tuple[Any, Located]]:
        before, line = 0, self.line
        for start, end in split.values:
            line += self.data.count(b"\n", before, start)
            before = start
            text = self.data[start:end]
            yield self._decoded(text, line, path), Located(self.index, line, text)
            self.index += 1

    def _decoded(self, text: bytes, line: int, path: str) -> Any:
        try:
            try:
                return self.codec.decode(text, self.settings)
            except DecodeError:
                # The error is that of the value alone, however much of what follows was there.
                if (end := fault_of(text)) < 0:
                    raise
                return self.codec.decode(text[:end], self.settings)
        except DecodeError as error:
            error.line = line + (error.line or 1) - 1
            raise (within(error, path.format(self.index)[1:]) if path else error) from None

    def _refuse(self, split: Split, path: str) -> None:
        """Say what is wrong with a value that cannot be one, whatever comes.

        Raises:
            DecodeError: there is one.
        """
        if split.broken is not None:
            start, end = split.broken
            self._decoded(self.data[start:end], self.line + self.data.count(b"\n", 0, start), path)

    def _finish(self, position: int) -> None:
        self.drop(position)
        while True:
            if self.data.strip(_BLANKS):
                raise self._error("nothing behind the list", 0)
            if self.final:
                return
            self.more()

    def _error(self, expected: str, position: int) -> DecodeError:
        text = self.data[position : position + 20].decode(errors="replace")
        line = self.line + self.data.count(b"\n", 0, position)
        return DecodeError(
            expected, repr(text) if text else "the end of the data", f"$[{self.index}]", line=line
        )


class _Lazy:
    """Places of values that were read together; the stretch is split when one is asked for."""

    def __init__(self, line: int, data: bytes) -> None:
        self.line = line
        self.data = data
        self._values: list[tuple[int, int]] | None = None

    def at(self, index: int, offset: int) -> Located:
        return _LazyLocated(index, self, offset)

    def value(self, offset: int) -> tuple[int, bytes]:
        if self._values is None:
            self._values = split_items(self.data, final=True, expect_comma=False).values
        start, end = self._values[offset]
        return self.line + self.data.count(b"\n", 0, start), self.data[start:end]


class _LazyLocated(Located):
    __slots__ = ("_offset", "_stretch")

    def __init__(self, index: int, stretch: _Lazy, offset: int) -> None:
        self.index = index
        self._stretch = stretch
        self._offset = offset

    def line_of(self, path: str) -> int:
        self.line, self._data = self._stretch.value(self._offset)
        return super().line_of(path)


def chunks_of(source: Source) -> Iterator[bytes]:
    """A source in UTF-8, without a mark, chunk by chunk.

    Raises:
        DecodeError: it is not in UTF-8 and does not say in what.
    """
    chunks = _raw_chunks(source)
    first = next(chunks, b"")
    while len(first) < 4 and (part := next(chunks, None)) is not None:
        first += part
    encoding = _encoding(first)
    if encoding == "utf-8":
        yield first.removeprefix(codecs.BOM_UTF8)
        yield from chunks
        return
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        mark = "\ufeff"
        for part in chain((first,), chunks):
            for text in characters(decoder, part):
                yield text.removeprefix(mark).encode()
                mark = ""
        yield decoder.decode(b"", final=True).encode()
    except UnicodeError as error:
        raise DecodeError(f"text in {encoding}", str(error)) from None


def _encoding(first: bytes) -> str:
    for mark, name in ((codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
                       (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):  # fmt: skip
        if first.startswith(mark):
            return name
    if first[:1] == b"\0":
        return "utf-16-be"
    return "utf-16-le" if first[1:2] == b"\0" else "utf-8"


def _raw_chunks(source: Source) -> Iterator[bytes]:
    if isinstance(source, (str, os.PathLike)):
        with open(source, "rb") as file:
            yield from _read(file.read)
    elif hasattr(source, "read"):
        yield from _read(source.read)
    else:
        for part in source:
            if part:
                yield bytes(part)


def _read(read: Callable[[int], bytes | str]) -> Iterator[bytes]:
    while part := read(CHUNK):
        yield part.encode() if isinstance(part, str) else bytes(part)


def iter_encode(
    values: Iterable[Any],
    type: TypeForm = None,
    *,
    wire: Wire | None = None,
    namespace: Namespace = None,
    lines: bool = False,
    indent: int | None = None,
) -> Iterator[bytes]:
    """Values as one list, or with ``lines`` as JSON lines, piece by piece.

    Raises:
        EncodeError: see ``encode``.
    """
    spaces = None if lines else indent

    def written(value: PythonValue) -> bytes:
        if type is None:
            return encode_untyped(value, wire, spaces)
        return codec_of(type, wire=wire, namespace=namespace).encode(value, indent=spaces)

    if lines:
        for value in values:
            yield written(value) + b"\n"
        return
    gap = b"" if indent is None else b"\n"
    before = b"[" + gap
    for value in values:
        yield before + written(value)
        before = b"," + gap
    yield (b"[" if before[:1] == b"[" else gap) + b"]"
