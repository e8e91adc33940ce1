"""``generate --bump``: versions by verdict, a changelog in callers' words, aliases that end."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from bindwright.changes.release.versions import next_version, parts_of, says_less
from bindwright.cli import guarded, run
from bindwright.project import release
from bindwright.project.output_tree import lock

from tests.changes.test_catalogue import CASES

CONFIGURATION = '[tool.bindwright]\ndocument = "openapi.yaml"\noutput = "out"\npackage = "shop"\n'


def call(*words: str) -> int:
    return guarded(lambda: run(["generate", "--quiet", *words]))


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").write_text(CONFIGURATION)
    use("base-plain", tmp_path)
    assert call("--bump") == 0
    return tmp_path


HOSTILE = {
    "gigabytes": gzip.compress(b"0" * (release.LARGEST + 1)),
    "deep": gzip.compress(b"[" * 500_000),
    "cut": gzip.compress(b"{}" * 1000)[:-9],
    "noise": b"\x1f\x8b\x08" + b"\xff" * 50,
    "text": b"{}",
    "list": gzip.compress(b"[]"),
    "half": gzip.compress(b'{"format": 1, "version": "1", "names": 5, "api": {"ir": 2}}'),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_release_that_somebody_else_made_is_said(shop: Path, name: str) -> None:
    (shop / "out" / release.FILE).write_bytes(HOSTILE[name])
    use("base-plain", shop)
    assert call("--bump") == 2


def use(case: str, folder: Path) -> None:
    shutil.copy(CASES / f"{case}.yaml", folder / "openapi.yaml")


def version(folder: Path) -> str:
    recorded = lock.read(str(folder / "out"))
    assert recorded is not None
    written = (folder / "out/pyproject.toml").read_text()
    assert f'version = "{recorded.release["version"]}"' in written
    return str(recorded.release["version"])


def changelog(folder: Path) -> str:
    return (folder / "out/CHANGELOG.md").read_text()


@pytest.mark.parametrize(
    ("before", "level", "after"),
    [
        ("1.4.2", "breaking", "2.0.0"),
        ("1.4.2", "risky", "1.5.0"),
        ("1.4.2", "compatible", "1.5.0"),
        ("1.4.2", "none", "1.4.3"),
        ("0.4.2", "breaking", "0.5.0"),
        ("0.4.2", "compatible", "0.4.3"),
        ("2", "breaking", "3.0.0"),
        ("1.0.0b2", "none", "1.0.1"),
    ],
)
def test_the_next_version(before: str, level: str, after: str) -> None:
    assert next_version(before, level) == after  # type: ignore[arg-type]


def test_what_is_no_version_is_not_raised() -> None:
    assert parts_of("beta") is None
    with pytest.raises(ValueError, match="no version"):
        next_version("beta", "breaking")


def test_a_document_that_promises_less() -> None:
    assert says_less("1.0.0", "1.1.0", "breaking")
    assert not says_less("1.0.0", "2.0.0", "breaking")
    assert not says_less("1.0.0", "1.0.1", "compatible")
    assert not says_less("2026-01-01", "2026-02-01x", "compatible")


@pytest.mark.parametrize(
    ("case", "next_", "entry"),
    [
        (
            "param-removed",
            "2.0.0",
            "### Breaking\n\n- `client.orders.list_orders` no longer takes `state`.\n",
        ),
        ("property-added-optional", "1.1.0", "### Added\n\n- `Order.extra` is new.\n"),
        (
            "operation-id-renamed",
            "1.1.0",
            "### Risky\n\n- `client.orders.add_order` is called `client.orders.",
        ),
        ("schema-renamed", "1.1.0", "- `Line` is called `Item` now.\n"),
        ("noise-description", "1.0.1", "Nothing that callers feel"),
        ("xml-property-name", "2.0.0", "the element has another name"),
        ("constraint-narrowed", "2.0.0", '(`{"max_length": 20}` instead of `{"max_length": 40}`)'),
    ],
)
def test_a_release_by_what_changed(case: str, next_: str, entry: str, shop: Path) -> None:
    use(case, shop)
    assert call("--bump") == 0
    assert version(shop) == next_
    assert f"## {next_}\n" in changelog(shop)
    assert entry in changelog(shop)


def test_twice_changes_nothing(shop: Path) -> None:
    use("param-removed", shop)
    call("--bump")
    before = {path: path.read_bytes() for path in (shop / "out").rglob("*") if path.is_file()}
    assert call("--bump") == 0
    after = {path: path.read_bytes() for path in (shop / "out").rglob("*") if path.is_file()}
    assert {path for path in after if after[path] != before.get(path)} <= {
        path for path in after if ".bindwright" in path.parts
    }
    assert call("--check") == 0


def test_what_was_generated_meanwhile_is_told(shop: Path) -> None:
    use("param-removed", shop)
    assert call() == 0
    assert version(shop) == "1.0.0"
    assert call("--bump") == 0
    assert version(shop) == "2.0.0"
    assert "no longer takes `state`" in changelog(shop)


def test_text_by_hand_stays(shop: Path) -> None:
    path = shop / "out/CHANGELOG.md"
    path.write_text(
        "# Ours\n\nWords of our own.\n\n" + path.read_text().partition("\n\n")[2] + "\nThe end.\n"
    )
    use("param-removed", shop)
    call("--bump")
    text = changelog(shop)
    assert text.startswith("# Ours\n\nWords of our own.\n\n## 2.0.0\n")
    assert text.endswith("\nThe end.\n")
    assert call("--check") == 0


def test_a_configured_version_is_not_raised(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (shop / "pyproject.toml").write_text(CONFIGURATION + 'version = "3.1"\n')
    assert call("--bump") == 2
    assert "error[version-configured]" in capsys.readouterr().err


def test_a_contradiction_is_told(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    use("param-removed", shop)
    assert guarded(lambda: run(["generate", "--bump"])) == 0
    assert "goes from 1.0.0 to 1.0.0, but what changed is breaking" in capsys.readouterr().err


def test_an_alias_is_there_for_a_minor_version_and_ends_with_the_next_break(shop: Path) -> None:
    use("schema-renamed", shop)
    call("--bump")
    assert version(shop) == "1.1.0"
    renamed = (CASES / "schema-renamed.yaml").read_text()
    breaking = renamed.replace("name: X-Trace", "name: Caller")
    (shop / "openapi.yaml").write_text(breaking)
    call("--bump")
    assert version(shop) == "2.0.0"
    assert "Line" in str(json.loads((shop / "out/bindwright.lock").read_text())["names"]["aliases"]), (
        "2.0.0 follows 1.1.0 at once: callers had no minor version to move"
    )
    (shop / "openapi.yaml").write_text(breaking.replace("name: Caller", "name: Build-Number"))
    call("--bump")
    assert version(shop) == "3.0.0"
    assert "aliases" not in json.loads((shop / "out/bindwright.lock").read_text())[
        "names"
    ] or "Line" not in str(
        json.loads((shop / "out/bindwright.lock").read_text())["names"]["aliases"].get("classes")
    )
    assert "The older name `Line` works no more." in changelog(shop)


def test_a_release_that_was_lost(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (shop / "out/released.json.gz").write_bytes(b"no gzip")
    use("param-removed", shop)
    assert call("--bump") == 2
    assert "error[release-unreadable]" in capsys.readouterr().err


def test_a_package_that_had_no_release_is_compared_with_what_was_generated_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").write_text(CONFIGURATION)
    use("base-plain", tmp_path)
    assert call() == 0
    for words in (
        ["init", "-q"],
        ["add", "-A"],
        ["-c", "user.name=T", "-c", "user.email=t@example.com", "commit", "-qm", "x"],
    ):
        subprocess.run(["git", *words], check=True, capture_output=True)
    use("param-removed", tmp_path)
    assert call("--bump") == 0
    assert version(tmp_path) == "2.0.0"
    assert "no longer takes `state`" in changelog(tmp_path)
