"""One contestant beside its own bare transport, in its own Python: ``python worker.py KIND URL CALLS``.

Runs in the environment of the client it measures and imports nothing of this repository but that client.
The two take turns, request by request, so that a slow moment of the machine hits both. Prints one JSON
object: the seconds of each call, and what was read, for the comparison of the values.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from typing import Any

MEMBERS = (
    "id", "contact_list_id", "invalid_email_count", "invalid_sms_count", "progress_percent", "current_status",
    "start_date", "finish_date", "inserted_contacts", "updated_contacts", "dropped_contacts",
    "not_updated_contacts", "total_contacts",
)  # fmt: skip
HEADERS = {"Accept": "application/json"}
WARM = 200


def bindwright(url: str) -> tuple[Any, Any]:
    import urllib3
    from w50api import Client

    pool, client = urllib3.PoolManager(), Client(url)
    return (
        lambda: pool.request("GET", f"{url}/contactLists/12/import/34", headers=HEADERS).data,
        lambda: client.contact_lists.get_import_job(12, 34),
    )


def bindwright_async(url: str) -> tuple[Any, Any]:
    import httpx2
    from w50api import AsyncClient

    bare, client = httpx2.AsyncClient(), AsyncClient(url)

    async def get() -> bytes:
        return (await bare.get(f"{url}/contactLists/12/import/34", headers=HEADERS)).read()

    return get, lambda: client.contact_lists.get_import_job(12, 34)


def openapi_python_client(url: str) -> tuple[Any, Any]:
    import httpx
    from w50_api_import_jobs_client import Client
    from w50_api_import_jobs_client.api.contact_lists import get_import_job

    bare, client = httpx.Client(), Client(base_url=url)
    return (
        lambda: bare.get(f"{url}/contactLists/12/import/34", headers=HEADERS).read(),
        lambda: get_import_job.sync(12, 34, client=client),
    )


def openapi_generator(url: str) -> tuple[Any, Any]:
    import urllib3
    from openapi_client import ApiClient, Configuration, ContactListsApi

    pool, api = urllib3.PoolManager(), ContactListsApi(ApiClient(Configuration(host=url)))
    return (
        lambda: pool.request("GET", f"{url}/contactLists/12/import/34", headers=HEADERS).data,
        lambda: api.get_import_job(12, 34),
    )


def turns(bare: Any, client: Any, calls: int) -> tuple[list[float], list[float]]:
    """Seconds of each call; who is first changes."""
    times: tuple[list[float], list[float]] = ([], [])
    for at in range(calls + WARM):
        for which in (0, 1) if at % 2 else (1, 0):
            run = client if which else bare
            start = time.perf_counter()
            run()
            elapsed = time.perf_counter() - start
            if at >= WARM:
                times[which].append(elapsed)
    return times


async def turns_async(bare: Any, client: Any, calls: int) -> tuple[list[float], list[float]]:
    """As `turns`."""
    times: tuple[list[float], list[float]] = ([], [])
    for at in range(calls + WARM):
        for which in (0, 1) if at % 2 else (1, 0):
            run = client if which else bare
            start = time.perf_counter()
            await run()
            elapsed = time.perf_counter() - start
            if at >= WARM:
                times[which].append(elapsed)
    return times


def plain(value: Any) -> dict[str, Any]:
    """A job's members, dates as ISO text."""
    members = {name: getattr(value, name) for name in MEMBERS}
    return {
        name: member.isoformat() if hasattr(member, "isoformat") else member
        for name, member in members.items()
    }


def main(kind: str, url: str, calls: int) -> None:
    make = globals()[kind]
    if kind.endswith("_async"):

        async def run() -> tuple[Any, Any, Any]:
            bare, client = make(url)
            return await bare(), await client(), await turns_async(bare, client, calls)

        data, value, times = asyncio.run(run())
    else:
        bare, client = make(url)
        data, value, times = bare(), client(), turns(bare, client, calls)
    print(json.dumps({"body": data.decode(), "value": plain(value), "bare": times[0], "client": times[1]}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
