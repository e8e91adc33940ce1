# Derived from ../aio/streaming.py by tools/unasync.py; change that one.
"""`StreamingResponse`: an answer whose body is read as it comes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Generic, Self, TypeVar

from bindwright.runtime.errors import BindwrightError
from bindwright.runtime.http.model.errors import ProtocolError, UndecodableBody
from bindwright.runtime.http.model.message import Headers, Request
from bindwright.runtime.http.response.items import items_reader
from bindwright.runtime.http.response.lines import LineSplitter, json_text
from bindwright.runtime.http.response.reading import ResponseReader, pick
from bindwright.runtime.http.response.sse import Events, ServerSentEvent
from bindwright.runtime.http.sync.body import chunks, read_body
from bindwright.runtime.http.sync.opening import opened
from bindwright.runtime.http.sync.raw import caught
from bindwright.standards.media_types import charset_of

T = TypeVar("T")


class StreamingResponse(Generic[T]):
    """Status and headers are there; the body is read once, by one of the iterators.

    Close it, or use it in ``with``.
    """

    def __init__(self, reader: ResponseReader, request: Request, reply: Any, limit: int | None) -> None:
        self._reader, self.request, self._reply, self._limit = reader, request, reply, limit
        self.status: int = reply.status
        self.headers: Headers = reply.headers
        self._turned: Callable[[Any], Any] | None = None

    @property
    def status_code(self) -> int:
        """The status, under the name that requests and httpx use."""
        return self.status

    @property
    def request_id(self) -> str | None:
        """What the server calls this request, from the usual headers."""
        return self.headers.request_id

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the connection, whatever was read."""
        self._reply.close()

    def iter_bytes(self) -> Iterator[bytes]:
        """The body's bytes, decompressed, as they come."""
        yield from chunks(self._reply, self.request, self._limit)

    def iter_lines(self) -> Iterator[str]:
        """The body's lines without their ends, by the charset of its media type."""
        charset = charset_of(self.headers.get("content-type", "")) or "utf-8"
        for line in self._lines():
            yield line.decode(charset, "replace")

    def iter_json(self) -> Iterator[Any]:
        """The items of JSON lines, or of a JSON text sequence, as the document types them."""
        content = self._content()
        type_ = (content.item_type if content is not None else None) or "Any"
        wire = content.item_wire if content is not None else None
        decode = self._reader.codecs.decoder("json", type_, wire)
        for line in self._lines():
            if text := json_text(line):
                yield self._decoded(decode, text)

    def iter_events(self) -> Iterator[ServerSentEvent]:
        """Server-sent events (WHATWG HTML, 9.2)."""
        events = Events()
        for line in self._lines(marked=True):
            event = events.feed(line.decode("utf-8", "replace"))
            if event is not None:
                yield event

    def iter_items(self) -> Iterator[Any]:
        """The items of a list in JSON or XML, decoded one at a time, in constant memory."""
        content = self._content()
        items = items_reader(self._reader.codecs, content, self.headers.get("content-type", ""))
        try:
            for chunk in self.iter_bytes():
                for item in items.feed(chunk):
                    yield item
            for item in items.finish():
                yield item
        except BindwrightError as error:
            raise self._undecodable(error, b"") from error

    def read(self) -> bytes:
        """The whole body."""
        return read_body(self._reply, self.request, self._limit)

    def parse(self) -> T:
        """The value the operation returns, from the whole body."""
        data = self.read()
        value = self._reader.value(self.request, self.status, self.headers, data)
        return value if self._turned is None else self._turned(value)  # type: ignore[no-any-return]

    def turn(self, turned: Callable[[Any], Any]) -> None:
        """Let `parse` give something else that is made of the body's value: a page."""
        self._turned = turned

    def _lines(self, *, marked: bool = False) -> Iterator[bytes]:
        lines = LineSplitter()
        for chunk in self.iter_bytes():
            try:
                complete = lines.feed(chunk)
            except ValueError as error:
                raise ProtocolError(str(error), request=self.request) from None
            for line in complete:
                yield line
        for line in lines.finish():
            yield line
        if marked:
            yield b""  # what ends here without an empty line is an event, too: servers forget it

    def _content(self) -> Any:
        response = self._reader.documented(self.status)
        if response is None or not response.content:
            return None
        return pick(response.content, self.headers.get("content-type", ""))

    def _decoded(self, decode: Callable[[bytes], Any], text: bytes) -> Any:
        try:
            return decode(text)
        except BindwrightError as error:
            raise self._undecodable(error, text) from error

    def _undecodable(self, error: Exception, body: bytes) -> UndecodableBody:
        return UndecodableBody(
            f"an item cannot be read: {error}",
            request=self.request, status=self.status, headers=self.headers, body=body,
        )  # fmt: skip

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.status}>"


class Streams:
    """The operations of a resource, each to be used in ``with``."""

    def __init__(self, resource: Any) -> None:
        self._resource = resource

    def __getattr__(self, name: str) -> Callable[..., Any]:
        getattr(self._resource, name)  # an unknown name is an error here, not when it is called

        def call(*args: Any, **kwargs: Any) -> Any:
            return opened(caught(self._resource, name, args, kwargs))

        return call

    def with_options(self, **options: Any) -> Streams:
        """The same operations with other options."""
        return Streams(self._resource.with_options(**options))
