"""Documents that are odd but plausible, a folder each: every package imports, type-checks and reads values.

Each of them has held something that once came out wrong.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bindwright import ir
from bindwright import openapi as spec
from bindwright.ir.coverage import coverage
from bindwright.targets.python import PythonOptions, emit
from bindwright.targets.python.other_styles.generate import STYLES

from tests.corpus.packages import complaints, run
from tests.scratch import mypy_cache
from tools.corpus import raw

CASES = sorted(path.name for path in (Path(__file__).parent / "odd").iterdir())

READ = """
import importlib, sys
from functools import partial
from bindwright.runtime import json, xml
from bindwright.runtime.errors import DecodeError
from bindwright.runtime.wire import Wire, Xml
read_xml = partial(xml.decode, wire=Wire(xml=Xml(name="a")))  # whatever the root of the type is called
for name in sys.argv[1:]:
    models = importlib.import_module(name + ".models")
    for one in models.__all__:
        for read, data in ((json.decode, b"[]"), (json.decode, b'{"a": [{}]}'), (read_xml, b"<a><b/></a>")):
            try:
                read(data, getattr(models, one))
            except DecodeError:
                pass
"""
"""Compiles the codecs of every model: a value is read, or refused for what it is."""


def package(case: str) -> str:
    return "odd_" + case.replace("-", "_")


def loaded(case: str) -> spec.LoadedDocument:
    options = spec.LoadOptions(tolerant=True)
    return spec.load(Path(__file__).parent / "odd" / case / "openapi.yaml", options=options)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("odd")
    for case in CASES:
        for path, text in emit(ir.lower(loaded(case)), PythonOptions(package=package(case))).files.items():
            if path.startswith(package(case)):
                (output / path).parent.mkdir(parents=True, exist_ok=True)
                (output / path).write_text(text, encoding="utf-8")
    return output


def test_importing_ruff_and_mypy_have_no_complaints(folder: Path) -> None:
    assert complaints(folder, [package(case) for case in CASES], types=True) == []


STYLED = ("all-of", "maps-and-tuples", "nulls", "unions")


def test_every_style_has_the_names_of_the_attrs_models_and_keeps_types(tmp_path: Path) -> None:
    pytest.importorskip("datamodel_code_generator")
    for case in STYLED:
        options = PythonOptions(package=package(case), models=("attrs", *STYLES))
        output = emit(ir.lower(loaded(case)), options)
        assert not [diagnostic for diagnostic in output.diagnostics if diagnostic.level == "error"]
        for path, text in output.files.items():
            if path.startswith(package(case)):
                (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
                (tmp_path / path).write_text(text, encoding="utf-8")
        names = ", ".join(f'"{name}"' for name in output.names["classes"].values())
        for style in STYLES:
            check = f"import {package(case)}.models_{style} as m; assert [n for n in [{names}] if not hasattr(m, n)] == []"
            assert run("python", "-c", check, folder=tmp_path) == "", style
    packages = list(map(package, STYLED))
    assert (
        run(
            "mypy",
            "--strict",
            "--follow-imports=silent",
            f"--cache-dir={mypy_cache('strict-silent')}",
            *packages,
            folder=tmp_path,
        )
        == ""
    )
    assert run("ruff", "check", "--isolated", "--no-cache", *packages, folder=tmp_path) == ""


def test_every_model_has_codecs(folder: Path) -> None:
    assert run("python", "-W", "error", "-c", READ, *map(package, CASES), folder=folder) == ""


@pytest.mark.parametrize("case", CASES)
def test_every_operation_is_told(case: str) -> None:
    document: dict[str, Any] = raw.read(Path(__file__).parent / "odd" / case / "openapi.yaml")
    read = loaded(case)
    covered = {entry["id"] for entry in coverage(ir.lower(read), read)["operations"]}
    assert [operation_id for operation_id in raw.operations(document) if operation_id not in covered] == []
