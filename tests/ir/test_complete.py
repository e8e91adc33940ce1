"""What only ports and other targets read is left out where Python alone is written, which changes no byte."""

from __future__ import annotations

from pathlib import Path

import pytest
from bindwright.ir import LowerOptions, lower
from bindwright.ir.lower import FOR_OTHER_READERS, PASSES
from bindwright.openapi import load
from bindwright.targets.python import PythonOptions, emit

ROOT = Path(__file__).parents[2]
DOCUMENTS = [ROOT / "openapi.yaml", ROOT / "tests/datacontract/facts/datacontract.openapi.yaml"]
CORPUS = sorted((ROOT.parent / "shared" / "corpus").glob("*.json"))


@pytest.mark.parametrize("path", [*DOCUMENTS, *CORPUS[::6]], ids=lambda path: path.stem)
def test_python_is_the_same(path: Path) -> None:
    options = PythonOptions(package="p", surface=True)
    outputs = [
        emit(lower(load(path), options=LowerOptions(complete=complete)), options, {})
        for complete in (True, False)
    ]
    assert outputs[0].files == outputs[1].files
    assert outputs[0].names == outputs[1].names


def test_something_is_left_out() -> None:
    assert {name for name, _ in PASSES} >= FOR_OTHER_READERS
    options = LowerOptions(complete=False)
    assert not any(
        type_.lexical
        for type_ in lower(load(DOCUMENTS[0]), options=options).types.values()
        if type_.kind == "scalar"
    )
    assert any(type_.lexical for type_ in lower(load(DOCUMENTS[0])).types.values() if type_.kind == "scalar")
