"""Imports: a client, built, and one model touched, beside importing urllib3, lxml and attrs alone."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from statistics import median

BASE = "import urllib3, lxml.etree, attrs"
CLIENT = """
import {package}, {package}.models as models
client = {package}.Client("http://127.0.0.1")
getattr(models, models.__all__[0])
"""
_EMPTY = "pass"


def measure(packages: Mapping[str, Path], *, rounds: int) -> dict[str, float]:
    """Median seconds of each in fresh processes that take turns, without the start of Python itself.

    Raises:
        CalledProcessError: a package cannot be imported.
    """
    codes = {"": (_EMPTY, None), BASE: (BASE, None)}
    codes |= {name: (CLIENT.format(package=name), folder) for name, folder in packages.items()}
    seconds_by_name: dict[str, list[float]] = {name: [] for name in codes}
    for number in range(rounds + 1):
        for name, (code, folder) in codes.items():
            start = time.perf_counter()
            environment = {"PYTHONPATH": str(folder)} if folder is not None else {}
            subprocess.run([sys.executable, "-c", code], check=True, timeout=300, env=environment)
            if number:  # the first one compiles and fills the disk's cache
                seconds_by_name[name].append(time.perf_counter() - start)
    start = median(seconds_by_name.pop(""))
    return {name: median(times) - start for name, times in seconds_by_name.items()}


def table(seconds_by_name: Mapping[str, float]) -> list[str]:
    """Lines for people."""
    base = seconds_by_name[BASE]
    lines = [f"{'import, client, one model':36}{'ms':>8}{'ratio':>8}"]
    return lines + [
        f"{name:36}{seconds * 1e3:8.1f}{seconds / base:8.2f}" for name, seconds in seconds_by_name.items()
    ]
