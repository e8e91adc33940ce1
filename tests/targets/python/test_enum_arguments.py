"""Arguments that are enumerations take their values: ``order="asc"`` needs no import."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from bindwright import ir, openapi
from bindwright.targets.python import PythonOptions, emit
from bindwright.testing import MockApi

from tests.lowering import lowered

LONG = [f"v{number}" for number in range(60)]
DOCUMENT = json.dumps({
    "openapi": "3.1.1",
    "info": {"title": "Case", "version": "1"},
    "paths": {
        "/things": {
            "get": {
                "operationId": "listThings",
                "tags": ["things"],
                "parameters": [
                    {"name": "order", "in": "query", "schema": {"$ref": "#/components/schemas/Order"}},
                    {"name": "level", "in": "query", "required": True, "schema": {"enum": [1, 2]}},
                    {"name": "X-Mode", "in": "header", "schema": {"type": ["string", "null"], "enum": ["a", "b", None]}},
                    {"name": "long", "in": "query", "schema": {"enum": LONG}},
                    {"name": "code", "in": "query", "schema": {"enum": list(range(9))}},
                ],
                "responses": {"204": {"description": "ok"}},
            }
        }
    },
    "components": {"schemas": {"Order": {"enum": ["asc", "desc"]}}},
})  # fmt: skip


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    files = emit(ir.lower(openapi.loads(DOCUMENT)), PythonOptions(package="enum_case")).files
    for path, text in files.items():
        (file := tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    (tmp_path / "document.json").write_text(DOCUMENT)
    monkeypatch.syspath_prepend(tmp_path)
    yield importlib.import_module("enum_case")
    for name in [name for name in sys.modules if name.partition(".")[0] == "enum_case"]:
        del sys.modules[name]


def test_values_and_members_are_sent_alike(package: ModuleType, tmp_path: Path) -> None:
    api = MockApi.load(tmp_path / "document.json", package="enum_case")
    client = package.Client("http://api.example", transport=api.transport)
    models = importlib.import_module("enum_case.models")
    client.things.list_things(order="asc", level=1, x_mode="b")
    client.things.list_things(
        order=models.Order.ASC, level=models.ListThingsLevel(1), x_mode=models.ListThingsXMode("b")
    )
    first, second = [call.request for call in api.calls]
    assert first.target == second.target == "/things?order=asc&level=1"


def test_the_command_line_takes_them(package: ModuleType, tmp_path: Path) -> None:
    process = subprocess.run(
        [sys.executable, "-m", "enum_case", "things", "list-things", "--help"],
        cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert process.returncode == 0, process.stderr
    assert "asc" in process.stdout
    assert "desc" in process.stdout


def test_the_signature_lists_short_enumerations(package: ModuleType, tmp_path: Path) -> None:
    text = (tmp_path / "enum_case/api/things.py").read_text()
    assert 'order: Literal["asc", "desc"] | Order | None = None,' in text
    assert "level: Literal[1, 2] | ListThingsLevel," in text
    assert 'x_mode: Literal["a", "b"] | ListThingsXMode | None | Unset = UNSET,' in text
    assert "long: str | ListThingsLong | None = None," in text
    assert "code: int | ListThingsCode | None = None," in text


def test_an_enumeration_of_one_value_is_that_value() -> None:
    """A name for a literal beside the literal itself would be a choice of two, to the codecs."""
    schemas = {
        "Only": {"type": "string", "enum": ["a"]},
        "Thing": {"type": "object", "properties": {"only": {"$ref": "#/components/schemas/Only"}}},
    }
    document = json.loads(DOCUMENT)
    document["components"]["schemas"] |= schemas
    files = emit(lowered(document), PythonOptions(package="x")).files
    assert "    only: Only | None = None\n" in files["x/models/thing.py"]


def test_a_long_list_of_values_is_laid_out_as_ruff_does() -> None:
    values = ["private", "public-read", "public-read-write", "authenticated-read"]
    document = DOCUMENT.replace('["asc", "desc"]', json.dumps(values))
    text = emit(ir.lower(openapi.loads(document)), PythonOptions(package="x")).files["x/api/things.py"]
    process = subprocess.run(
        [sys.executable, "-m", "ruff", "format", "--isolated", "-"],
        input=text, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert process.stdout == text
