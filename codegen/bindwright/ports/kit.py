"""The files of a kit: the IR and its schema, XML Schema, vectors, rules, adapters."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from importlib import resources
from typing import Any

from bindwright.ir import json_schema, serialize
from bindwright.ir.collector import without_collector
from bindwright.ir.model import Api
from bindwright.ports.bindings import Bindings
from bindwright.ports.calls import Calls
from bindwright.ports.file_names import free_name
from bindwright.ports.in_turns import in_turns
from bindwright.ports.pages import pages
from bindwright.ports.vectors import canonical, deviating, operations, refused, unknown, values
from bindwright.ports.vectors.model import Vector, file_of, lines_of
from bindwright.targets import xsd


def files(api: Api) -> dict[str, bytes]:
    """All files of the kit of an API, by path; the same bytes for the same API."""
    ir = serialize.dumps(api)
    api = serialize.loads(ir)  # what a port has: the kit's own parts are made of nothing else
    kit: dict[str, bytes] = {
        "ir.json": ir + b"\n",
        "ir.schema.json": json_schema.published().encode(),
    }
    kit |= {f"xsd/{name}": data for name, data in xsd.emit(api).items()}
    kit |= {f"xsd/reading/{name}": data for name, data in xsd.emit(api, tolerant=True).items()}
    # Nearly all that is made stays until the end, and a collector would walk it over and over.
    with without_collector(), Bindings.of(api, once=True) as bindings:
        kit |= _made_with(bindings)
    kit |= _shipped()
    return dict(sorted(kit.items()))


def _profile(api: Api) -> str:
    profiles = {type_.root.profile for type_ in api.types.values() if type_.root is not None}
    return "datacontract" if profiles == {"datacontract"} else "openapi"


def _shipped() -> dict[str, bytes]:
    """What is the same in every kit."""
    package = resources.files("bindwright.ports")
    shipped = {"RULES.md": package.joinpath("RULES.md").read_bytes()}
    for file in package.joinpath("schemas").iterdir():
        if file.name.endswith(".json"):
            shipped[file.name] = file.read_bytes()
    for file in package.joinpath("scalars").iterdir():
        shipped[f"vectors/{file.name}"] = file.read_bytes()
    for file in package.joinpath("adapters").iterdir():
        if not file.name.startswith("__"):
            shipped[f"adapters/{file.name}"] = file.read_bytes()
    return shipped


def _made_with(bindings: Bindings) -> dict[str, bytes]:
    """The files that are made by calling the bindings: vectors and pages.

    Types and operations have nothing to do with each other: two processes take one after the other of them.
    """
    head = {"profile": _profile(bindings.api)}
    labels, names = _labels(bindings)
    calls = Calls(bindings)
    work: list[Callable[[], Any]] = [lambda: pages(bindings)]
    work += [partial(_type_file, bindings, type_id, label, {"title": f"{names[type_id]}: documents", **head}) for type_id, label in labels.items()]  # fmt: skip
    work += [
        lambda operation=operation: lines_of(operations.vectors(calls, operation))  # type: ignore[misc]
        for operation in bindings.api.operations
    ]
    results = in_turns(work)
    kit = {f"pages/{name}": data for name, data in results[0].items()}
    documents = zip(labels, results[1:], strict=False)
    kit |= {f"vectors/{names[type_id]}.jsonl": data for type_id, data in documents if data}
    if about_calls := b"".join(results[1 + len(labels) :]):
        kit["vectors/operations.jsonl"] = (
            file_of({"title": "operations: documents", **head}, ()) + about_calls
        )
    return kit


def _labels(bindings: Bindings) -> tuple[dict[str, str], dict[str, str]]:
    """What each named type is called in ids, and its file: of those that have vectors."""
    labels: dict[str, str] = {}
    names: dict[str, str] = {}
    taken = {"operations", "scalars", "dotnet-scalars"}
    for type_id, type_ in bindings.api.types.items():
        if type_.name and bindings.has(type_id):
            labels[type_id] = re.sub(r"[^\w.-]+", "_", type_.name)
            names[type_id] = free_name(labels[type_id], taken)
    return labels, names


def _type_file(bindings: Bindings, type_id: str, label: str, head: dict[str, str]) -> bytes:
    vectors = of_type(bindings, type_id, label)
    return file_of(head, vectors) if vectors else b""


def of_type(bindings: Bindings, type_id: str, label: str) -> list[Vector]:
    """The vectors of one type."""
    documents = list(canonical.canonicals(bindings, type_id))
    vectors = [vector for value in documents for vector in canonical.vectors(value, label)]
    for number, value in enumerate(documents[:2], 1):
        vectors += deviating.vectors(bindings, value, f"{label}.{number}")
    vectors += deviating.empty(bindings, documents, label)
    for value in documents[:1]:
        vectors += refused.vectors(bindings, value, label)
        vectors += unknown.vectors(bindings, value, label, next(iter(documents[1:]), None))
    for value in documents[:10]:
        vectors += values.vectors(bindings.api, value, label)
    return vectors
