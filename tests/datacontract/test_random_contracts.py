"""Random contracts and values as .NET writes them, to the byte and back (`make contracts-net`: many)."""

from __future__ import annotations

import pytest

from tests.datacontract.random_documents import differences


@pytest.mark.parametrize("seed", range(12))
def test_random_contracts(seed: int) -> None:
    assert list(differences(seed, values=6)) == []
