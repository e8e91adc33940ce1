"""Requests and judgements that are not ours: schemathesis against the mock of a document (`make mock` asks more)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.mock.strangers import complaints

SHOP = Path(__file__).parent / "shop.yaml"
CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"
SEEDED = ["openfigi.com.json", "setlist.fm.json", "wealthreader.com.json", "amentum.space__atmosphere.json"]


@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_forbidden_is_answered_or_accepted(seed: int) -> None:
    assert [str(complaint) for complaint in complaints(SHOP, examples=8, seed=seed)] == []


@pytest.mark.parametrize("name", SEEDED)
def test_public_documents(name: str) -> None:
    if not (CORPUS / name).exists():
        pytest.skip(f"{name} is not here" + (f" ({CORPUS})" if "CI" not in os.environ else ""))
    assert [str(complaint) for complaint in complaints(CORPUS / name, examples=2, seed=1)] == []
