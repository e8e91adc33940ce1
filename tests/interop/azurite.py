"""A server of Azure Blob Storage's protocol that no one here wrote: Azurite, from npm."""

from __future__ import annotations

import json
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.interop.server import HOME, answers, free_port
from tools.typescript import node, npm

_HOME = HOME / "azurite"
_PACKAGES = {"azurite": "3.35.0"}


def _program() -> str:
    """The server's program, installed if need be. Raises CalledProcessError, `tools.typescript.Unavailable`."""
    manifest = json.dumps({"private": True, "dependencies": _PACKAGES})
    stamp = _HOME / "package.json"
    if not (_HOME / "node_modules" / "azurite").is_dir() or stamp.read_text() != manifest:
        print("installing azurite …", flush=True)
        _HOME.mkdir(parents=True, exist_ok=True)
        stamp.write_text(manifest)
        subprocess.run([*npm(), "install", "--no-audit", "--no-fund", "--silent"], cwd=_HOME, check=True)
    return str(_HOME / "node_modules" / "azurite" / "dist" / "src" / "blob" / "main.js")


@contextmanager
def azurite(seconds: float = 60) -> Iterator[str]:
    """The address of a running server; it ends with the block. Raises TimeoutError where it does not start."""
    port = free_port()
    with tempfile.TemporaryDirectory() as data:
        options = ["--silent", "--location", data, "--blobPort", str(port), "--skipApiVersionCheck"]
        command = [node(), _program(), *options]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            try:
                end = time.monotonic() + seconds
                while not answers(port):
                    if process.poll() is not None or time.monotonic() > end:
                        raise TimeoutError("Azurite did not start")
                    time.sleep(0.1)
                yield f"http://127.0.0.1:{port}"
            finally:
                process.terminate()
