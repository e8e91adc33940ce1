"""What type checkers must know of the views of operations; `test_views` has two of them look at it."""

from __future__ import annotations

from typing import assert_type

from bindwright.runtime.http import AsyncStreamingResponse, RawResponse, StreamingResponse
from w50api import AsyncClient, Client
from w50api.models import ImportJob


def sync(client: Client) -> None:
    raw = client.contact_lists.with_raw_response.get_import_job(12, 34, timeout=3.0)
    assert_type(raw, RawResponse[ImportJob])
    assert_type(raw.parse(), ImportJob)
    view = client.contact_lists.with_raw_response.with_options(retries=1)
    assert_type(view.run_import_job(12, 34, custom_events=["A"]).value.progress_percent, int)
    with client.contact_lists.with_streaming_response.get_import_job(12, 34) as response:
        assert_type(response, StreamingResponse[ImportJob])
    client.contact_lists.with_raw_response.get_import_job(12, "x")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    client.contact_lists.with_raw_response.no_such_thing()  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]


async def asynchronous(client: AsyncClient) -> None:
    raw = await client.contact_lists.with_raw_response.get_import_job(12, 34)
    assert_type(raw, RawResponse[ImportJob])
    async with client.contact_lists.with_streaming_response.run_import_job(12, 34) as response:
        assert_type(response, AsyncStreamingResponse[ImportJob])
        assert_type(await response.parse(), ImportJob)
