"""Eight threads at once, from the first use of a model on: the same values, the same bytes."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import pytest
from bindwright.runtime import json
from bindwright.runtime.json.codecs.default import REGISTRY

from tests.json.test_whole_documents import MEAGRE, ORDER, PAGE, Order

LENIENT = json.Settings(values="lenient")


@pytest.fixture(autouse=True)
def often_switched() -> Iterator[None]:
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


@pytest.mark.parametrize("turn", range(60))
def test_threads_read_and_write_the_same(turn: int) -> None:
    expected = {text: repr(json.decode(text.encode(), Order)) for text in (ORDER, MEAGRE)}
    REGISTRY.unhook()  # forgets what was compiled: all threads meet models for the first time
    failures: list[BaseException] = []
    together = threading.Barrier(8)

    def work() -> None:
        try:
            together.wait()
            for _ in range(2):
                for text in (ORDER, MEAGRE):
                    order = json.decode(text.encode(), Order)
                    assert repr(order) == expected[text]
                    assert json.encode(order) == text.encode()
                    assert repr(json.decode(text.encode(), Order, settings=LENIENT)) == expected[text]
                assert json.encode(json.decode(PAGE.encode(), list[Order]), list[Order]) == PAGE.encode()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
