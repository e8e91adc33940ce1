"""Signs of pages that follow each other by a token, a cursor or the last item."""

from __future__ import annotations

from collections.abc import Mapping

from bindwright.ir.lowering.context import Lowering
from bindwright.ir.lowering.operations.paging.members import (
    PAGE_FACTS,
    is_list,
    is_text,
    members_of,
    only_list,
)
from bindwright.ir.lowering.operations.paging.places import (
    BODY,
    MISSING,
    member_at,
)
from bindwright.ir.model import Array, Json, Object, Operation, Property, Use
from bindwright.standards.media_types import kind_of

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


def by_token(
    context: Lowering, operation: Operation, members: Mapping[str, Property], names: set[str]
) -> Json:
    """A token of the answer that the next request gives back, in the query or in the body."""
    return _by_token(context, operation, members, names, _TOKENS, [("", members)])


def _by_token(
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
    items = only_list(context, members)
    if items is None:
        return None
    body = _body_members(context, operation)
    for parameter, following in pairs:
        where = parameter if parameter in names else f"{BODY}/{parameter}" if parameter in body else None
        for place, inner in places if where is not None else ():
            if following in inner and is_text(context, inner[following].use):
                return {
                    "style": "cursor",
                    "parameter": where,
                    "next": f"{place}/{following}",
                    "items": f"/{items}",
                }
    return None


def _body_members(context: Lowering, operation: Operation) -> set[str]:
    contents = operation.body.contents if operation.body is not None else []
    use = next((content.use for content in contents if kind_of(content.media_type) == "json"), None)
    type_ = context.types[use.type] if use is not None else None
    return {member.name for member in type_.properties} if isinstance(type_, Object) else set()


def by_kubernetes(
    context: Lowering, operation: Operation, members: Mapping[str, Property], names: set[str]
) -> Json:
    """``limit`` and ``continue``, with ``metadata.continue``."""
    if not {"continue", "limit"} <= names or not {"metadata", "items"} <= members.keys():
        return None
    if not is_list(context, members["items"]):
        return None
    if member_at(context, members["metadata"].use, ["continue"]) in (MISSING, None):
        return None
    return {
        "style": "cursor", "parameter": "continue", "size_parameter": "limit", "next": "/metadata/continue",
        "items": "/items",
    }  # fmt: skip


_CURSORS = (
    ("cursor", "next_cursor"),  # Slack, Discourse
    ("cursor", "nextCursor"),
    ("start_cursor", "next_cursor"),  # Notion
    ("marker", "next_marker"),  # Box
)


def by_cursor(
    context: Lowering, operation: Operation, members: Mapping[str, Property], names: set[str]
) -> Json:
    """A cursor of the answer, beside the list or in a member for what pages are, that a parameter takes."""
    places = [("", members), *((f"/{name}", members_of(context, members, name)) for name in PAGE_FACTS)]
    following = members_of(context, members_of(context, members, "paging"), "next")
    return _by_token(context, operation, members, names, _CURSORS, places) or _by_token(
        context,
        operation,
        members,
        names,
        (("after", "after"),),
        [("/paging/next", following)],  # HubSpot
    )


_SIDES = (
    ("starting_after", "ending_before"),  # Stripe
    ("after", "before"),  # OpenAI
    ("after_id", "before_id"),  # Anthropic
)


def by_last_item(
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
