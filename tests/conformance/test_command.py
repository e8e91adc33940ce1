"""``bindwright conform`` as its users call it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bindwright.commands import group
from click.testing import CliRunner, Result

from tests.conformance.test_runner import PORT


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    folder = tmp_path / "kit"
    (folder / "vectors").mkdir(parents=True)
    lines = [
        {"vectors": 1, "title": "texts"},
        {
            "id": "good",
            "kind": "to",
            "type": "T",
            "rule": "text/upper",
            "in": {"json": "a"},
            "out": {"json": "A"},
        },
        {
            "id": "bad",
            "kind": "to",
            "type": "T",
            "rule": "text/lower",
            "in": {"json": "a"},
            "out": {"json": "a"},
        },
    ]
    (folder / "vectors" / "texts.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    return folder


def conform(kit: Path, *arguments: str, port: bool = True) -> Result:
    command = ["conform", "--kit", str(kit), *arguments, *(["--", *PORT] if port else [])]
    return CliRunner().invoke(group, command, standalone_mode=False)


def code(result: Result) -> object:
    return getattr(result.exception, "code", None) or result.return_value


def test_a_failure_is_shown_with_its_rule_and_place(kit: Path) -> None:
    result = conform(kit)
    assert code(result) == 1
    assert "texts/bad/json-json: failed" in result.output
    assert "RULES.md, text/lower" in result.output
    assert "1 passed, 1 failed; 1 not as expected" in result.output


def test_a_port_that_does_nothing_yet_is_told_where_to_begin(kit: Path) -> None:
    """With the question as it is asked, and the answer that is wanted: of a text, where the kit has one."""
    lines = [
        {"vectors": 1},
        {"id": "a", "kind": "same", "type": "T", "rule": "json/order", "in": {"json": "skip"}},
        {"id": "b", "kind": "same", "type": "T", "rule": "lexical/string", "in": {"json": "skip"}},
    ]
    file = kit / "vectors" / "texts.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    output = conform(kit).output
    assert "nothing is answered yet; the first question could be texts/b/json-json" in output
    assert '"do": "transcode"' in output
    assert 'wanted {"output": {"json": "skip"}}' in output
    file.write_text(file.read_text().replace('"skip"', '"A"'))
    assert "nothing is answered yet" not in conform(kit).output


def test_fix_writes_what_the_next_run_expects(kit: Path, tmp_path: Path) -> None:
    expected = tmp_path / "expected.txt"
    assert code(conform(kit, "--expected", str(expected), "--fix")) == 0
    assert expected.read_text() == "texts/bad/json-json  # another result\n"
    assert code(conform(kit, "--expected", str(expected))) == 0
    assert (
        code(conform(kit, "--expected", str(expected), "--fix", "--only", "text/upper")) == "no-expected-file"
    )


def test_a_part_by_rule_or_name(kit: Path) -> None:
    assert code(conform(kit, "--only", "text/upper")) == 0
    assert code(conform(kit, "--only", "texts/good")) == 0
    assert code(conform(kit, "--only", "nothing")) == "no-vectors"
    assert conform(kit, "--list", port=False).output.split() == [
        "texts/good/json-json",
        "texts/bad/json-json",
    ]


def test_files_for_people_and_for_machines(kit: Path, tmp_path: Path) -> None:
    assert code(conform(kit, "--copy", str(tmp_path / "copy"), port=False)) == 0
    folder = tmp_path / "copy/texts/good/json-json"
    assert (folder / "input.json").read_text() == "a"
    assert (folder / "expected.json").read_text() == "A"
    conform(kit, "--json", str(tmp_path / "out.json"), "--junit", str(tmp_path / "out.xml"))
    assert [check["status"] for check in json.loads((tmp_path / "out.json").read_text())["checks"]] == [
        "passed",
        "failed",
    ]
    assert 'tests="2" failures="1"' in (tmp_path / "out.xml").read_text()


def test_what_cannot_be_run(kit: Path, tmp_path: Path) -> None:
    assert code(conform(kit, port=False)) == "no-port"
    assert code(conform(tmp_path)) == "no-vectors"
    result = CliRunner().invoke(
        group, ["conform", "--kit", str(kit), "--", "no-such-program"], standalone_mode=False
    )
    assert code(result) == "port"
