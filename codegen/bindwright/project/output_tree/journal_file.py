"""The journal of a run that writes: one JSON file, ``.bindwright/journal.json``.

It outlives a kill, and the next run believes it: so it may be planted, in a folder that comes with a checkout,
to move files to where its author wants them. Three things stand against that. The journal names the stage folder
of its run by the numbers that the file system gave it, which nobody knows before the folder is made; every path
goes through the one check of paths; what is staged has the hash that the journal says.
"""

from __future__ import annotations

import json
import stat
from typing import Any

from bindwright.project.configuration.settings import relative_path
from bindwright.project.errors import CommandError
from bindwright.project.output_tree import digests, paths
from bindwright.project.output_tree.folder import OutputFolder
from bindwright.project.output_tree.memory import STAGE

FILE = f"{paths.STATE}/journal.json"
FOLDER = "folder"
"""In the place of a hash: a whole folder is moved."""
_FORMAT = 2


class Entry:
    """One move: a new file or folder to its place, or an old file out of it."""

    __slots__ = ("files", "keep", "new", "old", "path")

    def __init__(
        self,
        path: str,
        new: str | None,
        old: str | None = None,
        keep: bool = False,
        files: dict[str, str] | None = None,
    ) -> None:
        self.path = path
        self.new = new
        """Hash, or `FOLDER`; None where the file is removed."""
        self.old = old
        """Hash of what stood there; None where nothing did."""
        self.keep = keep
        """What stood there was edited, and is set aside."""
        self.files = files if files is not None else {}
        """Hash of each file of a folder, by its path in the folder."""


def write(tree: OutputFolder, entries: list[Entry]) -> None:
    """Put the journal in place: the point of no return."""
    rows = [[entry.path, entry.new, entry.old, entry.keep, entry.files] for entry in entries]
    data = {"format": _FORMAT, "stage": _stage_numbers(tree), "entries": rows}
    tree.write(FILE, json.dumps(data).encode())


def read(tree: OutputFolder) -> list[Entry] | None:
    """The entries of an interrupted run; None where there is none, or where a power failure took its journal.

    Raises `CommandError` where the journal is not one of a run in this folder.
    """
    raw = tree.read(FILE)
    if raw is None:
        return None
    if not raw.strip(b"\0 \n"):
        tree.unlink(FILE)
        return None
    try:
        data = json.loads(raw)
        if data["format"] != _FORMAT or data["stage"] != _stage_numbers(tree):
            raise _foreign(tree, "another folder's")
        entries = [_entry(row) for row in data["entries"]]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise _foreign(tree, "not whole") from None
    for number, entry in enumerate(entries):
        _check_staged(tree, f"{STAGE}/{number}", entry)
    return entries


def _stage_numbers(tree: OutputFolder) -> list[int] | None:
    """Device and inode of the stage folder, which no checkout can foresee."""
    status = tree.status(STAGE)
    if status is None or not stat.S_ISDIR(status.st_mode):
        return None
    return [status.st_dev, status.st_ino]


def _entry(row: Any) -> Entry:
    """An entry of the journal's rows. Raises ValueError."""
    path, new, old, keep, files = row
    well_formed = (
        isinstance(path, str)
        and isinstance(new, str | None)
        and isinstance(old, str | None)
        and isinstance(keep, bool)
        and isinstance(files, dict)
        and all(isinstance(digest, str) for digest in files.values())
        and (path == paths.LOCK or not paths.fault(path))
        and not any(map(paths.fault, files))
    )
    if not well_formed:
        raise ValueError(f"malformed entry of the journal: {path!r}")
    return Entry(path, new, old, keep, files)


def _check_staged(tree: OutputFolder, staged: str, entry: Entry) -> None:
    """What is staged is what the journal says; what is not there any more was moved before the kill."""
    if not tree.exists(staged):
        return
    expected = {f"{staged}/{path}": digest for path, digest in entry.files.items()}
    if entry.new != FOLDER:
        expected = {staged: entry.new or ""}
    if sorted(_files_below(tree, staged)) != sorted(expected) or any(
        digests.of_output(tree, path) != digest for path, digest in expected.items()
    ):
        raise _foreign(tree, "of other files than those that are staged")


def _files_below(tree: OutputFolder, path: str) -> list[str]:
    """Every path below a folder that is no folder itself; the path alone where it is none."""
    status = tree.status(path)
    if status is None or not stat.S_ISDIR(status.st_mode):
        return [path]
    return [file for name in tree.names(path) for file in _files_below(tree, f"{path}/{name}")]


def _foreign(tree: OutputFolder, why: str) -> CommandError:
    return CommandError(
        "journal",
        f"{relative_path(f'{tree.output}/{FILE}')} says that a run was interrupted while it wrote, but it is {why}",
        f"nothing was done of what it says; if no run was interrupted here, look who put it there, then delete"
        f" {paths.STATE}/journal.json",
    )
