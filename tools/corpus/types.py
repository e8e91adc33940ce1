"""Strict type checks of generated packages."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

SEED = 20250101


def sample(slugs: list[str], number: int) -> set[str]:
    """The same `number` of documents each time."""
    return set(random.Random(SEED).sample(sorted(slugs), min(number, len(slugs))))


def check(package: Path, cache: Path, checker: str) -> str:
    """What a type checker in strict mode says of a package; empty where it is content."""
    tool = Path(sys.executable).parent / checker
    if not tool.exists():
        return f"{checker} is not installed: pip install {checker}"
    if checker == "mypy":
        command = [str(tool), "--strict", "--no-error-summary", "--cache-dir", str(cache), package.name]
    else:
        (package.parent / "pyrightconfig.json").write_text(
            '{"typeCheckingMode": "strict"}\n', encoding="ascii"
        )
        command = [str(tool), "--pythonpath", sys.executable, package.name]
    done = subprocess.run(
        command, cwd=package.parent, capture_output=True, text=True, timeout=1800, check=False
    )
    if done.returncode == 0:
        return ""
    messages = (done.stdout + done.stderr).strip().splitlines()
    return f"{checker}: {len(messages)} lines\n" + "\n".join(messages[:10])
