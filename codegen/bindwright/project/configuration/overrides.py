"""Configuration's say about names, pagination and polling, in the words of the IR and of the target."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bindwright.ir.model import Api, Operation
from bindwright.ir.paging import settle_paging_and_polling
from bindwright.openapi.diagnostics.model import Diagnostics


def apply(
    api: Api, names: Mapping[str, str], operations: Mapping[str, Mapping[str, Any]], diagnostics: Diagnostics
) -> dict[str, str]:
    """Set ``poll`` on the operations that configuration names, and give the public names
    it sets, by the ids that a target knows.

    A type may be named by the document's own name for it, an operation by its ``operationId``. A key that
    names nothing is a warning.
    """
    public = _by_id(api, names, diagnostics)
    every = [*api.operations, *api.webhooks]
    for key, say in operations.items():
        chosen = [operation for operation in every if key in (operation.id, operation.operation_id)]
        if not chosen:
            _unknown(
                diagnostics,
                "operations",
                key,
                [word for operation in every for word in (operation.id, operation.operation_id) if word],
            )
        for operation in chosen:
            _override(operation, say)
            if "name" in say:
                public[operation.id] = say["name"]
    return public


def _by_id(api: Api, names: Mapping[str, str], diagnostics: Diagnostics) -> dict[str, str]:
    ids: dict[str, list[str]] = {}
    for type_ in api.types.values():
        if type_.name:
            ids.setdefault(type_.name, []).append(type_.id)
    public: dict[str, str] = {}
    for key, name in names.items():
        # Everything with a pointer, a method or a keyword in it is an id already; the target knows them all.
        if key not in ids and key not in api.types and not any(mark in key for mark in "#/ "):
            _unknown(diagnostics, "names", key, list(ids))
        public.update(dict.fromkeys(ids.get(key, [key]), name))
    return public


def _override(operation: Operation, say: Mapping[str, Any]) -> None:
    if "poll" in say:
        operation.poll = say["poll"]
        settle_paging_and_polling(operation)


def _unknown(diagnostics: Diagnostics, table: str, key: str, names: list[str]) -> None:
    import difflib

    close = difflib.get_close_matches(key, names, n=1)
    remedy = f"did you mean {close[0]!r}?" if close else "`bindwright ir DOCUMENT` shows every id"
    message = f"[tool.bindwright.{table}] names {key!r}, which is not in the document"
    diagnostics.add("warning", "configuration-unused", message, remedy=remedy)
