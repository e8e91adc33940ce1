"""What a run that changes nothing costs: few imports, for a document of any size."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from attrs import frozen

from .conftest import ROOT, Command

LISTING = """
import sys
from bindwright.cli import run
code = run(sys.argv[1:])
print(*sorted(sys.modules), sep="\\n", file=sys.stderr)
sys.exit(code)
"""
COUNTING = """
import sys
calls = [0]
def count(frame, event, argument):
    calls[0] += event in ("call", "c_call")
sys.setprofile(count)
from bindwright.cli import run
code = run(sys.argv[1:])
sys.setprofile(None)
print(calls[0], *sorted(sys.modules), sep="\\n", file=sys.stderr)
sys.exit(code)
"""
HEAD = 'openapi: 3.1.0\ninfo: {title: Size, version: "1"}\npaths: {}\ncomponents:\n  schemas:\n'
MODEL = "    Model{}: {{type: object, properties: {{a: {{type: string}}, b: {{type: integer}}}}}}\n"


def test_nothing_changed_imports_next_to_nothing(bindwright: Command, pets: Path) -> None:
    arguments = ["generate", "pets.yaml", "--output", "out", "--package", "pets"]
    assert bindwright(*arguments).returncode == 0
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "codegen")}
    command = [sys.executable, "-c", LISTING, *arguments]
    process = subprocess.run(
        command, cwd=pets.parent, env=environment, capture_output=True, text=True, check=True
    )
    loaded = set(process.stderr.split())
    assert "nothing changed" in process.stdout
    assert not loaded & {
        "attrs",
        "attr",
        "cattrs",
        "click",
        "rich",
        "msgspec",
        "ryaml",
        "lxml",
        "asyncio",
        "inspect",
    }
    ours = {name for name in loaded if name.startswith("bindwright")}
    assert not {
        name
        for name in ours
        if name.startswith(("bindwright.openapi", "bindwright.ir", "bindwright.targets"))
    }


def test_generating_imports_nothing_slow(bindwright: Command, pets: Path) -> None:
    assert bindwright("--version").returncode == 0
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "codegen")}
    arguments = ["generate", "pets.yaml", "--output", "out", "--package", "pets"]
    process = subprocess.run(
        [sys.executable, "-c", LISTING, *arguments],
        cwd=pets.parent, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    loaded = set(process.stderr.split())
    assert "bindwright.targets.python.emit" in loaded
    # Each takes as long as a tenth of all modules of the generator.
    assert not loaded & {"attr", "cattrs", "click", "inspect", "rich", "shutil", "typing_extensions", "yaml"}


def test_a_kit_imports_neither_event_loops_nor_http_libraries(pets: Path) -> None:
    """Vectors are made with a transport in memory, and with the mock server's samples, not with its server."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "codegen")}
    done = subprocess.run(
        [sys.executable, "-c", LISTING, "port-kit", "pets.yaml", "--output", "kit"],
        cwd=pets.parent, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    loaded = set(done.stderr.split())
    assert "bindwright.serve.answers.sample" in loaded
    assert not loaded & {"asyncio", "h11", "http.client", "httpx2", "urllib3", "xmltodict"}


def test_a_large_document_that_did_not_change(bindwright: Command, tmp_path: Path) -> None:
    commands = {}
    for name, schemas in (("tiny", 1), ("large", 4000)):
        document = tmp_path / f"{name}.yaml"
        document.write_text(HEAD + "".join(MODEL.format(n) for n in range(schemas)))
        os.utime(document, (1, 1))
        commands[name] = ["generate", document.name, "--output", name, "--package", name]
        assert bindwright(*commands[name]).returncode == 0
    tiny, large = (_counted(command, tmp_path) for command in commands.values())
    assert large.modules == tiny.modules, "nothing that reads documents was needed"
    # A file of the output or of the input costs a few calls; what stands in the document costs none.
    assert large.calls < tiny.calls * 1.5
    took = {
        name: _seconds(["-m", "bindwright.cli", *command], tmp_path) for name, command in commands.items()
    }
    for name in [*commands] * 6:
        command = ["-m", "bindwright.cli", *commands[name]]
        took[name] = min(took[name], _seconds(command, tmp_path))
    assert took["large"] < took["tiny"] * 3
    assert took["large"] < max(0.5, took["tiny"] * 1.5)  # half a second, where the machine itself allows it


@frozen
class Counted:
    """What a run did, which is the same on every machine."""

    calls: int
    modules: frozenset[str]


def _counted(arguments: list[str], folder: Path) -> Counted:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "codegen")}
    command = [sys.executable, "-c", COUNTING, *arguments]
    process = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True)
    assert "nothing changed" in process.stdout
    calls, *modules = process.stderr.split()
    return Counted(int(calls), frozenset(modules))


def _seconds(arguments: list[str], folder: Path) -> float:
    """The processor time of a process: what others do on the machine does not count."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "codegen")}
    command = [sys.executable, *arguments]
    child = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE)
    assert child.stdout is not None
    with child.stdout:
        output = child.stdout.read()
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode == 0
    assert b"nothing changed" in output
    return used.ru_utime + used.ru_stime
