"""What a call costs over its bare transport, on loopback, in one run: ``python bench/http/bench_http.py``.

A server process answers the two-endpoint API's GET with one fixed JSON document over keep-alive.
Contestants take turns, request by request, so that a slow moment of the machine hits all of them; medians
of the differences are what counts. ``--calls`` (default 4000) requests each.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import socket
import statistics
import sys
import time
import types
from collections.abc import Callable
from typing import Any

import httpx2
import urllib3
from attrs import define, field
from bindwright.runtime import Model, root, wire
from bindwright.runtime.http import (
    ApiSpec,
    AsyncClient,
    AsyncResource,
    Content,
    Operation,
    Parameter,
    Resource,
    Response,
    SyncClient,
)

NAMES = [f"Member{at}" for at in range(13)]
BODY = ("{" + ",".join(f'"{name}":{at}' for at, name in enumerate(NAMES)) + "}").encode()


def serve(listener: socket.socket) -> None:
    """One connection at a time, in turns: the smallest server that is honest HTTP/1.1."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        answer = (
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nServer: x\r\n"
            b"Content-Length: %d\r\n\r\n%s" % (len(BODY), BODY)
        )
        try:
            while True:
                await reader.readuntil(b"\r\n\r\n")
                writer.write(answer)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def main() -> None:
        server = await asyncio.start_server(handle, sock=listener)
        await server.serve_forever()

    asyncio.run(main())


def package() -> Any:
    """The generated package's stand-in: one model of 13 members."""
    models = types.ModuleType("bench_shop.models")
    shop = types.ModuleType("bench_shop")
    shop.__path__, shop.models = [], models  # type: ignore[attr-defined]
    sys.modules |= {"bench_shop": shop, "bench_shop.models": models}
    fields = {name.lower(): field(metadata=wire(name, format="int32")) for name in NAMES}
    spaces = {"__annotations__": dict.fromkeys(fields, int), "__wire__": root("Job"), **fields}
    model = define(kw_only=True)(type("Job", (Model,), {"__module__": models.__name__, **spaces}))
    models.Job = model  # type: ignore[attr-defined]
    return model


GET = Operation(
    id="contact_lists.get_import_job",
    method="GET",
    path="/contactLists/{contactListId}/import/{importJobId}",
    parameters=(
        Parameter(name="contactListId", location="path", type="int", required=True),
        Parameter(name="importJobId", location="path", type="int", required=True),
    ),
    responses=(
        Response(status="200", content=(Content(media_type="application/json", type="Job"),)),
        *(Response(status=one, description="No") for one in ("401", "403", "404", "500")),
    ),
)
ARGUMENTS = {"contactListId": 12, "importJobId": 34}
API = ApiSpec(package="bench_shop")


def sync_contestants(base: str) -> dict[str, Callable[[], Any]]:
    """Callables that make one request."""
    pool = urllib3.PoolManager()
    url = f"{base}/contactLists/12/import/34"
    resource = Resource(type("Client", (SyncClient,), {"_api": API})(base))
    headers = {"Accept": "application/json"}

    def bare() -> Any:
        return pool.request("GET", url, headers=headers).data

    def ours() -> Any:
        return resource._call(GET, ARGUMENTS, options={})

    return {"urllib3, bare": bare, "bindwright (sync)": ours}


async def async_times(base: str, calls: int) -> dict[str, list[float]]:
    """As `turns`, for coroutines."""
    url = f"{base}/contactLists/12/import/34"
    client = type("Client", (AsyncClient,), {"_api": API})(base)
    resource = AsyncResource(client)
    headers = {"Accept": "application/json"}
    found: dict[str, list[float]] = {"httpx2, bare": [], "bindwright (async)": []}
    async with httpx2.AsyncClient() as bare:
        for at in range(calls + 200):
            start = time.perf_counter()
            (await bare.get(url, headers=headers)).read()
            middle = time.perf_counter()
            await resource._call(GET, ARGUMENTS, options={})
            end = time.perf_counter()
            if at >= 200:
                found["httpx2, bare"].append(middle - start)
                found["bindwright (async)"].append(end - middle)
    await client.aclose()
    return found


def turns(contestants: dict[str, Callable[[], Any]], calls: int) -> dict[str, list[float]]:
    """Seconds of each call; contestants take turns, in changing order."""
    found: dict[str, list[float]] = {name: [] for name in contestants}
    order = list(contestants.items())
    for at in range(calls + 200):
        for name, call in order if at % 2 else reversed(order):
            start = time.perf_counter()
            call()
            elapsed = time.perf_counter() - start
            if at >= 200:
                found[name].append(elapsed)
    return found


def report(found: dict[str, list[float]]) -> float:
    """Print medians; gives the last contestant's overhead over the first one's, as a share."""
    first = statistics.median(next(iter(found.values())))
    share = 0.0
    for name, times in found.items():
        middle = statistics.median(times)
        share = middle / first - 1
        low, high = statistics.quantiles(times, n=10)[0], statistics.quantiles(times, n=10)[-1]
        print(
            f"{name:22} {middle * 1e6:8.1f} us   10%..90%: {low * 1e6:.1f}..{high * 1e6:.1f}   {share:+.1%}"
        )
    return share


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=4000)
    parser.add_argument(
        "--goal", type=float, default=0.12, help="largest share of overhead for the sync client"
    )
    arguments = parser.parse_args()
    model = package()
    listener = socket.create_server(("127.0.0.1", 0))
    server = multiprocessing.get_context("fork").Process(target=serve, args=(listener,), daemon=True)
    server.start()
    base = f"http://127.0.0.1:{listener.getsockname()[1]}"
    try:
        contestants = sync_contestants(base)
        values = {name: call() for name, call in contestants.items()}
        assert values["urllib3, bare"] == BODY
        assert isinstance(values["bindwright (sync)"], model)
        share = report(turns(contestants, arguments.calls))
        report(asyncio.run(async_times(base, arguments.calls)))
    finally:
        server.terminate()
        server.join(5)
    met = share <= arguments.goal
    print(f"goal: at most {arguments.goal:.0%} over urllib3: {'met' if met else 'missed'}")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
