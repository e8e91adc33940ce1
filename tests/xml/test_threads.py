"""Eight threads at once, from the first use of a model on and while layouts are learnt: the same values, the same bytes."""

from __future__ import annotations

import random
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from bindwright.runtime import xml
from bindwright.runtime.resolve import COMMON
from bindwright.runtime.xml.codec import XmlCodec
from bindwright.runtime.xml.fast import learning
from bindwright.runtime.xml.scalars.hooks import HOOKS
from bindwright.runtime.xml.settings import DEFAULT

from tests.xml.test_accelerated_choices import Script, script
from tests.xml.test_accelerated_writing import outcome, pure
from tests.xml.test_nested_layouts import Page, order


@pytest.fixture(autouse=True)
def often_switched() -> Iterator[None]:
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


def pages() -> list[Any]:
    source = random.Random(31)
    return [
        Page(total=count, orders=[order(number, source) for number in range(count)]) for count in (1, 0, 5)
    ]


@pytest.mark.parametrize("turn", range(20))
def test_threads_read_and_write_the_same(turn: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        learning, "WORTH", turn % 4 * 4
    )  # none waits, or the expression comes after some documents
    source = random.Random(turn)
    scripts = [script(source) for _ in range(12)]
    expected = {xml.encode(page): page for page in pages()}
    written = [outcome(pure(Script), value) for value in scripts]
    HOOKS.clear()  # forgets what was compiled: all threads meet models for the first time
    codec, scripts_codec = XmlCodec(Page, None, COMMON, DEFAULT), XmlCodec(Script, None, COMMON, DEFAULT)
    failures: list[BaseException] = []
    together = threading.Barrier(8)

    def work() -> None:
        try:
            together.wait()
            for _ in range(4):
                for data, page in expected.items():
                    assert codec.decode(data) == page
                    assert codec.encode(page) == data
                assert [outcome(scripts_codec, value) for value in scripts] == written
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


@pytest.mark.parametrize("worth", [0, 1 << 30], ids=["by expression", "before there is one"])
def test_no_lock_is_on_the_way_of_a_document(worth: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of all functions in C that are called for a document that conforms none is a lock's."""
    monkeypatch.setattr(learning, "WORTH", worth)
    page = pages()[2]
    codec = XmlCodec(Page, None, COMMON, DEFAULT)
    data = codec.encode(page)
    for _ in range(4):
        codec.decode(data)
    locks = type(threading.Lock()), type(threading.RLock())
    called: list[Any] = []

    def seen(frame: Any, event: str, argument: Any) -> None:
        if event == "c_call":
            called.append(argument)

    sys.setprofile(seen)
    try:
        codec.encode(codec.decode(data))
    finally:
        sys.setprofile(None)
    assert len(called) > 5
    assert [function for function in called if isinstance(getattr(function, "__self__", None), locks)] == []
