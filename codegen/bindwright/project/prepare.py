"""From the document to a plan, writing nothing. Generating and checking start the same way."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from bindwright import __version__
from bindwright.project import pipeline
from bindwright.project.configuration.settings import RunSettings
from bindwright.project.console.progress import Progress
from bindwright.project.output_tree import digests, git_attributes, lock, paths
from bindwright.project.output_tree.change_plan import ChangePlan, compare
from bindwright.project.output_tree.folder import OutputFolder
from bindwright.project.output_tree.lock import Lock
from bindwright.project.pipeline import Emitted, Lowered
from bindwright.targets.surface import file_name as surface_file

if TYPE_CHECKING:
    from bindwright.project.release import Release

CLOCK = 10_000_000
"""Nanoseconds by which a file system's clock may lag behind the process's."""
_TRIES = 3


class Candidate(Struct):
    """A tree that could be written."""

    emitted: Emitted
    plan: ChangePlan
    lock: Lock


class Preparation(Struct):
    """A document that was read, and what could be written from it."""

    settings: RunSettings
    old: Lock | None
    lowered: Lowered
    inputs: dict[str, str] = field(default_factory=dict)
    candidate: Candidate | None = None
    """None where the document has errors."""

    @property
    def size(self) -> int:
        """Bytes of the document's files."""
        return sum(_size(path) for path in self.input_paths)

    @property
    def input_paths(self) -> list[str]:
        """Every file that was read, absolute; the root document where nothing could be read."""
        names = list(self.inputs) or [self.settings.root_name]
        return [os.path.join(self.settings.folder, name) for name in names]


def prepare(settings: RunSettings, progress: Progress, release: Release | None = None) -> Preparation:
    """Load, lower, emit and compare. A document that is saved meanwhile is read again.

    Args:
        release: the release that this makes; None: the package stays what the lock has.

    Raises `CommandError` where the lock cannot be read.
    """
    old = lock.read(settings.output)
    for _ in range(_TRIES):
        started = time.time_ns() - CLOCK
        complete = release is not None or settings.targets != ("python",)
        lowered = pipeline.lower(settings, progress, old.remote if old else {}, complete=complete)
        preparation = Preparation(settings, old, lowered, _inputs(settings, lowered))
        if not _touched(preparation.input_paths, started):
            break
    if not lowered.failed:
        preparation.candidate = _emit(preparation, progress, release)
    return preparation


def _emit(preparation: Preparation, progress: Progress, release: Release | None) -> Candidate | None:
    settings, old = preparation.settings, preparation.old
    folder = OutputFolder(settings.output)
    surfaces = {
        target: f"{settings.folder_of(target)}/{surface_file(target)}".removeprefix("/")
        for target in settings.targets
    }
    files = old.files if old else {}
    locked: Mapping[str, Any] = old.names if old else {}
    record = dict(old.release) if old else {}
    if release is not None and release.names is not None:
        locked = release.names
    emitted = pipeline.emit(
        preparation.lowered,
        settings,
        locked,
        progress,
        old.package if old else "",
        {
            target: text
            for target, path in surfaces.items()
            if path in files and (text := folder.read(path)) is not None
        },
        release.version if release is not None else str(record.get("version", "")),
    )
    if preparation.lowered.failed:
        return None
    progress.stage("comparing")
    if release is not None and preparation.lowered.api is not None:
        from bindwright.project.release import dumps

        record = release.record(preparation.inputs)
        emitted.files[paths.RELEASED] = dumps(release, preparation.lowered.api, emitted.names)
    elif old and paths.RELEASED in old.files and (kept := folder.read(paths.RELEASED)) is not None:
        emitted.files[paths.RELEASED] = kept  # until the next release
    git_attributes.add(settings.output, emitted.files, old)
    paths.check(settings.output, emitted.files)
    plan = compare(settings.output, emitted.files, old, settings.force)
    lock_ = Lock(
        generator=__version__,
        package=emitted.package,
        options=digests.of_options(settings),
        inputs=preparation.inputs,
        files=plan.hashes,
        names=emitted.names,
        remote=pipeline.remote_hashes(preparation.lowered),
        release=record,
        document=from_output(settings),
    )
    return Candidate(emitted, plan, lock_)


def from_output(settings: RunSettings) -> str:
    """The root document by its path from the output folder, in POSIX form; empty for an address or another drive."""
    if "://" in settings.document:
        return ""
    try:
        path = os.path.relpath(os.path.realpath(settings.document), os.path.realpath(settings.output))
    except ValueError:
        return ""
    return path.replace(os.sep, "/")


def _inputs(settings: RunSettings, lowered: Lowered) -> dict[str, str]:
    return digests.of_inputs(settings, [file for file in lowered.document.files if "://" not in file])


def _touched(files: list[str], since: int) -> bool:
    return any(_modified(path) >= since for path in files)


def _modified(path: str) -> int:
    try:
        return os.stat(path).st_mtime_ns
    except OSError:
        return 0


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size
    except OSError:
        return 0
