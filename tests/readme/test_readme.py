"""Every command and snippet of the README, run in its order in one empty folder, as a reader would.

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

from tests.readme.blocks import Block, blocks

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
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
        elif block.language != "text":
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
        done = subprocess.run(
            words,
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        assert done.returncode == 0, f"{shlex.join(words)}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def leave(self) -> None:
        for process in self.started:
            process.terminate()
            process.wait(10)


def _at_home(words: list[str]) -> list[str]:
    """The command of this tree, installed or not."""
    known = {"bindwright": [sys.executable, "-m", "bindwright.cli"], "python": [sys.executable]}
    return known.get(words[0], words[:1]) + words[1:]


def test_every_block(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    reader = Reader(tmp_path, port)
    try:
        for block in blocks(README):
            reader.follow(block)
    finally:
        reader.leave()


def test_the_two_commands() -> None:
    """They stand first, and make knows them. (`make test` is what runs this.)"""
    first = next(block for block in blocks(README) if block.language == "console")
    assert first.commands == ["make run", "make test"]
    for command in first.commands:
        subprocess.run([*command.split(), "-n"], cwd=ROOT, check=True, capture_output=True, timeout=SECONDS)


def test_make_run() -> None:
    """The first command as it is, but for the installation, which is there already."""
    made = ["-o", ".stamps/run", f"VENV={sys.prefix}"]
    command = ["make", "--no-print-directory", *made, "run"]
    # Not as a part of the make that runs the tests.
    env = {key: value for key, value in os.environ.items() if not key.startswith(("MAKE", "MFLAGS"))}
    done = subprocess.run(
        command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=SECONDS, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Finished import jobs" in done.stdout
    for wire in ("JSON on the wire", "XML on the wire"):
        assert wire in done.stdout


def test_the_reference_names_every_command() -> None:
    from bindwright.commands import group

    text = README.read_text(encoding="utf-8")
    for name in group.commands or group.list_commands(None):  # type: ignore[arg-type]
        assert f"| `bindwright {name} " in text


def test_links_lead_somewhere() -> None:
    import re

    for target in re.findall(r"\]\(([^)#:]+)\)", README.read_text(encoding="utf-8")):
        assert (ROOT / target).exists(), target
