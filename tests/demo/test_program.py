"""The program that `make run` runs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_it_shows_both_formats_and_ends_well() -> None:
    paths = [str(ROOT / "codegen"), str(ROOT / "generated")]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(paths), "COLUMNS": "120"}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "demo"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    assert "progress_percent" in done.stdout
    assert '"ProgressPercent":100' in done.stdout
    assert "<ProgressPercent>100</ProgressPercent>" in done.stdout
