"""Signs of pages that follow each other by a URL."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bindwright.ir.lowering.context import Lowering
from bindwright.ir.lowering.operations.paging.members import (
    BESIDE,
    PAGE_FACTS,
    SIZES,
    TOTALS,
    is_list,
    is_text,
    is_url,
    item_list,
    members_of,
    only_list,
)
from bindwright.ir.model import Array, Json, Object, Operation, Property, Use
from bindwright.standards.json_pointer import escape, split


def by_azure(type_: Any, pageable: Mapping[Any, Json]) -> Json:
    """AutoRest's ``x-ms-pageable``; ``nextLinkName: null`` says that there is one page.

    Where another operation gives the next page (``operationName``), the link is that operation's argument and
    no URL.
    """
    if pageable.get("operationName"):
        return None
    following = pageable.get("nextLinkName", "nextLink")
    items = pageable.get("itemName") or "value"
    names = [member.name for member in type_.properties] if isinstance(type_, Object) else []
    if following not in names or items not in names:  # anything may stand in an extension
        return None
    return {"style": "next", "next": f"/{following}", "items": f"/{items}"}


def by_link_header(context: Lowering, operation: Operation, type_: Any, names: set[str]) -> Json:
    """A documented ``Link`` header beside a parameter that moves (GitHub)."""
    linked = _is_followed(operation) and any(
        header.name.lower() == "link"
        for response in operation.responses
        if response.status[:1] == "2"
        for header in response.headers
    )
    if not linked or not names & {"page", "per_page", "cursor", "after", "since", "page_token"}:
        return None
    if isinstance(type_, Array):
        return {"style": "link"}
    items = item_list(context, type_) if isinstance(type_, Object) else None
    return {"style": "link", "items": f"/{items}"} if items is not None else None


def _is_followed(operation: Operation) -> bool:
    """Whether a URL leads on: it is asked for by GET, and does not hold what the body of a POST asks for."""
    return operation.method == "GET"


def by_links_in_body(
    context: Lowering, operation: Operation, members: Mapping[str, Property], names: set[str]
) -> Json:
    """``next``, ``previous`` and ``results`` (Django REST framework).

    ``next`` is a URL if it says so, or if a parameter moves that the URL would hold; else it may be a token.
    """
    if not {"next", "previous", "results"} <= members.keys() or not is_list(context, members["results"]):
        return None
    if not _is_followed(operation) or not is_text(context, members["next"].use):
        return None
    if not is_url(context, members["next"].use) and not names & _MOVING:
        return None
    return {"style": "next", "next": "/next", "items": "/results"}


_MOVING = frozenset({"cursor", "limit", "offset", "page", "page_size"})


_Pairs = tuple[tuple[str, tuple[str, ...]], ...]


_URLS: _Pairs = (
    ("next_page_url", ("previous_page_url", "prev_page_url")),  # Twilio, Laravel
    ("next_page_uri", ("previous_page_uri",)),
    ("nextPageUrl", ("previousPageUrl", "prevPageUrl")),
)


_LINKS: _Pairs = (*_URLS, ("next", ("prev", "previous")))  # JSON:API


def by_urls(
    context: Lowering, operation: Operation, members: Mapping[str, Property], names: set[str]
) -> Json:
    """The URLs of the next page and of the one before, beside the list or in a member for what pages are."""
    items = only_list(context, members)
    if items is None or not _is_followed(operation):
        return None
    places: list[tuple[str, Mapping[str, Property], _Pairs]] = [("", members, _URLS)]
    places += [(f"/{name}", members_of(context, members, name), _URLS) for name in PAGE_FACTS]
    places += [("/links", members_of(context, members, "links"), _LINKS)]
    for place, inner, pairs in places:
        for following, before in pairs:
            named = following in inner and any(name in inner for name in before)
            if named and is_text(context, inner[following].use):
                return {"style": "next", "next": f"{place}/{following}", "items": f"/{items}"}
    return None


_NEXT_URLS = (
    "next", "nextLink", "next_link", "nextUrl", "next_url", "nextPage", "next_page", "@odata.nextLink",
)  # fmt: skip


_ABOUT_PAGES = frozenset((
    *BESIDE, *_NEXT_URLS, *PAGE_FACTS, *TOTALS, *SIZES,
    "count", "@odata.context", "@odata.count", "links", "self",
    "first", "firstLink", "last", "lastLink", "prev", "prevLink", "previous", "previousLink",
    "has_more", "hasMore", "offset", "page", "pages", "total_pages", "totalPages",
))  # fmt: skip
"""Members that a page may have beside its items: one with others is a thing of its own (a chapter with the next one)."""


def by_next_url(
    context: Lowering, operation: Operation, members: Mapping[str, Property], names: set[str]
) -> Json:
    """A member for what comes next that is a URL, in an answer that holds one list and nothing else.

    Either may stand one level down (``{data: {items: [...]}, paging: {next: ...}}``).
    """
    leaves = _leaves(context, members)
    lists = [place for place, member in leaves.items() if is_list(context, member)]
    lists = [place for place in lists if _name(place) not in BESIDE]
    if len(lists) != 1 or not _is_followed(operation):
        return None
    if any(_name(place) not in _ABOUT_PAGES for place in leaves if place != lists[0]):
        return None
    following = [
        place
        for place, member in leaves.items()
        if _name(place) in _NEXT_URLS and _leads_on(context, operation, member.use)
    ]
    return {"style": "next", "next": following[0], "items": lists[0]} if len(following) == 1 else None


def _leaves(context: Lowering, members: Mapping[str, Property]) -> dict[str, Property]:
    """Members by their pointers; those of an object in its place."""
    leaves: dict[str, Property] = {}
    for name, member in members.items():
        inner = members_of(context, members, name)
        leaves |= {f"/{escape(name)}/{escape(key)}": value for key, value in inner.items()} or {
            f"/{escape(name)}": member
        }
    return leaves


def _name(place: str) -> str:
    return split(place)[-1]


def _leads_on(context: Lowering, operation: Operation, use: Use) -> bool:
    """Whether a text is a URL: it says so, or the operation has nothing that would take a token."""
    takes_nothing = operation.body is None and all(
        parameter.location == "path" for parameter in operation.parameters
    )
    return is_url(context, use) or (takes_nothing and is_text(context, use))
