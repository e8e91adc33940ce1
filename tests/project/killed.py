"""Runs a toy generation that kills itself with SIGKILL just before its n-th change to the file system.

``python -m tests.project.killed FOLDER N``; exit code 99 where fewer changes than N were made.
"""

from __future__ import annotations

import builtins
import os
import shutil
import signal
import sys
from pathlib import Path
from typing import Any

from tests.project.conftest import Project, install


def arm(countdown: int) -> None:
    """Count every call that changes the file system, and end before one of them."""
    left = [countdown]

    def guard(original: Any, changes: Any = lambda *args, **kwargs: True) -> Any:
        def call(*args: Any, **kwargs: Any) -> Any:
            if changes(*args, **kwargs):
                left[0] -= 1
                if left[0] < 0:
                    os.kill(os.getpid(), signal.SIGKILL)
            return original(*args, **kwargs)

        return call

    for name in ("replace", "link", "unlink", "mkdir", "rmdir", "fsync"):
        setattr(os, name, guard(getattr(os, name)))
    os.open = guard(os.open, lambda path, flags, *args, **kwargs: flags & os.O_CREAT)
    shutil.rmtree = guard(shutil.rmtree)
    builtins.open = guard(builtins.open, lambda file, mode="r", *args, **kwargs: mode[:1] in "wax")


if __name__ == "__main__":
    install(setattr)
    project = Project(Path(sys.argv[1]))
    os.chdir(project.root)
    arm(int(sys.argv[2]))
    project.generate()
    os._exit(99)
