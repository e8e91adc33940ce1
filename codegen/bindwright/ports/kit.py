"""The files of a kit: the IR and its schema, XML Schema, vectors, rules, adapters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import resources

from bindwright.ir import json_schema, serialize
from bindwright.ir.model import Api
from bindwright.ports.bindings import Bindings
from bindwright.ports.calls import Calls
from bindwright.ports.file_names import free_name
from bindwright.ports.pages import pages
from bindwright.ports.vectors import canonical, deviating, operations, refused, unknown, values
from bindwright.ports.vectors.model import Vector, file_of
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
    with Bindings.of(api) as bindings:
        for name, vectors in vector_files(bindings):
            kit[f"vectors/{name}.jsonl"] = file_of(
                {"title": f"{name}: documents", "profile": _profile(api)}, vectors
            )
        kit |= {f"pages/{name}": data for name, data in pages(bindings).items()}
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


def vector_files(bindings: Bindings) -> Iterator[tuple[str, list[Vector]]]:
    """File names and vectors of every named type that the bindings have."""
    taken = {"operations", "scalars", "dotnet-scalars"}
    for type_id, type_ in bindings.api.types.items():
        if not type_.name or not bindings.has(type_id):
            continue
        label = re.sub(r"[^\w.-]+", "_", type_.name)
        name = free_name(label, taken)
        vectors = of_type(bindings, type_id, label)
        if vectors:
            yield name, vectors
    calls = Calls(bindings)
    about_calls = [
        vector for operation in bindings.api.operations for vector in operations.vectors(calls, operation)
    ]
    if about_calls:
        yield "operations", about_calls


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
