"""What a run that changes nothing costs: few imports, for a document of any size."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from .conftest import ROOT, Command

LISTING = """
import sys
from bindwright.cli import run
code = run(sys.argv[1:])
print(*sorted(sys.modules), sep="\\n", file=sys.stderr)
sys.exit(code)
"""


def test_nothing_changed_imports_next_to_nothing(bindwright: Command, pets: Path) -> None:
    arguments = ["generate", "pets.yaml", "--output", "out", "--package", "pets"]
    assert bindwright(*arguments).returncode == 0
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "codegen")}
    command = [sys.executable, "-c", LISTING, *arguments]
    done = subprocess.run(
        command, cwd=pets.parent, env=environment, capture_output=True, text=True, check=True
    )
    loaded = set(done.stderr.split())
    assert "nothing changed" in done.stdout
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
        name for name in ours if name.startswith(("bindwright.spec", "bindwright.ir", "bindwright.targets"))
    }


def test_a_large_document_that_did_not_change(bindwright: Command, tmp_path: Path) -> None:
    schemas = "".join(
        f"    Model{n}: {{type: object, properties: {{a: {{type: string}}, b: {{type: integer}}}}}}\n"
        for n in range(1500)
    )
    head = 'openapi: 3.1.0\ninfo: {title: Large, version: "1"}\npaths: {}\ncomponents:\n  schemas:\n'
    (tmp_path / "large.yaml").write_text(head + schemas)
    arguments = ("generate", "large.yaml", "--output", "out", "--package", "large")
    assert bindwright(*arguments).returncode == 0
    bare, took = [], []
    # Machines differ, and are busy: the bound is what the interpreter itself needs at the same time, and ample room.
    while len(bare) < 5 or (len(bare) < 20 and not min(took) < min(bare) * 4 + 0.1):
        bare.append(_seconds(["-c", "pass"], tmp_path))
        took.append(_seconds(["-m", "bindwright.cli", *arguments], tmp_path))
    assert min(took) < min(bare) * 4 + 0.1


def _seconds(arguments: list[str], folder: Path) -> float:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "codegen")}
    started = time.perf_counter()
    subprocess.run([sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, check=True)
    return time.perf_counter() - started
