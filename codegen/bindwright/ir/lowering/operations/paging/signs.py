"""Pages told by well-known signs.

What is told must be right: a list that is taken for paged, and is not, would lose its other members. A sign is
what nothing but paging has: a pair in the request and in the answer, or a URL beside one list and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping

from bindwright.ir.lowering.context import Lowering
from bindwright.ir.lowering.operations.paging.counts import by_count
from bindwright.ir.lowering.operations.paging.places import success_of
from bindwright.ir.lowering.operations.paging.tokens import by_cursor, by_kubernetes, by_last_item, by_token
from bindwright.ir.lowering.operations.paging.urls import (
    by_azure,
    by_link_header,
    by_links_in_body,
    by_next_url,
    by_urls,
)
from bindwright.ir.model import Json, Object, Operation


def infer(context: Lowering, operation: Operation) -> Json:
    """The paging of an operation by its signs; None: it has none."""
    success = success_of(operation)
    if success is None:
        return None
    type_ = context.types[success.type]
    azure = operation.extensions.get("x-ms-pageable")
    if isinstance(azure, Mapping):
        return by_azure(type_, azure)
    names = {parameter.name for parameter in operation.parameters if parameter.location == "query"}
    link = by_link_header(context, operation, type_, names)
    if link is not None or not isinstance(type_, Object):
        return link
    members = {member.name: member for member in type_.properties}
    for sign in _SIGNS:
        paging = sign(context, operation, members, names)
        if paging is not None:
            return paging
    return None


_SIGNS = (
    by_token,
    by_cursor,
    by_kubernetes,
    by_links_in_body,
    by_urls,
    by_next_url,
    by_last_item,
    by_count,
)
"""In this order: what leads on by itself comes before what has to be counted."""
