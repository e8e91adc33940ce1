"""The files of a kit: the IR and its schema, XML Schema, vectors, rules, adapters."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from importlib import resources
from typing import Any

from bindwright.ir import json_schema, serialize
from bindwright.ir.collector import without_collector
from bindwright.ir.model import Api, Object, Operation
from bindwright.ports.bindings import Bindings
from bindwright.ports.calls import Calls
from bindwright.ports.file_names import free_name
from bindwright.ports.in_turns import in_turns
from bindwright.ports.pages import pages
from bindwright.ports.vectors import (
    absence,
    canonical,
    deviating,
    discriminators,
    extent,
    operations,
    references,
    refused,
    unknown,
    values,
)
from bindwright.ports.vectors.extent import FULL, LEAST, WHOLE, Extent
from bindwright.ports.vectors.model import Vector, file_of, lines_of
from bindwright.targets import xsd


def files(api: Api, *, every: bool = False) -> dict[str, bytes]:
    """All files of the kit of an API, by path; the same bytes for the same API.

    Args:
        api: the API.
        every: whether each type and operation has all of its vectors, however many there are.
    """
    ir = serialize.dumps(api)
    api = serialize.loads(ir)  # what a port has: the kit's own parts are made of nothing else
    kit: dict[str, bytes] = {
        "ir.json": ir + b"\n",
        "ir.schema.json": json_schema.published().encode(),
    }
    # Nearly all that is made stays until the end, and a collector would walk it over and over.
    with without_collector(), Bindings.of(api, once=True) as bindings:
        kit |= _of_bindings(bindings, every)
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


def _of_bindings(bindings: Bindings, every: bool) -> dict[str, bytes]:
    """The files that are made of the types and operations: XML Schema, and vectors and pages by calling the bindings.

    They have nothing to do with each other: two processes take one after the other of them.
    """
    head = {"profile": _profile(bindings.api)}
    labels, names = _labels(bindings)
    calls = Calls(bindings)
    of_types, of_operations = extent.of_types(bindings.api, labels), extent.of_operations(bindings.api)
    if every:
        of_types, of_operations = dict.fromkeys(labels, WHOLE), dict.fromkeys(of_operations, WHOLE)
    work: list[Callable[[], Any]] = [lambda: pages(bindings), lambda: _schemas(bindings.api)]
    for type_id, part in of_types.items():
        title = {"title": f"{names[type_id]}: documents", **head, **part.head}
        work.append(partial(_type_file, bindings, type_id, labels[type_id], title, part))
    for operation in bindings.api.operations:
        work.append(partial(_operation_lines, calls, operation, of_operations[operation.id]))
    results = in_turns(work)
    kit: dict[str, bytes] = {f"pages/{name}": data for name, data in results[0].items()} | results[1]
    documents = zip(of_types, results[2:], strict=False)
    kit |= {f"vectors/{names[type_id]}.jsonl": data for type_id, data in documents if data}
    if about_calls := b"".join(results[2 + len(of_types) :]):
        least = max(of_operations.values(), key=lambda part: not part.whole)
        title = {"title": "operations: documents", **head, **least.head}
        kit["vectors/operations.jsonl"] = file_of(title, ()) + about_calls
    return kit


def _operation_lines(calls: Calls, operation: Operation, part: Extent) -> bytes:
    return lines_of(operations.vectors(calls, operation, part))


def _schemas(api: Api) -> dict[str, bytes]:
    schemas = {f"xsd/{name}": data for name, data in xsd.emit(api).items()}
    return schemas | {f"xsd/reading/{name}": data for name, data in xsd.emit(api, tolerant=True).items()}


def _labels(bindings: Bindings) -> tuple[dict[str, str], dict[str, str]]:
    """What each type is called in ids, and its file: of those that have vectors.

    Those are the named types. Where they are few, inline objects show what these do not, under their words.
    """
    labels: dict[str, str] = {}
    names: dict[str, str] = {}
    taken = {"operations", "scalars", "dotnet-scalars"}
    types = {type_id: type_ for type_id, type_ in bindings.api.types.items() if bindings.has(type_id)}
    named = {type_id: type_.name for type_id, type_ in types.items() if type_.name}
    room = FULL - sum(isinstance(types[type_id], Object) for type_id in named)
    inline = [key for key, type_ in types.items() if key not in named and isinstance(type_, Object)]
    texts = named | {key: " ".join(types[key].words) or "inline" for key in inline[: max(room, 0)]}
    for type_id, text in texts.items():
        names[type_id] = free_name(re.sub(r"[^\w.-]+", "_", text), taken)
        labels[type_id] = re.sub(r"[^\w.-]+", "_", text) if type_id in named else names[type_id]
    return labels, names


def _type_file(bindings: Bindings, type_id: str, label: str, head: dict[str, str], part: Extent) -> bytes:
    vectors = of_type(bindings, type_id, label, part)
    return file_of(head, vectors) if vectors else b""


def of_type(bindings: Bindings, type_id: str, label: str, extent: Extent = WHOLE) -> list[Vector]:
    """The vectors of one type."""
    documents = list(canonical.canonicals(bindings, type_id, extent))
    vectors = [vector for value in documents for vector in canonical.vectors(value, label)]
    if extent.whole:
        for number, value in enumerate(documents[:2], 1):
            vectors += deviating.vectors(bindings, value, f"{label}.{number}", extent)
        vectors += deviating.empty(bindings, documents, label)
    for value in documents[:1]:
        vectors += refused.vectors(bindings, value, label, extent)
        vectors += absence.vectors(bindings, value, label, extent)
        vectors += discriminators.vectors(bindings, value, label)
        vectors += references.vectors(bindings, value, label)
        vectors += unknown.vectors(bindings, value, label, next(iter(documents[1:]), None), extent)
    for value in documents[: 10 if extent.whole else 2]:
        vectors += values.vectors(bindings.api, value, label)
    if not extent.whole and documents:
        missing = LEAST - len(vectors) if isinstance(bindings.api.types[type_id], Object) else 0
        vectors += deviating.vectors(
            bindings, documents[0], f"{label}.1", extent, max(deviating.PART, missing)
        )
    return vectors
