"""One client for eight threads at once: the same values as for one, and no lock of ours that they wait at."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from bindwright.runtime.http import Content, Operation, Response
from bindwright.runtime.http.model import forking
from bindwright.runtime.json.codecs.json_structs import MAKING

from tests.http import shop
from tests.http.loopback import Heard, Wire, always, serve

GET = shop.operation(
    path="/x",
    responses=(Response(status="200", content=(Content(media_type="application/json", type="Pet"),)),),
)


@pytest.fixture
def often_switched() -> Iterator[None]:
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


def answer(wire: Wire, heard: Heard) -> None:
    wire.answer(
        body=json.dumps({"Name": heard.target.rpartition("=")[2]}).encode(), Content_Type="application/json"
    )


def operation(name: str) -> Operation:
    return shop.operation(path=f"/x?name={name}", responses=GET.responses)


@pytest.mark.usefixtures("often_switched")
@pytest.mark.parametrize("turn", range(4))
def test_each_thread_gets_the_answers_to_its_own_calls(turn: int) -> None:
    failures: list[BaseException] = []
    together = threading.Barrier(8)

    def work(client: Any, number: int) -> None:
        try:
            together.wait()
            for call in range(12):
                name = f"{number}.{call}"
                assert shop.call(client, operation(name)) == shop.Pet(name=name)
        except BaseException as error:
            failures.append(error)

    with serve(always(answer)) as server:
        client = shop.client(server.url, max_connections=5 + turn)
        threads = [threading.Thread(target=work, args=(client, number)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        client._client.close()
    assert failures == []
    assert len(server.heard) == 96


def test_no_lock_of_ours_is_on_the_way_of_a_call() -> None:
    """But the one of the budget of retries, for an addition, as long as that is not full."""
    with serve(always(answer)) as server:
        client = shop.client(server.url)
        for _ in range(3):
            shop.call(client, GET)
        driver = client._client._driver
        taken: list[object] = []

        def seen(frame: Any, event: str, argument: Any) -> None:
            if event == "c_call":
                taken.append(getattr(argument, "__self__", None))

        results = []
        for tokens in (driver.budget._tokens, driver.budget._size):
            driver.budget._tokens = tokens
            taken.clear()
            sys.setprofile(seen)
            try:
                shop.call(client, GET)
            finally:
                sys.setprofile(None)
            ours = {
                id(lock) for lock in (forking.first_use, MAKING, driver.transport._lock, driver.budget._lock)
            }
            assert len(taken) > 50
            results.append([lock for lock in taken if id(lock) in ours])
        assert set(map(id, results[0])) <= {id(driver.budget._lock)}
        assert results[1] == []
        client._client.close()
