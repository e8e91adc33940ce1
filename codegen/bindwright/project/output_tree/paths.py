"""The last look at the paths a target asks for, before anything is written."""

from __future__ import annotations

import os
from collections.abc import Iterable

from bindwright.project.errors import CommandError
from bindwright.project.output_tree import lock, memory

LONGEST = 100
"""Characters of a path inside the output folder: archives and Windows have limits above that."""
_RESERVED = {lock.FILE_NAME.casefold(), memory.FOLDER.casefold()}


def check(output: str, paths: Iterable[str]) -> None:
    """Raises `CommandError` where a path leaves the output folder, through ``..`` or a symbolic link, where two
    are one on a file system that folds case, or where one is a folder and a file."""
    folders: set[str] = set()
    by_folded: dict[str, str] = {}
    for path in paths:
        _check_form(path)
        folded = path.casefold()
        if folded in by_folded:
            raise _fault(path, f"is {by_folded[folded]!r} too where upper and lower case are one")
        by_folded[folded] = path
        folders.add(os.path.dirname(path))
    root = os.path.realpath(output)
    for folder in sorted(folders):
        real = os.path.realpath(os.path.join(output, folder))
        if real != root and not real.startswith(root + os.sep):
            raise CommandError(
                "output-path",
                f"{folder!r} leads out of the output folder through a symbolic link; nothing was written",
                "remove the link, or choose another --output",
            )
        parts = folder.casefold().split("/")
        for depth in range(1, len(parts) + 1):
            if "/".join(parts[:depth]) in by_folded:
                raise _fault(folder, "is a folder and a file")


def _check_form(path: str) -> None:
    parts = path.split("/")
    if (
        path.startswith("/")
        or "\\" in path
        or ":" in path
        or "\0" in path
        or any(p in ("", ".", "..") for p in parts)
    ):
        raise _fault(path, "is not a plain relative path")
    if parts[0].casefold() in _RESERVED:
        raise _fault(path, "is bindwright's own")
    if len(path) > LONGEST:
        raise _fault(path, f"is longer than {LONGEST} characters")


def _fault(path: str, why: str) -> CommandError:
    return CommandError(
        "output-path",
        f"the path {path!r} {why}; nothing was written",
        "please report this: it is a fault in bindwright",
    )
