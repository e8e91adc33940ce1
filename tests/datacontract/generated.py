"""The package generated from the vectors' document, made once a run in a folder of its own."""

from __future__ import annotations

import importlib
import json
import sys
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.scratch import new_folder

FACTS = Path(__file__).parent / "facts"
PACKAGE = "dcs_vectors"


def generate(
    document: Path, package: str, styles: tuple[str, ...] = ("attrs",), *, tolerant: bool = False
) -> ModuleType:
    """Generate a document's package in a temporary folder and import its ``models``; ``styles`` stand beside them."""
    from bindwright import ir
    from bindwright import openapi as spec
    from bindwright.targets import python

    loaded = spec.load(document, options=spec.LoadOptions(tolerant=tolerant))
    assert not loaded.diagnostics.failed, loaded.diagnostics
    output = python.emit(ir.lower(loaded), python.PythonOptions(package=package, models=styles), {})
    folder = new_folder()
    for name, text in output.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    sys.path.insert(0, str(folder))
    return importlib.import_module(f"{package}.models")


@cache
def models() -> ModuleType:
    """The models of the vectors' document."""
    return generate(FACTS / "datacontract.openapi.yaml", PACKAGE)


@cache
def styled(style: str) -> ModuleType:
    """The models of the vectors' document in another style; the attrs ones stand beside them."""
    package = f"dcs_vectors_{style}"
    generate(FACTS / "datacontract.openapi.yaml", package, ("attrs", style))
    return importlib.import_module(f"{package}.models_{style}")


@cache
def vectors() -> dict[str, dict[str, Any]]:
    """What .NET wrote, by case."""
    lines = (FACTS / "public.jsonl").read_text(encoding="utf-8").split("\n")
    return {vector["case"]: vector for vector in map(json.loads, filter(None, lines))}


def type_named(name: str, space: ModuleType | None = None) -> Any:
    """The generated type of a component, in `models` or another module of attrs models."""
    from bindwright.runtime.resolve import facts_of

    wanted = name.replace(".", "")
    space = space or models()
    if hasattr(space, wanted):
        return getattr(space, wanted)
    for attribute in dir(space):
        facts = facts_of(getattr(space, attribute))
        if attribute.lower() == wanted.lower() or (facts is not None and facts.xml.name == name):
            return getattr(space, attribute)
    raise LookupError(name)
