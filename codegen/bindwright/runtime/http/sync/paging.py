# Derived from ../aio/paging.py by tools/unasync.py; change that one.
"""`Page`: a page that knows the next one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Generic, Self, TypeVar

from bindwright.runtime.http.config.config import Config
from bindwright.runtime.http.config.servers import origin_of
from bindwright.runtime.http.config.setup import unpicklable
from bindwright.runtime.http.model.errors import InvalidRequest, NotFound, PagingError
from bindwright.runtime.http.model.message import Headers, Request
from bindwright.runtime.http.model.operation import Operation
from bindwright.runtime.http.policy.redirects import behind_tls, target
from bindwright.runtime.http.response.pagination import (
    Next,
    Position,
    ends_with_404,
    follow,
    goes_back,
    is_repeated,
    items_of,
    next_of,
)
from bindwright.runtime.http.sync.driver import SyncDriver

T = TypeVar("T")


class Page(Generic[T]):
    """One page of a list; iterating goes through all items of this page and of those that follow."""

    def __init__(self, driver: SyncDriver, operation: Operation, position: Position, config: Config) -> None:
        self._driver, self._operation, self._config = driver, operation, config
        self._position = position
        self.request: Request
        self.status: int
        self.headers: Headers
        self.value: Any = None
        """The whole body, as the document types it."""
        self.items: list[T] = []
        """The items of this page."""

    def _load(self, url: str | None) -> None:
        plan = self._driver.plan(self._operation)
        request = plan.build(self._position.arguments, self._position.body, self._config)
        if url is not None:
            if origin_of(url) != origin_of(request.url):
                raise InvalidRequest(
                    "the next page is at another origin; it is not asked for", request=request
                )
            request.url = url
            follow(request)
        sent, status, headers, data = self._driver.exchange(plan, request, self._config)
        self._take(sent, status, headers, plan.reader.value(sent, status, headers, data))

    def _take(self, request: Request, status: int, headers: Headers, value: Any) -> Self:
        """What came."""
        self.request, self.status, self.headers, self.value = request, status, headers, value
        if self._operation.pagination is not None:
            self.items = items_of(self._operation.pagination, value, headers)
        return self

    def _next(self) -> Next | None:
        try:
            return next_of(self._operation, self._position, self.value, self.headers, self.items)
        except PagingError as error:
            error.about(self.request)
            raise

    @property
    def has_next_page(self) -> bool:
        """Whether this page says that another one follows."""
        return self._next() is not None

    @property
    def next_token(self) -> Any:
        """What asks for the next page: its cursor, number, offset or URL; None: there is none.

        Kept, it lets a later call go on from there, as the value of the operation's own parameter.
        """
        following = self._next()
        return following.token if following is not None else None

    def next_page(self) -> Page[T] | None:
        """The next page; None: this is the last one.

        Raises:
            PagingError: the pages lead in a circle, or the answer says "more" and not where.
        """
        pagination, following = self._operation.pagination, self._next()
        if following is None or pagination is None:
            return None
        url = following.url
        if url:
            url = following.url = behind_tls(self.request, target(self.request, url))
        self._position.tokens.setdefault(self.request.url, self._position.depth)
        try:
            position = self._position.after(following, len(self.items))
            page: Page[T] = Page(self._driver, self._operation, position, self._config)
            page._load(url)
            if following.beyond and page.items == self.items:
                return None
            if not is_repeated(pagination, self._position, self.items, page.items):
                return page
        except NotFound:
            if ends_with_404(pagination, following):
                return None
            raise
        except PagingError as error:
            error.about(self.request)
            raise
        position.count = self._position.count
        return page.next_page()

    def iter_items(self, limit: int | None = None) -> Iterator[T]:
        """The items of this page and of those that follow, ``limit`` at most; no page more than that is asked for.

        A call that asks for what stands before something gives them in that direction: the last one first.
        """
        remaining = limit
        pagination = self._operation.pagination
        back = pagination is not None and goes_back(pagination, self._position)
        for page in self.iter_pages():
            items = page.items[::-1] if back else page.items
            yield from items if remaining is None else items[:remaining]
            if remaining is not None:
                remaining -= len(page.items)
                if remaining <= 0:
                    return

    def iter_pages(self) -> Iterator[Page[T]]:
        """This page and those that follow."""
        page: Page[T] | None = self
        while page is not None:
            yield page
            page = page.next_page()

    def __iter__(self) -> Iterator[T]:
        yield from self.iter_items()

    def __len__(self) -> int:
        return len(self.items)

    def __reduce_ex__(self, protocol: Any) -> Any:
        raise unpicklable(self)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {len(self.items)} items>"


def first_page(
    driver: SyncDriver,
    operation: Operation,
    arguments: Mapping[str, Any],
    body: Any,
    config: Config,
    mode: str = "value",
) -> Any:
    """The page that the arguments ask for, or the raw or streaming response that holds it."""
    page: Page[Any] = Page(driver, operation, Position(arguments, body), config)
    if mode == "value":
        page._load(None)
        return page
    answer = driver.call(operation, arguments, body, config, mode)
    answer.turn(lambda value: page._take(answer.request, answer.status, answer.headers, value))
    return answer
