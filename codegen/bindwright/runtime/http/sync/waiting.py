# Derived from ../aio/waiting.py by tools/unasync.py; change that one.
"""Waiting for something that takes its time (``x-poll``)."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urljoin

from bindwright.runtime.http.config.config import Config
from bindwright.runtime.http.config.servers import origin_of
from bindwright.runtime.http.model.errors import (
    ConnectionFailed,
    InvalidRequest,
    OperationFailed,
    ServerError,
    TimedOut,
    TooManyRequests,
    WaitTimeout,
)
from bindwright.runtime.http.model.message import RawResponse
from bindwright.runtime.http.model.operation import Operation, Poll
from bindwright.runtime.http.policy.redirects import behind_tls, target
from bindwright.runtime.http.response.pagination import follow
from bindwright.runtime.http.response.polling import (
    MAX_FAILURES,
    pause,
    resource_verdict,
    result_url,
    state_url,
    verdict,
)
from bindwright.runtime.http.sync.callables import finish
from bindwright.runtime.http.sync.driver import SyncDriver


def wait(
    driver: SyncDriver,
    operation: Operation,
    arguments: Mapping[str, Any],
    body: Any,
    config: Config,
    interval: float | None,
    max_wait: float | None,
    progress: Callable[[Any], Any] | None,
) -> RawResponse[Any]:
    """Call until the state says done; ``progress`` hears of every state. Gives the last answer.

    Raises:
        OperationFailed: the state says failed.
        WaitTimeout: it took longer than ``max_wait`` seconds (None: as the document says).
        HttpError: a call gave no value, three times in a row where the server or the connection failed.
    """
    poll = operation.poll or Poll(state="")
    limit = poll.timeout if max_wait is None else max_wait
    clock = _Clock(operation, None if limit is None else time.monotonic() + limit, limit)
    look = _Look(driver, operation, arguments, body, config)
    if poll.follow:
        return _follow(look, poll, clock, interval, progress)
    while True:
        raw = look.at(None, clock)
        if raw is None:
            time.sleep(clock.pause(poll.interval if interval is None else interval, None))
            continue
        value = raw.parse()
        if progress is not None:
            finish(progress(value))
        outcome = verdict(poll, value, raw.headers, raw.status)
        if outcome == "done":
            return raw
        if outcome == "failed":
            raise OperationFailed(f"{operation.id}: ended as failed", value)
        time.sleep(clock.pause(pause(poll, interval, raw.headers), value))


def _follow(
    look: _Look,
    poll: Poll,
    clock: _Clock,
    interval: float | None,
    progress: Callable[[Any], Any] | None,
) -> RawResponse[Any]:
    """Start something, and ask where the answer says until it is over."""
    first = raw = look.start()
    url, by_body = state_url(first.headers)
    if url is None or (first.status != 202 and not by_body):
        return first
    state: Any = None
    while True:
        time.sleep(clock.pause(pause(poll, interval, raw.headers), state))
        look_answer = look.at(url, clock)
        if look_answer is None:
            continue
        raw = look_answer
        state = raw.plain()
        if progress is not None:
            finish(progress(state))
        outcome = resource_verdict(raw.status, by_body, state)
        if outcome == "failed":
            raise OperationFailed(f"{look.operation.id}: ended as failed", state)
        if outcome == "going":
            url = state_url(raw.headers)[0] or url
            continue
        if not by_body:
            return raw
        following = result_url(look.operation.method, first.request.url, first.headers, state)
        return raw if following is None else look.once(following)


class _Clock:
    """When waiting ends."""

    def __init__(self, operation: Operation, end: float | None, limit: float | None) -> None:
        self._operation, self._end, self._limit = operation, end, limit

    def pause(self, delay: float, value: Any) -> float:
        """Seconds to sleep.

        Raises:
            WaitTimeout: the time is over before that.
        """
        if self._end is not None and time.monotonic() + delay > self._end:
            raise WaitTimeout(f"{self._operation.id}: not done after {self._limit} s", value)
        return delay


class _Look:
    """Asks for the state; one answer that the server or the connection failed to give is no end."""

    def __init__(
        self,
        driver: SyncDriver,
        operation: Operation,
        arguments: Mapping[str, Any],
        body: Any,
        config: Config,
    ) -> None:
        self._driver, self.operation, self._config = driver, operation, config
        self._arguments, self._body = arguments, body
        self._failures = 0
        self._base = ""

    def start(self) -> RawResponse[Any]:
        """The call itself."""
        raw: RawResponse[Any] = self._driver.call(
            self.operation, self._arguments, self._body, self._config, "raw"
        )
        self._base = raw.request.url
        return raw

    def at(self, url: str | None, clock: _Clock) -> RawResponse[Any] | None:
        """One look; None: it failed, and another one may not."""
        try:
            raw = self.start() if url is None else self.once(url)
        except (ServerError, ConnectionFailed, TimedOut, TooManyRequests):
            self._failures += 1
            if self._failures >= MAX_FAILURES:
                raise
            return None
        self._failures = 0
        return raw

    def once(self, url: str) -> RawResponse[Any]:
        """The answer of another URL of the same origin, read as one of the operation's."""
        plan = self._driver.plan(self.operation)
        request = plan.build(self._arguments, self._body, self._config)
        target_url = behind_tls(request, target(request, urljoin(self._base, url)))
        if origin_of(target_url) != origin_of(request.url):
            raise InvalidRequest("the state is at another origin; it is not asked for", request=request)
        request.url = target_url
        follow(request)
        sent, status, headers, data = self._driver.exchange(plan, request, self._config)
        if not plan.reader.takes(status):
            raise plan.reader.error(sent, status, headers, data)
        return RawResponse(
            sent, status, headers, data,
            lambda: plan.reader.value(sent, 200 if status == 202 else status, headers, data),
            lambda: plan.reader.headers(status, headers),
        )  # fmt: skip
