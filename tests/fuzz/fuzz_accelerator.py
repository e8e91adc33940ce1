"""The accelerator, built to check itself, beside the pure code: ``python -m tests.fuzz.fuzz_accelerator [seconds] [--seed N]``.

It is built with the address and the undefined-behaviour sanitizers into ``build/sanitized``, and reads and writes what
`tests.fuzz.accelerated` makes of random documents; the pure code does the same in a process of its own, and what both
say is compared line by line. Now and then it is looked at whether anything is kept of what was read or refused. Without a
compiler that has the sanitizers, this part is left out with a message, and the accelerator that is installed is compared.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from itertools import count, zip_longest
from pathlib import Path

from bindwright.runtime.compile.accelerator import json_values

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "build" / "sanitized"
FLAGS = "-O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=undefined"
SEEDS = 8
"""Documents that one process reads."""
SECONDS = 300
"""How long such a process may take; a loop without end is a finding as well."""


def sanitized() -> dict[str, str] | None:
    """The environment in which the accelerator checks itself; None where it cannot be built so."""
    runtimes = [_runtime(name) for name in ("libasan.so", "libubsan.so")]
    if None in runtimes:
        return None
    shutil.rmtree(FOLDER, ignore_errors=True)
    with tempfile.TemporaryDirectory() as scratch:
        source = shutil.copytree(
            ROOT / "accelerator", Path(scratch) / "accelerator"
        )  # setuptools builds beside it
        command = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-deps"]
        command += ["--no-build-isolation", "--target", str(FOLDER), str(source)]
        subprocess.run(command, check=True, env={**os.environ, "CFLAGS": FLAGS})
    environment = {
        "LD_PRELOAD": ":".join(map(str, runtimes)),
        "ASAN_OPTIONS": "detect_leaks=0",  # what the interpreter keeps until it ends is none
        "PYTHONMALLOC": "malloc",  # each object for itself, so that its bounds are known
        "PYTHONPATH": os.pathsep.join([str(FOLDER), os.environ.get("PYTHONPATH", "")]),
        "BINDWRIGHT_PURE": "",
    }
    fits = "from bindwright.runtime.compile.accelerator import json_values; assert json_values()"
    subprocess.run([sys.executable, "-c", fits], check=True, env={**os.environ, **environment}, cwd=ROOT)
    return environment


def _runtime(name: str) -> Path | None:
    if shutil.which("gcc") is None:
        return None
    process = subprocess.run(["gcc", f"-print-file-name={name}"], capture_output=True, text=True, check=True)
    path = Path(process.stdout.strip())
    return path if path.is_absolute() else None


def findings(seed: int, environment: dict[str, str]) -> list[str]:
    """What is wrong with the documents of so many seeds."""
    lines = {}
    for name, more in (("pure", {"BINDWRIGHT_PURE": "1"}), ("accelerated", environment)):
        lines[name], problem = _run([str(seed), str(SEEDS)], more)
        if problem:
            return [f"{name}: {problem}"]
    return [
        f"pure: {pure}\naccelerated: {quick}"
        for pure, quick in zip_longest(lines["pure"], lines["accelerated"])
        if pure != quick
    ][:5]


def _run(arguments: list[str], environment: dict[str, str]) -> tuple[list[str], str]:
    """What a process said, and why it ended where that is a finding."""
    try:
        process = subprocess.run(
            [sys.executable, "-m", "tests.fuzz.accelerated", *arguments],
            env={**os.environ, **environment},
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return [], f"no end after {SECONDS} s: {' '.join(arguments)}"
    lines = process.stdout.splitlines()
    if process.returncode:
        return lines, f"it ended with {process.returncode} after {lines[-1:]}\n{process.stderr[-6000:]}"
    return lines, ""


def main() -> int:
    """Fuzz for so many seconds (ten minutes); 1 where something was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.fuzz_accelerator", description=__doc__)
    parser.add_argument("seconds", type=int, nargs="?", default=600)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 30))
    options = parser.parse_args()
    end, environment, is_installed = (
        time.monotonic() + options.seconds,
        sanitized(),
        json_values() is not None,
    )
    if environment is None:
        print("without sanitizers: they need gcc with libasan and libubsan")
    if not is_installed:
        print(
            "not looked at for what is kept: the accelerator is not installed, or does not fit, or is switched off"
        )
        if environment is None:
            return 0
    print(f"from seed {options.seed}", flush=True)
    for number in count():
        seed = options.seed + number * SEEDS
        if number and time.monotonic() > end:
            print(f"accelerator: nothing found, seeds {options.seed} to {seed - 1}")
            return 0
        problems = findings(seed, environment or {})
        if not problems and is_installed and number % 8 == 0:
            kept, problem = _run([str(seed), "1", "--leaks"], {})
            problems = [f"kept: {line}" for line in kept] + ([problem] if problem else [])
        if problems:
            print(f"seeds {seed} to {seed + SEEDS - 1}:", *problems, sep="\n")
            return 1
    raise AssertionError


if __name__ == "__main__":
    raise SystemExit(main())
