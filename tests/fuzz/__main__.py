"""``python -m tests.fuzz [seconds]``: every fuzz target, one after the other, so many seconds each (ten minutes)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def main() -> int:
    """Run every ``fuzz_*.py`` beside this file; the first finding is the exit code."""
    for target in sorted(Path(__file__).parent.glob("fuzz_*.py")):
        done = subprocess.run(
            [sys.executable, "-m", f"tests.fuzz.{target.stem}", *sys.argv[1:2]], check=False
        )
        if done.returncode:
            return done.returncode
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
