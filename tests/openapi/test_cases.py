"""Documents that are wrong in many ways, and everything that is said about them, as a person reads it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from bindwright.openapi import LoadOptions, load, render

CASES = Path(__file__).parent / "cases"


@pytest.mark.parametrize("name", sorted(path.name for path in CASES.iterdir()))
def test_the_diagnostics_of_a_case_are_those_on_file(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """`expected.txt` has the whole output; set UPDATE_CASES to write it anew, then read what changed."""
    folder = CASES / name
    monkeypatch.chdir(folder)
    document = load("openapi.yaml")
    rendered = render(document.diagnostics.items, document)
    expected = folder / "expected.txt"
    if os.environ.get("UPDATE_CASES"):
        expected.write_text(rendered, "utf-8")
    assert rendered == expected.read_text("utf-8")


def test_tolerant_has_no_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CASES / "impossible")
    strict = load("openapi.yaml")
    tolerant = load("openapi.yaml", options=LoadOptions(tolerant=True))
    assert strict.diagnostics.failed
    assert not tolerant.diagnostics.failed
    assert len(strict.diagnostics.items) == len(tolerant.diagnostics.items)


def test_color_changes_nothing_but_color(monkeypatch: pytest.MonkeyPatch) -> None:
    import re

    monkeypatch.chdir(CASES / "misspelt")
    document = load("openapi.yaml")
    colored = render(document.diagnostics.items, document, color=True)
    assert "\x1b[1;33m" in colored
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == render(document.diagnostics.items, document)
