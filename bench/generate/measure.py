"""One run of one tool: whole process, time, peak of memory, exit code."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import bindwright
from attrs import define

from bench.generate.tools import Tool

_IMPORTING = """
import importlib, pathlib, sys
sys.path.insert(0, ".")
for path in sorted(pathlib.Path(".").rglob("__init__.py")):
    parts = path.parent.parts
    if parts and not set(parts) & {"test", "tests", ".bindwright"}:
        package = ".".join(parts)
        for module in sorted(path.parent.glob("*.py")):
            if module.stem not in ("__main__", "__init__"):
                importlib.import_module(f"{package}.{module.stem}")
"""

ASIDE = "earlier-runs"
"""Folder of what runs before the last ones wrote."""


@define
class Run:
    """What one run took."""

    seconds: float
    code: int
    peak_mb: float
    output: str
    processor_seconds: float = 0.0
    """Of the process and those that it waited for: what others do on the machine counts less."""


def run(tool: Tool, document: Path, out: Path, limit: float, fresh: bool = True) -> Run:
    """Run a tool once; `fresh` with an empty output folder. Exit code -9 past `limit` seconds.

    What an earlier run wrote is put aside (`put_aside`), not removed: ext4 without a journal passes over the
    inodes freed in the last half minute one by one for every file it makes, which the next run would pay.
    """
    if fresh:
        put_aside(out)
    out.mkdir(parents=True, exist_ok=True)
    log = out.parent / f"{out.name}.log"
    # Peers look for their formatters on the path.
    scripts = str(Path(tool.python).parent)
    environment = {**os.environ, "PATH": scripts + os.pathsep + os.environ.get("PATH", "")}
    with log.open("wb") as output:
        started = time.perf_counter()
        process = subprocess.Popen(
            tool.command(document, out),
            stdout=output,
            stderr=output,
            stdin=subprocess.DEVNULL,
            env=environment,
            cwd=out,
            start_new_session=True,
        )
        status, peak, processor = _wait(process.pid, started + limit)
        seconds = time.perf_counter() - started
        process.returncode = status
    output = log.read_text(encoding="utf-8", errors="replace")[-2000:]
    return Run(seconds, status, peak, output, processor)


def put_aside(out: Path) -> None:
    """Move a folder to where `clear` finds it; nothing where there is none."""
    if out.exists():
        aside = out.parent / ASIDE
        aside.mkdir(parents=True, exist_ok=True)
        out.rename(aside / f"{len(list(aside.iterdir()))}-{out.name}")


def clear(work: Path) -> None:
    """Remove what `put_aside` kept: once, when everything is measured."""
    shutil.rmtree(work / ASIDE, ignore_errors=True)


def compile_ours() -> None:
    """Write our own bytecode, as pip did for the peers when it installed them."""
    package = Path(bindwright.__file__).parent
    subprocess.run([sys.executable, "-m", "compileall", "-q", str(package)], check=True)


def _wait(pid: int, deadline: float) -> tuple[int, float, float]:
    while True:
        done, status, usage = os.wait4(pid, os.WNOHANG)
        if done:
            processor = usage.ru_utime + usage.ru_stime
            return os.waitstatus_to_exitcode(status), usage.ru_maxrss / 1024, processor
        if time.perf_counter() > deadline:
            os.killpg(pid, signal.SIGKILL)
            deadline = float("inf")
        time.sleep(0.001)


def imports(tool: Tool, out: Path, limit: float) -> str:
    """Import every module that was written; the last line of what went wrong, empty where nothing did."""
    folder = next((path.parent for path in out.glob("client/pyproject.toml")), out)
    command = [tool.python, "-c", _IMPORTING]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=limit, check=False)
    except subprocess.TimeoutExpired:
        return f"not imported in {limit:.0f} s"
    lines = done.stderr.strip().splitlines()
    return (lines or ["failed"])[-1][:200] if done.returncode else ""
