# Derived from ../aio/waiting.py by tools/unasync.py; change that one.
"""Waiting for something that takes its time (``x-poll``)."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from bindwright.runtime.http.config.config import Config
from bindwright.runtime.http.model.errors import OperationFailed, WaitTimeout
from bindwright.runtime.http.model.message import RawResponse
from bindwright.runtime.http.model.operation import Operation, Poll
from bindwright.runtime.http.response.polling import pause, verdict
from bindwright.runtime.http.sync.callables import finish
from bindwright.runtime.http.sync.driver import SyncDriver
from bindwright.runtime.model import UNSET


def wait(
    driver: SyncDriver,
    operation: Operation,
    arguments: Mapping[str, Any],
    config: Config,
    interval: float | None,
    max_wait: float | None,
    progress: Callable[[Any], Any] | None,
) -> RawResponse[Any]:
    """Call until the state says done; ``progress`` hears of every state. Gives the last answer.

    Raises:
        OperationFailed: the state says failed.
        WaitTimeout: it took longer than ``max_wait`` seconds (None: as the document says).
        HttpError: a call gave no value.
    """
    poll = operation.poll or Poll(state="")
    limit = poll.timeout if max_wait is None else max_wait
    end = None if limit is None else time.monotonic() + limit
    while True:
        raw: RawResponse[Any] = driver.call(operation, arguments, UNSET, config, "raw")
        value = raw.parse()
        if progress is not None:
            finish(progress(value))
        outcome = verdict(poll, value, raw.headers)
        if outcome == "done":
            return raw
        if outcome == "failed":
            raise OperationFailed(f"{operation.id}: ended as failed", value)
        delay = pause(poll, interval, raw.headers)
        if end is not None and time.monotonic() + delay > end:
            raise WaitTimeout(f"{operation.id}: not done after {limit} s", value)
        time.sleep(delay)
