"""The files of a package as jobs: each is written, and parsed again, by itself."""

from __future__ import annotations

from collections.abc import Callable

from bindwright.targets.python.syntax.syntax_check import needs_parsing, parses

Job = Callable[[], str]
"""Writes one file."""

WORTH_HALVING = 1_000
"""Weight from which two processes take less time than one."""


def carried_out(jobs: dict[str, tuple[int, Job]]) -> tuple[dict[str, str], set[str]]:
    """The files in the order of `jobs`, large APIs in two halves of about the same weight at once."""
    total = sum(weight for weight, _ in jobs.values())
    if total < WORTH_HALVING:
        texts, broken = _write(jobs, list(jobs))
        return texts, set(broken)
    from bindwright.targets.python.fork_half import both

    halves: tuple[list[str], list[str]] = ([], [])
    weights = [0, 0]
    for path, (weight, _) in jobs.items():
        lighter = int(weights[1] < weights[0])
        halves[lighter].append(path)
        weights[lighter] += weight
    (mine, broken), (others, more) = both(lambda: _write(jobs, halves[0]), lambda: _write(jobs, halves[1]))
    texts = mine | others
    return {path: texts[path] for path in jobs}, {*broken, *more}


def _write(jobs: dict[str, tuple[int, Job]], paths: list[str]) -> tuple[dict[str, str], list[str]]:
    texts = {path: jobs[path][1]() for path in paths}
    broken = [
        path
        for path, text in texts.items()
        if path.endswith(".py") and needs_parsing(text) and not parses(text)
    ]
    return texts, broken
