"""The TypeScript runtime passes the port kit's vectors: of our own document, of an unfamiliar one, of .NET's."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from bindwright.conformance.runner import run_all
from bindwright.conformance.vectors import Check, read
from bindwright.ir import lower
from bindwright.openapi import load
from bindwright.ports.kit import files

from tests.datacontract.generated import FACTS
from tests.typescript.node import PORT, available
from tools.typescript import node

ROOT = Path(__file__).parents[2]
DOCUMENTS = {
    "openapi": ROOT / "openapi.yaml",
    "shop": ROOT / "docs" / "examples" / "shop.yaml",
    "unfamiliar": ROOT / "tests" / "ports" / "unfamiliar.yaml",
    "datacontract": FACTS / "datacontract.openapi.yaml",
}
SAMPLE = 4000
"""Checks of a kit; of a larger one as many, drawn with a seed."""


def kit_checks(name: str, folder: Path) -> list[Check]:
    """The checks of a document's kit, whose files are written to a folder."""
    for path, data in files(lower(load(DOCUMENTS[name]))).items():
        if path == "ir.json" or path.startswith("vectors/"):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
    checks = list(read(sorted((folder / "vectors").glob("*.jsonl"))))
    return random.Random(17).sample(checks, SAMPLE) if len(checks) > SAMPLE else checks


@pytest.mark.parametrize("name", DOCUMENTS)
def test_all_checks_of_a_kit_pass(name: str, tmp_path: Path) -> None:
    command = [available(node), str(PORT)]
    checks = kit_checks(name, tmp_path)
    _, outcomes = run_all(command, str(tmp_path / "ir.json"), checks, timeout=20)
    wrong = [(outcome.check.name, outcome.status, outcome.message, outcome.difference) for outcome in outcomes if outcome.status != "passed"]  # fmt: skip
    assert not wrong, wrong[:5]
    assert len(outcomes) == len(checks) >= 300
