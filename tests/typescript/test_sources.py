"""The runtime's sources are strict TypeScript for every supported compiler; what packages have is compiled of them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.typescript.node import available
from tools.typescript import HERE, RUNTIME, SOURCES, compile_runtime, modules_in, tsc

SETTINGS = {"nodenext": ("nodenext", "nodenext"), "bundler": ("es2022", "bundler")}
"""``module`` and ``moduleResolution``."""
ERASABLE = {"typescript", "typescript-7"}
"""Compilers that know ``erasableSyntaxOnly``."""


def test_what_packages_have_is_that_of_the_sources(tmp_path: Path) -> None:
    compiled = available(lambda: compile_runtime(tmp_path))
    assert modules_in(RUNTIME) == compiled, "python -m tools.typescript"
    sources = {path.relative_to(SOURCES).with_suffix("").as_posix() for path in SOURCES.rglob("*.ts")}
    assert compiled.keys() == {f"{name}{ending}" for name in sources for ending in (".js", ".d.ts")}


@pytest.mark.parametrize(
    ("version", "setting"),
    [("typescript-5.5", "bundler"), ("typescript", "nodenext"), ("typescript-7", "bundler")],
)
def test_the_runtime_compiles_under_strict_settings(version: str, setting: str, tmp_path: Path) -> None:
    project = json.loads((HERE / "runtime.tsconfig.json").read_text("utf-8"))
    options = project["compilerOptions"] | {"noEmit": True}
    options["module"], options["moduleResolution"] = SETTINGS[setting]
    if version not in ERASABLE:
        del options["erasableSyntaxOnly"], options["isolatedDeclarations"], options["declaration"]
    config = tmp_path / "tsconfig.json"
    config.write_text(
        json.dumps({"compilerOptions": options, "include": [f"{SOURCES}/**/*.ts"]}), encoding="utf-8"
    )
    process = available(lambda: tsc("-p", str(config), version=version))
    assert process.returncode == 0, process.stdout


def test_the_core_imports_nothing_of_node() -> None:
    for path in SOURCES.rglob("*.ts"):
        text = path.read_text("utf-8")
        assert not re.search(r"from '(?!\.)", text), path
        assert not re.search(r"\bany\b(?=[;,)>\]]| [|&])|@ts-|\beval\b|new Function", text), path


def test_the_lock_names_no_registry() -> None:
    assert "resolved" not in (HERE / "package-lock.json").read_text("utf-8")


@pytest.mark.parametrize("version", ["typescript-5.5", "typescript", "typescript-7"])
def test_codecs_hold_interfaces_to_what_they_say(version: str, tmp_path: Path) -> None:
    project = json.loads((HERE / "runtime.tsconfig.json").read_text("utf-8"))
    options = project["compilerOptions"] | {"noEmit": True, "module": "es2022", "moduleResolution": "bundler"}
    options["paths"] = {"runtime": [str(RUNTIME / "index.d.ts")]}
    del options["erasableSyntaxOnly"], options["isolatedDeclarations"], options["declaration"]
    config = tmp_path / "tsconfig.json"
    types = Path(__file__).parent / "types.ts"
    config.write_text(json.dumps({"compilerOptions": options, "files": [str(types)]}), encoding="utf-8")
    process = available(lambda: tsc("-p", str(config), version=version))
    assert process.returncode == 0, process.stdout
