"""Waiting for an import job to finish: until its finish date is set, whatever its percentage says.

The generated `ContactLists.wait_for_import_job` waits for the percentage, as the document declares it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from w50api import AsyncClient, Client
    from w50api.models import ImportJob

Progress = Callable[["ImportJob"], object]


def wait_for_import_job(
    client: Client,
    contact_list_id: int,
    import_job_id: int,
    *,
    poll_interval: float = 1.0,
    timeout: float = 600.0,
    on_progress: Progress | None = None,
) -> ImportJob:
    """Read a job until it is finished (`finish_date` is set) and return its last state.

    `poll_interval` and `timeout` are in seconds. `on_progress` is called with every state that was read, the
    last one included. Raises `TimeoutError` where the job is not finished in time; errors of the calls
    themselves go through.
    """
    deadline = time.monotonic() + timeout
    while True:
        job = client.contact_lists.get_import_job(contact_list_id, import_job_id)
        if on_progress is not None:
            on_progress(job)
        if job.finish_date is not None:
            return job
        time.sleep(_pause(poll_interval, deadline, job, timeout))


async def wait_for_import_job_async(
    client: AsyncClient,
    contact_list_id: int,
    import_job_id: int,
    *,
    poll_interval: float = 1.0,
    timeout: float = 600.0,
    on_progress: Progress | None = None,
) -> ImportJob:
    """Like `wait_for_import_job`, for the async client."""
    deadline = time.monotonic() + timeout
    while True:
        job = await client.contact_lists.get_import_job(contact_list_id, import_job_id)
        if on_progress is not None:
            on_progress(job)
        if job.finish_date is not None:
            return job
        await asyncio.sleep(_pause(poll_interval, deadline, job, timeout))


def _pause(poll_interval: float, deadline: float, job: ImportJob, timeout: float) -> float:
    """Seconds to wait before the next reading; the last one is at the deadline."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError(
            f"import job {job.id} is at {job.progress_percent} % and not finished after {timeout:g} s"
        )
    return min(max(poll_interval, 0.0), left)
