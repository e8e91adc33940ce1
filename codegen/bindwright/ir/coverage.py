"""The coverage report: what became of every operation, parameter, body, response and schema."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from bindwright.ir.model import Api, Degraded, Operation, SourcePlace
from bindwright.openapi.diagnostics.model import Diagnostic
from bindwright.openapi.document import Document


def coverage(api: Api, document: Document, diagnostics: Iterable[Diagnostic] = ()) -> dict[str, Any]:
    """A report as JSON values: each thing with ``full`` or ``degraded`` and why, and the totals by kind.

    A thing is degraded where the place of a degradation lies in it; what is shared is listed once, as a
    schema, and does not degrade the operations that use it.

    Args:
        diagnostics: what targets say of the document.
    """
    further = [_degraded(diagnostic) for diagnostic in diagnostics if diagnostic.level == "degraded"]
    operations = [_operation(operation, "operation", further) for operation in api.operations]
    operations += [_operation(operation, "webhook", further) for operation in api.webhooks]
    schemas = [
        _entry(type_.id, "schema", type_.degraded + [why for why in further if why.place == type_.place])
        for type_ in api.types.values()
        if "#" in type_.id
    ]
    levels = Counter(diagnostic.level for diagnostic in document.diagnostics.items)
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


def _degraded(diagnostic: Diagnostic) -> Degraded:
    place = SourcePlace(file=diagnostic.place.file, pointer=diagnostic.place.pointer)
    return Degraded(code=diagnostic.code, why=diagnostic.message, place=place)


def _operation(operation: Operation, category: str, further: list[Degraded]) -> dict[str, Any]:
    degraded = operation.degraded + _within(further, operation.place)
    entry = _entry(operation.id, category, degraded)
    entry["operationId"] = operation.operation_id
    entry["parameters"] = [
        {
            "name": parameter.name,
            "in": parameter.location,
            **_status(_within(degraded, parameter.place)),
        }
        for parameter in operation.parameters
    ]
    bodily = [why for why in degraded if "/requestBody" in why.place.pointer]
    entry["body"] = None if operation.body is None else _status(bodily)
    entry["responses"] = [
        {"status": answer.status, **_status(_below(degraded, f"/responses/{answer.status}"))}
        for answer in operation.responses
    ]
    entry["callbacks"] = [_operation(callback, "callback", further) for callback in operation.callbacks]
    return entry


def _below(degraded: list[Degraded], part: str) -> list[Degraded]:
    return [degradation for degradation in degraded if part in degradation.place.pointer]


def _within(degraded: list[Degraded], place: Any) -> list[Degraded]:
    return [
        degradation
        for degradation in degraded
        if degradation.place.file == place.file
        and (degradation.place.pointer + "/").startswith(place.pointer + "/")
    ]


def _entry(name: str, category: str, degraded: list[Degraded]) -> dict[str, Any]:
    return {"id": name, "kind": category, **_status(degraded)}


def _status(degraded: list[Degraded]) -> dict[str, Any]:
    if not degraded:
        return {"coverage": "full"}
    why = [
        {
            "code": degradation.code,
            "why": degradation.why,
            "at": f"{degradation.place.file}#{degradation.place.pointer}",
        }
        for degradation in degraded
    ]
    return {"coverage": "degraded", "why": why}


def _totals(operations: list[dict[str, Any]], schemas: list[dict[str, Any]]) -> dict[str, dict[str, int]]:
    totals: dict[str, dict[str, int]] = {}
    for category, entry in [*_parts(operations), *(("schema", entry) for entry in schemas)]:
        counts = totals.setdefault(category, {"full": 0, "degraded": 0})
        counts[entry["coverage"]] += 1
    return totals


def _parts(operations: list[dict[str, Any]]) -> Iterable[tuple[str, dict[str, Any]]]:
    for operation in operations:
        yield operation["kind"], operation
        for parameter in operation["parameters"]:
            yield "parameter", parameter
        if operation["body"] is not None:
            yield "body", operation["body"]
        for answer in operation["responses"]:
            yield "response", answer
        yield from _parts(operation["callbacks"])


def _causes(operations: list[dict[str, Any]], schemas: list[dict[str, Any]]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for entry in [*schemas, *(part for category, part in _parts(operations) if "id" in part)]:
        counts.update(why["code"] for why in entry.get("why", ()))
    return dict(sorted(counts.items()))
