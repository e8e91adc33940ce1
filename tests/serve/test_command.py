"""``bindwright serve`` as a process."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "bindwright.cli", "serve"]
IMPATIENT = """
from bindwright.cli import main
from bindwright.project.console import progress
progress.PATIENCE = 0.02
main()
"""
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
    assert process.stdout is not None
    shown, posted, tried = (process.stdout.readline().rstrip("\n") for _ in range(3))
    request = urllib.request.Request(f"{url}/contactLists/1/import/2", headers={"Accept": "application/xml"})
    with urllib.request.urlopen(request, timeout=300) as response:
        assert response.headers["Content-Type"] == "application/xml"
        assert response.read().startswith(b"<ImportJob ")
    process.send_signal(signal.SIGTERM)
    out, log = process.communicate(timeout=300)
    assert process.returncode == 0
    get = "/contactLists/{contactListId}/import/{importJobId}"
    assert out == "stopped\n"
    assert (shown, posted) == (f"  GET  {get}", f"  POST {get}/run")
    assert re.fullmatch(rf"try: curl -i '{url}/contactLists/\d+/import/\d+'", tried)
    assert re.match(
        r"\d\d:\d\d:\d\d GET /contactLists/1/import/2 -> 200 OK \(application/xml, \d+ bytes, \d+ ms\)\n", log
    )


def test_the_request_to_try_is_answered(served: tuple[subprocess.Popen[str], str]) -> None:
    process, _ = served
    assert process.stdout is not None
    tried = [process.stdout.readline() for _ in range(3)][-1].split("'")[1]
    with urllib.request.urlopen(tried, timeout=10) as response:
        assert response.status == 200


def test_the_log_says_why_a_request_is_refused(served: tuple[subprocess.Popen[str], str]) -> None:
    process, url = served
    for path in ("/contactLists/x/import/2", "/contactList/1/import/2", "/%1b%5b31m"):
        with pytest.raises(urllib.error.HTTPError):
            urllib.request.urlopen(f"{url}{path}", timeout=10)
    process.send_signal(signal.SIGTERM)
    first, second, third = process.communicate(timeout=10)[1].splitlines()
    assert first.endswith(
        ": the parameters are not as documented; path.contactListId expected an integer, found a string"
    )
    assert "-> 404 Not Found" in second
    assert second.endswith("did you mean /contactLists/{contactListId}/import/{importJobId}?")
    assert third.isprintable()


def test_a_document_that_cannot_be_served(tmp_path: Path) -> None:
    document = tmp_path / "broken.yaml"
    document.write_text("openapi: 3.1.1\ninfo: {title: x, version: '1'}\npaths: [\n", encoding="utf-8")
    process = subprocess.run(
        [*COMMAND, str(document)], env=ENVIRONMENT, capture_output=True, text=True, timeout=300, check=False
    )
    assert process.returncode == 2
    assert "broken.yaml:3:" in process.stderr or "broken.yaml:4:" in process.stderr


def test_a_port_that_is_taken(served: tuple[subprocess.Popen[str], str]) -> None:
    port = served[1].rpartition(":")[2]
    process = subprocess.run(
        [*COMMAND, str(ROOT / "openapi.yaml"), "--port", port],
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert process.returncode == 2
    assert process.stderr == (
        f"error[address]: cannot listen at http://127.0.0.1:{port}: Address already in use\n"
        "  help: --port 0 takes a free one\n"
    )


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_on_a_terminal_nothing_goes_on_below_the_greeting(tmp_path: Path) -> None:
    """The progress of a slow start ends before the server listens, and the cursor is there again."""
    import pty

    document = tmp_path / "many.yaml"
    paths = "".join(
        f"  /x{number}: {{get: {{responses: {{'200': {{description: ok, content: {{application/json:"
        f" {{schema: {{type: object, properties: {{a{number}: {{type: array, items: {{type: object}}}}}}}}}}}}}}}}}}}}\n"
        for number in range(1_500)
    )
    document.write_text(
        f"openapi: 3.1.1\ninfo: {{title: x, version: '1'}}\npaths:\n{paths}", encoding="utf-8"
    )
    ours, theirs = pty.openpty()
    environment = {**ENVIRONMENT, "TERM": "xterm-256color", "COLUMNS": "100"}
    process = subprocess.Popen(
        [sys.executable, "-c", IMPATIENT, "serve", str(document), "--port", "0"],
        stdin=theirs, stdout=theirs, stderr=theirs, env=environment, start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    output = bytearray()
    reader = threading.Thread(target=_copy, args=(ours, output))
    reader.start()
    try:
        end = time.monotonic() + 120
        while b"Ctrl+C" not in output and time.monotonic() < end:
            time.sleep(0.05)
        time.sleep(0.7)  # a spinner draws ten times a second
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)
        reader.join(30)
        os.close(ours)
    before, greeted, after = bytes(output).partition(b"Ctrl+C")
    assert greeted
    assert b"\x1b[?25l" in before, "the start was too fast to show its progress: the test tests nothing"
    assert output.count(b"\x1b[?25l") <= before.count(b"\x1b[?25h")
    assert b" ..." not in after
    assert after.decode().split("\r\n")[1].startswith("  GET")


def _copy(terminal: int, output: bytearray) -> None:
    while True:
        try:
            data = os.read(terminal, 65_536)
        except OSError:  # Linux: the other side is closed
            return
        if not data:
            return
        output += data
