"""What the IR says of pages and of waiting, and what the methods that wait are called."""

from __future__ import annotations

from bindwright.ir import model as ir


def is_paged(operation: ir.Operation) -> bool:
    """Whether an operation's pages are described well enough to follow them."""
    return operation.pages is not None


def is_polled(operation: ir.Operation) -> bool:
    """Whether it is said where the state of an operation stands."""
    return operation.polling is not None


def is_long_running(operation: ir.Operation) -> bool:
    """Whether it starts something and its answer names the URL of the state."""
    return operation.polling is not None and operation.polling.follow


_READING = ("get_", "check_", "read_", "fetch_", "retrieve_", "show_", "describe_", "poll_")


def waiting_names(method: str) -> list[str]:
    """Candidates for the method that waits: ``wait_for_import_job`` beside ``get_import_job``."""
    noun = next((method.removeprefix(verb) for verb in _READING if method.startswith(verb)), method)
    return [f"wait_for_{noun}", f"wait_for_{method}"]
