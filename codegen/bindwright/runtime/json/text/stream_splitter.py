"""Where values end in a stretch of a stream: brackets counted, strings passed over."""

from __future__ import annotations

import re
from typing import NamedTuple

_token = re.compile(
    rb'(?P<string>"(?:[^"\\]++|\\.)*+")|(?P<open>[\[{])|(?P<close>[\]}])|(?P<comma>,)'
    rb'|(?P<rest>")|(?P<plain>[^\s\x1e"\[\]{},]++)',
    re.DOTALL,
)


class Split(NamedTuple):
    """Complete values of a stretch."""

    values: list[tuple[int, int]]
    """Start and end of each."""
    consumed: int
    """Up to where the stretch is used up."""
    closed: int
    """Where the list's closing bracket stands; -1 if it did not come."""
    wrong: int
    """Where something stands that cannot; -1 if nothing."""


def split_values(data: bytes, *, final: bool) -> Split:
    """Values one after another, with white space (or RFC 7464's separator) between them."""
    return _Splitter(data, final, in_list=False).run()


def split_items(data: bytes, *, final: bool, expect_comma: bool, first: bool = True) -> Split:
    """Items of a list whose opening bracket has been read.

    Args:
        expect_comma: whether an item came just before the stretch.
        first: whether no item came before it at all: the list may be empty.
    """
    splitter = _Splitter(data, final, in_list=True)
    splitter.after_value = expect_comma
    splitter.may_close = first or expect_comma
    return splitter.run()


class _Splitter:
    def __init__(self, data: bytes, final: bool, *, in_list: bool) -> None:
        self.data = data
        self.final = final
        self.in_list = in_list
        self.after_value = False
        self.may_close = True
        self.values: list[tuple[int, int]] = []
        self.consumed = 0
        self.depth = 0
        self.start = -1

    def run(self) -> Split:
        for token in _token.finditer(self.data):
            token_kind, start, end = token.lastgroup, token.start(), token.end()
            if token_kind == "rest":
                break
            if token_kind == "open":
                if self.depth == 0 and not self._begin(start):
                    return self._wrong(start)
                self.depth += 1
            elif token_kind == "close":
                if self.depth == 0:
                    return self._close(start)
                self.depth -= 1
                if self.depth == 0:
                    self._end(end)
            elif self.depth == 0 and not self._flat(token_kind or "", start, end):
                return self._wrong(start)
        return Split(self.values, self.consumed, -1, -1)

    def _begin(self, start: int) -> bool:
        self.start = start
        return not (self.in_list and self.after_value)

    def _end(self, end: int) -> None:
        self.values.append((self.start, end))
        self.consumed = end
        self.after_value = self.may_close = True

    def _flat(self, token_kind: str, start: int, end: int) -> bool:
        """A scalar or a comma outside of all values."""
        if token_kind == "comma":
            allowed = self.in_list and self.after_value
            self.after_value = self.may_close = False
            self.consumed = end
            return allowed
        if not self._begin(start):
            return False
        # A number at the end of the stretch may go on in the next one.
        if end < len(self.data) or self.final or token_kind == "string":
            self._end(end)
        return True

    def _close(self, start: int) -> Split:
        if self.in_list and self.may_close and self.data[start] == 0x5D:
            return Split(self.values, start + 1, start, -1)
        return self._wrong(start)

    def _wrong(self, start: int) -> Split:
        return Split(self.values, self.consumed, -1, start)
