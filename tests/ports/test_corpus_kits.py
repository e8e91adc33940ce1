"""A seeded part of what ``make ports`` runs whole: kits of public documents through both ports."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.typescript.node import available

from .corpus_kits import CORPUS, commands, runs

LARGEST = 60_000
"""Octets of a document whose kit is made here."""
DOCUMENTS = random.Random(17).sample(
    sorted(path.stem for path in CORPUS.glob("*.json") if path.stat().st_size < LARGEST) or [""] * 3, 3
)


@pytest.mark.parametrize("name", DOCUMENTS if CORPUS.exists() else ())
def test_both_ports_pass_the_kit_of_a_public_document(name: str, tmp_path: Path) -> None:
    for run in runs(CORPUS / f"{name}.json", tmp_path, available(commands), 400):
        assert [(outcome.check.name, outcome.message) for outcome in run.wrong] == [], run.port
        assert run.counts["passed"] > 0, run.port
