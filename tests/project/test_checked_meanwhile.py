"""The check of a document's structure, done by another process while the document is lowered."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from bindwright import ir
from bindwright.openapi import LoadedDocument, LoadOptions, load
from bindwright.project import pipeline
from bindwright.project.configuration.settings import RunSettings
from bindwright.project.console.progress import Progress
from bindwright.targets import processes

CASES = Path(__file__).parent.parent / "openapi" / "cases"


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    if not hasattr(os, "fork"):
        pytest.skip("no fork here")
    monkeypatch.setattr(processes, "can_fork", lambda: True)
    monkeypatch.setattr(pipeline, "WORTH_FORKING", 0)


def _lowered(path: Path, **more: Any) -> pipeline.Lowered:
    return pipeline.lower(RunSettings(str(path), **more), Progress(enabled=False), {})


@pytest.mark.usefixtures("meanwhile")
@pytest.mark.parametrize("tolerant", [False, True])
@pytest.mark.parametrize("name", sorted(path.name for path in CASES.iterdir()))
def test_says_what_one_after_the_other_says(name: str, tolerant: bool) -> None:
    document = load(CASES / name / "openapi.yaml", options=LoadOptions(tolerant=tolerant))
    if not document.diagnostics.failed:
        ir.lower(document)
    lowered = _lowered(CASES / name / "openapi.yaml", tolerant=tolerant)
    assert lowered.diagnostics.items == document.diagnostics.items
    assert lowered.failed == document.diagnostics.failed


@pytest.mark.usefixtures("meanwhile")
def test_another_process_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[object] = []
    begin = processes.begin
    monkeypatch.setattr(processes, "begin", lambda work: begun.append(work) or begin(work))
    _lowered(CASES / "quiet" / "openapi.yaml")
    assert len(begun) == 1


@pytest.mark.usefixtures("meanwhile")
def test_what_lowering_trips_over_is_the_documents_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def trip(document: LoadedDocument, **_: object) -> object:
        raise TypeError("a list where an object should be")

    monkeypatch.setattr(ir, "lower", trip)
    lowered = _lowered(CASES / "impossible" / "openapi.yaml")
    assert lowered.failed
    assert lowered.api is None
    with pytest.raises(TypeError, match="a list where"):
        _lowered(CASES / "quiet" / "openapi.yaml")
