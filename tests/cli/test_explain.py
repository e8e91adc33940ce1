"""Every code that a diagnostic can have is explained, and no other."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from bindwright.commands.explain import codes
from bindwright.ir.lowering.schemas.unsupported import UNEXPRESSED

from .conftest import ROOT, Command

ROOMS = ("openapi", "ir", "targets", "project", "serve", "commands")
SAYS = {
    "add",
    "warn",
    "degrade",
    "note",
    "error",
    "report",
    "Finding",
    "CommandError",
    "_error",
    "Refused",
    "Unresolved",
    "Diagnostic",
}
CODE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
LEVELS = {"error", "degraded", "warning", "note"}
BY_PARTS = {"add", "note", "error", "report"}
"""Functions of other things, too, where only words with a hyphen are codes but behind a level."""


def codes_in(path: Path) -> Iterator[str]:
    """Codes that stand as an argument of a call which makes a diagnostic."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name not in SAYS:
            continue
        for argument in [
            *node.args[: 1 if name == "CommandError" else 2],
            *(word.value for word in node.keywords if word.arg == "code"),
        ]:
            for inner in ast.walk(argument):
                if (
                    isinstance(inner, ast.Constant)
                    and isinstance(inner.value, str)
                    and CODE.fullmatch(inner.value)
                    and inner.value not in LEVELS
                    and (name not in BY_PARTS or "-" in inner.value or _level(node) is not None)
                ):
                    yield inner.value


def _level(node: ast.Call) -> object:
    first = node.args[0] if node.args else None
    return first.value if isinstance(first, ast.Constant) and first.value in LEVELS else None


def test_codes_in_texts_are_explained() -> None:
    """``error[system]: …`` that is written out."""
    for path in sorted((ROOT / "codegen/bindwright").rglob("*.py")):
        for code in re.findall(r"(?:error|warning|degraded|note)\[([a-z][a-z0-9-]+)\]:", path.read_text()):
            assert code == "code" or code in codes(), path


def test_every_code_is_explained() -> None:
    mentioned: dict[str, str] = {}
    for room in ROOMS:
        for path in sorted((ROOT / "codegen/bindwright" / room).rglob("*.py")):
            mentioned.update(dict.fromkeys(codes_in(path), path.name))
    assert len(mentioned) > 30, "the search finds what it is for"
    assert {code: where for code, where in mentioned.items() if code not in codes()} == {}


def test_what_types_cannot_say_is_explained() -> None:
    assert {code for code, _ in UNEXPRESSED.values()} <= codes().keys()


def test_only_codes_are_explained() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "codegen/bindwright").rglob("*.py"))
    assert [code for code in codes() if f'"{code}"' not in source and f"[{code}]" not in source] == []


def test_the_command(bindwright: Command) -> None:
    process = bindwright("explain", "unresolved-reference")
    assert process.returncode == 0
    assert "leads to nothing" in process.stdout
    assert "unresolved-reference" in bindwright("explain").stdout
    process = bindwright("explain", "unresolved-referense")
    assert process.returncode == 2
    assert "did you mean unresolved-reference" in process.stderr
