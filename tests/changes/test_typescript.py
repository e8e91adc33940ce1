"""What callers of a package in TypeScript feel: the difference of two of its surfaces."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from bindwright import ir
from bindwright import openapi as spec
from bindwright.changes import Change, compare
from bindwright.changes.binding.annotations_typescript import TypeScriptAnnotations
from bindwright.changes.binding.members import Members
from bindwright.changes.report.lines import title
from bindwright.changes.rules import Level, worse
from bindwright.cli import guarded, run

from tests.changes.noise.refactorings import NAMES_ONLY
from tests.changes.test_beyond_catalogue import BASE, MEMBERS, NOISE, put, remove
from tests.changes.test_catalogue import EXPECTED, LETTERS, allowed, api

OTHERWISE = {
    "noise-component-to-inline": "–",  # types are what they hold, whatever they are called
    "security-added": "–",  # a client takes credentials of any scheme
    "status-error-removed": "B",  # the body of an error has a type by its status
    "response-header-removed": "B",  # as has what reads headers
    "property-writeonly": "B",  # what is read has the member no more
    "format-int64": "B",  # numbers beyond 53 bits are a `bigint`
    "enum-added": "–",  # values that are not listed may be given anyway
    "enum-removed": "–", "enum-opened": "–",
    "enum-varnames": "–", "dcs-enum-names": "–",  # values have no names
    "discriminator-removed": "B", "discriminator-value": "B", "discriminator-property": "B",  # narrows no more
    "object-to-oneof": "B",
}  # fmt: skip
"""Verdicts of the catalogue's rows that are others than those of Python, with the reason."""


def changes_of(old: ir.model.Api, new: ir.model.Api) -> list[Change]:
    return compare(old, new, binding=False, typescript=True)


def verdict(changes: list[Change]) -> str:
    level: Level = "none"
    for change in changes:
        level = worse(level, change.levels["binding"])
    return LETTERS[level]


@pytest.mark.parametrize("name", EXPECTED)
def test_the_verdict_of_callers(name: str) -> None:
    case = EXPECTED[name]
    changes = changes_of(api(case["base"]), api(name))
    if name.startswith("noise-") and "row" in case and name not in OTHERWISE:
        titles = [
            title(change)
            for change in changes
            if change.kind not in NAMES_ONLY and change.levels["binding"] != "none"
        ]
        assert not titles
        return
    python = compare(api(case["base"]), api(name))
    expected = {OTHERWISE[name]} if name in OTHERWISE else {verdict(python), *allowed(case.get("python", ""))}
    assert verdict(changes) in expected, [title(change) for change in changes]


@pytest.mark.parametrize("name", NOISE)
def test_what_nobody_feels(name: str) -> None:
    assert [title(change) for change in _edited(NOISE[name])] == []


def _edited(edit: Callable[[dict[str, Any]], Any]) -> list[Change]:
    document = yaml.safe_load(yaml.safe_dump(BASE))
    edit(document)
    apis = [ir.lower(spec.loads(yaml.safe_dump(version, sort_keys=False))) for version in (BASE, document)]
    return changes_of(*apis)


def test_members_that_come_break_who_builds_the_object() -> None:
    required = put("components", "schemas", "Thing", "required", value=["size"])
    assert verdict(_edited(required)) == "B"
    assert verdict(_edited(put(*MEMBERS, "more", value={"type": "string"}))) == "C"
    assert verdict(_edited(remove(*MEMBERS, "size"))) == "B"


def annotations(symbols: dict[str, dict[str, Any]]) -> TypeScriptAnnotations:
    return TypeScriptAnnotations(symbols, symbols, {}, Members(symbols))


@pytest.mark.parametrize(
    ("value", "place", "fits"),
    [
        ("'a'", "string", True), ("string", "'a' | (string & {})", True), ("'a' | 'b'", "'b' | 'a'", True),
        ("1", "number", True), ("1n", "bigint", True), ("true", "boolean", True), ("string", "'a'", False),
        ("'a | b'", "'a'", False), ("number", "bigint", False), ("string[]", "(string | null)[]", False),
        ("Small", "Named", True), ("Named", "Small", False), ("Other", "Named", False), ("Json", "Named", True),
        ("('a' | 'b')[]", "('b' | 'a')[]", True), ("{ [name: string]: ('b' | 1)[] }", "{ [name: string]: (1 | 'b')[] }", True),
        ("(A & { kind: 'b' | 'c' })", "(A & { kind: 'b' | 'c' })", True), ("('a' | 'b')[]", "('b' | 'c')[]", False),
        ("Tree", "Loop", True), ("{ [name: string]: 'a' | 'b' }", "{ [name: string]: 'a' | 'b' }", True),
    ],
)  # fmt: skip
def test_which_types_fit(value: str, place: str, fits: bool) -> None:
    text = {"kind": "field", "annotation": "string"}
    optional = {"kind": "field", "annotation": "string | undefined", "default": "undefined"}
    symbols: dict[str, dict[str, Any]] = {
        f"models.{name}": {"kind": "class", "bases": []}
        for name in ("Named", "Small", "Other", "Tree", "Loop")
    }
    symbols |= {
        "models.Named.name": text,
        "models.Named.note": optional,
        "models.Small.name": text,
        "models.Small.size": text,
    }
    symbols |= {"models.Other.size": text, "models.Tree.next": {"kind": "field", "annotation": "Tree"}}
    symbols |= {"models.Loop.next": {"kind": "field", "annotation": "Loop"}}
    assert annotations(symbols).fits(value, place) is fits  # fmt: skip


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = [tmp_path / "old.yaml", tmp_path / "new.yaml"]
    document = yaml.safe_load(yaml.safe_dump(BASE))
    put(*MEMBERS, "state", "enum", value=["a"])(document)
    for path, version in zip(paths, (BASE, document), strict=True):
        path.write_text(yaml.safe_dump(version, sort_keys=False))
    words = ["diff", *map(str, paths), "--for"]
    assert guarded(lambda: run([*words, "python"])) == 1
    assert "  py    (" in capsys.readouterr().out
    assert guarded(lambda: run([*words, "typescript"])) == 0
    assert guarded(lambda: run([*words, "typescript,json"])) == 1
    assert "  ts    (" in capsys.readouterr().out
