"""``python -m PACKAGE`` for operations with bodies."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from bindwright.targets.python import PythonOptions, emit

from tests.lowering import lowered

DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.1",
    "info": {"title": "Case", "version": "1"},
    "paths": {
        "/pets": {
            method: {
                "operationId": name,
                "tags": ["pets"],
                "requestBody": {"required": name == "add", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}},
                "responses": {"204": {"description": "ok"}},
            }
            for method, name in (("post", "add"), ("put", "change"))
        }
    },
    "components": {
        "schemas": {
            "Pet": {
                "type": "object",
                "required": ["pet-name"],
                "properties": {"pet-name": {"type": "string"}, "age": {"type": "integer"}, "owner": {"$ref": "#/components/schemas/Pet"}},
            }
        }
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("command_line")
    files = emit(lowered(DOCUMENT), PythonOptions(package="cli_case")).files
    for path, text in files.items():
        (file := folder / path).parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return folder


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "cli_case", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=False)


def test_help_names_the_members_of_a_body(folder: Path) -> None:
    text = run(folder, "pets", "add", "--help").stdout
    assert "pet-name: str\n" in text
    assert "age: int (optional)" in text
    assert "owner: Pet (optional)" in text


def test_an_optional_body_is_an_option(folder: Path) -> None:
    text = run(folder, "pets", "change", "--help").stdout
    assert "--body VALUE" in text
    process = run(folder, "pets", "change", "--base-url", "http://127.0.0.1:9", "--retries", "0")
    assert process.returncode == 1, process.stderr  # it was sent without a body
    assert "Connect" in process.stderr


def test_a_required_body_is_an_argument(folder: Path) -> None:
    assert run(folder, "pets", "add", "--base-url", "http://127.0.0.1:9").returncode == 2
