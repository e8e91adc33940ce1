"""Where the items of a page are and what the next page is: sans-I/O (``x-pagination``)."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from typing import Any

from bindwright.runtime.http.model.errors import PagingError
from bindwright.runtime.http.model.message import Headers, Request, put
from bindwright.runtime.http.model.operation import Operation, Pagination
from bindwright.runtime.model import UNSET
from bindwright.runtime.wire import KEY
from bindwright.standards.json_pointer import unescape


def place(where: str, value: Any, headers: Headers) -> Any:
    """What stands at a JSON pointer of the body, or at a runtime expression; None where nothing does."""
    if where.startswith("$response.header."):
        return headers.get(where.removeprefix("$response.header."))
    pointer = where.removeprefix("$response.body").removeprefix("#")
    current = value
    for token in pointer.split("/")[1:]:
        current = _member(current, unescape(token))
        if current is None or current is UNSET:
            return None
    return current


def _member(value: Any, name: str) -> Any:
    if isinstance(value, Mapping):
        return value.get(name)
    if isinstance(value, (list, tuple)):
        return value[int(name)] if name.isascii() and name.isdigit() and int(name) < len(value) else None
    for field in getattr(type(value), "__attrs_attrs__", ()):
        facts = field.metadata.get(KEY)
        if (facts.name if facts is not None and facts.name is not None else field.name) == name:
            return getattr(value, field.name)
    return getattr(value, name, None) if name.isidentifier() and not name.startswith("_") else None


def items_of(pagination: Pagination, value: Any, headers: Headers) -> list[Any]:
    """The items of a page."""
    items = place(pagination.items, value, headers) if pagination.items else value
    if items is None:
        return []
    return list(items) if isinstance(items, (list, tuple)) else [items]


class Next:
    """The next page: other arguments, another body, or another URL."""

    __slots__ = ("arguments", "beyond", "body", "token", "url")

    def __init__(
        self,
        token: Any,
        arguments: Mapping[str, Any] | None = None,
        body: Any = UNSET,
        url: str | None = None,
    ) -> None:
        self.token = token
        """What tells this page from the others: its cursor, number, offset or URL."""
        self.arguments, self.body, self.url = arguments, body, url
        self.beyond = False
        """Whether the total says that there is no such page, and is not believed."""


class Position:
    """Where a page stands in its list: what was asked for, and what came before it."""

    __slots__ = ("arguments", "body", "count", "depth", "empty", "largest", "partial", "tokens")

    def __init__(self, arguments: Mapping[str, Any], body: Any) -> None:
        self.arguments, self.body = arguments, body
        self.count = 0
        """Items of the pages before this one."""
        self.largest = 0
        """Items of the largest page so far: what the server gives at most."""
        self.depth = 0
        """Pages before this one."""
        self.empty = 0
        """Pages without items right before this one."""
        self.partial = False
        """Whether the caller began somewhere in the middle, so that nobody knows how many items came before."""
        self.tokens: dict[Any, int] = {}
        """Depth of each page that was asked for, shared by all pages of one list."""

    def after(self, following: Next, count: int) -> Position:
        """The position of the next page.

        Raises:
            PagingError: it was there before; the list would never end.
        """
        token = following.url if following.url is not None else repr(following.token)
        if self.tokens.get(token, self.depth + 1) <= self.depth:
            raise PagingError(f"the pages lead in a circle, back to {str(following.token)[:60]!r}")
        arguments = self.arguments if following.arguments is None else following.arguments
        moved = Position(arguments, self.body if following.body is UNSET else following.body)
        moved.tokens, moved.depth, moved.partial = self.tokens, self.depth + 1, self.partial
        moved.count, moved.largest = self.count + count, max(self.largest, count)
        moved.empty = 0 if count else self.empty + 1
        self.tokens[token] = moved.depth
        return moved


def next_of(
    operation: Operation, position: Position, value: Any, headers: Headers, items: list[Any]
) -> Next | None:
    """What comes after a page; None: it is the last one.

    Raises:
        PagingError: the answer says that there is more, and gives no way to it.
    """
    pagination = operation.pagination
    if pagination is None:
        return None
    says_more = _says_more(pagination, value, headers)
    if says_more is False:
        return None
    if pagination.style in ("offset", "page"):
        return _counted(pagination, position, value, headers, len(items), says_more)
    following = _pointed(pagination, position, value, headers, items)
    if following is None and says_more:
        raise PagingError("the answer says that there are more items, and does not say where")
    return following


def _says_more(pagination: Pagination, value: Any, headers: Headers) -> bool | None:
    """What the answer says itself; None: nothing."""
    if pagination.more is None:
        return None
    flag = place(pagination.more, value, headers)
    if flag is None:
        return None
    return flag not in (False, 0, "", "0") and str(flag).lower() not in ("false", "no")


def _pointed(
    pagination: Pagination, position: Position, value: Any, headers: Headers, items: list[Any]
) -> Next | None:
    """The next page by a cursor or a URL."""
    if pagination.style == "link":
        url = next_link(headers.get("link", ""))
        return Next(url, url=url) if url else None
    if goes_back(pagination, position):
        return _before(pagination, position, value, headers, items)
    if pagination.style == "last":
        cursor = place(pagination.next or "", items[-1], headers) if items else None
    else:
        cursor = place(pagination.next or "", value, headers)
    if cursor in (None, "", False):
        return None
    if pagination.style == "next":
        return Next(str(cursor), url=str(cursor))
    return _moved(pagination, position, cursor)


def goes_back(pagination: Pagination, position: Position) -> bool:
    """Whether the caller asks for what stands before something, so that the pages before this one follow."""
    if pagination.back is None or position.arguments.get(pagination.back) in (None, UNSET):
        return False
    return _argument(position, pagination.parameter) in (None, UNSET)


def _before(
    pagination: Pagination, position: Position, value: Any, headers: Headers, items: list[Any]
) -> Next | None:
    if pagination.previous is not None:
        cursor = place(pagination.previous, value, headers)
    else:
        cursor = place(pagination.next or "", items[0], headers) if items else None
    if cursor in (None, "", False):
        return None
    return Next(cursor, {**position.arguments, pagination.back or "": cursor})


def follow(request: Request) -> None:
    """Make a request one that follows a link: what was asked for by POST is in the link's URL now."""
    if request.method in ("GET", "HEAD"):
        return
    request.method, request.body, request.length, request.restart = "GET", None, None, None
    for name in ("Content-Type", "Content-Length"):
        put(request.headers, name, None)


def _counted(
    pagination: Pagination,
    position: Position,
    value: Any,
    headers: Headers,
    count: int,
    says_more: bool | None,
) -> Next | None:
    """Offsets and page numbers end where the total says, or with an empty page.

    A page shorter than was asked for is the last one only if an earlier page was longer: servers cap the size
    of pages without a word. A total that is less than what came counts something else, and ends nothing.
    """
    total = _number(place(pagination.total, value, headers)) if pagination.total else None
    passed = position.count + count
    start = _current(pagination, position)
    if pagination.style == "offset":
        passed = start - (pagination.first or 0) + count
    following = _moved(pagination, position, _following(pagination, start, count))
    first = 1 if pagination.first is None else pagination.first
    if position.depth == 0 and pagination.style == "page":
        position.partial = start > first
    if count == 0:
        pages = start - first + 1 if pagination.style == "page" else 0
        return following if _is_gap(position, pages, passed, total, says_more) else None
    if total is not None and not position.partial:
        following.beyond = passed >= total
        ends = following.beyond and _is_believed(pagination, position, count, passed, total)
        return None if ends else following
    if says_more is None and count < position.largest:
        return None
    return following


_MAX_GAP = 10
"""Empty pages in a row after which nothing more is expected, though the answers say so."""


def _is_gap(position: Position, pages: int, passed: int, total: int | None, says_more: bool | None) -> bool:
    """Whether other pages follow an empty one: servers that filter what a page holds have such pages in the middle.

    Args:
        pages: how many the list has up to this one; 0: it has offsets, and an empty page moves nothing on.

    Raises:
        PagingError: the answer says that there is more, and there is not.
    """
    if not says_more:
        if total is None or passed >= total:
            return False
        # Each page was there; the total counts what the caller may not see.
        if pages * position.largest >= total:
            return False
    if pages and (says_more or position.largest) and position.empty + 1 < _MAX_GAP:
        return True
    if position.partial and not says_more:
        return False
    raise PagingError(f"an empty page, though the answer says that there are more than {passed} items")


def _is_believed(pagination: Pagination, position: Position, count: int, passed: int, total: int) -> bool:
    """Whether a list ends where its total says.

    Less than what came is no total. One that is just the number asked for may be of this page alone: one more
    request tells.
    """
    if passed > total:
        return count < position.largest
    asked = _number(_argument(position, pagination.size_parameter))
    return position.depth > 0 or asked != count


def _current(pagination: Pagination, position: Position) -> int:
    argument = _number(_argument(position, pagination.parameter))
    return argument if argument is not None else (pagination.first or 0)


def _following(pagination: Pagination, start: int, count: int) -> int:
    return start + count if pagination.style == "offset" else start + 1


def _number(value: Any) -> int | None:
    try:
        return None if value is None or value is UNSET or isinstance(value, bool) else int(value)
    except (TypeError, ValueError):
        return None


_BODY = "$request.body#"


def _argument(position: Position, parameter: str | None) -> Any:
    """What was asked for: an argument, or a member of the body."""
    if parameter is None:
        return None
    if parameter.startswith(_BODY):
        return place(parameter.removeprefix("$request.body"), position.body, Headers(()))
    return position.arguments.get(parameter)


def _moved(pagination: Pagination, position: Position, value: Any) -> Next:
    parameter = pagination.parameter or ""
    if parameter.startswith(_BODY):
        pointer = parameter.removeprefix(_BODY)
        return Next(value, body=_with(position.body, pointer.split("/")[1:], value))
    return Next(value, {**position.arguments, parameter: value})


def _with(body: Any, tokens: list[str], value: Any) -> Any:
    """A copy of a body with another value at a place."""
    if not tokens:
        return value
    name = unescape(tokens[0])
    if body is UNSET or body is None:
        body = {}
    if isinstance(body, Mapping):
        return {**body, name: _with(body.get(name), tokens[1:], value)}
    for field in getattr(type(body), "__attrs_attrs__", ()):
        facts = field.metadata.get(KEY)
        if (facts.name if facts is not None and facts.name is not None else field.name) == name:
            changed = copy.copy(body)
            setattr(changed, field.name, _with(getattr(body, field.name), tokens[1:], value))
            return changed
    raise PagingError(f"the body has no member {name!r} for the next page's cursor")


_TARGET = re.compile(r"\s*<([^>]*)>")
_PARAMETER = re.compile(
    r"\s*;\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*(?:=\s*(?:\"((?:[^\"\\]|\\.)*)\"|([^\s;,\"]*)))?"
)


def next_link(header: str) -> str | None:
    """The target of the first link with relation ``next`` (RFC 8288, 3), whatever parameters stand before it."""
    position = 0
    while (link := _TARGET.match(header, position)) is not None:
        position = link.end()
        relation: str | None = None
        while (parameter := _PARAMETER.match(header, position)) is not None:
            position = parameter.end()
            if parameter[1].lower() == "rel" and relation is None:  # the first one counts
                relation = parameter[2] if parameter[2] is not None else parameter[3]
        if "next" in (relation or "").lower().split():
            return link[1]
        comma = header.find(",", position)
        if comma < 0:
            return None
        position = comma + 1
    return None


def is_repeated(pagination: Pagination, position: Position, items: list[Any], following: list[Any]) -> bool:
    """Whether the second page is the first one again, because the list begins with page 1 and not 0.

    Where neither the document nor the caller says with which number it begins, 0 is tried.

    Raises:
        PagingError: the server gives one page for ever, whatever is asked for.
    """
    if pagination.style not in ("offset", "page") or not items or items != following:
        return False
    unknown = pagination.first is None and _number(_argument(position, pagination.parameter)) is None
    if pagination.style == "page" and position.depth == 0 and unknown:
        return True
    raise PagingError("the server gives the same page again")


def ends_with_404(pagination: Pagination, following: Next) -> bool:
    """Whether a page that does not exist is the end: nothing else says how many there are."""
    if following.beyond:
        return True
    return pagination.style in ("offset", "page") and pagination.total is None and pagination.more is None
