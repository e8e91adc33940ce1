"""Random contracts and values as .NET writes them, to the byte and back (`make random-contracts`: many)."""

from __future__ import annotations

import pytest
from bindwright.runtime import xml

from tests.datacontract.random_documents import differences


@pytest.mark.parametrize("seed", range(12))
def test_random_contracts(seed: int) -> None:
    assert list(differences(seed, values=6)) == []


def test_what_differs_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    encode = xml.encode
    monkeypatch.setattr(xml, "encode", lambda *arguments: encode(*arguments).replace(b" />", b"/>"))
    assert any(
        "XML read and written" in problem for seed in range(3) for problem in differences(seed, values=3)
    )
