"""What this machine remembers of the last run, in the output folder's ``.bindwright``, never committed.

It only saves work: without it, or where it does not fit, everything is compared by content.
"""

from __future__ import annotations

import json
import os
from typing import NamedTuple

FOLDER = ".bindwright"
_FORMAT = 1

Stat = tuple[int, int, int]
"""Modification time in nanoseconds, size in bytes, inode."""


class Memory(NamedTuple):
    """The last run, as seen when it ended."""

    generator: str
    lock: str
    """Hash of the lock's bytes."""
    options: str
    inputs: dict[str, str]
    stats: dict[str, list[int]]
    """Status of each generated file."""
    degraded: int
    summary: str


def folder(output: str) -> str:
    """The folder for what is not committed."""
    return os.path.join(output, FOLDER)


def leftovers(output: str) -> list[str]:
    """Where a run keeps what it stages and what it sets aside for its own undoing; gone when it has ended."""
    return [os.path.join(folder(output), name) for name in ("stage", "backup")]


def ensure_folder(output: str) -> str:
    """Make that folder, telling version control to ignore it."""
    path = folder(output)
    if not os.path.isdir(path):
        os.makedirs(path, exist_ok=True)
        with open(os.path.join(path, ".gitignore"), "w", encoding="ascii") as file:
            file.write("# What bindwright remembers of its last run; safe to delete.\n*\n")
    return path


def status(path: str) -> Stat | None:
    """The status of a regular file; None where there is none."""
    try:
        statuses = os.stat(path)
    except OSError:
        return None
    return statuses.st_mtime_ns, statuses.st_size, statuses.st_ino


def read(output: str) -> Memory | None:
    """The memory of the last run; None where there is none that can be used."""
    try:
        with open(os.path.join(folder(output), "memory.json"), "rb") as file:
            data = json.loads(file.read())
        if data.pop("format") != _FORMAT:
            return None
        return Memory(**data)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def write(output: str, memory: Memory) -> None:
    """Remember a run. A read-only output folder is no reason to fail."""
    data = {"format": _FORMAT, **memory._asdict()}
    try:
        path = os.path.join(ensure_folder(output), "memory.json")
        with open(f"{path}.new", "w", encoding="utf-8") as file:
            file.write(json.dumps(data))
        os.replace(f"{path}.new", path)
    except OSError:
        pass


def stats(output: str, files: list[str]) -> dict[str, list[int]]:
    """The status of the generated files that are there, to be remembered."""
    statuses: dict[str, list[int]] = {}
    status_of, prefix = os.stat, output + os.sep  # the largest documents have tens of thousands of files
    for name in files:
        try:
            stat = status_of(prefix + name)
        except OSError:
            continue
        statuses[name] = [stat.st_mtime_ns, stat.st_size, stat.st_ino]
    return statuses
