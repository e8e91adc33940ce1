"""A server of Amazon S3's protocol that no one here wrote: moto, in an environment of its own."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HOME = Path(__file__).parent.parent.parent / "build" / "interop"
REQUIREMENT = "moto[s3,server]==5.2.5"


def _python() -> Path:
    python = HOME / "venv" / "bin" / "python"
    if not (HOME / "installed").exists():
        print(f"installing {REQUIREMENT} …", flush=True)
        venv.create(HOME / "venv", with_pip=True)
        subprocess.run(
            [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", REQUIREMENT], check=True
        )
        (HOME / "installed").touch()
    return python


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def server(seconds: float = 30) -> Iterator[str]:
    """The address of a running server; it ends with the block. Raises TimeoutError where it does not start."""
    port = free_port()
    command = [_python(), "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            end = time.monotonic() + seconds
            while not answers(port):
                if process.poll() is not None or time.monotonic() > end:
                    raise TimeoutError("the server did not start")
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


if __name__ == "__main__":
    sys.exit("run `make interop`")
