"""Models of a few schemas, generated and imported."""

from __future__ import annotations

import importlib
import itertools
import sys
import textwrap
from types import ModuleType
from typing import Any, NamedTuple

from bindwright import ir
from bindwright.openapi import LoadOptions, loads
from bindwright.targets import python

from tests.scratch import new_folder

_NUMBER = itertools.count(1)


class Generated(NamedTuple):
    """A generated package."""

    models: ModuleType
    codes: list[str]
    """Codes of the diagnostics, in their order."""
    api: ir.Api
    package: str


def generate(
    schemas: str, *, version: str = "3.1.1", models: tuple[str, ...] = ("attrs",), **load: Any
) -> Generated:
    """The package of `schemas`, the members of ``components.schemas`` in YAML."""
    body = textwrap.indent(textwrap.dedent(schemas), "    ")
    head = f"openapi: {version}\ninfo: {{title: t, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n"
    return generate_document(head + body, models=models, **load)


def generate_document(text: str, *, models: tuple[str, ...] = ("attrs",), **load: Any) -> Generated:
    """The package of a whole document."""
    document = loads(text, options=LoadOptions(**load))
    assert not document.diagnostics.failed, document.diagnostics.items
    api = ir.lower(document)
    package = f"meaning{next(_NUMBER)}"
    output = python.emit(api, python.PythonOptions(package=package, models=models), {})
    folder = new_folder()
    for name, content in output.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    codes = [item.code for item in document.diagnostics.items]
    return Generated(importlib.import_module(f"{package}.models"), codes, api, package)
