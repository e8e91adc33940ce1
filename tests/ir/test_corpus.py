"""Sixty public documents: every operation is there, and the report says so."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from bindwright.ir import coverage, lower
from bindwright.ir.model import Api, Array, Map, Object, Union
from bindwright.openapi import LoadOptions, loads

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
DOCUMENTS = sorted(CORPUS.glob("*.json")) if CORPUS.is_dir() else []
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


def test_the_corpus_is_there() -> None:
    if not DOCUMENTS:
        pytest.skip("the public documents are not beside the repository")


def counted(root: dict[str, Any]) -> set[str]:
    """The operations of a document by its raw JSON."""
    items = root.get("paths", {}).items()
    return {f"{m.upper()} {path}" for path, item in items for m in METHODS if isinstance(item.get(m), dict)}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem[:40])
def test_a_public_document(path: Path) -> None:
    data = path.read_bytes()
    document = loads(data, options=LoadOptions(check=False, tolerant=True))
    api = lower(document)
    assert {operation.id for operation in api.operations} == counted(json.loads(data))
    whole(api)
    report = coverage(api, document)
    assert json.loads(json.dumps(report)) == report
    assert len(report["operations"]) == len(api.operations) + len(api.webhooks)


def whole(api: Api) -> None:
    """Every type that is used is there, under its id, and members are distinct."""
    for name, type_ in api.types.items():
        assert type_.id == name
        for use in uses(type_):
            assert use.type in api.types
        if isinstance(type_, Object):
            names = [property_.name for property_ in type_.properties]
            assert len(set(names)) == len(names)
            assert set(type_.mapping.values()) <= api.types.keys()
    for operation in api.operations:
        for parameter in operation.parameters:
            assert parameter.use.type in api.types
        contents = operation.body.contents if operation.body else []
        for content in [
            *contents,
            *(content for answer in operation.responses for content in answer.contents),
        ]:
            assert content.use is None or content.use.type in api.types


def uses(type_: Any) -> list[Any]:
    if isinstance(type_, Object):
        return [property_.use for property_ in type_.properties] + (
            [type_.additional] if type_.additional else []
        )
    if isinstance(type_, Array):
        return [*type_.prefix, *([type_.items] if type_.items else [])]
    if isinstance(type_, Map):
        return [type_.values]
    return list(type_.members) if isinstance(type_, Union) else []
