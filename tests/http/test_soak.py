"""A short, seeded part of the long run; see ``soak.py``."""

from __future__ import annotations

import asyncio

from bindwright.runtime.http import Timeout

from tests.http.soak import Flaky, tasks, threads

PATIENT = Timeout(60, connect=30, read=30)
"""A busy machine is no fault, so that nothing is silent here either: that has tests of its own."""


def test_threads() -> None:
    with Flaky(1, silent=0) as server:
        tally = threads(server, 400, 16, PATIENT)
    assert tally.good.total() > 350
    assert server.faults.total() - server.faults["none"] > 20


def test_tasks() -> None:
    with Flaky(2, silent=0) as server:
        tally = asyncio.run(tasks(server, 200, PATIENT))
    assert tally.good.total() > 170


def test_cancelled_tasks_leave_the_pool_usable() -> None:
    from tests.http import shop
    from tests.http.loopback import Heard, Wire, always, serve

    def answer(wire: Wire, heard: Heard) -> None:
        if heard.target == "/pets/1":
            wire.stop.wait(60)
        wire.answer(body=b'{"Name":"Rex"}')

    async def run(url: str) -> None:
        resource = shop.async_client(url, max_connections=2)
        for _ in range(5):
            hanging = [asyncio.create_task(shop.acall(resource, shop.GET, {"petId": 1})) for _ in range(4)]
            await asyncio.sleep(0.05)
            for task in hanging:
                task.cancel()
            await asyncio.gather(*hanging, return_exceptions=True)
            assert (await shop.acall(resource, shop.GET, {"petId": 2})).name == "Rex"
        await resource._client.aclose()

    with serve(always(answer)) as server:
        asyncio.run(run(server.url))
