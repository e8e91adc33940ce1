"""Pages told by well-known signs.

What is told must be right: a list that is taken for paged, and is not, would lose its other members. Each sign
here is a pair, in the request and in the answer, that nothing but paging has.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bindwright.ir.lowering.context import Lowering
from bindwright.ir.lowering.operations.paging_places import (
    BODY,
    MISSING,
    first_page,
    member_at,
    parameter_of,
    success_of,
)
from bindwright.ir.model import Array, Json, Object, Operation, Property, Scalar, Use
from bindwright.standards.json_pointer import escape, split
from bindwright.standards.media_types import kind_of

_TOTALS = ("total", "total_count", "totalCount", "total_items", "totalItems", "totalResults")
"""Not ``count``: of all items with some, of those on the page with others, where the rest would be lost."""
_SIZES = ("limit", "per_page", "perPage", "page_size", "pageSize", "size")


def infer(context: Lowering, operation: Operation) -> Json:
    """The paging of an operation by its signs; None: it has none."""
    success = success_of(operation)
    if success is None:
        return None
    type_ = context.types[success.type]
    azure = operation.extensions.get("x-ms-pageable")
    if isinstance(azure, Mapping):
        return _azure(type_, azure)
    names = {parameter.name for parameter in operation.parameters if parameter.location == "query"}
    link = _by_link(context, operation, type_, names)
    if link is not None or not isinstance(type_, Object):
        return link
    members = {member.name: member for member in type_.properties}
    for sign in _SIGNS:
        paging = sign(context, operation, members, names)
        if paging is not None:
            return paging
    return None


def _azure(type_: Any, pageable: Mapping[Any, Json]) -> Json:
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


def _by_link(context: Lowering, operation: Operation, type_: Any, names: set[str]) -> Json:
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
    items = _one_list(context, type_) if isinstance(type_, Object) else None
    return {"style": "link", "items": f"/{items}"} if items is not None else None


def _is_followed(operation: Operation) -> bool:
    """Whether a URL leads on: it is asked for by GET, and does not hold what the body of a POST asks for."""
    return operation.method == "GET"


_BESIDE = frozenset(
    {
        "errors",
        "failedLocations",
        "unreachable",
        "unreachableLocations",
        "unreachable_locations",
        "unreachables",
        "warnings",
    }
)
"""Lists that tell of the answer itself: what it could not reach (Google's AIP-217), what went wrong."""


def _one_list(context: Lowering, type_: Object) -> str | None:
    """The one member that is a list of what was asked for."""
    return _only_list(context, {member.name: member for member in type_.properties})


def _is_list(context: Lowering, member: Property) -> bool:
    return isinstance(context.types[member.use.type], Array)


def _only_list(context: Lowering, members: Mapping[str, Property]) -> str | None:
    lists = [name for name, member in members.items() if name not in _BESIDE and _is_list(context, member)]
    return lists[0] if len(lists) == 1 else None


_TOKENS = (
    ("pageToken", "nextPageToken"),  # Google
    ("page_token", "next_page_token"),
    ("NextToken", "NextToken"),  # AWS
    ("nextToken", "nextToken"),
    ("nextToken", "NextToken"),
    ("next_token", "next_token"),
    ("PageToken", "NextPageToken"),
    ("Marker", "NextMarker"),
    ("marker", "nextMarker"),
    ("Marker", "Marker"),  # behind NextMarker: beside that it says again what was asked for
    ("next_page_token", "next_page_token"),  # Zoom
)


def _by_token(
    context: Lowering, operation: Operation, members: Mapping[str, Property], names: set[str]
) -> Json:
    """A token of the answer that the next request gives back, in the query or in the body."""
    return _given_back(context, operation, members, names, _TOKENS, [("", members)])


def _given_back(
    context: Lowering,
    operation: Operation,
    members: Mapping[str, Property],
    names: set[str],
    pairs: tuple[tuple[str, str], ...],
    places: list[tuple[str, Mapping[str, Property]]],
) -> Json:
    """The style `cursor` of one list, by a parameter and the text that it is given.

    Args:
        pairs: a parameter, or a member of the body, and the member of the answer that it takes.
        places: where such members may stand: a pointer, and what is there.
    """
    items = _only_list(context, members)
    if items is None:
        return None
    body = _body_members(context, operation)
    for parameter, following in pairs:
        where = parameter if parameter in names else f"{BODY}/{parameter}" if parameter in body else None
        for place, inner in places if where is not None else ():
            if following in inner and _is_text(context, inner[following].use):
                return {
                    "style": "cursor",
                    "parameter": where,
                    "next": f"{place}/{following}",
                    "items": f"/{items}",
                }
    return None


def _is_text(context: Lowering, use: Use) -> bool:
    type_ = context.types[use.type]
    return isinstance(type_, Scalar) and type_.base == "string"


def _body_members(context: Lowering, operation: Operation) -> set[str]:
    contents = operation.body.contents if operation.body is not None else []
    use = next((content.use for content in contents if kind_of(content.media_type) == "json"), None)
    type_ = context.types[use.type] if use is not None else None
    return {member.name for member in type_.properties} if isinstance(type_, Object) else set()


def _by_kubernetes(
    context: Lowering, operation: Operation, members: Mapping[str, Property], names: set[str]
) -> Json:
    """``limit`` and ``continue``, with ``metadata.continue``."""
    if not {"continue", "limit"} <= names or not {"metadata", "items"} <= members.keys():
        return None
    if not _is_list(context, members["items"]):
        return None
    if member_at(context, members["metadata"].use, ["continue"]) in (MISSING, None):
        return None
    return {
        "style": "cursor", "parameter": "continue", "size_parameter": "limit", "next": "/metadata/continue",
        "items": "/items",
    }  # fmt: skip


def _by_links_in_body(
    context: Lowering, operation: Operation, members: Mapping[str, Property], names: set[str]
) -> Json:
    """``next``, ``previous`` and ``results`` (Django REST framework).

    ``next`` is a URL if it says so, or if a parameter moves that the URL would hold; else it may be a token.
    """
    if not {"next", "previous", "results"} <= members.keys() or not _is_list(context, members["results"]):
        return None
    if not _is_followed(operation) or not _is_text(context, members["next"].use):
        return None
    if not _is_url(context, members["next"].use) and not names & _MOVING:
        return None
    return {"style": "next", "next": "/next", "items": "/results"}


_MOVING = frozenset({"cursor", "limit", "offset", "page", "page_size"})


def _is_url(context: Lowering, use: Use) -> bool:
    type_ = context.types[use.type]
    return isinstance(type_, Scalar) and type_.format in ("uri", "uri-reference", "url")


_Pairs = tuple[tuple[str, tuple[str, ...]], ...]
_URLS: _Pairs = (
    ("next_page_url", ("previous_page_url", "prev_page_url")),  # Twilio, Laravel
    ("next_page_uri", ("previous_page_uri",)),
    ("nextPageUrl", ("previousPageUrl", "prevPageUrl")),
)
_LINKS: _Pairs = (*_URLS, ("next", ("prev", "previous")))  # JSON:API
_PAGE_FACTS = ("meta", "metadata", "response_metadata", "page_info", "pageInfo", "pagination", "paging")
"""Members that tell of the page and hold no items."""


def _by_urls(
    context: Lowering, operation: Operation, members: Mapping[str, Property], names: set[str]
) -> Json:
    """The URLs of the next page and of the one before, beside the list or in a member for what pages are."""
    items = _only_list(context, members)
    if items is None or not _is_followed(operation):
        return None
    places: list[tuple[str, Mapping[str, Property], _Pairs]] = [("", members, _URLS)]
    places += [(f"/{name}", _members(context, members, name), _URLS) for name in _PAGE_FACTS]
    places += [("/links", _members(context, members, "links"), _LINKS)]
    for place, inner, pairs in places:
        for following, before in pairs:
            named = following in inner and any(name in inner for name in before)
            if named and _is_text(context, inner[following].use):
                return {"style": "next", "next": f"{place}/{following}", "items": f"/{items}"}
    return None


_NEXT_URLS = (
    "next", "nextLink", "next_link", "nextUrl", "next_url", "nextPage", "next_page", "@odata.nextLink",
)  # fmt: skip
_ABOUT_PAGES = frozenset((
    *_BESIDE, *_NEXT_URLS, *_PAGE_FACTS, *_TOTALS, *_SIZES,
    "count", "@odata.context", "@odata.count", "links", "self",
    "first", "firstLink", "last", "lastLink", "prev", "prevLink", "previous", "previousLink",
    "has_more", "hasMore", "offset", "page", "pages", "total_pages", "totalPages",
))  # fmt: skip
"""Members that a page may have beside its items: one with others is a thing of its own (a chapter with the next one)."""


def _by_next_url(
    context: Lowering, operation: Operation, members: Mapping[str, Property], names: set[str]
) -> Json:
    """A member for what comes next that is a URL, in an answer that holds one list and nothing else.

    Either may stand one level down (``{data: {items: [...]}, paging: {next: ...}}``).
    """
    leaves = _leaves(context, members)
    lists = [place for place, member in leaves.items() if _is_list(context, member)]
    lists = [place for place in lists if _name(place) not in _BESIDE]
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
        inner = _members(context, members, name)
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
    return _is_url(context, use) or (takes_nothing and _is_text(context, use))


_CURSORS = (
    ("cursor", "next_cursor"),  # Slack, Discourse
    ("cursor", "nextCursor"),
    ("start_cursor", "next_cursor"),  # Notion
    ("marker", "next_marker"),  # Box
)


def _by_cursor(
    context: Lowering, operation: Operation, members: Mapping[str, Property], names: set[str]
) -> Json:
    """A cursor of the answer, beside the list or in a member for what pages are, that a parameter takes."""
    places = [("", members), *((f"/{name}", _members(context, members, name)) for name in _PAGE_FACTS)]
    following = _members(context, _members(context, members, "paging"), "next")
    return _given_back(context, operation, members, names, _CURSORS, places) or _given_back(
        context,
        operation,
        members,
        names,
        (("after", "after"),),
        [("/paging/next", following)],  # HubSpot
    )


def _members(context: Lowering, members: Mapping[str, Property], name: str) -> Mapping[str, Property]:
    """The members of a member; empty where it is no object, or not there."""
    type_ = context.types[members[name].use.type] if name in members else None
    return {member.name: member for member in type_.properties} if isinstance(type_, Object) else {}


_SIDES = (
    ("starting_after", "ending_before"),  # Stripe
    ("after", "before"),  # OpenAI
    ("after_id", "before_id"),  # Anthropic
)


def _by_last_item(
    context: Lowering, operation: Operation, members: Mapping[str, Property], names: set[str]
) -> Json:
    """``starting_after`` with ``has_more`` and items that have an ``id``, or a ``last_id`` beside them.

    With ``ending_before`` the pages follow each other the other way: what stands before the first item.
    """
    sides = next(((after, before) for after, before in _SIDES if after in names), None)
    if sides is None or not {"has_more", "data"} <= members.keys():
        return None
    list_ = context.types[members["data"].use.type]
    if not isinstance(list_, Array) or list_.items is None:
        return None
    parameter, before = sides
    back = {"back": before} if before in names else {}
    facts = {"parameter": parameter, "items": "/data", "more": "/has_more"}
    if parameter != "starting_after" and "last_id" in members:
        if back and "first_id" in members:
            back["previous"] = "/first_id"
        return {"style": "cursor", "next": "/last_id", **facts, **(back if "previous" in back else {})}
    if not _has_id(context, list_.items):
        return None
    return {"style": "last", "next": "/id", **facts, **back}


def _has_id(context: Lowering, use: Use) -> bool:
    type_ = context.types[use.type]
    if isinstance(type_, Object):
        return any(member.name == "id" for member in type_.properties)
    uses = getattr(type_, "members", [])
    return bool(uses) and all(isinstance(member, Use) and _has_id(context, member) for member in uses)


def _by_count(
    context: Lowering, operation: Operation, members: Mapping[str, Property], names: set[str]
) -> Json:
    """A page's number or an offset, with a size, a total and one list; it must be told where numbers begin."""
    items = _only_list(context, members)
    total = next((name for name in _TOTALS if name in members), None)
    size = next((name for name in _SIZES if name in names), None)
    if items is None or total is None or size is None:
        return None
    facts = {"items": f"/{items}", "total": f"/{total}", "size_parameter": size}
    for name in ("offset", "skip"):
        if name in names and "page" not in names:
            return {"style": "offset", "parameter": name, **facts}
    first = first_page(parameter_of(operation, "page"))
    return {"style": "page", "parameter": "page", "first": first, **facts} if first is not None else None


_SIGNS = (
    _by_token,
    _by_cursor,
    _by_kubernetes,
    _by_links_in_body,
    _by_urls,
    _by_next_url,
    _by_last_item,
    _by_count,
)
"""In this order: what leads on by itself comes before what has to be counted."""
