"""The coverage report: what became of every operation, parameter, body, response and schema."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from bindwright.ir.model import Api, Degraded, Operation
from bindwright.openapi.document import Document


def coverage(api: Api, document: Document) -> dict[str, Any]:
    """A report as JSON values: each thing with ``full`` or ``degraded`` and why, and the totals by kind.

    A thing is degraded where the place of a degradation lies in it; what is shared is listed once, as a
    schema, and does not degrade the operations that use it.
    """
    operations = [_operation(one, "operation") for one in api.operations]
    operations += [_operation(one, "webhook") for one in api.webhooks]
    schemas = [_entry(one.id, "schema", one.degraded) for one in api.types.values() if "#" in one.id]
    levels = Counter(one.level for one in document.diagnostics.items)
    return {
        "document": {
            "title": api.info.title,
            "version": api.info.version,
            "openapi": api.info.source_version,
        },
        "operations": operations,
        "schemas": schemas,
        "totals": _totals(operations, schemas),
        "causes": _causes(operations, schemas),
        "diagnostics": dict(sorted(levels.items())),
    }


def _operation(one: Operation, kind: str) -> dict[str, Any]:
    found = _entry(one.id, kind, one.degraded)
    found["operationId"] = one.operation_id
    found["parameters"] = [
        {"name": parameter.name, "in": parameter.location, **_status(_within(one.degraded, parameter.place))}
        for parameter in one.parameters
    ]
    bodily = [why for why in one.degraded if "/requestBody" in why.place.pointer]
    found["body"] = None if one.body is None else _status(bodily)
    found["responses"] = [
        {"status": answer.status, **_status(_below(one.degraded, f"/responses/{answer.status}"))}
        for answer in one.responses
    ]
    found["callbacks"] = [_operation(inner, "callback") for inner in one.callbacks]
    return found


def _below(degraded: list[Degraded], part: str) -> list[Degraded]:
    return [one for one in degraded if part in one.place.pointer]


def _within(degraded: list[Degraded], place: Any) -> list[Degraded]:
    return [
        one
        for one in degraded
        if one.place.file == place.file and (one.place.pointer + "/").startswith(place.pointer + "/")
    ]


def _entry(name: str, kind: str, degraded: list[Degraded]) -> dict[str, Any]:
    return {"id": name, "kind": kind, **_status(degraded)}


def _status(degraded: list[Degraded]) -> dict[str, Any]:
    if not degraded:
        return {"coverage": "full"}
    why = [
        {"code": one.code, "why": one.why, "at": f"{one.place.file}#{one.place.pointer}"} for one in degraded
    ]
    return {"coverage": "degraded", "why": why}


def _totals(operations: list[dict[str, Any]], schemas: list[dict[str, Any]]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for kind, one in [*_parts(operations), *(("schema", one) for one in schemas)]:
        counts = found.setdefault(kind, {"full": 0, "degraded": 0})
        counts[one["coverage"]] += 1
    return found


def _parts(operations: list[dict[str, Any]]) -> Iterable[tuple[str, dict[str, Any]]]:
    for one in operations:
        yield one["kind"], one
        for parameter in one["parameters"]:
            yield "parameter", parameter
        if one["body"] is not None:
            yield "body", one["body"]
        for answer in one["responses"]:
            yield "response", answer
        yield from _parts(one["callbacks"])


def _causes(operations: list[dict[str, Any]], schemas: list[dict[str, Any]]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for one in [*schemas, *(inner for kind, inner in _parts(operations) if "id" in inner)]:
        found.update(why["code"] for why in one.get("why", ()))
    return dict(sorted(found.items()))
