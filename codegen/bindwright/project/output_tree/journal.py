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

import json
import os
from typing import Any

from bindwright.project.output_tree import digests, memory
from bindwright.project.output_tree.change_plan import ChangePlan
from bindwright.project.output_tree.staging import NewFolders, stage_all
from bindwright.project.output_tree.unchanged import journal_path

Entry = dict[str, Any]
"""``path``, ``new`` (hash, or `FOLDER`; None removes), ``old`` (hash or None), ``keep`` (set what was there aside)."""

FOLDER = "folder"


def commit(output: str, plan: ChangePlan, last: dict[str, bytes]) -> None:
    """Carry out a plan; `last` are files to write after all others (the lock).

    The caller holds the output folder's mutex. Raises OSError, with the old tree back in place.
    """
    memory.ensure_folder(output)
    clear(output)
    stage, backup = memory.leftovers(output)
    os.makedirs(stage)
    os.makedirs(backup)
    entries = _entries(output, plan, last)
    contents = {write.path: write.data for write in plan.writes} | last
    try:
        stage_all(stage, [entry["path"] for entry in entries], contents)
        _write_journal(output, entries)
    except OSError:
        clear(output)
        raise
    _carry_out(output, entries)


def recover(output: str) -> bool:
    """Complete a run that was interrupted after its point of no return, or clear what it staged.

    Gives whether there was one to complete. The caller holds the mutex.
    """
    try:
        with open(journal_path(output), "rb") as file:
            entries = json.loads(file.read())
    except FileNotFoundError:
        clear(output)
        return False
    except ValueError:  # a power failure took what the journal said
        os.unlink(journal_path(output))
        clear(output)
        return False
    # Between the kill and now somebody may have edited a file that the journal is about to replace: what is
    # neither the old content nor the new one is theirs, and is set aside as a known edit would be. Where the
    # staged file is gone, its move was made before the kill, and what stands there needs no protection.
    for number, entry in enumerate(entries):
        if entry["new"] is None or os.path.exists(_stage(output, number)):
            digest = digests.of_file(os.path.join(output, entry["path"]))
            entry["keep"] = entry["keep"] or digest not in (None, entry["old"], entry["new"])
    _carry_out(output, entries)
    return True


def _entries(output: str, plan: ChangePlan, last: dict[str, bytes]) -> list[Entry]:
    new = NewFolders(output)
    entries: list[Entry] = []
    for write in plan.writes:
        folder = new.around(write.path)
        if folder is None:
            entries.append(
                {
                    "path": write.path,
                    "new": plan.hashes[write.path],
                    "old": write.before,
                    "keep": write.edited,
                }
            )
        elif new.first(folder):
            entries.append({"path": folder, "new": FOLDER, "old": None, "keep": False})
    for path, data in last.items():
        old = digests.of_file(os.path.join(output, path))
        entries.append({"path": path, "new": digests.of_bytes(data), "old": old, "keep": False})
    entries += [{"path": path, "new": None, "old": old, "keep": False} for path, old in plan.removals]
    return entries


def _write_journal(output: str, entries: list[Entry]) -> None:
    path = journal_path(output)
    with open(f"{path}.new", "w", encoding="utf-8") as file:
        file.write(json.dumps(entries))
    os.replace(f"{path}.new", path)


def _carry_out(output: str, entries: list[Entry]) -> None:
    # One more than what was moved is undone: the entry that failed may have been done by half (a backup linked,
    # the new file not in place). Undoing is safe to repeat, as moving is.
    moved: list[int] = []
    try:
        for number, entry in enumerate(entries):
            _move(output, number, entry)
            moved.append(number)
    except OSError:
        for number in reversed(range(len(moved) + 1)):
            _undo(output, number, entries[number])
        _remove_empty(output, [entry["path"] for entry in entries])
        os.unlink(journal_path(output))
        clear(output)
        raise
    _set_aside(output, entries)
    _remove_empty(output, [entry["path"] for entry in entries if entry["new"] is None])
    os.unlink(journal_path(output))
    clear(output)


def _stage(output: str, number: int) -> str:
    return os.path.join(memory.folder(output), "stage", str(number))


def _backup(output: str, number: int) -> str:
    return os.path.join(memory.folder(output), "backup", str(number))


def _move(output: str, number: int, entry: Entry) -> None:
    """Do one entry; doing it again after it was done changes nothing."""
    target = os.path.join(output, entry["path"])
    backup = _backup(output, number)
    if entry["new"] is None:
        if os.path.lexists(target):
            os.replace(target, backup)
        return
    staged = _stage(output, number)
    # The common case first, without looking: one rename a file, which is what a first run of thousands does.
    if entry["old"] is None and not entry["keep"] and _place(staged, target):
        return
    if not os.path.exists(staged):
        return
    if os.path.lexists(target):
        # Linked, not moved: at no moment is the place empty, so a reader (an import) finds old or new. Where the
        # backup is there already, this entry was interrupted; what stands at the target now may be the new file.
        if not os.path.lexists(backup):
            _link(target, backup)
    else:
        os.makedirs(os.path.dirname(target), exist_ok=True)
    os.replace(staged, target)


def _place(staged: str, target: str) -> bool:
    """Move a file to where none stands; False where its folder is missing, or it was moved before."""
    try:
        os.replace(staged, target)
    except FileNotFoundError:
        return False
    return True


def _link(source: str, target: str) -> None:
    """A second name for a file, so that its place is never empty; a copy where the system has no links."""
    try:
        os.link(source, target, follow_symlinks=False)
    except (OSError, NotImplementedError):
        import shutil

        shutil.copy2(source, target, follow_symlinks=False)


def _undo(output: str, number: int, entry: Entry) -> None:
    target = os.path.join(output, entry["path"])
    backup = _backup(output, number)
    if os.path.lexists(backup):
        os.replace(backup, target)
    elif entry["new"] is not None and not os.path.exists(_stage(output, number)):
        os.replace(target, _stage(output, number))


def _set_aside(output: str, entries: list[Entry]) -> None:
    """Keep the edited files that were replaced, under ``.bindwright/edited``."""
    for number, entry in enumerate(entries):
        backup = _backup(output, number)
        if entry["keep"] and os.path.lexists(backup):
            aside = os.path.join(memory.folder(output), "edited", entry["path"])
            os.makedirs(os.path.dirname(aside), exist_ok=True)
            os.replace(backup, aside)


def _remove_empty(output: str, paths: list[str]) -> None:
    """Remove folders that lost their last file."""
    for folder in sorted({os.path.dirname(path) for path in paths}, reverse=True):
        parts = folder.split("/") if folder else []
        for depth in range(len(parts), 0, -1):
            if not _remove_folder(os.path.join(output, *parts[:depth])):
                break


def _remove_folder(path: str) -> bool:
    try:
        # Python's caches of the files that were there are nobody's files.
        if os.listdir(path) == ["__pycache__"]:
            import shutil

            shutil.rmtree(os.path.join(path, "__pycache__"))
        os.rmdir(path)
    except OSError:
        return False
    return True


def clear(output: str) -> None:
    """Remove what a run staged or set aside for its own undoing. The caller holds the mutex."""
    for path in memory.leftovers(output):
        try:
            for entry in os.scandir(path):
                if entry.is_dir(follow_symlinks=False):
                    import shutil

                    shutil.rmtree(entry.path)
                else:
                    os.unlink(entry.path)
            os.rmdir(path)
        except OSError:
            continue
