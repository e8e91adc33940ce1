"""Peak memory of long lists of XML, each in a process of its own: what is held does not grow with the list."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO

from bench.wire.timing import goal
from bench.wire.xml_documents import BODY, DECLARED, many

ROOT = Path(__file__).parents[2]
SCRIPT = """
import os, re, sys
from bindwright.runtime import xml
from w50api.models import ImportJob
path, what = sys.argv[1:]
if what == "decode":
    with open(path, "rb") as file:
        count = len(xml.decode(file.read(), list[ImportJob]))
elif what == "iter_decode":
    count = sum(1 for _ in xml.iter_decode(path, ImportJob))
else:
    count = 0
    with open(os.devnull, "wb") as file, xml.writer(file, list[ImportJob]) as out:
        for job in xml.iter_decode(path, ImportJob):
            out.write(job)
            count += 1
print(count, int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) // 1024)
"""
GIGABYTE = 1_000_000_000


def memory() -> None:
    """The list of 100,000 at once and item by item, and a list of 1 GB read, and read and written."""
    with tempfile.NamedTemporaryFile(suffix=".xml") as file:
        file.write(many(100_000))
        _measure(file, 100_000, {"decode": 220, "iter_decode": 40})
    with tempfile.NamedTemporaryFile(suffix=".xml") as file:
        _measure(file, _write(file), {"iter_decode": 150, "iter_decode and writer": 150})


def _write(file: IO[bytes]) -> int:
    """Write a list of a gigabyte; gives how many items it has."""
    item = f"<ImportJob>{BODY}</ImportJob>".encode()
    count = GIGABYTE // len(item) + 1
    file.write(f"<ArrayOfImportJob {DECLARED}>".encode())
    for at in range(0, count, 1000):
        file.write(item * min(1000, count - at))
    file.write(b"</ArrayOfImportJob>")
    return count


def _measure(file: IO[bytes], expected: int, limits: dict[str, int]) -> None:
    file.flush()
    print(f"\nlist of {expected:,}, {os.path.getsize(file.name) / 1e6:.0f} MB")
    path = os.pathsep.join(str(ROOT / name) for name in ("codegen", "generated", ""))
    for what, limit in limits.items():
        start = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT, file.name, what], capture_output=True, text=True, check=True,
            env={**os.environ, "PYTHONPATH": path},
        )  # fmt: skip
        count, peak = map(int, done.stdout.split())
        assert count == expected
        seconds = time.perf_counter() - start
        goal(f"{what}: peak in MB, whole process ({seconds:.1f} s)", peak, limit, at_most=True)
