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
"""Documents to tools to cells; ours is ``bindwright``."""


def lines(table: Table, idle: dict[str, float]) -> Iterator[str]:
    """A Markdown table of medians, with the fastest peer's over ours: whatever it lost, and of those that lost nothing."""
    tools = list(next(iter(table.values())))
    machine = f"{platform.python_implementation()} {platform.python_version()}, {platform.machine()}"
    yield f"{machine}, {os.cpu_count()} cores;"
    yield "whole processes, cold, formatting included; median seconds.\n"
    header = [
        "document",
        *tools,
        "fastest peer / ours",
        "of processor time",
        "fastest complete peer / ours",
        "goal",
        "nothing changed",
        "peak MB",
    ]
    yield f"| {' | '.join(header)} |"
    yield f"|{'---|' * len(header)}"
    for document, cells in table.items():
        ours = cells["bindwright"]
        fastest = min(cell.seconds for name, cell in cells.items() if name != "bindwright")
        least = min(cell.processor_seconds for name, cell in cells.items() if name != "bindwright")
        complete = [cell.seconds for name, cell in cells.items() if name != "bindwright" and not cell.notes()]
        row = [
            document,
            *(f"{cell.seconds:.2f}{' (!)' if cell.notes() else ''}" for cell in cells.values()),
            f"{fastest / ours.seconds:.1f}",
            f"{least / max(ours.processor_seconds, 1e-3):.1f}",
            f"{min(complete) / ours.seconds:.1f}" if complete else "none",
            f"{GOALS[document]:.0f}",
            f"{idle[document]:.3f}",
            f"{max(run.peak_mb for run in ours.runs):.0f}",
        ]
        yield f"| {' | '.join(row)} |"
    yield ""
    for document, cells in table.items():
        for tool, cell in cells.items():
            for note in cell.notes():
                yield f"- (!) {document}, {tool}: {note}"


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
