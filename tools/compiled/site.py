"""The compiled wheel, unpacked: what it was built of, and how it is run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "build" / "compiled" / f"site-{sys.implementation.cache_tag}"
"""A folder for ``sys.path``; of the Python that runs."""
_RUN = "import sys; sys.path.insert(0, {site!r}); from bindwright.cli import main; main()"


def build() -> None:
    """Build the wheel and unpack it to `SITE`. Raises CalledProcessError."""
    wheels = SITE.with_name(f"wheel-{sys.implementation.cache_tag}")
    for folder in (SITE, wheels):
        shutil.rmtree(folder, ignore_errors=True)
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(wheels)]
    subprocess.run(command, cwd=ROOT, check=True, env=os.environ | {"HATCH_BUILD_HOOK_ENABLE_CUSTOM": "1"})
    (wheel,) = wheels.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(SITE)
    subprocess.run([sys.executable, "-m", "compileall", "-q", str(SITE)], check=True)


def is_current() -> bool:
    """Whether it is there and was built of the sources as they are."""
    sources = ROOT / "codegen" / "bindwright"
    files = [path.relative_to(sources) for path in sources.rglob("*.py")]
    there = SITE / "bindwright"
    return there.is_dir() and all(
        (there / path).is_file() and (there / path).read_bytes() == (sources / path).read_bytes()
        for path in files
    )


def command(arguments: list[str]) -> list[str]:
    """The command line that runs it."""
    return [sys.executable, "-c", _RUN.format(site=str(SITE)), *arguments]
