"""The client that belongs to petshop.yaml, generated once in memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from bindwright import ir
from bindwright import openapi as spec
from bindwright.serve.package import import_from_memory as package
from bindwright.targets import python

DOCUMENT = Path(__file__).parent / "petshop.yaml"


@pytest.fixture(scope="session")
def petshop() -> Iterator[ModuleType]:
    name = package.unused_name()
    output = python.emit(ir.lower(spec.load(DOCUMENT)), python.PythonOptions(package=name), {})
    yield package.install(name, output.files)
    package.uninstall(name)
