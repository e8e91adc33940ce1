"""The quick reader of command lines, held against click's reading of the same table."""

from __future__ import annotations

from typing import Any

import click
import pytest
from bindwright.commands.generate import command
from bindwright.project.configuration import flags
from hypothesis import given
from hypothesis import strategies as st

WORDS = st.sampled_from(
    [
        *("", "openapi.yaml", "-", "--", "-o", "out", "--output", "--output=out", "--outp", "--package", "p"),
        *("--models", "attrs,pydantic", "--models=attrs", "--models=", "--check", "--no-check", "--check=1"),
        *("-pname", "-w", "-wq", "--strict", "--no-strict", "--help", "-h", "--json-report", "-1", "-o=out"),
        "--no-output",
    ]
)


def by_click(argv: list[str]) -> dict[str, Any] | None:
    """What click reads, in the form of `flags.read`; None for a mistake or help."""
    try:
        params = command.make_context("generate", list(argv)).params
    except (click.ClickException, click.exceptions.Exit):
        return None
    values = {}
    for name, value in params.items():
        if isinstance(value, tuple):
            value = [part.strip() for word in value for part in word.split(",") if part.strip()]  # noqa: PLW2901
        if value not in (None, [], ""):
            values[name.replace("_", "-")] = value
    return values


@given(st.lists(WORDS, max_size=5))
def test_reads_as_click_does_or_leaves_it_to_click(argv: list[str]) -> None:
    quick = flags.read(argv)
    if quick is not None:
        assert {name: value for name, value in quick.items() if value != []} == by_click(argv)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("", {}),
        ("a.yaml --output o --package p", {"document": "a.yaml", "output": "o", "package": "p"}),
        ("-o o -p p a.yaml", {"document": "a.yaml", "output": "o", "package": "p"}),
        ("--check --no-strict -q", {"check": True, "strict": False, "quiet": True}),
        ("--models attrs,pydantic --models=msgspec", {"models": ["attrs", "pydantic", "msgspec"]}),
    ],
)
def test_reads_what_is_spelt_exactly(line: str, expected: dict[str, Any]) -> None:
    assert flags.read(line.split()) == expected


@pytest.mark.parametrize(
    "line", ["--help", "--chek", "a.yaml b.yaml", "--output", "--output --check", "--check=1"]
)
def test_leaves_the_rest(line: str) -> None:
    assert flags.read(line.split()) is None
