"""The sync drivers are what ``tools/unasync.py`` makes of the async ones."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_sync_files_are_derived() -> None:
    found = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "unasync.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stdout + found.stderr


def test_every_name_is_exported_and_importable() -> None:
    from bindwright.runtime import http

    assert sorted(http.__all__) == http.__all__ == sorted(set(http.__all__))
    assert all(hasattr(http, name) for name in http.__all__)
