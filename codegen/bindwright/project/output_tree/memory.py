"""What this machine remembers of the last run, in the output folder's ``.bindwright``, never committed.

It only saves work: without it, or where it does not fit, everything is compared by content.
"""

# Annotations are values here: a NamedTuple compiles each that is text, and this module is part of each run.
import json
import os
from typing import Any, NamedTuple

from bindwright.project.output_tree import paths
from bindwright.project.output_tree.folder import OutputFolder

STAGE = f"{paths.STATE}/stage"
"""Where a run writes new contents before it moves them."""
BACKUP = f"{paths.STATE}/backup"
"""Where it keeps what it replaces, for its own undoing. Both are gone when it has ended."""
_FILE = f"{paths.STATE}/memory.json"
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
    return os.path.join(output, paths.STATE)


def has_leftovers(output: str) -> bool:
    """Whether a run was killed while it wrote, so that there is something to clear."""
    tree = OutputFolder(output)
    return tree.exists(STAGE) or tree.exists(BACKUP)


def ensure_folder(output: str) -> None:
    """Make that folder, telling version control to ignore it."""
    tree = OutputFolder(output)
    if not tree.exists(paths.STATE):
        tree.make_folder(paths.STATE)
        note = b"# What bindwright remembers of its last run; safe to delete.\n*\n"
        tree.write(f"{paths.STATE}/.gitignore", note)


def status(path: str) -> Stat | None:
    """The status of what stands at a path, a link not followed; None where there is nothing."""
    try:
        result = os.lstat(path)
    except OSError:
        return None
    return result.st_mtime_ns, result.st_size, result.st_ino


def read(output: str) -> Memory | None:
    """The memory of the last run; None where there is none that can be used.

    Raises `CommandError` where something else than a file stands in its place.
    """
    try:
        raw = OutputFolder(output).read(_FILE)
        return None if raw is None else _parse(json.loads(raw))
    except (OSError, ValueError, RecursionError):
        return None


def _parse(data: Any) -> Memory | None:
    if (
        not isinstance(data, dict)
        or data.pop("format", None) != _FORMAT
        or data.keys() != set(Memory._fields)
    ):
        return None
    memory = Memory(**data)
    well_formed = (
        all(isinstance(text, str) for text in (memory.generator, memory.lock, memory.options, memory.summary))
        and isinstance(memory.degraded, int)
        and isinstance(memory.inputs, dict)
        and isinstance(memory.stats, dict)
        and all(map(paths.is_input, memory.inputs))
    )
    return memory if well_formed else None


def write(output: str, memory: Memory) -> None:
    """Remember a run. A read-only output folder is no reason to fail."""
    data = {"format": _FORMAT, **memory._asdict()}
    try:
        ensure_folder(output)
        OutputFolder(output).write(_FILE, json.dumps(data).encode())
    except OSError:
        pass


def stats(output: str, files: list[str]) -> dict[str, list[int]]:
    """The status of the generated files that are there, to be remembered."""
    statuses: dict[str, list[int]] = {}
    status_of, prefix = os.lstat, output + os.sep  # the largest documents have tens of thousands of files
    for name in files:
        try:
            stat = status_of(prefix + name)
        except (OSError, ValueError):
            continue
        statuses[name] = [stat.st_mtime_ns, stat.st_size, stat.st_ino]
    return statuses
