"""Work that another process does meanwhile, where there is a second processor for it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any

Result = Callable[[], Any]
"""Waits for the result of what was begun."""


def begin(work: Callable[[], Any]) -> Result:
    """Let another process do `work`, which may change nothing that this one sees, until its result is asked for.

    The result must be made of text, octets, numbers, lists and dicts. Where nothing can be forked, and where anything
    goes wrong in the other process, this one does the work when it asks.
    """
    return work if (child := _forked(work)) is None else child.result


def in_two_processes(first: Callable[[], Any], second: Callable[[], Any]) -> tuple[Any, Any]:
    """The results of two functions, computed at the same time where that is possible; of `second` as `begin` says."""
    child = _forked(second)
    if child is None:
        return first(), second()
    try:
        mine = first()
    except BaseException:
        child.end()
        raise
    return mine, child.result()


class _Child:
    """A forked process, and the pipe from which its result is read."""

    def __init__(self, work: Callable[[], Any], process: int, reading: int) -> None:
        self._work, self._process, self._reading = work, process, reading

    def result(self) -> Any:
        try:
            with open(self._reading, "rb", closefd=False) as pipe:
                raw = pipe.read()
        finally:
            status = self.end()
        if status:
            return self._work()
        import marshal

        return marshal.loads(raw)

    def end(self) -> int:
        """Its exit status. Closing the pipe ends a process whose result nobody reads any more."""
        os.close(self._reading)
        return os.waitpid(self._process, 0)[1]


def _forked(work: Callable[[], Any]) -> _Child | None:
    """The process that does the work; None where this one has to."""
    if not can_fork():
        return None
    reading, writing = os.pipe()
    try:
        process = os.fork()
    except OSError:  # no room for another process
        os.close(reading)
        os.close(writing)
        return None
    if process == 0:
        _run_in_child(work, reading, writing)
    os.close(writing)
    return _Child(work, process, reading)


def _run_in_child(work: Callable[[], Any], reading: int, writing: int) -> None:
    """The child's whole life. It must not return: the parent's stack, with its open files, is not its own."""
    code = 1
    try:
        import marshal

        os.close(reading)
        with open(writing, "wb") as pipe:
            pipe.write(marshal.dumps(work()))
        code = 0
    except BaseException:  # the parent does the work itself and meets the same error
        pass
    finally:
        # Neither handlers of atexit nor buffers of open files may run twice.
        os._exit(code)


def can_fork() -> bool:
    """Linux, a second processor, and no other thread, which might hold a lock that stays shut in the child."""
    threading = sys.modules.get("threading")  # who started a thread has imported it
    alone = threading is None or threading.active_count() == 1
    return sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1 and alone
