"""Where the items of a page are and what the next page is: sans-I/O (``x-pagination``)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bindwright.runtime.http.model.message import Headers, Request, put
from bindwright.runtime.http.model.operation import Operation, Pagination
from bindwright.runtime.model import UNSET
from bindwright.runtime.wire import KEY

_LINK = re.compile(r"<([^>]*)>((?:\s*;\s*[^\s;,=]+\s*=\s*(?:\"[^\"]*\"|[^\s;,\"]*))*)")
_REL = re.compile(r";\s*rel\s*=\s*(?:\"([^\"]*)\"|([^\s;,\"]*))", re.IGNORECASE)


def place(where: str, value: Any, headers: Headers) -> Any:
    """What stands at a JSON pointer of the body, or at a runtime expression; None where nothing does."""
    if where.startswith("$response.header."):
        return headers.get(where.removeprefix("$response.header."))
    pointer = where.removeprefix("$response.body").removeprefix("#")
    current = value
    for token in pointer.split("/")[1:]:
        current = _member(current, token.replace("~1", "/").replace("~0", "~"))
        if current is None or current is UNSET:
            return None
    return current


def _member(value: Any, name: str) -> Any:
    if isinstance(value, Mapping):
        return value.get(name)
    if isinstance(value, (list, tuple)):
        return value[int(name)] if name.isdigit() and int(name) < len(value) else None
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
    """The next page: other arguments, or another URL."""

    __slots__ = ("arguments", "url")

    def __init__(self, arguments: Mapping[str, Any] | None = None, url: str | None = None) -> None:
        self.arguments, self.url = arguments, url


def next_of(
    operation: Operation, arguments: Mapping[str, Any], value: Any, headers: Headers, items: list[Any]
) -> Next | None:
    """What comes after a page; None: it is the last one."""
    pagination = operation.pagination
    if pagination is None:
        return None
    if pagination.more is not None and place(pagination.more, value, headers) in (None, False, "false", 0):
        return None
    if pagination.style == "link":
        url = next_link(headers.get("link", ""))
        return Next(url=url) if url else None
    if pagination.style == "next":
        url = place(pagination.next or "", value, headers)
        return Next(url=str(url)) if url else None
    if pagination.style == "cursor":
        cursor = place(pagination.next or "", value, headers)
        return _moved(pagination, arguments, cursor) if cursor not in (None, "") else None
    return _counted(pagination, arguments, value, headers, len(items))


def follow(request: Request) -> None:
    """Make a request one that follows a link: what was asked for by POST is in the link's URL now."""
    if request.method in ("GET", "HEAD"):
        return
    request.method, request.body, request.length, request.restart = "GET", None, None, None
    for name in ("Content-Type", "Content-Length"):
        put(request.headers, name, None)


def _counted(
    pagination: Pagination, arguments: Mapping[str, Any], value: Any, headers: Headers, count: int
) -> Next | None:
    """Offsets and page numbers end with an empty page, a short one, or where the total says."""
    if count == 0:
        return None
    argument = arguments.get(pagination.parameter or "")
    now = int(argument) if argument is not None and argument is not UNSET else pagination.first
    size = arguments.get(pagination.size_parameter or "")
    size = int(size) if size is not None and size is not UNSET else None
    if size is not None and count < size and pagination.more is None:
        return None
    following = now + count if pagination.style == "offset" else now + 1
    total = place(pagination.total, value, headers) if pagination.total else None
    if total is not None:
        reached = (
            following if pagination.style == "offset" else (following - pagination.first) * (size or count)
        )
        if reached - (pagination.first if pagination.style == "offset" else 0) >= int(total):
            return None
    return _moved(pagination, arguments, following)


def _moved(pagination: Pagination, arguments: Mapping[str, Any], value: Any) -> Next:
    return Next({**arguments, pagination.parameter or "": value})


def next_link(header: str) -> str | None:
    """The target of the first link with relation ``next`` (RFC 8288, 3)."""
    for target, parameters in _LINK.findall(header):
        match = _REL.search(parameters)
        if match and "next" in (match[1] or match[2] or "").lower().split():
            return str(target)
    return None
