# Derived from ../aio/client.py by tools/unasync.py; change that one.
"""`SyncClient` and `Resource`, the bases of generated clients."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from typing_extensions import Unpack

from bindwright.runtime.http.config.setup import configured, unpicklable
from bindwright.runtime.http.model.forking import first_use
from bindwright.runtime.http.model.operation import ApiSpec, Operation
from bindwright.runtime.http.model.options import CallOptions, ClientOptions
from bindwright.runtime.http.sync.callables import check_callables
from bindwright.runtime.model import UNSET

if TYPE_CHECKING:
    from bindwright.runtime.http.sync.driver import SyncDriver
    from bindwright.runtime.http.sync.pages import Page
    from bindwright.runtime.http.sync.streaming import Stream

T = TypeVar("T")


class SyncClient:
    """Base of a generated client. Safe to use from many tasks; close it, or use it in ``with``."""

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
        self._drivers: list[SyncDriver] = []

    @property
    def _driver(self) -> SyncDriver:
        """Made on the first call: building a client imports no transport."""
        if not self._drivers:
            with first_use:
                from bindwright.runtime.http.sync.locks import ready

                ready()
                from bindwright.runtime.http.sync.driver import SyncDriver

                if not self._drivers:
                    self._drivers.append(SyncDriver(self._api, self._setup))
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

    def close(self) -> None:
        """Close the connections; a second time does nothing."""
        self._setup.closed = True
        if self._drivers:
            self._drivers[0].close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __reduce_ex__(self, protocol: Any) -> Any:
        raise unpicklable(self)

    def __repr__(self) -> str:
        from bindwright.runtime.http.model.redact import redact_url

        return f"<{type(self).__name__} {redact_url(self.base_url or '')} {self._config.format}>"


class Resource:
    """Base of the classes that hold the operations of one tag."""

    def __init__(self, client: SyncClient, mode: str = "value") -> None:
        self._client = client
        self._mode = mode
        self._answer: Any = None
        """The answer of the last call, for `runtime.http.sync.raw`."""

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
            from bindwright.runtime.http.sync.raw import Raws

            return Raws(type(self)(self._client, "raw"))

        @property
        def with_streaming_response(self) -> Any:
            """The same operations, which give an `StreamingResponse`, to be used in ``with``."""
            from bindwright.runtime.http.sync.streaming import Streams

            return Streams(type(self)(self._client, "stream"))

    def __reduce_ex__(self, protocol: Any) -> Any:
        raise unpicklable(self)

    def with_options(self, **options: Unpack[CallOptions]) -> Self:
        """The same operations with other options."""
        return type(self)(self._client.with_options(**options), self._mode)

    def _call(
        self,
        operation: Operation,
        arguments: Mapping[str, Any],
        *,
        body: Any = UNSET,
        options: CallOptions,
    ) -> T:  # type: ignore[type-var, unused-ignore]  # what T is, the caller's annotation says
        client = self._client
        config = client._config.derive_view(options) if options else client._config
        answer = client._driver.call(operation, arguments, body, config, self._mode)
        if self._mode != "value":
            self._answer = answer
        return answer  # type: ignore[no-any-return]

    def _stream(
        self,
        operation: Operation,
        arguments: Mapping[str, Any],
        *,
        body: Any = UNSET,
        options: CallOptions,
    ) -> Stream[Any]:
        """The items of an operation that answers with events (or lines) where it is asked for them."""
        from bindwright.runtime.http.request.streamed import accept_of_items, asked_for_items
        from bindwright.runtime.http.sync.streaming import Stream

        client = self._client
        config = client._config.derive_view(options) if options else client._config
        if config.accept is None and (accept := accept_of_items(operation)):
            config = config.derive_view({"accept": accept})
        arguments, body = asked_for_items(operation, arguments, body)
        mode = "stream" if self._mode == "value" else self._mode
        answer = client._driver.call(operation, arguments, body, config, mode)
        if self._mode == "value":
            return Stream(answer)
        self._answer = answer
        return answer  # type: ignore[no-any-return]

    def _page(
        self,
        operation: Operation,
        arguments: Mapping[str, Any],
        *,
        body: Any = UNSET,
        options: CallOptions,
    ) -> Page[Any]:
        """A list in pages (``x-pagination``)."""
        from bindwright.runtime.http.sync.pages import paged

        return paged(self._first_page(operation, arguments, body=body, options=options))  # type: ignore[no-any-return, unused-ignore]

    def _first_page(
        self, operation: Operation, arguments: Mapping[str, Any], *, body: Any, options: CallOptions
    ) -> Any:
        """The first page of a list, or the answer that holds it."""
        from bindwright.runtime.http.sync.paging import first_page

        client = self._client
        config = client._config.derive_view(options) if options else client._config
        answer = first_page(client._driver, operation, arguments, body, config, self._mode)
        if self._mode != "value":
            self._answer = answer
        return answer

    def _wait(
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
        from bindwright.runtime.http.sync.waiting import wait

        client = self._client
        config = client._config.derive_view(options) if options else client._config
        self._answer = raw = wait(
            client._driver, operation, arguments, body, config, interval, max_wait, progress
        )
        return raw.parse()  # type: ignore[no-any-return]
