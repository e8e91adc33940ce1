"""Run an import job with two custom events, once in JSON and once in XML, and show it.

``python -m demo``; needs no network: the embedded server listens on a free port of the loopback interface.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Literal

import attrs
from bindwright.runtime import json, xml
from bindwright.serve import Server, load
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn
from rich.syntax import Syntax
from rich.table import Table
from w50api import AsyncClient, Client
from w50api.custom import wait_for_import_job, wait_for_import_job_async
from w50api.models import ImportJob

from demo.import_job_simulation import ImportJobSimulation
from demo.node_client import read_job

DOCUMENT = Path(__file__).parent.parent / "openapi.yaml"
LIST, JOBS = 12, {"json": 34, "xml": 35, "async": 36}
KEY = "demo-key"
EVENTS = ["SendWelcomeEmail", "SendEventInvite"]
SECONDS = 1.2
"""How long a simulated job takes."""


def main() -> int:
    """Run everything; 0 when both jobs finished with their custom events executed."""
    console = Console(highlight=False)
    jobs = [(LIST, job) for job in JOBS.values()]
    simulation = ImportJobSimulation(jobs=jobs, duration=SECONDS, keys={KEY: True})
    app = load(DOCUMENT, package="w50api")
    simulation.install(app)
    with Server(app) as server:
        console.print(f"The embedded server answers at {server.url}")
        finished = [run(server.url, "json", console), run(server.url, "xml", console)]
        finished.append(asyncio.run(run_async(server.url)))
        in_node, said = read_job(server.url, KEY, LIST, JOBS["json"])
    show(finished[:2], console)
    console.print(f"\n{said}")
    executed = all(simulation.custom_events(LIST, job.id) == tuple(EVENTS) for job in finished)
    complete = all(job.progress_percent == 100 and job.finish_date is not None for job in finished)
    return 0 if executed and complete and in_node else 1


def run(url: str, format: Literal["json", "xml"], console: Console) -> ImportJob:
    """Run a job through the generated client and follow it with a progress bar."""
    with Client(url, format=format, api_key=KEY) as client, bar(console) as progress:
        client.contact_lists.run_import_job(LIST, JOBS[format], custom_events=EVENTS)
        task = progress.add_task(f"import job {JOBS[format]} in {format.upper()}", total=100)
        return wait_for_import_job(
            client,
            LIST,
            JOBS[format],
            poll_interval=SECONDS / 12,
            timeout=30,
            on_progress=lambda job: progress.update(task, completed=job.progress_percent),
        )


async def run_async(url: str) -> ImportJob:
    """The same through the async client."""
    async with AsyncClient(url, api_key=KEY) as client:
        await client.contact_lists.run_import_job(LIST, JOBS["async"], custom_events=EVENTS)
        return await wait_for_import_job_async(
            client, LIST, JOBS["async"], poll_interval=SECONDS / 12, timeout=30
        )


def bar(console: Console) -> Progress:
    """A progress bar of one job."""
    return Progress(TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), console=console)


def show(jobs: list[ImportJob], console: Console) -> None:
    """The finished jobs as a table, and one of them in both wire forms."""
    table = Table("Member", *(f"job {job.id}" for job in jobs), title="Finished import jobs")
    for member in attrs.fields(ImportJob):
        if not member.name.startswith("_"):
            table.add_row(member.name, *(str(getattr(job, member.name)) for job in jobs))
    console.print(table)
    job = jobs[0]
    for title, text, lexer in (("JSON", json.encode(job), "json"), ("XML", xml.encode(job), "xml")):
        console.print(f"\n{title} on the wire ({len(text)} bytes)")
        console.print(Syntax(text.decode(), lexer, word_wrap=True, background_color="default"))


if __name__ == "__main__":
    sys.exit(main())
