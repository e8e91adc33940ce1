"""A few forked processes at a time, each with a time limit, and what each used."""

from __future__ import annotations

import os
import signal
import time
import warnings
from collections.abc import Callable, Iterator
from typing import Any

from attrs import define


@define
class Running:
    """A process at work."""

    job: Any
    pid: int
    started: float


@define
class Ended:
    """A process that ended: how, and at which peak of memory."""

    job: Any
    status: int
    """Exit code, negative for a signal."""
    seconds: float
    peak_mb: float


def run(jobs: list[Any], body: Callable[[Any], None], workers: int, limit: float) -> Iterator[Ended]:
    """Fork for each job; `body` runs in the child. Jobs past `limit` seconds are killed."""
    waiting = list(reversed(jobs))
    running: dict[int, Running] = {}
    try:
        while waiting or running:
            while waiting and len(running) < workers:
                job = waiting.pop()
                pid = _fork(body, job)
                running[pid] = Running(job, pid, time.monotonic())
            yield from _collect(running, limit)
    finally:
        for pid in running:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)


def _fork(body: Callable[[Any], None], job: Any) -> int:
    with warnings.catch_warnings():
        # From 3.12 on forking beside threads warns; the threads here only draw the progress bar or carry
        # words of a test runner, and hold nothing that a child waits for.
        warnings.simplefilter("ignore", DeprecationWarning)
        pid = os.fork()
    if pid == 0:
        try:
            body(job)
        finally:
            os._exit(1)
    return pid


def _collect(running: dict[int, Running], limit: float) -> Iterator[Ended]:
    ended = False
    for pid, child in list(running.items()):
        if time.monotonic() - child.started > limit:
            os.kill(pid, signal.SIGKILL)
        done, status, usage = os.wait4(pid, os.WNOHANG)
        if done:
            del running[pid]
            ended = True
            seconds = time.monotonic() - child.started
            yield Ended(child.job, os.waitstatus_to_exitcode(status), seconds, usage.ru_maxrss / 1024)
    if not ended:
        time.sleep(0.005)
