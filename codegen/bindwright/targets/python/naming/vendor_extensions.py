"""What ``x-pagination`` and ``x-poll`` declare, read with care: they are extensions, so anything may stand there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bindwright.ir import model as ir
from bindwright.targets.naming import words

_STYLES = ("offset", "page", "cursor", "last", "link", "next")


def given(data: ir.Json) -> dict[str, Any]:
    """An extension's entries under their Python names: ``sizeParameter`` and ``size-parameter`` are ``size_parameter``."""
    return {words.snake(str(key)): entry for key, entry in data.items()} if isinstance(data, Mapping) else {}


def is_paged(operation: ir.Operation) -> bool:
    """Whether an operation's pages are described well enough to follow them."""
    return given(operation.pagination).get("style") in _STYLES


def is_polled(operation: ir.Operation) -> bool:
    """Whether it is said where the state of an operation stands; one with a body is not repeated."""
    if operation.body is None and isinstance(given(operation.poll).get("state"), str):
        return True
    return is_long_running(operation)


def is_long_running(operation: ir.Operation) -> bool:
    """Whether it starts something and its answer names the URL of the state (RFC 9110, 15.3.3; AutoRest)."""
    if operation.poll is not None or operation.method.upper() not in ("POST", "PUT", "PATCH", "DELETE"):
        return False
    if operation.extensions.get("x-ms-long-running-operation") is True:
        return True
    return any(
        header.name.lower() in _STATE_HEADERS
        for response in operation.responses
        if response.status == "202"
        for header in response.headers
    )


_STATE_HEADERS = frozenset({"operation-location", "azure-asyncoperation", "location"})


_READING = ("get_", "check_", "read_", "fetch_", "retrieve_", "show_", "describe_", "poll_")


def waiting_names(method: str) -> list[str]:
    """Candidates for the method that waits: ``wait_for_import_job`` beside ``get_import_job``."""
    noun = next((method.removeprefix(verb) for verb in _READING if method.startswith(verb)), method)
    return [f"wait_for_{noun}", f"wait_for_{method}"]
