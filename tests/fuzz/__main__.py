"""``python -m tests.fuzz [seconds]``: every fuzz target, one after the other, so many seconds in total (ten minutes)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def main() -> int:
    """Run every ``fuzz_*.py`` beside this file; the first finding is the exit code."""
    targets = sorted(Path(__file__).parent.glob("fuzz_*.py"))
    seconds = max(1, int(sys.argv[1] if len(sys.argv) > 1 else 600) // len(targets))
    for target in targets:
        process = subprocess.run(
            [sys.executable, "-m", f"tests.fuzz.{target.stem}", str(seconds)], check=False
        )
        if process.returncode:
            return process.returncode
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
