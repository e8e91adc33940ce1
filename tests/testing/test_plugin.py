"""The fixture as other projects use it, in a pytest run of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

TEST = """
from bindwright.serve import Request

pytest_plugins = ["bindwright.testing"]


def test_good(mock_api):
    mock = mock_api("petshop.yaml")
    target = "/pets/1"
    headers = (("X-Trace", "t"),)
    assert mock.transport.app.respond(Request(method="GET", target=target, headers=headers)).status == 200


def test_bad(mock_api):
    from bindwright.runtime.http import Request

    mock_api("petshop.yaml").transport.send(Request("GET", "http://x/nothing"))
"""


def test_a_run(tmp_path: Path) -> None:
    (tmp_path / "petshop.yaml").write_bytes((Path(__file__).parent / "petshop.yaml").read_bytes())
    (tmp_path / "test_it.py").write_text(TEST, encoding="utf-8")
    process = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_it.py"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT / "codegen")},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert "2 passed, 1 error" in process.stdout, process.stdout + process.stderr
    assert "GET /nothing: 404" in process.stdout
