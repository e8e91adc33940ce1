"""`AsyncClient` and `AsyncResource`, the bases of generated clients."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from typing_extensions import Unpack

from bindwright.runtime.http.aio.callables import check_callables
from bindwright.runtime.http.config.setup import configured, unpicklable
from bindwright.runtime.http.model.forking import first_use
from bindwright.runtime.http.model.operation import ApiSpec, Operation
from bindwright.runtime.http.model.options import CallOptions, ClientOptions
from bindwright.runtime.model import UNSET

if TYPE_CHECKING:
    from bindwright.runtime.http.aio.driver import AsyncDriver
    from bindwright.runtime.http.aio.pages import AsyncPages
    from bindwright.runtime.http.aio.streaming import AsyncStream

T = TypeVar("T")


class AsyncClient:
    """Base of a generated client. Safe to use from many tasks; close it, or use it in ``async with``."""

    _api: ClassVar[ApiSpec]

    def __init__(
        self,
        base_url: str | None = None,
        *,
        credentials: Mapping[str, Any] | None = None,
        **options: Unpack[ClientOptions],
    ) -> None:
        self._setup, self._config = configured(self._api, base_url, credentials, dict(options))
        check_callables(self._config)
        self._drivers: list[AsyncDriver] = []

    @property
    def _driver(self) -> AsyncDriver:
        """Made on the first call: building a client imports no transport."""
        if not self._drivers:
            with first_use:
                from bindwright.runtime.http.aio.locks import ready

                ready()
                from bindwright.runtime.http.aio.driver import AsyncDriver

                if not self._drivers:
                    self._drivers.append(AsyncDriver(self._api, self._setup))
        return self._drivers[0]

    @property
    def base_url(self) -> str | None:
        """Where the API is, as far as one address says it."""
        return self._config.base_url or self._config.server_base

    def with_options(self, **options: Unpack[CallOptions]) -> Self:
        """The same client, its connections included, with other options."""
        derived = object.__new__(type(self))
        derived._setup, derived._drivers = self._setup, self._drivers
        derived._config = self._config.derive_view(options)
        return derived

    async def aclose(self) -> None:
        """Close the connections; a second time does nothing."""
        self._setup.closed = True
        if self._drivers:
            await self._drivers[0].aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    def __reduce_ex__(self, protocol: Any) -> Any:
        raise unpicklable(self)

    def __repr__(self) -> str:
        from bindwright.runtime.http.model.redact import redact_url

        return f"<{type(self).__name__} {redact_url(self.base_url or '')} {self._config.format}>"


class AsyncResource:
    """Base of the classes that hold the operations of one tag."""

    def __init__(self, client: AsyncClient, mode: str = "value") -> None:
        self._client = client
        self._mode = mode
        self._answer: Any = None
        """The answer of the last call, for `runtime.http.aio.raw`."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._client!r}>"

    if TYPE_CHECKING:
        # Generated classes say more; see `runtime.http.views`.
        with_raw_response: Any
        with_streaming_response: Any
    else:

        @property
        def with_raw_response(self) -> Any:
            """The same operations, which give a `RawResponse` (status, headers, body and value)."""
            from bindwright.runtime.http.aio.raw import AsyncRaws

            return AsyncRaws(type(self)(self._client, "raw"))

        @property
        def with_streaming_response(self) -> Any:
            """The same operations, which give an `AsyncStreamingResponse`, to be used in ``async with``."""
            from bindwright.runtime.http.aio.streaming import AsyncStreams

            return AsyncStreams(type(self)(self._client, "stream"))

    def __reduce_ex__(self, protocol: Any) -> Any:
        raise unpicklable(self)

    def with_options(self, **options: Unpack[CallOptions]) -> Self:
        """The same operations with other options."""
        return type(self)(self._client.with_options(**options), self._mode)

    async def _call(
        self,
        operation: Operation,
        arguments: Mapping[str, Any],
        *,
        body: Any = UNSET,
        options: CallOptions,
    ) -> T:  # type: ignore[type-var, unused-ignore]  # what T is, the caller's annotation says
        client = self._client
        config = client._config.derive_view(options) if options else client._config
        answer = await client._driver.call(operation, arguments, body, config, self._mode)
        if self._mode != "value":
            self._answer = answer
        return answer  # type: ignore[no-any-return]

    async def _stream(
        self,
        operation: Operation,
        arguments: Mapping[str, Any],
        *,
        body: Any = UNSET,
        options: CallOptions,
    ) -> AsyncStream[Any]:
        """The items of an operation that answers with events (or lines) where it is asked for them."""
        from bindwright.runtime.http.aio.streaming import AsyncStream
        from bindwright.runtime.http.request.streamed import accept_of_items, asked_for_items

        client = self._client
        config = client._config.derive_view(options) if options else client._config
        if config.accept is None and (accept := accept_of_items(operation)):
            config = config.derive_view({"accept": accept})
        arguments, body = asked_for_items(operation, arguments, body)
        mode = "stream" if self._mode == "value" else self._mode
        answer = await client._driver.call(operation, arguments, body, config, mode)
        if self._mode == "value":
            return AsyncStream(answer)
        self._answer = answer
        return answer  # type: ignore[no-any-return]

    def _page(
        self,
        operation: Operation,
        arguments: Mapping[str, Any],
        *,
        body: Any = UNSET,
        options: CallOptions,
    ) -> AsyncPages[Any]:
        """A list in pages (``x-pagination``)."""
        from bindwright.runtime.http.aio.pages import paged

        return paged(self._first_page(operation, arguments, body=body, options=options))  # type: ignore[no-any-return, unused-ignore]

    async def _first_page(
        self, operation: Operation, arguments: Mapping[str, Any], *, body: Any, options: CallOptions
    ) -> Any:
        """The first page of a list, or the answer that holds it."""
        from bindwright.runtime.http.aio.paging import first_page

        client = self._client
        config = client._config.derive_view(options) if options else client._config
        answer = await first_page(client._driver, operation, arguments, body, config, self._mode)
        if self._mode != "value":
            self._answer = answer
        return answer

    async def _wait(
        self,
        operation: Operation,
        arguments: Mapping[str, Any],
        *,
        body: Any = UNSET,
        options: CallOptions,
        interval: float | None = None,
        max_wait: float | None = None,
        progress: Any = None,
    ) -> T:  # type: ignore[type-var, unused-ignore]  # what T is, the caller's annotation says
        """Wait for what an operation watches or starts (``x-poll``, 202 with a URL of the state)."""
        from bindwright.runtime.http.aio.waiting import wait

        client = self._client
        config = client._config.derive_view(options) if options else client._config
        self._answer = raw = await wait(
            client._driver, operation, arguments, body, config, interval, max_wait, progress
        )
        return raw.parse()  # type: ignore[no-any-return]
