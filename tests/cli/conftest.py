"""The command as people start it: a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PETS = """\
openapi: 3.1.0
info: {title: Pets, version: "1"}
paths:
  /pets/{id}:
    get:
      operationId: getPet
      tags: [pets]
      parameters:
        - {name: id, in: path, required: true, schema: {type: integer}}
      responses:
        "200":
          description: The pet.
          content:
            application/json:
              schema: {$ref: "#/components/schemas/Pet"}
components:
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        name: {type: string}
        tag: {type: string}
    Owner:
      type: object
      properties:
        name: {type: string}
"""

Result = subprocess.CompletedProcess[str]
Command = Callable[..., Result]


@pytest.fixture
def bindwright(tmp_path: Path) -> Command:
    """Run ``bindwright`` with arguments in a temporary folder."""

    def run(*arguments: str, cwd: Path = tmp_path, timeout: float = 120) -> Result:
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "codegen"), "NO_COLOR": "1", "COLUMNS": "200"}
        command = [sys.executable, "-m", "bindwright.cli", *arguments]
        return subprocess.run(
            command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=timeout, check=False
        )

    return run


@pytest.fixture
def pets(tmp_path: Path) -> Path:
    """A small document in the temporary folder."""
    path = tmp_path / "pets.yaml"
    path.write_text(PETS)
    os.utime(path, (1, 1))
    return path
