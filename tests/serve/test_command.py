"""``bindwright serve`` as a process."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "bindwright.cli", "serve"]
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT / "codegen")}


@pytest.fixture
def served() -> Iterator[tuple[subprocess.Popen[str], str]]:
    process = subprocess.Popen(
        [*COMMAND, str(ROOT / "openapi.yaml"), "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=ENVIRONMENT,
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    match = re.search(r"http://127\.0\.0\.1:\d+", line)
    assert match, line
    yield process, match.group()
    process.kill()
    process.communicate(timeout=300)


def test_it_answers_and_stops_on_a_signal(served: tuple[subprocess.Popen[str], str]) -> None:
    process, url = served
    request = urllib.request.Request(f"{url}/contactLists/1/import/2", headers={"Accept": "application/xml"})
    with urllib.request.urlopen(request, timeout=300) as response:
        assert response.headers["Content-Type"] == "application/xml"
        assert response.read().startswith(b"<ImportJob ")
    process.send_signal(signal.SIGTERM)
    out, log = process.communicate(timeout=300)
    assert process.returncode == 0
    assert out == "stopped\n"
    assert log.startswith("GET /contactLists/1/import/2 -> 200 (")


def test_a_document_that_cannot_be_served(tmp_path: Path) -> None:
    document = tmp_path / "broken.yaml"
    document.write_text("openapi: 3.1.1\ninfo: {title: x, version: '1'}\npaths: [\n", encoding="utf-8")
    done = subprocess.run(
        [*COMMAND, str(document)], env=ENVIRONMENT, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 2
    assert "broken.yaml:3:" in done.stderr or "broken.yaml:4:" in done.stderr


def test_a_port_that_is_taken(served: tuple[subprocess.Popen[str], str]) -> None:
    port = served[1].rpartition(":")[2]
    done = subprocess.run(
        [*COMMAND, str(ROOT / "openapi.yaml"), "--port", port],
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 2
    assert "error" in done.stderr
