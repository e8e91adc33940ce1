"""Two halves of pure work at once: the second in a forked process, where that is cheap and safe."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from typing import Any


def both(first: Callable[[], Any], second: Callable[[], Any]) -> tuple[Any, Any]:
    """What two functions give, worked out on two processors where there are two.

    Neither may change anything that the other or the caller sees, and what `second` gives must be made of
    text, numbers, lists and dicts. Whatever goes wrong in the other process is done again in this one.
    """
    if not _forks():
        return first(), second()
    reading, writing = os.pipe()
    try:
        child = os.fork()
    except OSError:  # no room for another process
        os.close(reading)
        os.close(writing)
        return first(), second()
    if child == 0:
        _answer(second, reading, writing)
    os.close(writing)
    try:
        with open(reading, "rb") as pipe:
            mine = first()
            raw = pipe.read()
    finally:
        # Closing the pipe ends a child that nobody listens to any more.
        _, status = os.waitpid(child, 0)
    if status:
        return mine, second()
    import marshal

    return mine, marshal.loads(raw)


def _answer(work: Callable[[], Any], reading: int, writing: int) -> None:
    """The child's whole life: it must not return into what the parent was doing."""
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
        os._exit(code)


def _forks() -> bool:
    """Linux, a second processor, and no other thread, which might hold a lock that stays shut in the child."""
    return sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1 and threading.active_count() == 1
