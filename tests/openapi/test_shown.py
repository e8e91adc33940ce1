"""Values of the generator show their fields."""

from __future__ import annotations

from bindwright.openapi.diagnostics.model import Place


def test_fields_are_shown_by_name() -> None:
    assert repr(Place(file="a.yaml", pointer="/x")) == "Place(file='a.yaml', pointer='/x')"
