"""The ``.gitattributes`` of the output folder: what git has to know of generated files."""

from __future__ import annotations

from bindwright.project.output_tree.folder import OutputFolder
from bindwright.project.output_tree.lock import Lock

FILE = ".gitattributes"
_TEXT = b"""# Written by bindwright.
# Generated files have the same bytes on every system.
* text=auto eol=lf linguist-generated
# Two branches that each add names do not conflict: the lock gets the lines of both, and the next
# `bindwright generate` writes them as one.
bindwright.lock merge=union
"""


def add(output: str, files: dict[str, bytes], old: Lock | None) -> None:
    """Add the file to those that will be written, unless one stands there that is not ours."""
    ours = old is not None and FILE in old.files
    if ours or not OutputFolder(output).exists(FILE):
        files[FILE] = _TEXT
