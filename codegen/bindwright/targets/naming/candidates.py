"""Candidates for a name, best first."""

from __future__ import annotations

from collections.abc import Iterator


class Candidates:
    """Candidates computed on demand: mostly the first one is free.

    May be iterated over again, but not by two at once.
    """

    __slots__ = ("_rest", "_yielded")

    def __init__(self, rest: Iterator[str]) -> None:
        self._yielded: list[str] = []
        self._rest = rest

    def __iter__(self) -> Iterator[str]:
        yield from self._yielded
        for name in self._rest:
            self._yielded.append(name)
            yield name
