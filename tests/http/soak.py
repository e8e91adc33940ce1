"""The long run: ``python tests/http/soak.py`` (about a minute), and a short seeded one in the tests.

10,000 requests over 32 threads, then 1,000 tasks, against a server on which one answer in ten fails: reset
before the answer, reset in the middle of the body, 503, or nothing for too long. Every request has a number
of its own; the server counts the ones it has answered well. At the end each GET must have given its own
number, each POST must have been answered at most once and never twice, and nothing may have taken longer
than its total time-out.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import socket
import struct
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bindwright.runtime.http import HttpError, Operation, Parameter, Retries, Timeout

from tests.http import shop

TOTAL = 20.0
TIMEOUT = Timeout(TOTAL, connect=5, read=1.0)
NUMBER = (Parameter(name="n", location="query", type="int", required=True),)
GET = shop.operation("GET", "/n", parameters=NUMBER)
POST = shop.operation("POST", "/n", parameters=NUMBER)


class Flaky:
    """A server on one loopback port, an event loop in a thread."""

    def __init__(self, seed: int, failing: float = 0.1, *, silent: float = 0.2) -> None:
        self.random, self.failing, self.silent = random.Random(seed), failing, silent
        self.taken: Counter[tuple[str, int]] = Counter()
        self.answered: Counter[tuple[str, int]] = Counter()
        self.faults: Counter[str] = Counter()
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self.port = 0
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Flaky:
        self._thread.start()
        self._ready.wait(60)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._main())
        self._loop.close()

    async def _main(self) -> None:
        self._stop = asyncio.Event()
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0, backlog=2048)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        server.close()
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                method, target = head.split(b" ", 2)[:2]
                key = (method.decode(), int(target.partition(b"=")[2]))
                self.taken[key] += 1
                if not await self._answer(key, writer):
                    return
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    async def _answer(self, key: tuple[str, int], writer: asyncio.StreamWriter) -> bool:
        body = b'{"n":%d}' % key[1]
        head = b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
        fault = self._fault()
        self.faults[fault] += 1
        if fault == "none":
            self.answered[key] += 1
            writer.write(b"HTTP/1.1 200 OK\r\n" + head + body)
            return True
        if fault == "503":
            writer.write(b"HTTP/1.1 503 Busy\r\n" + head + body)
            return True
        if fault == "half":
            writer.write(b"HTTP/1.1 200 OK\r\n" + head + body[:-2])
            await asyncio.sleep(0.002)
        elif fault == "silence":
            await asyncio.sleep(1.5)
        sock: socket.socket = writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()
        return False

    def _fault(self) -> str:
        if self.random.random() >= self.failing:
            return "none"
        return self.random.choices(["reset", "half", "503", "silence"], [4, 3, 3, self.silent])[0]


class Tally:
    """What came of the requests."""

    def __init__(self) -> None:
        self.good: Counter[tuple[str, int]] = Counter()
        self.bad: Counter[tuple[str, int]] = Counter()
        self.kinds: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.longest = 0.0

    def keep(self, key: tuple[str, int], value: Any, start: float) -> None:
        """An answer, or the error in its place."""
        self.longest = max(self.longest, time.monotonic() - start)
        if isinstance(value, HttpError):
            self.bad[key] += 1
            self.kinds[type(value).__name__] += 1
        elif value == {"n": key[1]}:
            self.good[key] += 1
        else:
            self.wrong.append(f"{key}: {value!r}")

    def check(self, keys: list[tuple[str, int]], server: Flaky, limit: float) -> None:
        """Raises AssertionError where something was lost, doubled, mixed up or slow."""
        assert not self.wrong, self.wrong[:5]
        assert all(self.good[key] + self.bad[key] == 1 for key in keys), "each call ends exactly once"
        assert all(server.answered[key] >= 1 for key in self.good), "what came back was sent"
        posts = [key for key in keys if key[0] == "POST"]
        assert all(server.taken[key] <= 1 for key in posts), "a POST was sent twice"
        gets = [key for key in keys if key[0] == "GET"]
        lost = sum(self.bad[key] for key in gets)
        assert lost <= max(3, len(gets) * 0.02), f"{lost} of {len(gets)} GETs: {self.kinds}"
        assert self.longest < limit, f"{self.longest:.1f} s"


def keys_of(count: int, offset: int) -> list[tuple[str, int]]:
    """A POST in every four."""
    return [("POST" if at % 4 == 0 else "GET", offset + at) for at in range(count)]


def operation_of(key: tuple[str, int]) -> Operation:
    return POST if key[0] == "POST" else GET


def threads(server: Flaky, count: int, width: int, timeout: Timeout = TIMEOUT) -> Tally:
    """``count`` requests over ``width`` threads and one client."""
    tally, keys = Tally(), keys_of(count, 0)
    resource = shop.client(f"http://127.0.0.1:{server.port}", timeout=timeout, retries=RETRIES)
    lock = threading.Lock()

    def call(key: tuple[str, int]) -> None:
        start = time.monotonic()
        try:
            value = shop.call(resource, operation_of(key), {"n": key[1]})
        except HttpError as error:
            value = error
        with lock:
            tally.keep(key, value, start)

    with ThreadPoolExecutor(width) as pool:
        list(pool.map(call, keys))
    resource._client.close()
    tally.check(keys, server, (timeout.total or TOTAL) + 1)
    return tally


async def tasks(server: Flaky, count: int, timeout: Timeout = TIMEOUT) -> Tally:
    """``count`` tasks at once and one client."""
    tally, keys = Tally(), keys_of(count, 1_000_000)
    resource = shop.async_client(f"http://127.0.0.1:{server.port}", timeout=timeout, retries=RETRIES)

    async def call(key: tuple[str, int]) -> None:
        start = time.monotonic()
        try:
            value = await shop.acall(resource, operation_of(key), {"n": key[1]})
        except HttpError as error:
            value = error
        tally.keep(key, value, start)

    async with asyncio.TaskGroup() as group:
        for key in keys:
            group.create_task(call(key))
    await resource._client.aclose()
    tally.check(keys, server, (timeout.total or TOTAL) + 1)
    return tally


RETRIES = Retries(5, delay=0.02, max_delay=0.5)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--threads", type=int, default=32)
    parser.add_argument("--tasks", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    with Flaky(arguments.seed) as server:
        start = time.monotonic()
        first = threads(server, arguments.requests, arguments.threads)
        middle = time.monotonic()
        second = asyncio.run(tasks(server, arguments.tasks))
        end = time.monotonic()
    for name, tally, seconds in (("threads", first, middle - start), ("tasks", second, end - middle)):
        good, bad = tally.good.total(), tally.bad.total()
        print(
            f"{name}: {good} good, {bad} failed {dict(tally.kinds)}, {seconds:.1f} s, longest {tally.longest:.2f} s"
        )
    print(f"faults: {dict(server.faults)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
