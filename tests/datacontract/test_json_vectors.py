"""Every vector's JSON, both ways: what Newtonsoft wrote comes back byte for byte."""

from __future__ import annotations

import pytest
from bindwright.runtime import json

from tests.datacontract.generated import type_named, vectors

VECTORS = vectors()
SLOWLY = json.Settings(speculate=False)


@pytest.mark.parametrize("case", VECTORS)
def test_json_comes_back_as_it_was(case: str) -> None:
    vector = VECTORS[case]
    kind = type_named(vector["type"])
    value = json.decode(vector["json"], kind)
    assert json.encode(value, kind).decode() == vector["json"]


@pytest.mark.parametrize("case", VECTORS)
def test_both_paths_read_the_same(case: str) -> None:
    vector = VECTORS[case]
    kind = type_named(vector["type"])
    fast = json.decode(vector["json"].encode(), kind)
    slow = json.decode(vector["json"].encode(), kind, settings=SLOWLY)
    assert repr(fast) == repr(slow)
    assert json.encode(slow, kind).decode() == vector["json"]
