"""Where values end in a stretch of a stream: brackets counted, strings passed over.

A value that does not end in the stretch is looked at closely: one that lacks a bracket is none with the lines behind it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from bindwright.standards.regular_expressions import possessive

_token = re.compile(
    possessive(
        rb'(?P<string>"(?:[^"\\]++|\\.)*+")|(?P<open>[\[{])|(?P<close>[\]}])|(?P<comma>,)'
        rb'|(?P<rest>")|(?P<plain>[^\s\x1e"\[\]{},]++)'
    ),
    re.DOTALL,
)

_CHARACTERS = rb'"(?:[^"\\\x00-\x1f]++|\\[^\x00-\x1f])*+'
_strict_token = re.compile(
    possessive(
        rb"(?P<string>%b\")|(?P<open>[\[{])|(?P<close>[\]}])|(?P<comma>,)|(?P<colon>:)|(?P<rest>%b\\?\Z)"
        rb'|(?P<plain>[^\s\x1e"\[\]{},:]++)|(?P<broken>%b\\?[\x00-\x1f])' % ((_CHARACTERS,) * 3)
    )
)
"""``rest`` is a string that the stretch ends in; ``broken`` one that has a control character, a line's end above all."""

_FIRST, _KEY, _COLON, _VALUE, _AFTER = range(5)
"""What may come within a value: anything that begins it, or its end; a name; its colon; a value; a comma or an end."""


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
    broken: tuple[int, int] | None = None
    """Of the value that does not end, where it cannot be one: its start, and the end of what says why."""


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
                if self.depth == 0:
                    self.start = start
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
        else:
            if self.depth == 0:
                return Split(self.values, self.consumed, -1, -1)
        end = fault_of(self.data, self.start)
        return Split(self.values, self.consumed, -1, -1, None if end < 0 else (self.start, end))

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


def fault_of(data: bytes, start: int = 0) -> int:
    """The end of what shows that a text cannot be JSON, whatever comes behind it; -1: it still may."""
    return _Value(data, start).fault()


class _Value:
    """The tokens of one value by the grammar of RFC 8259, as far as they are there."""

    def __init__(self, data: bytes, start: int) -> None:
        self.data = data
        self.start = start
        self.around: list[int] = []
        """The brackets that are open."""
        self.next = _VALUE

    def fault(self) -> int:
        """See `fault_of`."""
        before = self.start
        for token in _strict_token.finditer(self.data, self.start):
            token_kind, start, end = token.lastgroup or "", token.start(), token.end()
            if token_kind == "rest":
                break
            if not self._takes(token_kind, self.data[start]):
                # A bracket in another line begins what comes behind a value that does not end.
                is_next = token_kind == "open" and b"\n" in self.data[before:start]
                return before if is_next else end
            before = end
        return -1

    def _takes(self, token_kind: str, sign: int) -> bool:
        """Whether a token may stand there."""
        before, is_object = self.next, bool(self.around) and self.around[-1] == 0x7B
        may_begin = before == _VALUE or (before == _FIRST and not is_object)
        self.next = _AFTER
        if token_kind == "string" and is_object and before in (_FIRST, _KEY):
            self.next = _COLON
        elif token_kind in ("string", "plain"):
            return may_begin
        elif token_kind == "open":
            self.next = _FIRST
            self.around.append(sign)
            return may_begin
        elif token_kind == "close":
            return before in (_FIRST, _AFTER) and bool(self.around) and self.around.pop() + 2 == sign
        elif token_kind == "comma":
            self.next = _KEY if is_object else _VALUE
            return before == _AFTER
        elif token_kind == "colon":
            self.next = _VALUE
            return before == _COLON
        else:
            return False
        return True
