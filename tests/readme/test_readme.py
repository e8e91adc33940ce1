"""Every command and snippet of the README, run in its order in one empty folder, as a reader would.

Two things differ from a reader's machine: the mock server takes a free port, and ``pip install`` puts the
generated client into a folder of the test, offline.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.readme.blocks import blocks
from tests.readme.reader import ROOT, SECONDS, Reader, free_port

README = ROOT / "README.md"


def test_every_block(tmp_path: Path) -> None:
    reader = Reader(tmp_path, free_port())
    try:
        for block in blocks(README):
            reader.follow(block)
    finally:
        reader.leave()


def test_the_two_commands() -> None:
    """They stand first, and make knows them. (`make test` is what runs this.)"""
    first = next(block for block in blocks(README) if block.language == "console")
    assert first.commands == ["make run", "make test"]
    for command in first.commands:
        subprocess.run([*command.split(), "-n"], cwd=ROOT, check=True, capture_output=True, timeout=SECONDS)


def test_make_run() -> None:
    """The first command as it is, but for the installation, which is there already."""
    up_to_date = ["-o", ".stamps/run", f"VENV={sys.prefix}"]
    command = ["make", "--no-print-directory", *up_to_date, "run"]
    # Not as a part of the make that runs the tests.
    env = {key: value for key, value in os.environ.items() if not key.startswith(("MAKE", "MFLAGS"))}
    process = subprocess.run(
        command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=SECONDS, check=False
    )
    assert process.returncode == 0, process.stderr
    assert "Finished import jobs" in process.stdout
    for wire in ("JSON on the wire", "XML on the wire"):
        assert wire in process.stdout


def test_the_reference_names_every_command() -> None:
    from bindwright.commands import group

    text = README.read_text(encoding="utf-8")
    for name in group.commands or group.list_commands(None):  # type: ignore[arg-type]
        assert f"| `bindwright {name} " in text


def test_links_lead_somewhere() -> None:
    """Links are absolute: on a package index the README stands alone."""
    text = README.read_text(encoding="utf-8")
    assert re.findall(r"\]\((?!https://|#)[^)]*\)", text) == []
    paths = re.findall(r"\]\(https://github\.com/bindwright/bindwright/(?:blob|tree)/main/([^)#]+)\)", text)
    assert paths
    for path in paths:
        assert (ROOT / path).exists(), path
