"""Each kind of change of the catalogue, as a pair of documents: `cases/`, with the verdicts in `expected.yaml`."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from bindwright import ir
from bindwright import openapi as spec
from bindwright.changes import Change, compare
from bindwright.changes.rules import COLUMNS, Level, worse

CASES = Path(__file__).parent / "cases"
EXPECTED: dict[str, dict[str, str]] = yaml.safe_load((CASES / "expected.yaml").read_text())
LETTERS = {"none": "–", "compatible": "C", "risky": "R", "breaking": "B"}
NOT_SENT = {
    "media-json-removed": "json_response",  # the base loses the media type of one request body
    "media-xml-removed": "xml_response",
    "schema-renamed-xmlroot": "xml_request",  # the schema is only answered
    "dcs-schema-renamed": "xml_request",
    "xml-root-array-name": "xml_request",
    "object-to-oneof": "json_request xml_request xml_response",  # one answer, in JSON
}
"""Columns in which the changed part of the base documents is in no message, so that nobody feels the change there."""
OTHERWISE = {
    # Without a prefix, the root declares its namespace as the default one, and children that name none are in it
    # (Namespaces in XML 1.0, 6.2); with one they are in no namespace. So old readers do not find them.
    "noise-prefix": {"xml_request": "B", "xml_response": "B"},
    # The body stays positional, so that no caller breaks.
    "body-optional": {"binding": "C"},
    # What a discriminator says of a class is the default of its field: without it the argument is required again.
    "discriminator-removed": {"binding": "B"},
    "discriminator-property": {"binding": "B"},
    "discriminator-value": {"binding": "R"},
}
"""Verdicts that differ from the catalogue's, with the reason."""
VERDICTS = [name for name, case in EXPECTED.items() if "row" not in case]
SPELLINGS = [name for name, case in EXPECTED.items() if "row" in case]


@cache
def api(name: str) -> ir.model.Api:
    document = spec.load(CASES / f"{name}.yaml")
    assert not document.diagnostics.failed, document.diagnostics
    return ir.lower(document)


@cache
def changes(name: str) -> list[Change]:
    return compare(api(EXPECTED[name]["base"]), api(name))


def verdict(name: str) -> dict[str, str]:
    """The strongest verdict of each column."""
    levels: dict[str, Level] = dict.fromkeys(COLUMNS, "none")
    for change in changes(name):
        for column in COLUMNS:
            levels[column] = worse(levels[column], change.levels[column])
    return {column: LETTERS[level] for column, level in levels.items()}


def allowed(text: str) -> set[str]:
    """The verdicts that a cell of the catalogue allows: ``R or B``, ``B (loud)``, ``sig B → alias``."""
    words = re.sub(r"\([^)]*R if changed[^)]*\)", "R", text)
    words = re.sub(r"\([^)]*\)", "", words)
    return set(re.findall(r"(?<!\w)[BCR–](?!\w)", words))


def expected(name: str) -> dict[str, set[str]]:
    case = EXPECTED[name]
    cells = {column: case["python" if column == "binding" else column] for column in COLUMNS}
    if cells["xml_response"] == "the same":
        cells["xml_response"] = cells["xml_request"]
    verdicts = {column: allowed(cell) for column, cell in cells.items()}
    verdicts |= {column: {letter} for column, letter in OTHERWISE.get(name, {}).items()}
    return verdicts | {column: {"–"} for column in NOT_SENT.get(name, "").split()}


@pytest.mark.parametrize("name", VERDICTS)
def test_the_verdict_of_the_catalogue(name: str) -> None:
    result, catalogue = verdict(name), expected(name)
    wrong: dict[str, Any] = {
        column: (result[column], catalogue[column])
        for column in COLUMNS
        if result[column] not in catalogue[column]
    }
    assert not wrong, [(change.kind, change.element) for change in changes(name)]


@pytest.mark.parametrize("name", [name for name in SPELLINGS if name.startswith(("noise", "param-path"))])
def test_another_spelling_is_no_change(name: str) -> None:
    assert changes(name) == []


def test_a_namespace_that_goes_is_a_break_of_xml_alone() -> None:
    assert verdict("xml-namespace-removed") == dict.fromkeys(COLUMNS, "–") | {
        "xml_request": "B",
        "xml_response": "B",
    }


@pytest.mark.parametrize("name", sorted({case["base"] for case in EXPECTED.values()} | set(EXPECTED)))
def test_a_document_and_itself(name: str) -> None:
    assert compare(api(name), api(name)) == []


@pytest.mark.parametrize(
    ("name", "element"),
    [
        ("property-renamed", "property-renamed"),
        ("property-renamed-xml-kept", "property-renamed-xml-kept"),
        ("param-renamed", "param-renamed"),
        ("schema-renamed", "schema-renamed"),
        ("operation-id-renamed", "operation-id-renamed"),
        ("operation-tag-renamed", "operation-tag-renamed"),
        ("enum-varnames", "enum-varnames"),
        ("operation-path-renamed", "operation-path-renamed"),
    ],
)
def test_a_rename_is_one_change(name: str, element: str) -> None:
    assert {change.kind for change in changes(name)} == {element}


def test_two_unrelated_properties_are_no_rename() -> None:
    assert "property-renamed" not in {change.kind for change in changes("property-removed")}


def test_a_shared_schema_is_one_change_with_who_feels_it() -> None:
    (change,) = changes("type-int-number")
    assert change.operations == ["GET /orders", "POST /orders", "GET /orders/{orderId}/lines/{lineNo}"]


def test_the_other_way_round_nothing_is_milder_than_it_is() -> None:
    """What breaks one way loosens the other way; no pair is without a change in one direction only."""
    for name in VERDICTS:
        back = compare(api(name), api(EXPECTED[name]["base"]))
        if not changes(name):
            assert not [change for change in back if change.level != "none"], name
