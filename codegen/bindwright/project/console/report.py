"""The coverage report as a file, and in one line."""

from __future__ import annotations

import os
from typing import Any

from msgspec import Struct

from bindwright.project.output_tree import json_lines as jsonlines
from bindwright.project.output_tree import memory, paths
from bindwright.project.output_tree.folder import OutputFolder


class Count(Struct):
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


def write(path: str, coverage: dict[str, Any]) -> None:
    """Write a report to the path that a person named, replacing the last one whole. Raises OSError."""
    folder, name = os.path.split(path)
    os.makedirs(folder, exist_ok=True)
    OutputFolder(folder).write(name, jsonlines.dumps(coverage))


def write_in(output: str, coverage: dict[str, Any]) -> None:
    """Write the report that each run leaves in the output folder. Raises OSError and `CommandError`."""
    memory.ensure_folder(output)
    OutputFolder(output).write(f"{paths.STATE}/coverage.json", jsonlines.dumps(coverage))
