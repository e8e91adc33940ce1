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
    process = subprocess.run(
        [sys.executable, "-W", "error", "-m", "demo"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert process.returncode == 0, process.stdout + process.stderr
    assert process.stderr == ""
    assert "progress_percent" in process.stdout
    assert '"ProgressPercent":100' in process.stdout
    assert "<ProgressPercent>100</ProgressPercent>" in process.stdout
