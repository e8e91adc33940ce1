"""A package works wherever it stands: its imports are relative, and it finds its parts by its own name."""

from __future__ import annotations

import ast
import importlib
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from bindwright import ir, openapi
from bindwright.targets.python import PythonOptions, emit
from bindwright.testing import MockApi

DOCUMENT = """
openapi: 3.1.1
info: {title: Case, version: '1'}
paths:
  /pet:
    get:
      tags: [pets]
      operationId: getPet
      responses:
        '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
components:
  schemas:
    Pet: {type: object, required: [name], properties: {name: {const: Tom}, owner: {$ref: '#/components/schemas/Owner'}}}
    Owner: {type: object, properties: {pets: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}
"""


@pytest.fixture
def files() -> dict[str, str]:
    return emit(ir.lower(openapi.loads(DOCUMENT)), PythonOptions(package="acme.clients.shop")).files


@pytest.fixture
def folder(tmp_path: Path, files: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for path, text in files.items():
        file = tmp_path / "out" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.syspath_prepend(tmp_path / "out")
    before = set(sys.modules)
    yield tmp_path
    for name in set(sys.modules) - before:
        if name.partition(".")[0] in ("acme", "other", "renamed"):
            del sys.modules[name]


def call(package: str) -> None:
    module = importlib.import_module(package)
    (document := Path(str(module.__file__)).parent / "document.yaml").write_text(DOCUMENT)
    api = MockApi.load(document, package=package)
    with module.Client("http://api.example", transport=api.transport) as client:
        assert client.pets.get_pet().name == "Tom"


def test_no_import_names_the_package(files: dict[str, str]) -> None:
    for path, text in files.items():
        if path.endswith(".py"):
            assert "acme" not in "".join(ast.unparse(node) for node in ast.walk(ast.parse(text))
                                         if isinstance(node, (ast.Import, ast.ImportFrom))), path  # fmt: skip


def test_a_package_below_others(folder: Path) -> None:
    call("acme.clients.shop")


def test_a_package_that_was_moved_and_renamed(folder: Path) -> None:
    (folder / "other").mkdir()
    shutil.copytree(folder / "out/acme/clients/shop", folder / "other" / "renamed")
    call("other.renamed")
    shutil.copytree(folder / "out/acme/clients/shop", folder / "renamed")
    call("renamed")


def test_the_distribution_holds_the_outermost_package(files: dict[str, str]) -> None:
    assert 'name = "acme-clients-shop"' in files["pyproject.toml"]
    assert 'packages = ["acme"]' in files["pyproject.toml"]
