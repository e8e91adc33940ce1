"""A week of a team: three branches, a rename, a merge, a release."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
import yaml
from bindwright.cli import guarded, run

from tests.changes.test_catalogue import CASES

CONFIGURATION = '[tool.bindwright]\ndocument = "openapi.yaml"\noutput = "out"\npackage = "shop"\n'


def call(*words: str) -> int:
    return guarded(lambda: run(list(words)))


def git(*words: str, code: int = 0) -> str:
    identity = ["-c", "user.name=T", "-c", "user.email=t@example.com", "-c", "merge.conflictStyle=merge"]
    process = subprocess.run(["git", *identity, *words], capture_output=True, text=True, check=False)
    assert process.returncode == code, process.stdout + process.stderr
    return process.stdout


def edit(change: str, to: str) -> None:
    path = Path("openapi.yaml")
    text = path.read_text()
    assert change in text, change
    path.write_text(text.replace(change, to))


def generate_and_commit(message: str) -> None:
    assert call("generate", "-q") == 0
    git("add", "-A")
    git("commit", "-qm", message)


def test_a_week(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    Path("pyproject.toml").write_text(CONFIGURATION)
    document = yaml.safe_load((CASES / "base-plain.yaml").read_text())
    Path("openapi.yaml").write_text(yaml.safe_dump(document, sort_keys=False))
    git("init", "-q", "-b", "main")
    assert call("generate", "--bump", "-q") == 0
    git("add", "-A")
    git("commit", "-qm", "release 1.0.0")
    git("tag", "v1.0.0")

    git("checkout", "-q", "-b", "rename")  # Monday: Line is called Item
    edit("schemas/Line'", "schemas/Item'")
    edit("\n    Line:\n", "\n    Item:\n")
    generate_and_commit("Line is called Item")
    git("checkout", "-q", "-b", "parameter", "main")  # Tuesday: a parameter more
    edit(
        "      - name: X-Trace\n",
        "      - name: customer\n        in: query\n        schema:\n          type: string\n      - name: X-Trace\n",
    )
    generate_and_commit("orders of a customer")
    git("checkout", "-q", "-b", "operation", "main")  # Wednesday: an operation is called otherwise
    edit("operationId: addOrder", "operationId: placeOrder")
    generate_and_commit("orders are placed")

    git("checkout", "-q", "main")  # Thursday: all of them are merged
    for branch in ("rename", "parameter", "operation"):
        process = subprocess.run(
            ["git", "-c", "user.name=T", "-c", "user.email=t@example.com", "merge", "-q", branch],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        conflicts = git("diff", "--name-only", "--diff-filter=U").split()
        assert "openapi.yaml" not in conflicts, process.stdout
        assert all(name.startswith("out/") for name in conflicts)
        assert call("generate", "-q") == 0, "whatever git left in the generated files and in the lock"
        git("add", "-A")
        git("commit", "--allow-empty", "-qm", f"merge {branch}")
    assert call("generate", "--check", "-q") == 0
    aliases = json.loads(Path("out/bindwright.lock").read_text())["names"]["aliases"]
    assert aliases["classes"] == {"#/components/schemas/Item": ["Line"]}
    assert aliases["operations"] == {"POST /orders": ["add_order"]}

    capsys.readouterr()
    assert call("diff", "--since", "v1.0.0", "--format", "json") == 1  # Friday: what is that to whom?
    kinds = {change["kind"] for change in json.loads(capsys.readouterr().out)["changes"]}
    assert kinds == {"schema-renamed", "param-added-optional", "operation-id-renamed"}
    assert call("diff", "v1.0.0:out", "openapi.yaml", "--format", "json") == 0, "the package keeps aliases"
    assert call("generate", "--bump", "-q") == 0
    text = Path("out/CHANGELOG.md").read_text()
    assert text.startswith("# Changelog\n\n## 1.1.0\n")
    for sentence in (
        "`Line` is called `Item` now.",
        "`client.orders.add_order` is called `client.orders.place_order` now.",
        "`client.orders.list_orders` takes `customer`.",
    ):
        assert f"- {sentence}\n" in text
    assert 'version = "1.1.0"' in Path("out/pyproject.toml").read_text()
    assert call("generate", "--check", "-q") == 0
