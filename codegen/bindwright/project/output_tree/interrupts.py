"""Holding back Ctrl-C and termination for the moment in which files are moved."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def delayed_interrupts() -> Iterator[None]:
    """Delay SIGINT and SIGTERM to the end of the block. In other threads than the main one: nothing."""
    threading = sys.modules.get("threading")  # without it there is one thread
    if threading is not None and threading.current_thread() is not threading.main_thread():
        yield
        return
    arrived: list[int] = []

    def hold(number: int, frame: FrameType | None) -> None:
        arrived.append(number)

    before = [(number, signal.signal(number, hold)) for number in (signal.SIGINT, signal.SIGTERM)]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)
        if arrived:
            signal.raise_signal(arrived[0])
