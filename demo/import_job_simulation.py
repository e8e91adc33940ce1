"""A small simulation of import jobs on top of the mock server: progress that grows, dates that fill in.

It uses only the public surface: `bindwright.serve` and the generated models.
"""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable, Collection, Mapping

from attrs import define, field
from bindwright.serve import App, Call, Refusal
from w50api.models import ImportJob

_CONTACTS = 1_000


@define
class _Job:
    """One import job: what is known of it, and when it was run (seconds of the simulation's clock)."""

    contact_list_id: int
    import_job_id: int
    started: float | None = None
    started_at: dt.datetime | None = None
    custom_events: tuple[str, ...] = ()


@define(eq=False)
class ImportJobSimulation:
    """Import jobs that take `duration` seconds from ``run`` to their end.

    `jobs` are (contact list, import job) pairs that exist; everything else is answered with 404.
    `keys` says which API keys are known and whether each may run jobs: an unknown or missing key is answered
    with 401, one that may not with 403; None lets everybody in.
    """

    jobs: Collection[tuple[int, int]]
    duration: float = 2.0
    keys: Mapping[str, bool] | None = None
    clock: Callable[[], float] = time.monotonic
    now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)
    _known: dict[tuple[int, int], _Job] = field(init=False)
    _lock: threading.Lock = field(factory=threading.Lock, init=False)

    def __attrs_post_init__(self) -> None:
        self._known = {pair: _Job(*pair) for pair in self.jobs}

    def install(self, app: App) -> None:
        """Answer both operations of the document."""
        app.handle("getImportJob", self.get_import_job)
        app.handle("runImportJob", self.run_import_job)

    def get_import_job(self, call: Call) -> ImportJob:
        """The state of a job."""
        self._admit(call, running=False)
        with self._lock:
            return self._state(self._find(call))

    def run_import_job(self, call: Call) -> ImportJob:
        """Start a job; one that runs already goes on as it is."""
        self._admit(call, running=True)
        with self._lock:
            job = self._find(call)
            if job.started is None or self._share(job) >= 1:
                job.started, job.started_at = self.clock(), self.now()
                job.custom_events = tuple(call.query.get("customevents") or ())
            return self._state(job)

    def custom_events(self, contact_list_id: int, import_job_id: int) -> tuple[str, ...]:
        """The custom events that a finished job has executed; none before."""
        job = self._known[contact_list_id, import_job_id]
        return job.custom_events if self._share(job) >= 1 else ()

    def _admit(self, call: Call, running: bool) -> None:
        key = call.request.header("authorization") or ""
        if self.keys is None:
            return
        if key not in self.keys:
            raise Refusal(401, "Request has been denied as it lacks valid Authentication credentials.")
        if running and not self.keys[key]:
            raise Refusal(403, "The user does not have the relevant permissions to perform this action.")

    def _find(self, call: Call) -> _Job:
        job = self._known.get((call.path["contactListId"], call.path["importJobId"]))
        if job is None:
            raise Refusal(404, "The specified Contactlist or ImportJob were not found.")
        return job

    def _share(self, job: _Job) -> float:
        """How much of the job is done, from 0 to 1."""
        if job.started is None:
            return 0.0
        return min((self.clock() - job.started) / self.duration, 1.0) if self.duration > 0 else 1.0

    def _state(self, job: _Job) -> ImportJob:
        share = self._share(job)
        done = int(_CONTACTS * share)
        end = job.started_at + dt.timedelta(seconds=self.duration) if job.started_at else None
        return ImportJob(
            id=job.import_job_id,
            contact_list_id=job.contact_list_id,
            invalid_email_count=done // 100,
            invalid_sms_count=done // 200,
            progress_percent=int(100 * share),
            current_status=None if job.started is None else "Finished" if share >= 1 else "Running",
            start_date=job.started_at,
            finish_date=end if share >= 1 else None,
            inserted_contacts=done * 7 // 10,
            updated_contacts=done * 2 // 10,
            dropped_contacts=0,
            not_updated_contacts=done // 10,
            total_contacts=done * 7 // 10 + done * 2 // 10,
        )
