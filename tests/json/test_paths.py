"""The fast path and the long way read the same: the fuzz target's check over its seeds and their mutations."""

from __future__ import annotations

import random

import pytest
from bindwright.runtime import DecodeError, json

from tests.fuzz.fuzz_json import REFERENCE, check, seeds
from tests.xml.jobs import ImportJob


@pytest.mark.parametrize("seed", seeds())
def test_both_paths_agree(seed: bytes) -> None:
    source = random.Random(len(seed))
    for _ in range(60):
        at = source.randrange(len(seed) + 1)
        cut = source.randrange(12)
        check(
            seed[:at]
            + source.choice([b"", b'"', b",", b'"Id":1,', b":", b"\\", b"0", b" "])
            + seed[at + cut :]
        )
        check(seed)


@pytest.mark.parametrize("again", [b'"Id":1', b'"Id" : 1', b'"\\u0049d":1', b'"FinishDate":null'])
def test_a_name_that_stands_twice_is_an_error(again: bytes) -> None:
    for text in (b"string 2", b'\\"', b"\\\\", b'\\\\\\"', b'\\"Id\\":'):
        data = REFERENCE.replace(b"string 2", text)
        assert json.encode(json.decode(data, ImportJob)) == data
        with pytest.raises(DecodeError, match="each name once"):
            json.decode(data[:-1] + b"," + again + b"}", ImportJob)
        with pytest.raises(DecodeError, match="each name once"):
            json.decode(b"[" + data + b"," + data[:-1] + b"," + again + b"}]", list[ImportJob])
