"""What a port does wrong is charged to the vector that it did it for, and the run goes on."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

import pytest
from bindwright.conformance import expectations, report, runner, vectors
from bindwright.conformance.comparison import Difference
from bindwright.conformance.runner import Outcome, PortInfo, UnusablePort
from bindwright.conformance.vectors import Check

PORT = [sys.executable, str(Path(__file__).with_name("scripted_port.py"))]
HEAD = {"vectors": 1, "title": "texts"}


def checks(*texts: str, expected: str | None = None) -> list[Check]:
    lines = [
        {"id": f"{index}-{text}", "kind": "to", "type": "Text", "rule": "text", "in": {"json": text},
         "out": {"json": text.upper() if expected is None else expected}}
        for index, text in enumerate(texts)
    ]  # fmt: skip
    return [check for line in lines for check in vectors.checks_of(line, "texts", HEAD)]


def run(todo: Sequence[Check], **options: float) -> list[Outcome]:
    return runner.run_all(
        PORT, "ir.json", todo, timeout=options.get("timeout", 5.0), jobs=int(options.get("jobs", 1))
    )[1]


def statuses(outcomes: list[Outcome]) -> list[str]:
    return [outcome.status for outcome in outcomes]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("crash", "exit code 3"),
        ("hang", "no answer within"),
        ("rubbish", "no JSON"),
        ("list", "no JSON object"),
        ("partial", "unfinished"),
        ("lie", "999999"),
        ("large", "-1"),
        ("broken", "an exception of its own"),
    ],
)
def test_a_fault_is_charged_to_its_vector(text: str, words: str) -> None:
    outcomes = run(checks(*["a"] * 20, text, *["b"] * 100), timeout=1.0 if text == "hang" else 5.0)
    assert statuses(outcomes) == ["passed"] * 20 + ["broken"] + ["passed"] * 100
    assert words in outcomes[20].message
    if text == "crash":
        assert outcomes[20].errors == "about to end"


def test_several_ports_at_once_and_faults_apart() -> None:
    texts = ["a", "crash", "b", "rubbish", "c", "lie", "d"] * 10
    outcomes = run(checks(*texts), jobs=3)
    assert statuses(outcomes) == ["passed" if len(text) == 1 else "broken" for text in texts]


def test_three_faults_in_a_row_end_the_run() -> None:
    outcomes = run(checks("a", "crash", "crash", "crash", "b"))
    assert statuses(outcomes) == ["passed", "broken", "broken", "broken", "not run"]


def test_what_a_port_does_not_offer_is_skipped_and_what_it_does_is_asked() -> None:
    edit = {"id": "e", "kind": "edit", "type": "T", "in": {"json": "a"}, "set": [], "out": {"json": "A"}}
    value = {"id": "v", "kind": "value", "type": "T", "in": {"json": "a"}, "value": ["string", "A"]}
    todo = [check for line in (edit, value) for check in vectors.checks_of(line, "f", HEAD)]
    outcomes = run([*todo, *checks("skip")])
    assert statuses(outcomes) == ["skipped", "passed", "skipped"]
    assert "edit" in outcomes[0].message


def test_refusals() -> None:
    refused = [
        check
        for text in ("refuse", "a")
        for check in vectors.checks_of(
            {"id": text, "kind": "refused", "type": "T", "in": {"xml": text}}, "f", HEAD
        )
    ]
    outcomes = run([*refused, *checks("refuse")])
    assert statuses(outcomes) == ["passed", "failed", "failed"]
    assert outcomes[1].message == "not refused"
    assert outcomes[2].message == "it was asked to"


def test_a_port_that_cannot_be_used_says_why() -> None:
    with pytest.raises(UnusablePort, match="cannot start"):
        runner.run_all(["no-such-program-here"], "ir.json", checks("a"))
    with pytest.raises(UnusablePort, match="exit code 5"):
        runner.run_all([sys.executable, "-c", "raise SystemExit(5)"], "ir.json", checks("a"))
    with pytest.raises(UnusablePort, match="must be"):
        runner.run_all([sys.executable, "-c", "print('{}')"], "ir.json", checks("a"))


def test_it_is_fast() -> None:
    """A thousand checks a second on a quiet machine; here only that it is no round trip a check."""
    started = time.process_time()
    assert set(statuses(run(checks(*["a"] * 5000)))) == {"passed"}
    assert time.process_time() - started < 10


def test_expected_failures() -> None:
    outcomes = run(checks("a", "broken", "skip"))
    text = "# known\ntexts/1-*/json-json  # an exception\n"
    assert expectations.judge(outcomes, expectations.parse(text)) == []
    wrong = "texts/0-a/json-json\ntexts/2-*/**\ntexts/1-*/**  # another\ntexts/none\n"
    reasons = [why for _, why in expectations.judge(outcomes, expectations.parse(wrong))]
    assert reasons == [
        "passed, but line 1 expects a failure",
        "another failure than line 3 says: an exception of its own",
        "skipped, but line 2 expects a failure",
        "line 4: texts/none matches no check",
    ]
    assert expectations.rewritten(text, outcomes) == text
    assert expectations.rewritten(wrong, outcomes) == "texts/1-broken/json-json  # an exception of its own\n"


def test_reports() -> None:
    outcomes = run([*checks("a", "skip"), *checks("one two", expected="ONE TWO\x1b"), *checks("broken")])
    assert list(report.table(outcomes)) == [
        "rule    passed    failed    broken   skipped",
        "text         1         1         1         1",
    ]
    assert list(report.skipped(outcomes)) == ["1 skipped: not yet"]
    lines = list(report.failure(outcomes[2], "another result"))
    assert lines[-4:] == [
        "  wanted ONE TWO\\x1b",
        "         " + " " * 7 + "^",
        "  came   ONE TWO",
        "         " + " " * 7 + "^",
    ]
    info = PortInfo("a <port>", frozenset())
    assert [check["status"] for check in report.as_json(info, outcomes)["checks"]] == statuses(outcomes)
    suite = ElementTree.fromstring(report.as_junit(info, outcomes))
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("4", "2", "1")


def test_the_caret_stands_where_they_part() -> None:
    difference = Difference("x" * 200 + "A", "x" * 200 + "B")
    lines = list(report._caret(difference))
    assert lines[0][lines[1].index("^")] == "A"
    assert lines[2][lines[3].index("^")] == "B"


def test_files_that_hold_no_vectors(tmp_path: Path) -> None:
    for text, words in (
        ("{}\n", "first line"),
        ('{"vectors": 2}\n', "version 1"),
        ("nonsense\n", "not JSON"),
        (json.dumps(HEAD) + '\n{"id": "a", "kind": "odd"}\n', ":2: .*odd"),
        (json.dumps(HEAD) + '\n{"kind": "same"}\n', ":2: KeyError"),
    ):
        path = tmp_path / "v.jsonl"
        path.write_text(text)
        with pytest.raises(vectors.UnusableVectors, match=words):
            list(vectors.read([path]))
