"""What answers in pages hold: one list, and members that tell of the page."""

from __future__ import annotations

from collections.abc import Mapping

from bindwright.ir.lowering.context import Lowering
from bindwright.ir.model import Array, Object, Property, Scalar, Use

TOTALS = ("total", "total_count", "totalCount", "total_items", "totalItems", "totalResults")
"""Not ``count``: of all items with some, of those on the page with others, where the rest would be lost."""


SIZES = ("limit", "per_page", "perPage", "page_size", "pageSize", "size")


BESIDE = frozenset(
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


PAGE_FACTS = ("meta", "metadata", "response_metadata", "page_info", "pageInfo", "pagination", "paging")
"""Members that tell of the page and hold no items."""


def item_list(context: Lowering, type_: Object) -> str | None:
    """The name of the only member that is a list of what was asked for; None where there is none, or several."""
    return only_list(context, {member.name: member for member in type_.properties})


def is_list(context: Lowering, member: Property) -> bool:
    return isinstance(context.types[member.use.type], Array)


def only_list(context: Lowering, members: Mapping[str, Property]) -> str | None:
    lists = [name for name, member in members.items() if name not in BESIDE and is_list(context, member)]
    return lists[0] if len(lists) == 1 else None


def is_text(context: Lowering, use: Use) -> bool:
    type_ = context.types[use.type]
    return isinstance(type_, Scalar) and type_.base == "string"


def is_url(context: Lowering, use: Use) -> bool:
    type_ = context.types[use.type]
    return isinstance(type_, Scalar) and type_.format in ("uri", "uri-reference", "url")


def members_of(context: Lowering, members: Mapping[str, Property], name: str) -> Mapping[str, Property]:
    """The members of a member; empty where it is no object, or not there."""
    type_ = context.types[members[name].use.type] if name in members else None
    return {member.name: member for member in type_.properties} if isinstance(type_, Object) else {}
