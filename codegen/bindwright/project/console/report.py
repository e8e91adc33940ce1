"""The coverage report as a file, and in one line."""

from __future__ import annotations

import os
from typing import Any, NamedTuple

from bindwright.project.output_tree import json_lines as jsonlines
from bindwright.project.output_tree import memory


class Count(NamedTuple):
    """Parts of a document, and how many of them are only nearly expressed."""

    operations: int
    schemas: int
    degraded: int

    def __str__(self) -> str:
        operations, schemas = _many(self.operations, "operation"), _many(self.schemas, "schema")
        return f"{operations}, {schemas}, {self.degraded} degraded"


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


_PARTS = ("operation", "webhook", "callback", "schema")
"""What counts as a part; parameters, bodies and responses belong to their operation."""


def count(coverage: dict[str, Any]) -> Count:
    """The numbers of a coverage report."""
    totals = coverage["totals"]
    every = {part: sum(totals.get(part, {}).values()) for part in _PARTS}
    degraded = sum(totals.get(part, {}).get("degraded", 0) for part in _PARTS)
    return Count(every["operation"], every["schema"], degraded)


def path_in(output: str) -> str:
    """Where each run writes its report."""
    return os.path.join(memory.folder(output), "coverage.json")


def write(path: str, coverage: dict[str, Any]) -> None:
    """Write a report, replacing the last one whole. Raises OSError."""
    folder = os.path.dirname(path)
    os.makedirs(folder, exist_ok=True)
    with open(f"{path}.new", "wb") as file:
        file.write(jsonlines.dumps(coverage))
    os.replace(f"{path}.new", path)
