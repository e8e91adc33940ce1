"""Sequential media types: JSON lines, JSON text sequences, server-sent events (OpenAPI 3.2.0, 4.14.3)."""

from __future__ import annotations

from typing import Any

from bindwright.ir.model import Api, Array, Content, Use
from bindwright.runtime.http.request.events import LINE_END
from bindwright.runtime.http.response.sse import Events
from bindwright.serve.validation.json_text import json_value
from bindwright.serve.validation.json_values import Checker
from bindwright.serve.values import RequestViolation, type_of
from bindwright.standards.media_types import Kind

_RECORD_SEPARATOR = "\x1e"
_FIELDS = frozenset({"data", "event", "id", "retry"})


def item_use(api: Api, content: Content) -> Use | None:
    """The use of one item: ``itemSchema``, the items of an array schema, or a schema that is no array.

    The last is against OpenAPI 3.2.0, where ``schema`` stands for the whole sequence, but it is what documents
    of earlier versions write: they have no other keyword.
    """
    if content.item_use is not None or content.use is None:
        return content.item_use
    type_ = type_of(api, content.use)
    return type_.items if isinstance(type_, Array) else content.use


def read(body_kind: Kind, text: str) -> list[Any]:
    """The items of a sequence. Raises ValueError, RecursionError where one is no JSON text."""
    if body_kind == "sse":
        return _events(text)
    separator = _RECORD_SEPARATOR if body_kind == "json-seq" else "\n"  # RFC 7464: a text may span lines
    return [json_value(record) for record in text.split(separator) if record.strip(" \t\r\n")]


def _events(text: str) -> list[Any]:
    """Events as the objects that a schema describes: their fields, ``data`` as text."""
    events, items = Events(), []
    for line in [*LINE_END.split(text), ""]:
        event = events.feed(line)
        if event is not None:
            fields = {"data": event.data, "event": event.event, "id": event.id, "retry": event.retry}
            items.append(
                {name: value for name, value in fields.items() if value not in ("", None) or name == "data"}
            )
    return items


def violations(api: Api, checker: Checker, content: Content, items: Any) -> list[RequestViolation]:
    """What is wrong with a sequence: by its item's schema, and by the schema of the whole."""
    if content.use is not None and isinstance(type_of(api, content.use), Array):
        return checker.check(items, content.use, "body$")
    use = item_use(api, content)
    if use is None:
        return []
    return [
        violation
        for index, item in enumerate(items)
        for violation in checker.check(item, use, f"body$[{index}]")
    ]


def is_event(item: Any) -> bool:
    """Whether an item is an event with fields, and not the data of one."""
    return isinstance(item, dict) and "data" in item and _FIELDS.issuperset(item)
