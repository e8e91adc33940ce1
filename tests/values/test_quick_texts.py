"""What msgspec writes is what Python writes, digit by digit."""

from __future__ import annotations

import datetime as dt
import math
import random
import struct
import uuid

import pytest
from bindwright.runtime.values import quick_texts
from bindwright.runtime.values.quick_texts import QuickTexts, digits_of, utc_text, uuid_text


@pytest.fixture(params=["Python", "msgspec"])
def writer(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    texts = QuickTexts()
    monkeypatch.setattr(quick_texts, "QUICK", texts)
    if request.param == "msgspec":
        monkeypatch.setattr(quick_texts, "_PATIENCE", 1)
        texts.wait()
        assert texts.json is not None
    else:
        monkeypatch.setattr(texts.__class__, "wait", lambda self: None)
    return str(request.param)


def test_floats(writer: str) -> None:
    source = random.Random(1)
    values = [0.0, -0.0, 1e-4, 1e15, 1e16, 1e22, 5e-324, 0.1 + 0.2, 123456789012345.6, 999999999999999.9]
    for _ in range(4000):
        values += [
            struct.unpack("d", struct.pack("Q", source.getrandbits(64)))[0],
            source.uniform(-1e6, 1e6), round(source.uniform(0, 1e5), source.randrange(6)),
            10 ** source.uniform(-6, 18), float(source.randrange(10 ** source.randrange(1, 17))),
        ]  # fmt: skip
    for value in filter(math.isfinite, values):
        assert digits_of(value) == repr(value)


def test_date_times(writer: str) -> None:
    source = random.Random(2)
    for _ in range(4000):
        value = dt.datetime(
            source.randrange(1, 10000), source.randrange(1, 13), source.randrange(1, 29), source.randrange(24), source.randrange(60),
            source.randrange(60), source.choice([0, 5, 500000, source.randrange(10**6)]), dt.UTC, fold=source.randrange(2),
        )  # fmt: skip
        head, dot, fraction = value.isoformat().removesuffix("+00:00").partition(".")
        digits = fraction.rstrip("0")
        assert utc_text(value) == f"{head}{dot if digits else ''}{digits}Z"


def test_uuids(writer: str) -> None:
    source = random.Random(3)
    for _ in range(500):
        value = uuid.UUID(int=source.getrandbits(128))
        assert uuid_text(value) == str(value)


def test_msgspec_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few values do not import it."""
    monkeypatch.setattr(quick_texts.sys, "modules", {})
    texts = QuickTexts()
    for _ in range(quick_texts._PATIENCE - 1):
        texts.wait()
    assert texts.json is None
