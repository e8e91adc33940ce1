"""Pages of the mock's own answers: each list has two, and says so by the signs that its document describes.

Without this every page would lead to a next one, and a client that goes through all of them would never end.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from attrs import frozen

from bindwright.ir.model import Pagination, Use
from bindwright.serve.exchange import Exchange
from bindwright.serve.message import Headers, Request
from bindwright.serve.validation.json_values import Checker
from bindwright.standards import json_pointer

_MARK = "mock-page"
"""The parameter of the URLs that lead on; no document has it."""
_BODY = "$request.body#"
_HEADER = "$response.header."
_REMOVED: Final = object()


@frozen
class ListPage:
    """A page: the value of its body, and the header fields that lead on."""

    value: Any
    headers: Headers = ()
    without: frozenset[str] = frozenset()
    """Names of header fields that it must not have."""


def paged(
    exchange: Exchange, body: Any, samples: Sequence[Any], use: Use | None, checker: Checker
) -> ListPage:
    """The page that a request asks for; `samples` are whole answers for the pages, `body` is the request's."""
    pages = exchange.operation.pages
    if pages is None or use is None or not isinstance(samples[0], dict | list):
        return ListPage(samples[0])
    return _Paging(pages, exchange.request, use, checker).page(samples, _position(pages, exchange, body))


def _position(pages: Pagination, exchange: Exchange, body: Any) -> int:
    """Which page is asked for, counted from 0; with offsets, which item."""
    if pages.style in ("link", "next"):
        marks = dict(parse_qsl(exchange.request.query))
        return int(_MARK in marks)
    argument = _argument(pages.parameter or "", exchange, body)
    if pages.style in ("cursor", "last"):
        back = _argument(pages.back, exchange, body) if pages.back is not None else None
        return int(argument not in (None, "") or back not in (None, ""))
    try:
        number = int(argument)
    except (TypeError, ValueError):
        return 0
    first = pages.first if pages.first is not None else int(pages.style == "page")
    return max(number - first, 0)


def _argument(parameter: str, exchange: Exchange, body: Any) -> Any:
    if parameter.startswith(_BODY):
        try:
            return json_pointer.resolve(body, parameter.removeprefix(_BODY))
        except KeyError:
            return None
    return exchange.arguments.of("query").get(parameter, exchange.arguments.of("header").get(parameter))


@frozen
class _Paging:
    """Writes one page's items and signs into a sample."""

    pages: Pagination
    request: Request
    use: Use
    checker: Checker

    def page(self, samples: Sequence[Any], position: int) -> ListPage:
        lists = [self._items(sample) for sample in samples]
        if lists[0] == lists[1]:  # clients take the same page twice for a server that does not move on
            lists[1] = []
        index = position
        if self.pages.style == "offset":
            index = sum(position >= end for end in accumulate(map(len, lists)))
        is_last = index >= len(lists) - 1
        value = copy.deepcopy(samples[min(index, len(lists) - 1)])
        items = lists[index] if index < len(lists) and not (is_last and self.pages.style == "last") else []
        value = self._with(value, self.pages.items, [items])
        if self.pages.more is not None:
            value = self._with(value, self.pages.more, [not is_last])
        if self.pages.total is not None:
            value = self._with(value, self.pages.total, [sum(map(len, lists))])
        if self.pages.style == "link":
            fields = () if is_last else (("Link", f'<{self._url(index + 1)}>; rel="next"'),)
            return ListPage(value, fields, frozenset({"link"}))
        if self.pages.style in ("cursor", "next") and self.pages.next is not None:
            return self._next(value, self.pages.next, index, is_last)
        return ListPage(value)

    def _next(self, value: Any, place: str, index: int, is_last: bool) -> ListPage:
        """The value with the cursor or URL of the next page, or without one."""
        url = self._url(index + 1)
        choices: list[Any] = [url] if self.pages.style == "next" else [f"page{index + 2}", index + 2]
        if place.startswith(_HEADER):
            name = place.removeprefix(_HEADER)
            return ListPage(value, () if is_last else ((name, str(choices[0])),), frozenset({name.lower()}))
        return ListPage(self._with(value, place, [_REMOVED, None, ""] if is_last else choices))

    def _url(self, number: int) -> str:
        """The request's own address, marked; absolute where the request says its host."""
        pairs = [pair for pair in parse_qsl(self.request.query, keep_blank_values=True) if pair[0] != _MARK]
        target = f"{self.request.path}?{urlencode([*pairs, (_MARK, str(number + 1))])}"
        host = self.request.header("host")
        return f"http://{host}{target}" if host else target

    def _items(self, value: Any) -> list[Any]:
        try:
            items = json_pointer.resolve(value, _pointer(self.pages.items))
        except KeyError:
            return []
        return items if isinstance(items, list) else []

    def _with(self, value: Any, place: str, choices: list[Any]) -> Any:
        """The value with the first choice at a place that its schema accepts; else as it is."""
        changed = list(_changed(value, _pointer(place), choices))
        for candidate in changed:
            if not self.checker.check(candidate, self.use):
                return candidate
        return changed[0] if changed else value


def _pointer(place: str) -> str:
    return place.removeprefix("$response.body").removeprefix("#")


def _changed(value: Any, pointer: str, choices: list[Any]) -> Iterator[Any]:
    """Copies of a value with each choice at a pointer; objects on the way are made where they are missing."""
    *tokens, last = json_pointer.split(pointer) or [""]
    for choice in choices:
        if not pointer:
            yield choice
            continue
        candidate = copy.deepcopy(value)
        parent = candidate
        for token in tokens:
            parent = parent.setdefault(token, {}) if isinstance(parent, dict) else None
        if not isinstance(parent, dict):
            return
        if choice is _REMOVED:
            parent.pop(last, None)
        else:
            parent[last] = choice
        yield candidate
