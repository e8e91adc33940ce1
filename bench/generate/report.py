"""The table of a benchmark run, as text, Markdown and JSON."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from statistics import median
from typing import Any

from attrs import define, field

from bench.generate.documents import GOALS
from bench.generate.measure import Run
from bench.generate.tools import OURS


@define
class Cell:
    """One tool on one document."""

    runs: list[Run] = field(factory=list)
    operations: int = 0
    of: int = 0
    broken: str = ""
    """What its import said."""

    @property
    def seconds(self) -> float:
        """Median over the runs."""
        return median(run.seconds for run in self.runs)

    @property
    def processor_seconds(self) -> float:
        """Median over the runs."""
        return median(run.processor_seconds for run in self.runs)

    @property
    def failed(self) -> bool:
        """Whether any run ended with another exit code than 0."""
        return any(run.code for run in self.runs)

    def notes(self) -> list[str]:
        """What a time alone would hide."""
        notes = []
        if self.failed:
            notes.append("took too long" if self.runs[-1].code < 0 else f"exit {self.runs[-1].code}")
        if self.operations < self.of:
            notes.append(f"{self.of - self.operations} of {self.of} operations missing")
        if self.broken:
            notes.append(f"cannot be imported: {self.broken}")
        return notes


Table = dict[str, dict[str, Cell]]
"""Documents to tools to cells; ours are those of `OURS`."""


_HEADER = (
    "fastest complete peer / ours",
    "of processor time",
    "goal",
    "of any peer",
    "nothing changed",
    "peak MB",
)


def lines(table: Table, idle: dict[str, float]) -> Iterator[str]:
    """A Markdown table of medians, with the fastest complete peer's over ours.

    The goals are judged by peers that lost nothing: one that left operations out, or whose package cannot be imported,
    has not done the same work. Where there is none, by those that wrote every operation, marked; the fastest of all
    stands beside it.
    """
    tools = list(next(iter(table.values())))
    ours = [name for name in tools if name in OURS]
    machine = f"{platform.python_implementation()} {platform.python_version()}, {platform.machine()}"
    yield f"{machine}, {os.cpu_count()} cores;"
    both = f"; ratios of {' and '.join(ours)}" if len(ours) > 1 else ""
    yield f"whole processes, cold, formatting included; median seconds{both}.\n"
    header = ["document", *tools, *_HEADER]
    yield f"| {' | '.join(header)} |"
    yield f"|{'---|' * len(header)}"
    for document, cells in table.items():
        peers = [cell for name, cell in cells.items() if name not in OURS]
        whole = [cell for cell in peers if not cell.failed and cell.operations >= cell.of]
        complete = [cell for cell in whole if not cell.notes()]
        judges, mark = (complete, "") if complete or not whole else (whole, " (!)")
        row = [
            document,
            *(f"{cell.seconds:.2f}{' (!)' if cell.notes() else ''}" for cell in cells.values()),
            _ratios(judges, cells, "seconds") + mark,
            _ratios(judges, cells, "processor_seconds") + mark,
            f"{GOALS[document]:.0f}",
            _ratios(peers, cells, "seconds"),
            f"{idle[document]:.3f}",
            f"{max(run.peak_mb for run in cells[OURS[0]].runs):.0f}",
        ]
        yield f"| {' | '.join(row)} |"
    yield ""
    for document, cells in table.items():
        for tool, cell in cells.items():
            for note in cell.notes():
                yield f"- (!) {document}, {tool}: {note}"


def _ratios(peers: list[Cell], cells: dict[str, Cell], figure: str) -> str:
    """The smallest figure of `peers` over each of ours."""
    least = min((getattr(peer, figure) for peer in peers), default=None)
    if least is None:
        return "none"
    ours = (getattr(cells[name], figure) for name in OURS if name in cells)
    return " and ".join(f"{least / max(own, 1e-3):.1f}" for own in ours)


def data(table: Table, idle: dict[str, float]) -> dict[str, Any]:
    """The same as JSON, every run included."""
    return {
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "documents": {
            document: {
                "nothing_changed_seconds": idle[document],
                "tools": {
                    tool: {
                        "median_seconds": cell.seconds,
                        "seconds": [run.seconds for run in cell.runs],
                        "processor_seconds": [run.processor_seconds for run in cell.runs],
                        "peak_mb": [run.peak_mb for run in cell.runs],
                        "exit_codes": [run.code for run in cell.runs],
                        "operations": cell.operations,
                        "operations_in_document": cell.of,
                        "notes": cell.notes(),
                    }
                    for tool, cell in cells.items()
                },
            }
            for document, cells in table.items()
        },
    }
