"""What a run would do to the output folder: the comparison of new files, the lock and the disk."""

from __future__ import annotations

import os
from collections.abc import Mapping

from msgspec import Struct

from bindwright.project.output_tree import digests, memory
from bindwright.project.output_tree.folder import OutputFolder
from bindwright.project.output_tree.lock import Lock
from bindwright.project.output_tree.memory import Memory


class FileWrite(Struct, frozen=True):
    """A file that will be written."""

    path: str
    data: bytes
    before: str | None
    """Hash of what stands there now; None where there is nothing."""
    edited: bool = False
    """What stands there was generated and edited since: it is set aside, not lost."""


class ChangePlan(Struct, frozen=True):
    """The difference between what is there and what should be there."""

    writes: list[FileWrite]
    removals: list[tuple[str, str]]
    """Files of the old lock that are generated no more, with their hash."""
    kept: list[str]
    """The same, but edited since: they stay."""
    clashes: list[str]
    """Files that stand where one should be written and that bindwright did not write."""
    lost: list[str]
    """Files of the lock that somebody deleted."""
    hashes: dict[str, str]
    """Hash of every file that should be there."""

    @property
    def empty(self) -> bool:
        """Whether nothing would be written or removed."""
        return not self.writes and not self.removals

    @property
    def edited(self) -> list[str]:
        """Every generated file that is not as the lock has it, deleted ones included."""
        return sorted({*self.kept, *self.lost, *(write.path for write in self.writes if write.edited)})


class OutputFiles:
    """Hashes of files in the output folder, without reading those that this machine remembers."""

    def __init__(self, output: str, old_hashes: Lock | None, remembered: Memory | None) -> None:
        self._tree = OutputFolder(output)
        self._hashes = old_hashes.files if old_hashes is not None else {}
        self._stats = remembered.stats if remembered is not None else {}
        self._folders: dict[str, bool] = {}

    def digest(self, path: str) -> str | None:
        """The hash of a file, None where there is none; `digests.OTHER` where something else stands there."""
        if not self._there(path.rpartition("/")[0]):
            return None
        stat = memory.status(os.path.join(self._tree.output, path))
        if stat is not None and path in self._hashes and self._stats.get(path) == list(stat):
            return self._hashes[path]
        return digests.of_output(self._tree, path)

    def _there(self, folder: str) -> bool:
        exists = self._folders.get(folder)
        if exists is None:
            self._tree.check_folder(folder)
            exists = self._folders[folder] = os.path.lexists(os.path.join(self._tree.output, folder))
        return exists


def compare(output: str, files: Mapping[str, bytes], old: Lock | None, force: bool = False) -> ChangePlan:
    """Plan the change from what stands in `output` to `files`. Reads the disk, changes nothing."""
    old_hashes = old.files if old is not None else {}
    disk = OutputFiles(output, old, memory.read(output) if old is not None else None)
    plan = ChangePlan([], [], [], [], [], {path: digests.of_bytes(data) for path, data in files.items()})
    for path, data in files.items():
        _compare_file(plan, disk, old_hashes, path, data, force)
    for path in old_hashes:
        if path not in files:
            _retire(plan, disk, path, old_hashes[path], force)
    return plan


def _compare_file(
    plan: ChangePlan, disk: OutputFiles, old_hashes: Mapping[str, str], path: str, data: bytes, force: bool
) -> None:
    digest = disk.digest(path)
    if digest == plan.hashes[path]:
        return
    if digest is None:
        if path in old_hashes:
            plan.lost.append(path)
        plan.writes.append(FileWrite(path, data, None))
    elif digest == digests.OTHER or (path not in old_hashes and not force):
        plan.clashes.append(path)
    else:
        plan.writes.append(FileWrite(path, data, digest, edited=digest != old_hashes.get(path)))


def _retire(plan: ChangePlan, disk: OutputFiles, path: str, expected: str, force: bool) -> None:
    digest = disk.digest(path)
    if digest is None:
        return
    if digest == digests.OTHER or (digest != expected and not force):
        plan.kept.append(path)
    else:
        plan.removals.append((path, digest))
