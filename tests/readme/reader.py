"""Somebody who does what a page says: every command and snippet, in its order, in one empty folder.

Two things differ from a reader's machine: the mock server takes a free port, and ``pip install`` puts the
generated client into a folder of the test, offline.
"""

from __future__ import annotations

import os
import shlex
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from attrs import define, field

from tests.readme.blocks import Block

ROOT = Path(__file__).parents[2]
SECONDS = 300


@define
class Reader:
    """Somebody who does what the README says."""

    folder: Path
    port: int
    started: list[subprocess.Popen[bytes]] = field(factory=list)
    edited: list[str] = field(factory=list)
    """Folders that are installed so that what is written there counts at once (``pip install -e``)."""

    @property
    def environment(self) -> dict[str, str]:
        binaries = Path(sys.executable).parent
        paths = [str(self.folder / "site"), str(ROOT / "codegen")]
        return os.environ | {
            "PATH": f"{binaries}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": os.pathsep.join(paths),
            "PYTEST_ADDOPTS": "-p no:cacheprovider",
        }

    def follow(self, block: Block) -> None:
        if block.file is not None:
            self.folder.joinpath(block.file).write_text(block.text, encoding="utf-8")
        elif block.language == "console":
            for command in block.commands:
                self.type(command)
        elif block.language == "python":
            self.run([sys.executable, "-c", block.text.replace("8080", str(self.port))])
        elif block.language not in ("text", "ts"):  # tests/targets/typescript/test_page.py compiles those
            pytest.fail(f"nobody knows what to do with this:\n{block.text}")

    def type(self, command: str) -> None:
        words = shlex.split(command.replace("8080", str(self.port)))
        if words[0] == "make":
            assert words[1:] in (["run"], ["test"]), "see test_the_two_commands"
        elif words[-1] == "&":
            self.start(words[:-1])
        elif words[:2] == ["pip", "install"]:
            self.install([word for word in words[2:] if word != "-e"])
            if "-e" in words:
                self.edited.append(words[-1])
        else:
            self.run(_at_home(words))
            if words[:2] == ["bindwright", "generate"] and self.edited:
                self.install(self.edited)  # what is installed with -e is what stands there

    def install(self, what: list[str]) -> None:
        offline = ["--no-deps", "--no-build-isolation", "--no-index", "--target", "site", "--upgrade", "-q"]
        self.run([sys.executable, "-m", "pip", "install", *offline, *what])

    def start(self, words: list[str]) -> None:
        self.started.append(subprocess.Popen(_at_home(words), cwd=self.folder, env=self.environment))
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        pytest.fail(f"{words} does not listen")

    def run(self, words: list[str]) -> str:
        process = subprocess.run(
            words,
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        assert process.returncode == 0, f"{shlex.join(words)}\n{process.stdout}\n{process.stderr}"
        return process.stdout

    def leave(self) -> None:
        for process in self.started:
            process.terminate()
            process.wait(10)


def _at_home(words: list[str]) -> list[str]:
    """The command of this tree, installed or not."""
    known = {"bindwright": [sys.executable, "-m", "bindwright.cli"], "python": [sys.executable]}
    return known.get(words[0], words[:1]) + words[1:]


def free_port() -> int:
    """A port of the loopback interface that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
