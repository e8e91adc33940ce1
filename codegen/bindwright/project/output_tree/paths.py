"""The one check of paths inside the output folder: those that a target asks for, a lock lists, a journal moves."""

from __future__ import annotations

from collections.abc import Iterable

from bindwright.project.errors import CommandError

LONGEST = 100
"""Characters of a path inside the output folder: archives and Windows have limits above that."""
LOCK = "bindwright.lock"
RELEASED = "released.json.gz"
"""What the last release was made of, in the output folder."""
STATE = ".bindwright"
"""The folder for what is not committed."""
_NO_NAMES = frozenset({"", ".", ".."})
_RESERVED = frozenset({LOCK, STATE})


def fault(path: str) -> str:
    """Why a path may not be one of a generated file: ``is ...``; empty where it may."""
    parts = path.split("/")
    if "\\" in path or ":" in path or "\0" in path or not _NO_NAMES.isdisjoint(parts):
        return "is not a plain relative path"
    if parts[0].casefold() in _RESERVED:
        return "is bindwright's own"
    if ".git" in path.casefold().split("/"):
        return "is git's own"
    if len(path) > LONGEST:
        return f"is longer than {LONGEST} characters"
    return ""


def is_input(name: str) -> bool:
    """Whether a lock may name a file of the document so: relative to the root document's folder.

    It may lead out of that folder, where ``allow-outside`` says so.
    """
    return bool(name) and not name.startswith("/") and "\0" not in name and len(name) < 4096


def check(output: str, paths: Iterable[str]) -> None:
    """The last look before anything is written.

    Raises `CommandError` where a path leaves the output folder, through ``..`` or a symbolic link, where two
    are one on a file system that folds case, or where one is a folder and a file.
    """
    from bindwright.project.output_tree.folder import OutputFolder

    folders: set[str] = set()
    by_folded: dict[str, str] = {}
    for path in paths:
        why = fault(path)
        folded = path.casefold()
        if not why and folded in by_folded:
            why = f"is {by_folded[folded]!r} too where upper and lower case are one"
        if why:
            raise _error(path, why)
        by_folded[folded] = path
        folders.add(path.rpartition("/")[0])
    tree = OutputFolder(output)
    for folder in sorted(folders):
        tree.check_folder(folder)
        parts = folder.casefold().split("/")
        for depth in range(1, len(parts) + 1):
            if "/".join(parts[:depth]) in by_folded:
                raise _error(folder, "is a folder and a file")


def _error(path: str, why: str) -> CommandError:
    return CommandError(
        "output-path",
        f"the path {path!r} {why}; nothing was written",
        "please report this: it is a fault in bindwright",
    )
