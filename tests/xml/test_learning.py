"""When a layout is learnt: documents that are seen again are read in less time, and once they are many, in least."""

from __future__ import annotations

import math
import random

import pytest
from bindwright.runtime import xml
from bindwright.runtime.xml.accelerated.read_plans import C
from bindwright.runtime.xml.codec import XmlCodec
from bindwright.runtime.xml.decoding import models
from bindwright.runtime.xml.fast import learning
from bindwright.runtime.xml.plan.places import XmlPlace
from bindwright.runtime.xml.scalars.hooks import HOOKS

from tests.xml.jobs import ImportJob, sample
from tests.xml.test_both_paths import CASES, CYCLIC, NAMES, ROUNDS, mutated, outcome, subjects
from tests.xml.test_hostile import PIECES

COMPACT = sample("get-import-job").replace(b"> <", b"><")
PRETTY = COMPACT.replace(b"><", b">\n  <").replace(b"  </ImportJob>", b"</ImportJob>")
FULL = xml.Settings(speculate=False)


class Patience:
    """A codec with a few documents' patience, and what it has learnt."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, worth: int, *, is_quick: bool = False) -> None:
        monkeypatch.setattr(learning, "WORTH", worth)
        self.codec = XmlCodec(ImportJob, None, None, xml.Settings())
        self.codec._is_slow = not is_quick  # whether the accelerator is not asked

    def read(self, document: bytes) -> int:
        """Read a document, which must give what the full parser gives; the number of expressions after it."""
        value, full = self.codec.decode(document), xml.decode(document, ImportJob, settings=FULL)
        assert (value, value._extra) == (full, full._extra)
        return len(self.codec._learnt.matchers)


def test_a_layout_of_leaves_is_learnt_once_many_documents_had_it(monkeypatch: pytest.MonkeyPatch) -> None:
    one = Patience(monkeypatch, 8)
    assert [one.read(COMPACT) for _ in range(12)] == [0] * 9 + [1] * 3


@pytest.mark.skipif(C is None, reason="the accelerator is not installed, or switched off")
def test_with_the_accelerator_a_layout_is_learnt_once_it_has_read_much(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Learning takes as long as the accelerator takes for hundreds of documents: no second document pays for it."""
    one = Patience(monkeypatch, 8, is_quick=True)
    count = math.ceil(8 * learning._QUICK_WORTH / (len(COMPACT) + learning.QUICK_DOCUMENT))
    assert 4 < count < 16
    assert [one.read(COMPACT) for _ in range(count + 3)] == [0] * count + [1] * 3
    other = Patience(monkeypatch, 1 << 20, is_quick=True)
    assert {other.read(COMPACT) for _ in range(100)} == {0}


@pytest.mark.skipif(C is None, reason="the accelerator is not installed, or switched off")
def test_with_the_accelerator_each_layout_waits_as_long_as_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    one = Patience(monkeypatch, 8, is_quick=True)
    count = math.ceil(8 * learning._QUICK_WORTH / (len(COMPACT) + learning.QUICK_DOCUMENT))
    for number in range(4):
        layout = COMPACT.replace(b"<ImportJob ", b'<ImportJob xmlns:u="urn:%d" ' % number, 1)
        assert [one.read(layout) for _ in range(count + 2)][-1] == number + 1


@pytest.mark.skipif(C is None, reason="the accelerator is not installed, or switched off")
def test_with_the_accelerator_a_layout_that_cannot_be_learnt_is_tried_less_and_less(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tries: list[XmlPlace] = []
    monkeypatch.setattr(learning.layouts, "learn", lambda place, *_, **__: tries.append(place))
    one = Patience(monkeypatch, 8, is_quick=True)
    assert {one.read(COMPACT) for _ in range(1000)} == {0}
    assert len(tries) == 8  # each after twice as much


def test_a_layout_with_space_is_learnt_the_second_time(monkeypatch: pytest.MonkeyPatch) -> None:
    one = Patience(monkeypatch, 8)
    assert [one.read(PRETTY) for _ in range(3)] == [0, 1, 1]


def test_what_fits_no_expression_is_tried_less_and_less(monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[XmlPlace] = []
    monkeypatch.setattr(learning.layouts, "learn", lambda place, *_, **__: tries.append(place))
    one = Patience(monkeypatch, 8)
    assert {one.read(COMPACT) for _ in range(1000)} == {0}
    assert len(tries) == 7  # after 8, 16, 32 … documents


@pytest.mark.parametrize("name", [*CASES, *NAMES])
def test_the_first_objects_are_read_as_all_that_follow(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    type_, documents, _ = subjects()[name]
    source = random.Random(f"first {name}")
    texts = documents + [
        mutated(source.choice(documents), source, PIECES, source.choice(documents)) for _ in range(ROUNDS)
    ]
    results = []
    for worth in (1 << 30, 0):  # never compiled; compiled before the first
        monkeypatch.setattr(models, "WORTH", worth)
        HOOKS.readers.clear()
        read = XmlCodec(type_, None, None, FULL).decode
        results.append(
            [
                outcome(lambda: read(one), lambda value: xml.encode(value, type_), cyclic=name in CYCLIC)  # noqa: B023
                for one in texts
            ]
        )
    HOOKS.readers.clear()
    assert results[0] == results[1]
