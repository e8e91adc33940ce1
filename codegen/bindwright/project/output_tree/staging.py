"""New contents beside the old tree: each file under the number of its move, or in a folder that moves as one."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping


class NewFolders:
    """Finds the outermost folder around a path that is not there yet."""

    def __init__(self, output: str) -> None:
        self.output = output
        self._known: dict[str, str | None] = {"": None}
        self._seen: set[str] = set()

    def around(self, path: str) -> str | None:
        """The folder, relative to the output folder; None where all are there."""
        folder = path.rpartition("/")[0]
        if folder not in self._known:
            outer = self.around(folder)
            missing = outer is None and not os.path.lexists(os.path.join(self.output, folder))
            self._known[folder] = folder if missing else outer
        return self._known[folder]

    def first(self, folder: str) -> bool:
        """Whether it is asked for the first time."""
        repeated = folder in self._seen
        self._seen.add(folder)
        return not repeated


def stage_all(stage: str, paths: list[str], contents: Mapping[str, bytes]) -> None:
    """Write each file into the folder `stage`, under its number in `paths` or into that of its folder's.

    Raises OSError.
    """
    places = {path: f"{stage}/{number}" for number, path in enumerate(paths)}
    places_of_folders: dict[str, str] = {}

    def within(folder: str) -> str:
        place = places_of_folders.get(folder)
        if place is None:
            outer, _, name = folder.rpartition("/")
            place = places_of_folders[folder] = places.get(folder) or f"{within(outer)}/{name}"
            os.mkdir(place)
        return place

    for path, data in contents.items():
        place = places.get(path)
        if place is None:
            folder, _, name = path.rpartition("/")
            place = f"{within(folder)}/{name}"
        _write(place, data)


def _write(place: str, data: bytes) -> None:
    # Files by the hundred: an object of Python's for each would take as long as the system does.
    # By path, not by descriptors as `OutputFolder` does: the folder was made a moment ago, empty, by this run.
    opened = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        if os.write(opened, data) != len(data):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), place)
    finally:
        os.close(opened)
