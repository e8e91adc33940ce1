"""No request makes the mock fail, whatever it holds."""

from __future__ import annotations

from pathlib import Path

import pytest
from bindwright.serve import load

from tests.mock.hostile import problems

FOLDER = Path(__file__).parent
OWN = [
    FOLDER / "shop.yaml",
    FOLDER / "media_types.yaml",
    FOLDER.parent / "testing" / "bodies.yaml",
    FOLDER.parents[1] / "openapi.yaml",
]


@pytest.mark.parametrize("document", OWN, ids=lambda path: path.name)
def test_hostile_requests(document: Path) -> None:
    assert problems(load(document), 300, seed=1) == []
