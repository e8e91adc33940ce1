"""When a layout is learnt: documents that are seen again are read in less time, and once they are many, in least."""

from __future__ import annotations

import itertools
import math
import random

import pytest
from bindwright.runtime import xml
from bindwright.runtime.xml import codec
from bindwright.runtime.xml.accelerated.read_plans import C
from bindwright.runtime.xml.codec import XmlCodec
from bindwright.runtime.xml.decoding import models
from bindwright.runtime.xml.fast import learning
from bindwright.runtime.xml.fast.contest import Contest
from bindwright.runtime.xml.fast.layout_regex import MISS
from bindwright.runtime.xml.fast.unmatched import UnmatchedDocuments
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
    patience = Patience(monkeypatch, 8)
    assert [patience.read(COMPACT) for _ in range(12)] == [0] * 9 + [1] * 3


@pytest.mark.skipif(C is None, reason="the accelerator is not installed, or switched off")
def test_with_the_accelerator_a_layout_is_learnt_once_it_has_read_much(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Learning takes as long as the accelerator takes for hundreds of documents: no second document pays for it."""
    patience = Patience(monkeypatch, 8, is_quick=True)
    count = math.ceil(8 * learning._QUICK_WORTH / (len(COMPACT) + learning.QUICK_DOCUMENT))
    assert 4 < count < 16
    assert [patience.read(COMPACT) for _ in range(count + 3)] == [0] * count + [1] * 3
    other = Patience(monkeypatch, 1 << 20, is_quick=True)
    assert {other.read(COMPACT) for _ in range(100)} == {0}


@pytest.mark.skipif(C is None, reason="the accelerator is not installed, or switched off")
def test_with_the_accelerator_each_layout_waits_as_long_as_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    patience = Patience(monkeypatch, 8, is_quick=True)
    count = math.ceil(8 * learning._QUICK_WORTH / (len(COMPACT) + learning.QUICK_DOCUMENT))
    for number in range(4):
        layout = COMPACT.replace(b"<ImportJob ", b'<ImportJob xmlns:u="urn:%d" ' % number, 1)
        assert [patience.read(layout) for _ in range(count + 2)][-1] == number + 1


@pytest.mark.skipif(C is None, reason="the accelerator is not installed, or switched off")
def test_with_the_accelerator_a_layout_that_cannot_be_learnt_is_tried_less_and_less(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tries: list[XmlPlace] = []
    monkeypatch.setattr(learning.layouts, "learn", lambda place, *_, **__: tries.append(place))
    patience = Patience(monkeypatch, 8, is_quick=True)
    assert {patience.read(COMPACT) for _ in range(1000)} == {0}
    assert len(tries) == 8  # each after twice as much


def test_a_layout_with_space_is_learnt_the_second_time(monkeypatch: pytest.MonkeyPatch) -> None:
    patience = Patience(monkeypatch, 8)
    assert [patience.read(PRETTY) for _ in range(3)] == [0, 1, 1]


def test_what_fits_no_expression_is_tried_less_and_less(monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[XmlPlace] = []
    monkeypatch.setattr(learning.layouts, "learn", lambda place, *_, **__: tries.append(place))
    patience = Patience(monkeypatch, 8)
    assert {patience.read(COMPACT) for _ in range(1000)} == {0}
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
                outcome(lambda: read(text), lambda value: xml.encode(value, type_), cyclic=name in CYCLIC)  # noqa: B023
                for text in texts
            ]
        )
    HOOKS.readers.clear()
    assert results[0] == results[1]


class Alternating:
    """A codec that counts: one layout is known, what is in none has an ``Owner``, and any is read at once."""

    def __init__(self) -> None:
        self.codec = XmlCodec(ImportJob, None, None, xml.Settings())
        full = XmlCodec(ImportJob, None, None, FULL)
        self.attempts = self.matches = 0
        learnt = self.codec._learnt
        learnt.ready, learnt.heads, learnt.matchers = True, (b"<ImportJob",), [self.match]
        learnt._learns = False  # no further layout
        self.codec._quick = self  # type: ignore[assignment]
        self.read = self.attempt = self.read_bytes = full.decode
        self.value = full.decode(COMPACT)

    def match(self, text: str) -> object:
        self.attempts += 1
        if "<Owner>" in text or "<!--" in text:
            return MISS
        self.matches += 1
        return self.value

    def unmatched(self, documents: list[bytes | str]) -> int:
        """How many of the documents are tried in vain."""
        attempts, matches = self.attempts, self.matches
        for document in documents:
            self.codec.decode(document)
        return self.attempts - attempts - (self.matches - matches)

    def until_matched(self, document: bytes | str) -> int:
        """How many documents are read in another way before one is read by the layout, as all behind it are."""
        for number in range(100):
            matches = self.matches
            self.codec.decode(document)
            if self.matches > matches:
                self.unmatched([document] * 200)
                assert self.matches == matches + 201
                return number
        raise AssertionError("never")


OWNED = COMPACT.replace(b"<Id>", b"<Owner>someone</Owner><Id>")
COMMENTED = COMPACT.replace(b"<Id>", b"<!-- the job --><Id>")


@pytest.mark.parametrize("is_text", [False, True])
@pytest.mark.parametrize("after", [COMPACT, COMMENTED], ids=["plain", "commented"])
@pytest.mark.parametrize("count", [1, 16, 60, 400, 4000])
def test_layouts_are_tried_the_more_rarely_the_longer_none_fits(
    count: int, after: bytes, monkeypatch: pytest.MonkeyPatch, *, is_text: bool
) -> None:
    """Of n documents that fit none some 4√n are tried (and one in 16), of those that fit again √n / 4 are passed over."""
    monkeypatch.setattr(UnmatchedDocuments, "weigh", lambda *_: None)  # as attempts on small documents weigh
    layouts = Alternating()
    owned, back = (OWNED.decode(), after.decode()) if is_text else (OWNED, after)
    for _ in range(3):  # whatever came before, a stretch is like the first
        assert layouts.unmatched([owned] * count) <= 17 + 4 * math.sqrt(count) + count / 8
        assert layouts.until_matched(back) <= min(math.sqrt(count) / 2, 16)


@pytest.mark.skipif(C is None, reason="the accelerator is not installed, or switched off")
@pytest.mark.parametrize("share", [0.25, 1.5, 100])
def test_layouts_are_tried_the_more_rarely_the_longer_an_attempt_takes(
    share: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of 60 documents that fit none; an attempt takes so much of what reading takes, by a clock that is read three times."""
    seconds = itertools.accumulate(itertools.cycle([5.0, share, 1.0]))
    monkeypatch.setattr(codec, "perf_counter", lambda: next(seconds))
    layouts = Alternating()
    layouts.unmatched([OWNED] * 8)
    tried = [number for number in range(60) if layouts.unmatched([OWNED])]
    pauses = [following - number for number, following in itertools.pairwise(tried)]
    assert pauses == sorted(pauses)
    assert abs(pauses[-1] - min(math.sqrt(0.8 * share * 68), 16)) <= 1.5
    assert layouts.until_matched(COMPACT) <= 16


def test_where_some_documents_fit_a_layout_all_that_do_are_read_by_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(UnmatchedDocuments, "weigh", lambda *_: None)
    source = random.Random(0)
    layouts = Alternating()
    stream = [source.choice([OWNED, OWNED, COMPACT]) for _ in range(2000)]
    layouts.unmatched(stream)
    assert layouts.matches >= 0.98 * stream.count(COMPACT)


def test_the_faster_of_an_expression_and_the_accelerator_reads_what_is_in_a_layout(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """By a clock by which the expression takes 2 seconds; the accelerator 1 first, and 3 when both are compared again."""
    taken = [2.0, 1.0, 1.0, 1.0]
    seconds = itertools.accumulate(
        itertools.cycle(range(4)), lambda now, turn: now + taken[turn], initial=1.0
    )
    monkeypatch.setattr(codec, "perf_counter", lambda: next(seconds))
    layouts = Alternating()
    for _ in range(8):
        layouts.codec.decode(COMPACT)
    assert layouts.matches == 8
    for _ in range(33):  # two more comparisons, and 31 that the accelerator reads alone
        layouts.codec.decode(COMPACT)
    assert layouts.matches == 10
    taken[2] = 3.0
    for _ in range(20):
        layouts.codec.decode(COMPACT)
    assert layouts.matches == 30


def test_the_accelerator_is_not_asked_for_long_for_what_it_does_not_read() -> None:
    contest, asked = Contest(), 0
    for _ in range(3):
        contest.compare(2.0, 1.0)
    assert contest.is_accelerator
    contest.withdraw()
    for _ in range(1000):
        contest.left -= 1
        if contest.left <= 0:
            asked += 1
            contest.postpone()
    assert not contest.is_accelerator
    assert asked <= 4


def test_comparisons_go_on_where_two_threads_count_one_document() -> None:
    codec = XmlCodec(ImportJob, None, None, xml.Settings())
    for _ in range(4):
        codec.decode(COMPACT)
    codec._contest.left = 0  # the other thread has counted, and not looked
    codec.decode(COMPACT)
    assert codec._contest.left > 0
