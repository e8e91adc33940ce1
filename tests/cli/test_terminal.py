"""``--watch`` and ``serve`` on a pseudo-terminal: they leave it as it was, and say what they do in its width."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

DOCUMENT = """\
openapi: 3.1.1
info: {title: Shop, version: '1'}
paths: {/pets: {get: {operationId: listPets, tags: [pets], responses: {'204': {description: ok}}}}}
"""
SECONDS = 60
_TAKE_TERMINAL = """
import fcntl, os, signal, sys, termios
signal.signal(signal.SIGINT, signal.SIG_DFL)
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.executable, [sys.executable, "-m", "bindwright", *sys.argv[1:]])
"""
"""Makes standard input the controlling terminal, whose Ctrl-C is a signal, also where the tests run with it ignored."""


class Terminal:
    """A program on a terminal of 80 columns."""

    def __init__(self, master: int, slave: int, process: subprocess.Popen[bytes]) -> None:
        self._master, self._slave, self._process = master, slave, process
        self.before = termios.tcgetattr(slave)
        self.output = b""

    def wait_for(self, text: bytes, times: int = 1) -> None:
        """Read until the program has said something."""
        end = time.monotonic() + SECONDS
        while self.output.count(text) < times:
            assert time.monotonic() < end, self.output
            self._read(0.2)

    def interrupt(self) -> int:
        """Ctrl-C; gives the exit code."""
        os.write(self._master, b"\x03")
        code = self._process.wait(SECONDS)
        while self._read(0.2):
            pass
        return code

    def _read(self, seconds: float) -> bool:
        if not select.select([self._master], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._master, 1 << 16)
        except OSError:  # Linux: nobody has the other side open
            return False
        self.output += data
        return bool(data)

    def assert_left_as_it_was(self) -> None:
        """No hidden cursor, no colour left on, no half line, no changed mode."""
        assert termios.tcgetattr(self._slave) == self.before
        assert self.output.count(b"\x1b[?25l") == self.output.count(b"\x1b[?25h")
        assert self.output.endswith(b"\n")
        text = self.output.decode()
        colours = re.findall(r"\x1b\[([0-9;]*)m", text)
        assert not colours or colours[-1] in ("0", "")

    def lines(self) -> list[str]:
        """What a person sees: without what moves the cursor and colours."""
        text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", self.output.decode())
        return [line.rpartition("\r")[2] for line in text.replace("\r\n", "\n").split("\n")]


@contextmanager
def started(folder: Path, *words: str) -> Iterator[Terminal]:
    master, slave = pty.openpty()
    termios.tcsetwinsize(slave, (24, 80))
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "80"}
    environment.pop("NO_COLOR", None)
    process = subprocess.Popen(
        [sys.executable, "-c", _TAKE_TERMINAL, *words], cwd=folder, env=environment,
        stdin=slave, stdout=slave, stderr=slave, start_new_session=True,
    )  # fmt: skip
    try:
        yield Terminal(master, slave, process)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            process.wait()
        os.close(master)
        os.close(slave)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "shop.yaml").write_text(DOCUMENT)
    return tmp_path


def test_watching(folder: Path) -> None:
    with started(folder, "generate", "shop.yaml", "--output", "out", "--watch", "--verbose") as terminal:
        terminal.wait_for(b"Ctrl-C ends")
        (folder / "shop.yaml").write_text(DOCUMENT.replace("Shop", "Store"))
        terminal.wait_for(b"Ctrl-C ends", 2)
        assert terminal.output.count(b"unchanged (") == 2
        assert terminal.interrupt() == 0
        terminal.assert_left_as_it_was()
        assert "stopped watching" in terminal.lines()
        assert [line for line in terminal.lines() if len(line) > 80] == []


def test_serving(folder: Path) -> None:
    with started(folder, "serve", "shop.yaml", "--port", "0") as terminal:
        terminal.wait_for(b"http://127.0.0.1:")
        assert terminal.interrupt() == 0
        terminal.assert_left_as_it_was()
        assert terminal.lines()[-2] == "stopped"
        assert [line for line in terminal.lines() if len(line) > 80] == []


def test_generating_ends_with_one_line(folder: Path) -> None:
    with started(folder, "generate", "shop.yaml", "--output", "out") as terminal:
        terminal.wait_for(b"written")
        terminal._process.wait(SECONDS)
        terminal.assert_left_as_it_was()
        lines = [line for line in terminal.lines() if line.strip()]
        assert lines[-1].startswith("1 operation, ")
        # On a slow machine there was a spinner, whose line is erased.
        assert len(lines) == 1 or b"\x1b[2K" in terminal.output


@pytest.mark.parametrize(
    "command", ["", "generate", "check", "ir", "diff", "serve", "convert", "port-kit", "conform"]
)
def test_help_fits_80_columns(command: str, folder: Path) -> None:
    words = [sys.executable, "-m", "bindwright", *([command] if command else []), "--help"]
    process = subprocess.run(words, cwd=folder, env={**os.environ, "COLUMNS": "80"}, capture_output=True, text=True, timeout=60, check=True)  # fmt: skip
    assert [line for line in process.stdout.splitlines() if len(line) > 80] == []
