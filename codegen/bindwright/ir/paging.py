"""What ``x-pagination`` and ``x-poll`` declare, read with care: they are extensions, so anything may stand there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, get_args

from bindwright.ir.model import Json, Operation, Pagination, PagingStyle, Polling

_STYLES = get_args(PagingStyle)
_TEXTS = ("parameter", "size_parameter", "next", "more", "total", "back", "previous")
_STATE_HEADERS = frozenset({"operation-location", "azure-asyncoperation", "location"})
_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|-")


def pagination(raw: Json) -> Pagination | None:
    """The pages that an extension describes; None where it does not say enough to follow them."""
    data = _entries(raw)
    if data.get("style") not in _STYLES:
        return None
    texts = {key: data[key] for key in _TEXTS if isinstance(data.get(key), str)}
    items, first = data.get("items"), data.get("first")
    return Pagination(
        style=data["style"],
        items=items if isinstance(items, str) else "",
        first=first if isinstance(first, int) and not isinstance(first, bool) else None,
        **texts,
    )


def settle_paging_and_polling(operation: Operation) -> None:
    """Set what follows from what the document or the configuration say of pages and states."""
    operation.pages = pagination(operation.pagination)
    operation.polling = (
        polling(operation.poll) if operation.body is None else None
    )  # one with a body is not repeated
    if operation.poll is None and _is_long_running(operation):
        operation.polling = Polling(state="", follow=True)


def _is_long_running(operation: Operation) -> bool:
    """Whether it starts something and its answer names the URL of the state (RFC 9110, 15.3.3; AutoRest)."""
    if operation.method.upper() not in ("POST", "PUT", "PATCH", "DELETE"):
        return False
    if operation.extensions.get("x-ms-long-running-operation") is True:
        return True
    return any(
        header.name.lower() in _STATE_HEADERS
        for response in operation.responses
        if response.status == "202"
        for header in response.headers
    )


def polling(raw: Json) -> Polling | None:
    """How an operation is repeated; None where it is not said where its state is."""
    data = _entries(raw)
    if not isinstance(data.get("state"), str):
        return None
    progress = data.get("progress")
    return Polling(
        state=data["state"],
        done=_states(data.get("done")),
        failed=_states(data.get("failed")),
        progress=progress if isinstance(progress, str) else None,
        interval=_seconds(data.get("interval")),
        timeout=_seconds(data.get("timeout")),
    )


def _entries(raw: Json) -> dict[str, Any]:
    """The entries by their names in lower case: ``sizeParameter`` and ``size-parameter`` are ``size_parameter``."""
    if not isinstance(raw, Mapping):
        return {}
    return {_WORD.sub("_", str(key)).lower(): entry for key, entry in raw.items()}


def _states(raw: Json) -> list[Json]:
    states = raw if isinstance(raw, list) else [] if raw is None else [raw]
    return [state for state in states if not isinstance(state, (list, dict))]


def _seconds(raw: Json) -> float | None:
    return float(raw) if isinstance(raw, (int, float)) and not isinstance(raw, bool) else None
