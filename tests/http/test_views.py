"""``with_raw_response`` and ``with_streaming_response`` are typed: signatures and results of each operation."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
IN_USE = Path(__file__).with_name("views_in_use.py")
TOOLS = Path(sys.executable).parent


def checked(*command: str, folder: Path) -> None:
    ran = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False, timeout=300)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_mypy(tmp_path: Path) -> None:
    settings = tmp_path / "mypy.ini"
    settings.write_text(
        f"[mypy]\nstrict = true\nmypy_path = {ROOT / 'codegen'}:{ROOT / 'generated'}\nwarn_unused_ignores = true\n"
    )
    checked(str(TOOLS / "mypy"), "--config-file", str(settings), str(IN_USE), folder=tmp_path)


def test_pyright(tmp_path: Path) -> None:
    tool = TOOLS / "basedpyright"
    project = {
        "typeCheckingMode": "strict",
        "reportUnnecessaryTypeIgnoreComment": True,
        "enableTypeIgnoreComments": False,
        "include": [str(IN_USE), str(ROOT / "generated" / "w50api" / "api")],
        "extraPaths": [str(ROOT / "codegen"), str(ROOT / "generated")],
        "pythonVersion": "3.11",
    }
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(project))
    checked(str(tool), "--pythonpath", sys.executable, "-p", str(tmp_path), folder=tmp_path)
