"""What ``x-pagination`` and ``x-poll`` declare, read with care: they are extensions, so anything may stand there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, get_args, get_type_hints

from bindwright.ir.model import Json, Pagination, Polling

_STYLES = get_args(get_type_hints(Pagination)["style"])
_TEXTS = ("parameter", "size_parameter", "next", "more", "total")
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
