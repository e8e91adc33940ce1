"""The JSON of a report is what its published schema says, for every pair of the catalogue."""

from __future__ import annotations

import json
from pathlib import Path

import bindwright.changes.report
import pytest
from bindwright.changes.findings import Change
from bindwright.changes.report import texts
from bindwright.changes.report.lines import Report, Side
from bindwright.changes.report.lines import group as group_of
from bindwright.commands import group
from click.testing import CliRunner
from jsonschema import Draft202012Validator, ValidationError

from tests.changes.test_catalogue import CASES, EXPECTED

SCHEMA = json.loads(Path(bindwright.changes.report.__file__).with_name("report.schema.json").read_text())


@pytest.mark.parametrize("name", sorted(EXPECTED)[::6])
def test_a_report_is_valid(name: str) -> None:
    pair = [str(CASES / f"{EXPECTED[name]['base']}.yaml"), str(CASES / f"{name}.yaml")]
    run = CliRunner().invoke(group, ["diff", *pair, "--format", "json"], standalone_mode=False)
    report = json.loads(run.stdout)
    Draft202012Validator(SCHEMA).validate(report)
    for change in report["changes"]:
        with pytest.raises(ValidationError):
            Draft202012Validator(SCHEMA).validate({**report, "changes": [{**change, "odd": 1}]})


def test_a_table_looks_at_each_change_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thousands of changes in hundreds of operations are usual between two years of an API."""
    changes = [
        Change(kind="operation-added", element=f"GET /{index}", operations=[f"GET /{index}"])
        for index in range(50)
    ]
    calls: list[Change] = []
    monkeypatch.setattr(texts, "group", lambda change: calls.append(change) or group_of(change))
    lines = texts.table(Report(changes, Side("old", None), Side("new", None))).splitlines()
    assert [line for line in lines if line.startswith("GET /")] == [f"GET /{index}" for index in range(50)]
    assert len(calls) == len(changes)
