"""Folders that live as long as the process: generated packages import their modules when they are used."""

from __future__ import annotations

import os
import tempfile
from functools import cache
from pathlib import Path

_FOLDERS: list[tempfile.TemporaryDirectory[str]] = []
"""Outside of pytest: removed with the interpreter's end."""


@cache
def mypy_cache(options: str) -> str:
    """A folder for mypy's cache of runs with the same options, which share what is imported everywhere.

    mypy checks the files of its cache against paths and contents, and forgets all where options differ. Each worker
    of a test run has its own.
    """
    return str(new_folder() / f"mypy-{options}")


def new_folder() -> Path:
    """An empty folder; `tests.conftest` removes those of a test run, whose workers end without clean-up."""
    folder_of_run = os.environ.get("PYTEST_DEBUG_TEMPROOT")
    if folder_of_run:
        return Path(tempfile.mkdtemp(dir=folder_of_run))
    _FOLDERS.append(tempfile.TemporaryDirectory())
    return Path(_FOLDERS[-1].name)
