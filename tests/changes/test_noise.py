"""Refactorings of documents of this repository are no changes; `make changes` does the same with public ones."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
import yaml
from bindwright import openapi

from tests.changes.noise.__main__ import changes_between, lowered
from tests.changes.noise.refactorings import REFACTORINGS
from tests.changes.test_catalogue import CASES

ROOT = Path(__file__).parents[2]
DOCUMENTS = [
    ROOT / "openapi.yaml", ROOT / "docs/examples/shop.yaml", CASES / "base-plain.yaml",
    ROOT / "tests/second_opinion/classes.openapi.yaml",
]  # fmt: skip
IN_XML = [
    CASES / "base-plain.yaml",
    ROOT / "docs/examples/shop.yaml",
    ROOT / "tests/second_opinion/classes.openapi.yaml",
]
"""A component has a name of its own in XML: there, moving a part to one is a change."""


@pytest.mark.parametrize("refactoring", REFACTORINGS)
@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_a_refactoring_is_no_change(path: Path, refactoring: str) -> None:
    if refactoring == "moved" and path in IN_XML:
        pytest.skip("a component has a name of its own in XML")
    document = yaml.safe_load(path.read_text())
    old = lowered(path)
    for seed in range(3):
        new = lowered(
            json.dumps(REFACTORINGS[refactoring](document, random.Random(seed)), default=str).encode()
        )
        assert old is not None
        assert new is not None
        assert changes_between(old, new) == []


def test_json_and_yaml_are_one(tmp_path: Path) -> None:
    for path in DOCUMENTS:
        document = yaml.safe_load(path.read_text())
        first, second = lowered(path), lowered(json.dumps(document, default=str).encode())
        assert first is not None
        assert second is not None
        assert changes_between(first, second) == []


def test_one_file_and_several_are_one(tmp_path: Path) -> None:
    document = yaml.safe_load((CASES / "base-plain.yaml").read_text())
    schemas = document["components"].pop("schemas")
    text = yaml.safe_dump(document, sort_keys=False).replace("'#/components/schemas/", "'schemas.yaml#/")
    (tmp_path / "openapi.yaml").write_text(text)
    parts = yaml.safe_dump(schemas, sort_keys=False).replace("#/components/schemas/", "#/")
    (tmp_path / "schemas.yaml").write_text(parts)
    first, second = lowered(CASES / "base-plain.yaml"), lowered(tmp_path / "openapi.yaml")
    assert first is not None
    assert second is not None
    wire = [text for text in changes_between(first, second) if not text.startswith("schema-")]
    assert wire == []
    assert not openapi.load(tmp_path / "openapi.yaml").diagnostics.failed
