"""Names that stand for anything: what type checkers in strict mode must be told in so many words."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from bindwright import ir
from bindwright import openapi as spec
from bindwright.targets.python import PythonOptions, emit

from tests.corpus.packages import complaints

DOCUMENT = Path(__file__).parent / "documents" / "anything.yaml"
PYRIGHT = Path(sys.executable).parent / "pyright"


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("anything")
    for path, text in emit(ir.lower(spec.load(DOCUMENT)), PythonOptions(package="whatever")).files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def test_importing_ruff_and_mypy_have_no_complaints(package: Path) -> None:
    assert complaints(package, ["whatever"], types=True) == []


def test_a_result_that_may_be_anything_is_an_object_first(package: Path) -> None:
    text = (package / "whatever" / "api" / "default.py").read_text()
    results = re.findall(r"    def (\w)\(.*?\n.*?\n        (result: object|return)", text)
    assert dict(results) == {
        "a": "result: object", "b": "return", "c": "result: object", "d": "return", "e": "result: object",
        "f": "return", "g": "result: object",
    }  # fmt: skip


def test_fields_of_further_members_have_a_typed_factory(package: Path) -> None:
    assert "] = field(factory=empty_dict)" in (package / "whatever" / "models" / "m.py").read_text()


@pytest.mark.skipif(not PYRIGHT.exists(), reason="pyright is not installed")
def test_pyright(package: Path) -> None:
    (package / "pyrightconfig.json").write_text('{"typeCheckingMode": "strict"}', encoding="ascii")
    command = [str(PYRIGHT), "--pythonpath", sys.executable, "whatever"]
    process = subprocess.run(command, cwd=package, capture_output=True, text=True, timeout=300, check=False)
    assert process.returncode == 0, process.stdout
