"""``bindwright diff`` on the command line."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from bindwright.changes import RULES
from bindwright.changes.rules import COLUMNS
from bindwright.cli import guarded, run
from bindwright.standards.terminal import escape_controls
from markdown_it import MarkdownIt

from tests.changes.test_catalogue import CASES
from tools import changes_page

BASE = """\
openapi: 3.1.1
info: {title: Shop, version: 1.0.0}
paths:
  /orders:
    post:
      operationId: addOrder
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: 'parts.yaml#/Order'}}}
      responses: {'204': {description: done}}
"""
PARTS = """\
Order:
  type: object
  properties:
    note: {type: string, maxLength: 40}
"""


def call(*words: str | Path) -> int:
    return guarded(lambda: run(["diff", *map(str, words)]))


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "openapi.yaml").write_text(BASE)
    (tmp_path / "parts.yaml").write_text(PARTS)
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "one"]):
        identity = ["-c", "user.name=T", "-c", "user.email=t@example.com"]
        subprocess.run(["git", *identity, *words], cwd=tmp_path, check=True, capture_output=True)
    return tmp_path


@pytest.mark.parametrize(
    ("level", "name", "code"),
    [
        ("breaking", "operation-removed", 1),
        ("breaking", "property-order", 0),
        ("risky", "property-order", 1),
        ("risky", "operation-added", 0),
        ("any", "operation-added", 1),
        ("none", "operation-removed", 0),
        ("any", "noise-allof-wrapper", 0),
    ],
)
def test_exit_codes(level: str, name: str, code: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(CASES / "base-plain.yaml", CASES / f"{name}.yaml", "--fail-on", level) == code
    capsys.readouterr()


def test_a_document_that_cannot_be_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.yaml").write_text("openapi: [")
    assert call(CASES / "base-plain.yaml", tmp_path / "x.yaml") == 2
    assert call(CASES / "base-plain.yaml", tmp_path / "missing.yaml") == 2
    assert "error" in capsys.readouterr().err


def test_only_the_formats_that_are_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(CASES / "base-plain.yaml", CASES / "xml-root-name.yaml", "--for", "json,python") == 0
    assert "no change that anybody feels" in capsys.readouterr().out
    assert call(CASES / "base-plain.yaml", CASES / "xml-root-name.yaml", "--for", "xml") == 1


def test_revisions_and_other_files(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (shop / "parts.yaml").write_text(PARTS.replace("40", "20"))
    assert call("HEAD:openapi.yaml", "openapi.yaml", "--format", "json") == 1
    (change,) = json.loads(capsys.readouterr().out)["changes"]
    assert change["kind"] == "constraint-narrowed"
    assert change["places"]["new"] == {"file": "parts.yaml", "line": 4, "column": 5}
    assert change["places"]["old"]["file"] == "HEAD:parts.yaml"
    assert change["operations"] == ["POST /orders"]


def test_a_revision_that_is_none(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("--", "--output=x:openapi.yaml", "openapi.yaml") == 2
    assert "error[revision]" in capsys.readouterr().err
    assert not (shop / "x").exists()


def test_folders(shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(shop, shop / "other", ignore=shutil.ignore_patterns(".git", "other"))
    assert call(".", "other") == 0
    assert "no change" in capsys.readouterr().out


def test_json_has_every_verdict(capsys: pytest.CaptureFixture[str]) -> None:
    call(CASES / "base-plain.yaml", CASES / "property-removed.yaml", "--format", "json")
    first = capsys.readouterr().out
    call(CASES / "base-plain.yaml", CASES / "property-removed.yaml", "--format", "json")
    assert capsys.readouterr().out == first
    (change,) = json.loads(first)["changes"]
    assert set(change["verdicts"]) == set(COLUMNS)
    assert change["silent"] is True
    assert len(change["fingerprint"]) == 16


def test_annotations_for_github_are_escaped(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (shop / "new.yaml").write_text(BASE.replace("/orders:", '"/a,b%0A::error::x":'))
    call("openapi.yaml", "new.yaml", "--format", "github")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("::error file=new.yaml,line=5,col=5,title=operation-path-renamed::")
    assert "/a,b%250A::error::x" in lines[0]


def test_markdown_is_a_table_that_fits_a_comment(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = "".join(f"  /p{n}: {{get: {{responses: {{'204': {{description: d}}}}}}}}\n" for n in range(2000))
    head = "openapi: 3.1.1\ninfo: {title: T, version: '1'}\npaths:\n"
    (tmp_path / "old.yaml").write_text(head + paths)
    (tmp_path / "new.yaml").write_text(head + "  /q: {}\n")
    call(tmp_path / "old.yaml", tmp_path / "new.yaml", "--format", "markdown")
    text = capsys.readouterr().out
    assert text.startswith("**2000 breaking**\n\n| JSON ask |")
    assert len(text.encode()) < 60_000
    assert "more; `bindwright diff` lists them." in text


def test_junit(capsys: pytest.CaptureFixture[str]) -> None:
    call(CASES / "base-plain.yaml", CASES / "enum-removed.yaml", "--format", "junit")
    suite = ElementTree.fromstring(capsys.readouterr().out)
    assert suite.attrib["failures"] == "1"
    assert [case.attrib["classname"] for case in suite] == ["enum-removed"]


def test_accepted_changes_leave_the_verdict(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (shop / "new.yaml").write_text(BASE.replace("/orders:", "/sales:"))
    assert call("openapi.yaml", "new.yaml") == 1
    assert call("openapi.yaml", "new.yaml", "--accept", "agreed with all callers") == 0
    assert 'kind = "operation-path-renamed"' in (shop / "accepted-changes.toml").read_text()
    capsys.readouterr()
    assert call("openapi.yaml", "new.yaml") == 0
    output = capsys.readouterr().out
    assert "1 accepted" in output
    assert "(B) (B)" in output
    assert call("openapi.yaml", "openapi.yaml") == 0
    assert "nothing is operation-path-renamed of POST /orders" in capsys.readouterr().err


def test_an_acceptance_ends_with_its_version(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    entry = '[[accepted]]\nkind = "operation-*"\nelement = "*"\nuntil = "1.1"\n'
    (shop / "accepted-changes.toml").write_text(entry)
    (shop / "new.yaml").write_text(BASE.replace("/orders:", "/sales:"))
    assert call("openapi.yaml", "new.yaml") == 0
    (shop / "new.yaml").write_text(BASE.replace("/orders:", "/sales:").replace("1.0.0", "1.10"))
    assert call("openapi.yaml", "new.yaml") == 1
    capsys.readouterr()


def test_a_malformed_acceptance(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (shop / "accepted-changes.toml").write_text("[[accepted]]\nkind = 1\n")
    assert call("openapi.yaml", "openapi.yaml") == 2
    assert "error[accepted-changes]" in capsys.readouterr().err


def test_a_webhook_exchanges_directions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = """openapi: 3.1.1
info: {title: T, version: '1'}
webhooks:
  sent:
    post:
      requestBody: {content: {application/json: {schema: {type: object, properties: {a: {type: integer}}}}}}
      responses: {'204': {description: d}}
"""
    (tmp_path / "old.yaml").write_text(text)
    (tmp_path / "new.yaml").write_text(text.replace("integer", "number"))
    call(tmp_path / "old.yaml", tmp_path / "new.yaml", "--format", "json")
    (change,) = json.loads(capsys.readouterr().out)["changes"]
    assert change["verdicts"]["json_response"] == "breaking"
    assert change["verdicts"]["json_request"] == "none"


def test_each_rule_has_a_reason_and_a_verdict() -> None:
    for rule in RULES.values():
        assert len(rule.levels) == len(COLUMNS)
        assert rule.reason
        assert set(rule.levels) != {"none"}


def test_the_rules_of_oasdiff_have_a_kind_or_a_reason() -> None:
    text = (changes_page.PAGE.parent / "oasdiff.md").read_text(encoding="utf-8")
    rows = [
        [cell.strip() for cell in line.split("|")[1:-1]]
        for line in text.splitlines()
        if line.startswith("| `")
    ]
    assert len({row[0] for row in rows}) == len(rows) == 509
    for rule, level, here in rows:
        assert level in ("error", "warning", "note"), rule
        kinds = [kind for kind in re.findall(r"`([^`]+)`", here) if not kind.endswith("…")]
        assert set(kinds) <= RULES.keys(), rule
        assert kinds or "…`" in here or here == "policy" or here.startswith("none: "), rule


def test_the_reference_lists_every_kind() -> None:
    assert changes_page.PAGE.read_text(encoding="utf-8") == changes_page.text(), (
        "python -m tools.changes_page"
    )


def test_the_hooks_are_command_lines_that_exist(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hooks = yaml.safe_load((changes_page.PAGE.parents[2] / ".pre-commit-hooks.yaml").read_text())
    assert [hook["id"] for hook in hooks] == ["bindwright-generate", "bindwright-diff"]
    words = hooks[1]["entry"].split()[1:]
    assert guarded(lambda: run([*words, "HEAD:openapi.yaml", "openapi.yaml"])) == 0
    (shop / "openapi.yaml").write_text(BASE.replace("/orders:", "/sales:"))
    assert guarded(lambda: run([*words, "HEAD:openapi.yaml", "openapi.yaml"])) == 1
    (shop / "pyproject.toml").write_text(
        '[tool.bindwright]\ndocument = "openapi.yaml"\noutput = "out"\npackage = "shop"\n'
    )
    assert guarded(lambda: run(hooks[0]["entry"].split()[1:])) == 3, "nothing was generated yet"
    assert guarded(lambda: run(["generate", "-q"])) == 0
    assert guarded(lambda: run(hooks[0]["entry"].split()[1:])) == 0
    capsys.readouterr()


def test_text_of_a_document_is_escaped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "old.yaml").write_text("openapi: 3.1.1\ninfo: {title: T, version: '1'}\npaths: {}\n")
    path = '"/a\\e[31m\\u202e": {get: {responses: {"204": {description: d}}}}'
    (tmp_path / "new.yaml").write_text(
        f"openapi: 3.1.1\ninfo: {{title: T, version: '1'}}\npaths:\n  {path}\n"
    )
    for form in ("table", "markdown", "github"):
        call(tmp_path / "old.yaml", tmp_path / "new.yaml", "--format", form)
        output = capsys.readouterr().out
        assert "/a" in output
        assert not set(output) & {"\x1b", "\u202e"}


def commit(folder: Path) -> None:
    identity = ["-c", "user.name=T", "-c", "user.email=t@example.com"]
    for words in (["add", "-A"], [*identity, "commit", "-qm", "next"]):
        subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True)


CONFIGURATION = '[tool.bindwright]\ndocument = "openapi.yaml"\noutput = "out"\npackage = "shop"\noverlays = ["more.yaml"]\n'
OVERLAY = """\
overlay: 1.0.0
info: {title: More, version: 1.0.0}
actions:
  - target: $.paths['/orders'].post
    update:
      parameters:
        - {name: limit, in: query, schema: {type: integer, maximum: 100}}
"""


@pytest.fixture
def overlaid(shop: Path) -> Path:
    (shop / "pyproject.toml").write_text(CONFIGURATION)
    (shop / "more.yaml").write_text(OVERLAY)
    commit(shop)
    return shop


def printed_changes(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    changes: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["changes"]
    return changes


def test_overlays_of_both_versions(overlaid: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (overlaid / "more.yaml").write_text(OVERLAY.replace("100", "50"))
    assert call("HEAD:openapi.yaml", "openapi.yaml", "--format", "json") == 1
    (change,) = printed_changes(capsys)
    assert change["kind"] == "constraint-narrowed"
    assert (change["old"], change["new"]) == ({"maximum": 100}, {"maximum": 50})
    assert change["places"] == {
        "old": {"file": "HEAD:more.yaml", "line": 7, "column": 11},
        "new": {"file": "more.yaml", "line": 7, "column": 11},
    }


def test_an_overlay_may_stand_anywhere(
    shop: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    overlay = tmp_path_factory.mktemp("elsewhere") / "more.yaml"
    overlay.write_text(OVERLAY.replace(".post", "[?@['x-limited']]"))
    (shop / "parts.yaml").write_text(PARTS.replace("40", "30"))
    (shop / "openapi.yaml").write_text(BASE + "      x-limited: true\n")
    call("HEAD:openapi.yaml", "openapi.yaml", "--overlay", overlay, "--format", "json")
    first, second = printed_changes(capsys)
    assert {place["file"] for place in first["places"].values()} == {"HEAD:parts.yaml", "parts.yaml"}
    assert second["kind"] == "param-added-optional"
    assert second["places"]["new"]["file"] == os.path.relpath(overlay)


@pytest.mark.parametrize("name", ["out", "out/bindwright.lock", "HEAD:out", "HEAD:out/bindwright.lock"])
def test_a_package_is_what_it_was_generated_from(
    name: str, overlaid: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    parts = PARTS + "    customer: {type: string}\n    total: {type: number}\n"
    (overlaid / "parts.yaml").write_text(parts)
    assert guarded(lambda: run(["generate", "--quiet"])) == 0
    commit(overlaid)
    (overlaid / "parts.yaml").write_text(parts.replace("40", "20"))
    assert call(name, "openapi.yaml", "--format", "json") == 1
    (change,) = printed_changes(capsys)
    assert change["kind"] == "constraint-narrowed"
    assert change["places"]["old"]["line"] == 4
    (overlaid / "openapi.yaml").write_text(BASE.replace("#/Order", "#/Purchase"))
    (overlaid / "parts.yaml").write_text(parts.replace("Order", "Purchase"))
    call(name, "openapi.yaml", "--format", "json")
    (change,) = printed_changes(capsys)
    assert (change["kind"], change["level"]) == ("schema-renamed", "risky"), "the package keeps an alias"
    assert call("HEAD:openapi.yaml", "openapi.yaml") == 1, "who has no package finds a break"
    capsys.readouterr()


def test_a_package_whose_document_is_gone(
    shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (shop / "pyproject.toml").write_text(CONFIGURATION.replace('overlays = ["more.yaml"]\n', ""))
    assert guarded(lambda: run(["generate", "--bump"])) == 0
    (shop / "parts.yaml").write_text(PARTS.replace("40", "20"))
    shutil.rmtree(shop / ".git")
    capsys.readouterr()
    assert call("out", "openapi.yaml", "--format", "json") == 1
    (change,) = printed_changes(capsys)
    assert change["kind"] == "constraint-narrowed"
    assert set(change["places"]) == {"new"}
    (shop / "out/released.json.gz").unlink()
    assert call("out", "openapi.yaml") == 2
    assert "error[lock-document]" in capsys.readouterr().err


def test_merged_parts_have_their_own_places(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (shop / "parts.yaml").write_text(
        "Base:\n  type: object\n  properties:\n    id: {type: integer, minimum: 1}\n"
        "Order:\n  allOf:\n    - {$ref: '#/Base'}\n    - type: object\n      properties:\n"
        "        note: {type: string, maxLength: 40}\n"
    )
    commit(shop)
    (shop / "parts.yaml").write_text(
        (shop / "parts.yaml").read_text().replace("40", "20").replace("1}", "2}")
    )
    call("HEAD:openapi.yaml", "openapi.yaml", "--format", "json")
    changes = printed_changes(capsys)
    assert {change["places"]["new"]["line"] for change in changes} == {4, 10}
    assert all(change["places"]["old"]["line"] == change["places"]["new"]["line"] for change in changes)
    assert all(change["places"]["new"]["file"] == "parts.yaml" for change in changes)


def test_a_project_says_whose_changes_count(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (shop / "new.yaml").write_text(BASE.replace("/orders:", "/sales:"))
    table = "[tool.bindwright.diff]\n"
    for text, code in (
        ('for = ["python"]\n', 0),
        ('levels = {operation-path-renamed = "compatible"}\n', 0),
        ('fail-on = "none"\n', 0),
        ('fail-on = "any"\nlevels = {operation-path-renamed = "compatible"}\n', 1),
        ('accepted = "wanted.toml"\n', 1),
        ('levels = {no-such-kind = "risky"}\n', 2),
        ('for = ["yaml"]\n', 2),
        ("unknown = 1\n", 2),
    ):
        (shop / "pyproject.toml").write_text(table + text)
        if "wanted" in text:
            (shop / "wanted.toml").write_text('[[accepted]]\nkind = "x"\nelement = "y"\n')
        assert call("openapi.yaml", "new.yaml") == code, text
    assert "error[configuration-value]" in capsys.readouterr().err
    (shop / "pyproject.toml").write_text(table + 'for = ["python"]\n')
    assert call("openapi.yaml", "new.yaml", "--for", "json") == 1, "the command line wins"


def test_the_bar_of_a_long_run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from bindwright.project.console import steps

    monkeypatch.setattr(steps, "PATIENCE", 0.0)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    with steps.Steps(2, enabled=True) as bar:
        bar.stage("reading")
        bar.stage("comparing")
    assert "comparing" in capsys.readouterr().err


HOSTILE = "a`<img src=x>|\u202e\x9b\\"


@pytest.mark.parametrize("style", ["table", "markdown", "json", "github", "junit"])
def test_no_text_of_a_document_controls_a_reader(
    style: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing for a terminal, nothing that a comment on a pull request shows as more than text."""
    document = yaml.safe_load(BASE)
    operation = document["paths"]["/orders"]["post"]
    operation["requestBody"]["content"] = {
        "application/json": {"schema": {"type": "object", "properties": {HOSTILE: {"type": "string"}}}}
    }
    (tmp_path / "old.json").write_text(json.dumps(document))
    operation["requestBody"]["content"]["application/json"]["schema"]["properties"][HOSTILE]["maxLength"] = 4
    operation["parameters"] = [
        {"name": HOSTILE, "in": "query", "required": True, "schema": {"const": HOSTILE}}
    ]
    (tmp_path / "new.json").write_text(json.dumps(document))
    assert call(tmp_path / "old.json", tmp_path / "new.json", "--format", style) == 1
    written = capsys.readouterr().out
    assert escape_controls(written) == written
    if style == "markdown":
        tokens = [
            inner for token in MarkdownIt().enable("table").parse(written) for inner in token.children or []
        ]
        assert {token.content for token in tokens if token.type == "html_inline"} <= {"<code>", "</code>"}
    if style == "json":
        assert any(HOSTILE in change["element"] for change in json.loads(written)["changes"])


def test_what_is_accepted_stays_accepted_whatever_it_is_called(shop: Path) -> None:
    """Brackets are no pattern, and a smiley is a character of TOML."""
    document = yaml.safe_load(BASE)
    document["paths"]["/orders"]["post"]["parameters"] = [
        {"name": f"page[{name}]", "in": "query", "required": True, "schema": {"type": "integer"}}
        for name in ("size", "\U0001f600", "a*", "\x7f")
    ]
    (shop / "openapi.yaml").write_text(yaml.safe_dump(document))
    assert call("--since", "HEAD", "openapi.yaml") == 1
    call("--since", "HEAD", "openapi.yaml", "--accept", "asked for \U0001f600")
    assert call("--since", "HEAD", "openapi.yaml") == 0
