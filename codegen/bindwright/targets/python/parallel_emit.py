"""The files of a package, written and parsed again, by two processes where that is worth it."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Sequence
from typing import Any

from bindwright.targets.python.syntax.syntax_check import is_python

WriteFile = Callable[[], str]
"""Writes the text of one file."""

WORTH_FORKING = 1_000
"""Weight from which two processes take less time than one."""


def write_files(
    writers: dict[str, tuple[int, WriteFile]], together: Sequence[str] = ()
) -> tuple[dict[str, str], set[str]]:
    """Paths to texts, in the order of `writers`, and the paths of those that are not Python.

    Args:
        writers: path to the weight of the file, roughly in fields, and what writes it. From `WORTH_FORKING`
            together they are split into two halves of about the same weight.
        together: files whose writers use each other's results, the last of them those of all others: one
            process writes as many of them as make half of the weight.
    """
    total = sum(weight for weight, _ in writers.values())
    if total < WORTH_FORKING:
        texts, broken = _write(writers, [path for path in writers if path not in together] + [*together])
    else:
        halves = _halves(writers, together, total)
        (first, first_broken), (second, second_broken) = in_two_processes(
            lambda: _write(writers, halves[0]), lambda: _write(writers, halves[1])
        )
        texts, broken = first | second, first_broken + second_broken
    return {path: texts[path] for path in writers}, set(broken)


def _halves(
    writers: dict[str, tuple[int, WriteFile]], together: Sequence[str], total: int
) -> tuple[list[str], list[str]]:
    """The paths in two halves of about the same weight, each in the order in which they are written."""
    halves: tuple[list[str], list[str]] = ([], [])
    weights = [0, 0]
    for path in reversed(together):
        if 2 * weights[0] < total:
            halves[0].insert(0, path)
            weights[0] += writers[path][0]
    placed = set(halves[0])
    for path, (weight, _) in sorted(writers.items(), key=lambda entry: -entry[1][0]):  # large ones first
        if path not in placed:
            lighter = int(weights[1] < weights[0])
            halves[lighter].append(path)
            weights[lighter] += weight
    return halves


def _write(writers: dict[str, tuple[int, WriteFile]], paths: list[str]) -> tuple[dict[str, str], list[str]]:
    texts = {path: writers[path][1]() for path in paths}
    broken = [path for path, text in texts.items() if path.endswith(".py") and not is_python(text)]
    return texts, broken


def in_two_processes(first: Callable[[], Any], second: Callable[[], Any]) -> tuple[Any, Any]:
    """The results of two functions, computed at the same time where there are two processors.

    Neither may change anything that the other or the caller sees, and the result of `second` must be made of
    text, numbers, lists and dicts. Whatever goes wrong in the other process is done again in this one.
    """
    if not _can_fork():
        return first(), second()
    reading, writing = os.pipe()
    try:
        child = os.fork()
    except OSError:  # no room for another process
        os.close(reading)
        os.close(writing)
        return first(), second()
    if child == 0:
        _run_in_child(second, reading, writing)
    os.close(writing)
    try:
        with open(reading, "rb") as pipe:
            result = first()
            raw = pipe.read()
    finally:
        # Closing the pipe ends a child whose result nobody reads any more.
        _, status = os.waitpid(child, 0)
    if status:
        return result, second()
    import marshal

    return result, marshal.loads(raw)


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


def _can_fork() -> bool:
    """Linux, a second processor, and no other thread, which might hold a lock that stays shut in the child."""
    return sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1 and threading.active_count() == 1
