"""What a method declares is what it takes and returns: over the calls of small documents (`make mock`: of sixty)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mock.declared import DeclaredDriver
from tests.serve.driver import drive

HERE = Path(__file__).parent
OWN = [
    HERE / "shop.yaml",
    HERE / "media_types.yaml",
    HERE / "events.yaml",
    HERE.parent / "testing" / "petshop.yaml",
]


@pytest.mark.parametrize("document", OWN, ids=lambda path: path.name)
def test_what_is_declared_is_what_comes(document: Path) -> None:
    undeclared: list[str] = []
    result = drive(document, kind=DeclaredDriver, problems=undeclared)
    assert result.calls
    assert (list(map(str, result.failures)), undeclared) == ([], [])
