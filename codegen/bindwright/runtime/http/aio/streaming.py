"""`AsyncStreamingResponse`: an answer whose body is read as it comes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any, Generic, Self

from typing_extensions import TypeVar

from bindwright.runtime.errors import DecodeError
from bindwright.runtime.http.aio.body import chunks, read_body
from bindwright.runtime.http.aio.opening import opened
from bindwright.runtime.http.aio.raw import caught
from bindwright.runtime.http.config.setup import unpicklable
from bindwright.runtime.http.model.errors import UndecodableBody
from bindwright.runtime.http.model.message import Headers, Request
from bindwright.runtime.http.model.operation import Content
from bindwright.runtime.http.model.text import declared_charset
from bindwright.runtime.http.response.deviations import report, without_secrets
from bindwright.runtime.http.response.items import ItemReader, items_reader
from bindwright.runtime.http.response.lines import LineSplitter, Transcoder
from bindwright.runtime.http.response.reading import ResponseReader, pick
from bindwright.runtime.http.response.sse import Events, ServerSentEvent
from bindwright.standards.media_types import Kind, kind_of

_LINES: tuple[Kind, ...] = ("jsonl", "json-seq")
T = TypeVar("T")
Element = TypeVar("Element", default=Any)


class AsyncStreamingResponse(Generic[T, Element]):
    """Status and headers are there; the body is read once, by one of the iterators.

    Close it, or use it in ``async with``.
    """

    def __init__(
        self,
        reader: ResponseReader,
        request: Request,
        reply: Any,
        limits: tuple[int | None, int | None] = (None, None),
    ) -> None:
        self._reader, self.request, self._reply = reader, request, reply
        self._limit, self._stream_limit = limits
        """Bytes of a body that is read as a whole, and of one that is read piece by piece."""
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

    @property
    def typed_headers(self) -> dict[str, Any]:
        """The headers that the document describes and that came, by its names and types; text where one does not fit."""
        return self._reader.headers(self.status, self.headers)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Let go of the connection, whatever was read."""
        await self._reply.aclose()

    async def iter_bytes(self) -> AsyncIterator[bytes]:
        """The body's bytes, decompressed, as they come."""
        async for chunk in chunks(self._reply, self.request, self._stream_limit):
            yield chunk

    async def iter_lines(self) -> AsyncIterator[str]:
        """The body's lines without their ends, by the charset of its media type."""
        charset = self._charset()
        async for line in self._lines(charset):
            try:
                text = line.decode("utf-8", "replace" if charset is None else "strict")
            except UnicodeError as error:
                raise self._undecodable(error) from None
            yield text

    async def iter_json(self) -> AsyncIterator[Any]:
        """The items of JSON lines, or of a JSON text sequence, as the document types them."""
        content = self._content(*_LINES)
        format_ = kind_of(content.media_type) if content is not None else None
        async for item in self._items(content, format_ if format_ in _LINES else "jsonl"):
            yield item

    async def iter_events(self) -> AsyncIterator[ServerSentEvent]:
        """Server-sent events (WHATWG HTML, 9.2)."""
        events = Events()
        async for line in self._lines(marked=True):
            event = events.feed(line.decode("utf-8", "replace"))
            if event is not None:
                yield event

    async def iter_items(self) -> AsyncIterator[Element]:
        """The items of the answer, decoded one at a time, in constant memory.

        They are the elements of a JSON array or of an XML root, JSON objects one after another, JSON lines, JSON
        text sequences, server-sent events, or parts without names (`multipart/mixed`), of which one is held at a time.
        """
        async for item in self._items(self._content(), None):
            yield item

    async def _items(self, content: Content | None, format_: Kind | None) -> AsyncIterator[Any]:
        request, content_type = self.request, self.headers.get("content-type", "")
        try:
            items = items_reader(self._reader.codecs, content, content_type, request.policy.answers, format_)
            try:
                async for chunk in self.iter_bytes():
                    for item in items.feed(chunk):
                        yield item
                    self._report(items)
                for item in items.finish():
                    yield item
            except DecodeError:
                self._report(items)  # what did not fit in the items before the one that broke
                raise
            self._report(items)
        except DecodeError as error:
            raise self._undecodable(error) from without_secrets(error, request.secrets())

    def _report(self, items: ItemReader) -> None:
        if items.deviations:
            report(self.request, items.deviations)
            items.deviations = []

    async def read(self) -> bytes:
        """The whole body."""
        return await read_body(self._reply, self.request, self._limit)

    async def parse(self) -> T:
        """The value the operation returns, from the whole body."""
        data = await self.read()
        value = self._reader.value(self.request, self.status, self.headers, data)
        return value if self._turned is None else self._turned(value)  # type: ignore[no-any-return]

    def turn(self, turned: Callable[[Any], Any]) -> None:
        """Let `parse` give something else that is made of the body's value: a page."""
        self._turned = turned

    def _charset(self) -> str | None:
        try:
            return declared_charset(self.headers.get("content-type", ""))
        except DecodeError as error:
            raise self._undecodable(error) from None

    async def _lines(self, charset: str | None = None, *, marked: bool = False) -> AsyncIterator[bytes]:
        """Lines in UTF-8; ``charset``: the encoding that they come in."""
        lines = LineSplitter()
        transcoder = Transcoder(charset) if charset not in (None, "utf-8", "ascii") else None
        try:
            async for chunk in self.iter_bytes():
                for piece in (chunk,) if transcoder is None else transcoder.feed(chunk):
                    for line in lines.feed(piece):
                        yield line
        except DecodeError as error:
            raise self._undecodable(error) from None
        for line in lines.finish():
            yield line
        if marked:
            yield b""  # what ends here without an empty line is an event, too: servers forget it

    def _content(self, *formats: Kind) -> Content | None:
        """The documented media type of the answer; one of ``formats``, if there is such a one."""
        response = self._reader.documented(self.status)
        if response is None or not response.content:
            return None
        matches = tuple(content for content in response.content if kind_of(content.media_type) in formats)
        return pick(matches or response.content, self.headers.get("content-type", ""))

    def _undecodable(self, error: Exception) -> UndecodableBody:
        return UndecodableBody(
            f"an item cannot be read: {error}",
            request=self.request, status=self.status, headers=self.headers, body=b"",
        )  # fmt: skip

    def __reduce_ex__(self, protocol: Any) -> Any:
        raise unpicklable(self)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.status}>"


class AsyncStream(Generic[Element]):
    """The items of an answer, one after another as they come, typed as the document says.

    Read it to its end, close it, or use it in ``async with``.
    """

    def __init__(self, response: AsyncStreamingResponse[Any, Element]) -> None:
        self.response = response
        """Status and headers, and the body in other forms."""

    async def __aiter__(self) -> AsyncIterator[Element]:
        async for item in self.response.iter_items():
            yield item
        await self.aclose()

    async def aclose(self) -> None:
        """Let go of the connection."""
        await self.response.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    def __reduce_ex__(self, protocol: Any) -> Any:
        raise unpicklable(self)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.response.status}>"


class AsyncStreams:
    """The operations of a resource, each to be used in ``async with`` (or ``await``)."""

    def __init__(self, resource: Any) -> None:
        self._resource = resource

    def __getattr__(self, name: str) -> Callable[..., Any]:
        getattr(self._resource, name)  # an unknown name is an error here, not when it is called

        def call(*args: Any, **kwargs: Any) -> Any:
            return opened(caught(self._resource, name, args, kwargs))

        return call

    def with_options(self, **options: Any) -> AsyncStreams:
        """The same operations with other options."""
        return AsyncStreams(self._resource.with_options(**options))
