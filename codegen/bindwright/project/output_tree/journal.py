"""Writing so that an interrupted run leaves the old tree, or one that the next run completes.

The order, and what a kill at each point leaves:

1. New contents are staged in ``.bindwright/stage``, those of a folder that is not there yet as that folder,
   which is one move for all its files. Killed here: the old tree; the next run clears the stage.
2. The journal, which names every move, is put in place by one rename: the point of no return.
3. Files are moved to their places one by one, what they replace being kept in ``.bindwright/backup``, and
   removed files are moved there. Killed here: the next run goes on from the journal (`recover`).
   An error here (a full disk, a folder without permission): everything is moved back.
4. The journal is removed, then stage and backup.

A kill loses no page of the operating system's cache, so nothing is forced to disk, which would cost more
than all the writing; after a power failure the hashes in the lock tell which files are not whole.
"""

from __future__ import annotations

import os

from bindwright.project.errors import CommandError
from bindwright.project.output_tree import digests, journal_file, memory, paths
from bindwright.project.output_tree.change_plan import ChangePlan
from bindwright.project.output_tree.folder import OutputFolder
from bindwright.project.output_tree.journal_file import FOLDER, Entry
from bindwright.project.output_tree.memory import BACKUP, STAGE
from bindwright.project.output_tree.staging import NewFolders, stage_all

EDITED = f"{paths.STATE}/edited"
"""Where edited files are set aside that a run replaced or removed."""


def commit(output: str, plan: ChangePlan, last: dict[str, bytes]) -> None:
    """Carry out a plan; `last` are files to write after all others (the lock).

    The caller holds the output folder's mutex. Raises OSError or `CommandError`, with the old tree back in
    place.
    """
    tree = OutputFolder(output)
    memory.ensure_folder(output)
    clear(output)
    tree.make_folder(STAGE)
    tree.make_folder(BACKUP)
    contents = {write.path: write.data for write in plan.writes} | last
    entries = _entries(tree, plan, last)
    try:
        stage_all(os.path.join(output, STAGE), [entry.path for entry in entries], contents)
        journal_file.write(tree, entries)
    except OSError:
        clear(output)
        raise
    _carry_out(tree, entries)


def recover(output: str) -> bool:
    """Complete a run that was interrupted after its point of no return, or clear what it staged.

    Gives whether there was one to complete. The caller holds the mutex. Raises `CommandError` where the journal
    was not written by an interrupted run here: nothing that it says is done.
    """
    tree = OutputFolder(output)
    entries = journal_file.read(tree)
    if entries is None:
        clear(output)
        return False
    # Between the kill and now somebody may have edited a file that the journal is about to replace: what is
    # neither the old content nor the new one is theirs, and is set aside as a known edit would be. Where the
    # staged file is gone, its move was made before the kill, and what stands there needs no protection.
    for number, entry in enumerate(entries):
        if entry.new is None or tree.exists(_stage(number)):
            digest = digests.of_output(tree, entry.path)
            entry.keep = entry.keep or digest not in (None, entry.old, entry.new)
    _carry_out(tree, entries)
    return True


def _entries(tree: OutputFolder, plan: ChangePlan, last: dict[str, bytes]) -> list[Entry]:
    new = NewFolders(tree.output)
    entries: list[Entry] = []
    folders: dict[str, Entry] = {}
    for write in plan.writes:
        folder = new.around(write.path)
        if folder is None:
            entries.append(Entry(write.path, plan.hashes[write.path], write.before, write.edited))
            continue
        if new.first(folder):
            folders[folder] = Entry(folder, FOLDER)
            entries.append(folders[folder])
        inner = write.path.removeprefix(f"{folder}/")
        folders[folder].files[inner] = plan.hashes[write.path]
    for path, data in last.items():
        entries.append(Entry(path, digests.of_bytes(data), digests.of_output(tree, path)))
    entries += [Entry(path, None, old) for path, old in plan.removals]
    return entries


def _carry_out(tree: OutputFolder, entries: list[Entry]) -> None:
    # One more than what was moved is undone: the entry that failed may have been done by half (a backup linked,
    # the new file not in place). Undoing is safe to repeat, as moving is.
    moved: list[int] = []
    try:
        for number, entry in enumerate(entries):
            _move(tree, number, entry)
            moved.append(number)
    except (OSError, CommandError):
        for number in reversed(range(len(moved) + 1)):
            _undo(tree, number, entries[number])
        _remove_empty(tree, [entry.path for entry in entries])
        tree.unlink(journal_file.FILE)
        clear(tree.output)
        raise
    _set_aside(tree, entries)
    _remove_empty(tree, [entry.path for entry in entries if entry.new is None])
    tree.unlink(journal_file.FILE)
    clear(tree.output)


def _stage(number: int) -> str:
    return f"{STAGE}/{number}"


def _backup(number: int) -> str:
    return f"{BACKUP}/{number}"


def _move(tree: OutputFolder, number: int, entry: Entry) -> None:
    """Do one entry; doing it again after it was done changes nothing."""
    backup, staged = _backup(number), _stage(number)
    if entry.new is None:
        if tree.exists(entry.path):
            tree.replace(entry.path, backup)
        return
    # The common case first, without looking: one rename a file, which is what a first run of thousands does.
    if entry.old is None and not entry.keep and _place(tree, staged, entry.path):
        return
    if not tree.exists(staged):
        return
    if tree.exists(entry.path):
        # Linked, not moved: at no moment is the place empty, so a reader (an import) finds old or new. Where the
        # backup is there already, this entry was interrupted; what stands at the target now may be the new file.
        if not tree.exists(backup):
            tree.link(entry.path, backup)
    else:
        tree.make_folder(entry.path.rpartition("/")[0])
    tree.replace(staged, entry.path)


def _place(tree: OutputFolder, staged: str, target: str) -> bool:
    """Move a file to where none stands; False where its folder is missing, or it was moved before."""
    try:
        tree.replace(staged, target)
    except FileNotFoundError:
        return False
    return True


def _undo(tree: OutputFolder, number: int, entry: Entry) -> None:
    backup, staged = _backup(number), _stage(number)
    if tree.exists(backup):
        tree.replace(backup, entry.path)
    elif entry.new is not None and not tree.exists(staged):
        tree.replace(entry.path, staged)


def _set_aside(tree: OutputFolder, entries: list[Entry]) -> None:
    """Keep the edited files that were replaced, under ``.bindwright/edited``."""
    for number, entry in enumerate(entries):
        if entry.keep and tree.exists(_backup(number)):
            aside = f"{EDITED}/{entry.path}"
            tree.make_folder(aside.rpartition("/")[0])
            tree.replace(_backup(number), aside)


def _remove_empty(tree: OutputFolder, files: list[str]) -> None:
    """Remove folders that lost their last file."""
    for folder in sorted({path.rpartition("/")[0] for path in files}, reverse=True):
        parts = folder.split("/") if folder else []
        for depth in range(len(parts), 0, -1):
            if not _remove_folder(tree, "/".join(parts[:depth])):
                break


def _remove_folder(tree: OutputFolder, folder: str) -> bool:
    try:
        # Python's caches of the files that were there are nobody's files.
        if tree.names(folder) == ["__pycache__"]:
            tree.remove_tree(f"{folder}/__pycache__")
        tree.remove_folder(folder)
    except (OSError, CommandError):
        return False
    return True


def clear(output: str) -> None:
    """Remove what a run staged or set aside for its own undoing. The caller holds the mutex.

    Raises `CommandError` where something else stands in the place of its folders.
    """
    tree = OutputFolder(output)
    for folder in (STAGE, BACKUP):
        try:
            tree.remove_tree(folder)
        except OSError:
            continue
