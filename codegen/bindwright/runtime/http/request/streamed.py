"""Asking for events where an operation answers with one value otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bindwright.runtime.http.model.operation import Operation
from bindwright.runtime.http.request.mappings import with_member
from bindwright.standards.media_types import SEQUENTIAL, kind_of


def asked_for_items(
    operation: Operation, arguments: Mapping[str, Any], body: Any
) -> tuple[Mapping[str, Any], Any]:
    """Arguments and body that ask for items, by the member or parameter that the document has for it."""
    name = operation.stream
    if not name:
        return arguments, body
    if any(parameter.name == name for parameter in operation.parameters):
        return {**arguments, name: True}, body
    return arguments, with_member(body, name, True)


def accept_of_items(operation: Operation) -> str | None:
    """The ``Accept`` header for items: the media type of the first success that has some."""
    types = [
        content.media_type
        for response in operation.responses
        if response.status[:1] in ("2", "d")
        for content in response.content
        if kind_of(content.media_type) in SEQUENTIAL
    ]
    return types[0] if types else None
