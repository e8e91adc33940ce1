"""Operations: which is which, and what changed around their values."""

from __future__ import annotations

import re
from typing import Literal

from bindwright.changes.access import compare_credentials, compare_operation_servers, compare_servers
from bindwright.changes.bodies import compare_body, compare_responses
from bindwright.changes.findings import Context
from bindwright.changes.parameters import compare_parameters
from bindwright.changes.reach import uses_of
from bindwright.changes.walk import Walk, inline_types
from bindwright.ir.model import Api, Operation


def compare_operations(walk: Walk) -> dict[str, str]:
    """Compare all operations and webhooks; gives old operation ids to those of the new operations."""
    matches = match_operations(walk.old.operations, walk.new.operations)
    compare_servers(walk)
    compare_credentials(walk)
    for old, new in matches:
        compare_operation(walk, old, new)
    _report_unmatched(walk, walk.old.operations, walk.new.operations, matches, "operation")
    webhooks = match_operations(walk.old.webhooks, walk.new.webhooks)
    for old, new in webhooks:
        compare_operation(walk, old, new, exchanged=True)
    _report_unmatched(walk, walk.old.webhooks, walk.new.webhooks, webhooks, "webhook")
    return {old.id: new.id for old, new in matches}


def match_operations(old: list[Operation], new: list[Operation]) -> list[tuple[Operation, Operation]]:
    """Pairs: by method and path, then by the path without the names of its parameters, then by operationId.

    Exact paths come first: two paths may differ in the name of a parameter only.
    """
    pairs: list[tuple[Operation, Operation]] = []
    old_left, new_left = list(old), list(new)
    for key in (
        lambda o: o.id,
        lambda o: (o.method, re.sub(r"\{[^{}]*\}", "{}", o.path), o.fragment),
        lambda o: o.operation_id,
    ):
        by_key = {key(operation): operation for operation in reversed(new_left)}
        for operation in list(old_left):
            other = by_key.get(key(operation)) if key(operation) is not None else None
            if other is not None and other in new_left:
                pairs.append((operation, other))
                old_left.remove(operation)
                new_left.remove(other)
    return pairs


def _report_unmatched(
    walk: Walk,
    old: list[Operation],
    new: list[Operation],
    matches: list[tuple[Operation, Operation]],
    noun: str,
) -> None:
    matched_old, matched_new = {a.id for a, _ in matches}, {b.id for _, b in matches}
    for operation in old:
        if operation.id not in matched_old:
            change = walk.findings.add(
                f"{noun}-removed",
                operation.id,
                everywhere(walk, operation),
                operation.id,
                places=(operation.place, None),
                site=operation.id,
            )
            change.sites.update(inline_types(walk.old, *uses_of(operation)))
    for operation in new:
        if operation.id not in matched_new:
            walk.findings.add(
                f"{noun}-added",
                operation.id,
                everywhere(walk, operation),
                None,
                operation.id,
                places=(None, operation.place),
                site=operation.id,
            )


def everywhere(walk: Walk, operation: Operation) -> list[Context]:
    """Both directions of all formats."""
    return [Context(operation.id, way, form) for form in walk.formats for way in ("request", "response")]


def compare_operation(walk: Walk, old: Operation, new: Operation, exchanged: bool = False) -> None:
    """Compare two operations; of a webhook the directions are exchanged: its receiver reads what it sends."""
    contexts = everywhere(walk, old)
    places = (old.place, new.place)
    if old.method != new.method:
        walk.findings.add("method-changed", old.id, contexts, old.method, new.method, places=places)
    if old.path.startswith("{$") and old.path != new.path:  # of a callback: an expression
        walk.findings.add("callback-address", old.id, contexts, old.path, new.path, places=places)
    elif re.sub(r"\{[^{}]*\}", "{}", old.path) != re.sub(r"\{[^{}]*\}", "{}", new.path):
        walk.findings.add("operation-path-renamed", old.id, contexts, old.path, new.path, places=places)
    if new.deprecated and not old.deprecated:
        walk.findings.add("operation-deprecated", old.id, contexts, places=places, site=old.id)
    if (old.pages, old.polling) != (new.pages, new.polling):
        still = (old.pages is None) == (new.pages is None) and (old.polling is None) == (new.polling is None)
        kind = "paging-changed" if still else "pagination"
        walk.findings.add(kind, old.id, None, places=places, site=old.id)
    asking: Literal["request", "response"] = "response" if exchanged else "request"
    answering: Literal["request", "response"] = "request" if exchanged else "response"
    asks = [context for context in contexts if context.direction == asking]
    _compare_security(walk, old, new, asks)
    compare_operation_servers(walk, old, new, contexts)
    compare_parameters(walk, old, new, asks)
    compare_body(walk, old, new, asks, asking)
    compare_responses(walk, old, new, answering)
    for first, second in match_operations(old.callbacks, new.callbacks):
        compare_operation(walk, first, second, exchanged=not exchanged)
    _report_unmatched(
        walk, old.callbacks, new.callbacks, match_operations(old.callbacks, new.callbacks), "webhook"
    )


def _compare_security(walk: Walk, old: Operation, new: Operation, contexts: list[Context]) -> None:
    before, after = _alternatives(walk.old, old), _alternatives(walk.new, new)
    if before == after:
        return
    # Asked of each way in that worked before: is there one now that demands no more?
    refused = [way for way in before if not any(_demands_no_more(other, way) for other in after)]
    if refused:
        kind = "security-added"
    else:
        gone = {name for way in before for name in way} - {name for way in after for name in way}
        kind = "security-removed" if gone else "security-optional"
    walk.findings.add(kind, old.id, contexts, before, after, places=(old.place, new.place))


def _alternatives(api: Api, operation: Operation) -> list[dict[str, list[str]]]:
    return (api.security if operation.security is None else operation.security) or [{}]


def _demands_no_more(way: dict[str, list[str]], old: dict[str, list[str]]) -> bool:
    return all(name in old and set(scopes) <= set(old[name]) for name, scopes in way.items())
