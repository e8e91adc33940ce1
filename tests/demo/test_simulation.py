"""Import jobs whose progress grows, through the generated client, by a clock of the test."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Literal

import pytest
from attrs import define
from bindwright.runtime.http import Forbidden, NotFound, Unauthorized, WaitTimeout
from bindwright.serve import load
from bindwright.testing import MockApi
from w50api import AsyncClient, Client
from w50api.custom import wait_for_import_job, wait_for_import_job_async, waiting

from demo.import_job_simulation import ImportJobSimulation

DOCUMENT = Path(__file__).parents[2] / "openapi.yaml"
START = dt.datetime(2024, 12, 27, 18, 22, 13, 643685, tzinfo=dt.UTC)


@define
class Clock:
    """Seconds that pass when the test says so."""

    seconds: float = 0.0

    def __call__(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.seconds += seconds


@define
class Scene:
    mock: MockApi
    simulation: ImportJobSimulation
    clock: Clock

    def client(self, key: str = "full", format: Literal["json", "xml"] = "json") -> Client:
        return Client("http://w50.example", format=format, api_key=key, transport=self.mock.transport)


@pytest.fixture
def scene() -> Iterator[Scene]:
    clock = Clock()
    simulation = ImportJobSimulation(
        jobs=[(12, 34)],
        duration=10,
        keys={"full": True, "reading": False},
        clock=clock,
        now=lambda: START + dt.timedelta(seconds=clock.seconds),
    )
    app = load(DOCUMENT, package="w50api")
    simulation.install(app)
    mock = MockApi(app)
    yield Scene(mock, simulation, clock)
    mock.check()


@pytest.mark.parametrize("format", ["json", "xml"])
def test_progress_grows_after_run(scene: Scene, format: Literal["json", "xml"]) -> None:
    with scene.client(format=format) as client:
        before = client.contact_lists.get_import_job(12, 34)
        assert (before.progress_percent, before.start_date, before.finish_date) == (0, None, None)
        assert before.current_status is None
        started = client.contact_lists.run_import_job(12, 34, custom_events=["A", "B b"])
        assert (started.progress_percent, started.start_date, started.finish_date) == (0, START, None)
        seen = []
        for scene.clock.seconds in (2.5, 5.0, 9.99, 10.0, 60.0):
            job = client.contact_lists.get_import_job(12, 34)
            seen.append((job.progress_percent, job.finish_date is not None, job.current_status))
        assert seen == [
            (25, False, "Running"),
            (50, False, "Running"),
            (99, False, "Running"),
            (100, True, "Finished"),
            (100, True, "Finished"),
        ]
        assert job.finish_date == START + dt.timedelta(seconds=10)
        assert job.total_contacts == job.inserted_contacts + job.updated_contacts == 900
    assert scene.simulation.custom_events(12, 34) == ("A", "B b")
    assert scene.mock.calls[1].request.target.endswith("/run?customevents=A,B%20b")
    assert all(call.response.header("content-type") == f"application/{format}" for call in scene.mock.calls)


def test_a_running_job_is_not_started_anew(scene: Scene) -> None:
    with scene.client() as client:
        client.contact_lists.run_import_job(12, 34, custom_events=["A"])
        scene.clock.seconds = 5
        assert client.contact_lists.run_import_job(12, 34, custom_events=["B"]).progress_percent == 50
        assert scene.simulation.custom_events(12, 34) == ()
        scene.clock.seconds = 20
        assert scene.simulation.custom_events(12, 34) == ("A",)
        assert client.contact_lists.run_import_job(12, 34).progress_percent == 0


def test_errors(scene: Scene) -> None:
    with scene.client() as client, pytest.raises(NotFound, match="specified Contactlist"):
        client.contact_lists.get_import_job(12, 99)
    with scene.client("wrong") as client, pytest.raises(Unauthorized):
        client.contact_lists.get_import_job(12, 34)
    with scene.client("reading") as client:
        client.contact_lists.get_import_job(12, 34)
        with pytest.raises(Forbidden):
            client.contact_lists.run_import_job(12, 34)


def test_waiting(scene: Scene) -> None:
    scene.simulation.duration = 0.0
    seen = []
    with scene.client() as client:
        client.contact_lists.run_import_job(12, 34)
        job = wait_for_import_job(client, 12, 34, poll_interval=0, on_progress=seen.append)
    assert seen == [job]
    assert job.progress_percent == 100


@pytest.mark.parametrize("format_", ["json", "xml"])
def test_the_method_that_the_document_declares_waits(scene: Scene, format_: Literal["json", "xml"]) -> None:
    scene.simulation.duration = 0.0
    seen = []
    with scene.client().with_options(format=format_) as client:
        client.contact_lists.run_import_job(12, 34)
        job = client.contact_lists.wait_for_import_job(12, 34, interval=0, progress=seen.append)
    assert seen == [job]
    assert job.progress_percent == 100
    with scene.client() as client:
        scene.simulation.duration = 100.0
        client.contact_lists.run_import_job(12, 34)
        with pytest.raises(WaitTimeout):
            client.contact_lists.wait_for_import_job(12, 34, interval=0.01, max_wait=0.02)


def test_waiting_ends_with_its_time(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    # By a clock that only sleeping moves: a slow machine reads as often as a fast one.
    clock = Clock()
    monkeypatch.setattr(waiting, "time", SimpleNamespace(monotonic=clock, sleep=clock.sleep))
    seen = []
    with scene.client() as client:
        client.contact_lists.run_import_job(12, 34)
        with pytest.raises(TimeoutError, match=r"at 0 % and not finished after 0\.05 s"):
            wait_for_import_job(client, 12, 34, poll_interval=0.02, timeout=0.05, on_progress=seen.append)
    assert len(seen) == 4  # at once, twice after an interval, and at the deadline
    assert clock.seconds == pytest.approx(0.05)


def test_waiting_without_blocking(scene: Scene) -> None:
    import asyncio

    scene.simulation.duration = 0.0

    async def run() -> int:
        transport = scene.mock.async_transport
        async with AsyncClient("http://w50.example", api_key="full", transport=transport) as client:
            await client.contact_lists.run_import_job(12, 34)
            return (await wait_for_import_job_async(client, 12, 34, poll_interval=0)).progress_percent

    assert asyncio.run(run()) == 100
