"""Members that a derived class requires and its base does not: type checkers have nothing to say of them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from bindwright import ir
from bindwright.openapi import loads
from bindwright.targets.python import PythonOptions, emit
from bindwright.targets.python.other_styles.generate import STYLES

pytest.importorskip("datamodel_code_generator")

DOCUMENT = """
openapi: 3.1.0
info: {title: t, version: "1"}
paths: {}
components:
  schemas:
    Base: {type: object, properties: {id: {type: string}, class: {type: string}, note: {type: [string, "null"]},
      list: {type: array, items: {type: string}}, same: {type: string}}}
    Derived: {allOf: [{$ref: "#/components/schemas/Base"}, {type: object, required: [id, class, note, list]}]}
"""


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    options = PythonOptions(package="redeclared", models=("attrs", *STYLES))
    return emit(ir.lower(loads(DOCUMENT)), options).files


def test_rules_are_named_where_they_are_broken(files: dict[str, str]) -> None:
    fields = {
        path: dict(re.findall(r"    (\w+): .*# pyright: ignore\[(.*)\]", text))
        for path, text in files.items()
        if "/models" in path
    }
    both, narrowed = (
        "reportIncompatibleVariableOverride, reportGeneralTypeIssues",
        "reportIncompatibleVariableOverride",
    )
    assert fields["redeclared/models/derived.py"] == {
        "id": both,
        "class_": narrowed,
        "note": both,
        "list": both,
    }
    assert fields["redeclared/models_dataclass/__init__.py"] == dict.fromkeys(
        ["id", "class_", "list"], narrowed
    )
    assert fields["redeclared/models_pydantic/__init__.py"] == {
        "id": both, "class_": both, "note": "reportGeneralTypeIssues", "list_": both,
    }  # fmt: skip
    assert fields["redeclared/models_msgspec/__init__.py"] == dict.fromkeys(
        ["id", "class_", "note", "list"], both
    )
    assert fields["redeclared/models_typeddict/__init__.py"] == {}


@pytest.mark.parametrize("heeds_mypy", [True, False])
def test_pyright(files: dict[str, str], tmp_path: Path, heeds_mypy: bool) -> None:
    """Strictly, and as basedpyright does without a configuration: it does not heed ``type: ignore``."""
    for path, text in files.items():
        if path.startswith("redeclared/"):
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text)
    settings = {
        "typeCheckingMode": "strict",
        "enableTypeIgnoreComments": heeds_mypy,
        "include": ["redeclared"],
    }
    if not heeds_mypy:
        settings["reportUnnecessaryTypeIgnoreComment"] = "error"
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(settings))
    command = [sys.executable, "-m", "basedpyright", "--pythonpath", sys.executable, "--outputjson"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False)
    assert [item["message"] for item in json.loads(done.stdout)["generalDiagnostics"]] == []
