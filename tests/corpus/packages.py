"""Generating packages from the documents of the corpus, for tests and for ``python -m tests.corpus``."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from bindwright import ir
from bindwright import openapi as spec
from bindwright.targets.python import PythonOptions, emit

from tests.scratch import mypy_cache

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared" / "corpus"
TOOLS = Path(sys.executable).parent

IMPORTS = """
import importlib, pkgutil, sys, attrs
from bindwright.runtime.shapes import members_of, shape_of
for name in sys.argv[1:]:
    package = importlib.import_module(name)
    for one in pkgutil.walk_packages(package.__path__, name + "."):
        if not one.name.endswith("__main__"):
            importlib.import_module(one.name)
    models = importlib.import_module(name + ".models")
    for one in models.__all__:
        model = getattr(models, one)
        shape_of(model).inner()
        for member in members_of(model) if attrs.has(model) else ():
            member.shape.inner()
    assert package.Client and package.AsyncClient
"""
"""Imports every module, and evaluates every annotation of every model."""


def documents() -> list[Path]:
    """The documents, where the folder is there."""
    return sorted(CORPUS.glob("*.json"))


def package_name(document: Path) -> str:
    """An import name for a document's package."""
    return "c_" + re.sub(r"\W", "_", document.stem).lower()[:30]


def generate(document: Path, folder: Path) -> tuple[str, dict[str, str]]:
    """Write the package of a document; its name and its files."""
    api = ir.lower(spec.load(document))
    name = package_name(document)
    output = emit(api, PythonOptions(package=name), {})
    assert not [diagnostic for diagnostic in output.diagnostics if diagnostic.level == "error"], (
        output.diagnostics
    )
    for path, text in output.files.items():
        assert len(path) <= 100, path
        if path.startswith(f"{name}/"):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
    return name, output.files


def run(*command: str, folder: Path) -> str:
    """What a tool has to say in a folder; empty where it is content."""
    program = sys.executable if command[0] == "python" else str(TOOLS / command[0])
    paths = f"{ROOT / 'codegen'}"
    process = subprocess.run(
        [program, *command[1:]], cwd=folder, env={"PYTHONPATH": paths, "MYPYPATH": paths, "PATH": "/usr/bin:/bin", "MYPY_CACHE_DIR": mypy_cache("strict")},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return "" if process.returncode == 0 else process.stdout + process.stderr


def complaints(folder: Path, names: list[str], *, types: bool) -> list[str]:
    """What importing, ruff's rules, its formatter and (with `types`) mypy say against packages."""
    reports = [
        run("python", "-W", "error", "-c", IMPORTS, *names, folder=folder),
        run("ruff", "check", "--isolated", "--no-cache", *names, folder=folder),
        run("ruff", "format", "--isolated", "--no-cache", "--check", *names, folder=folder),
    ]
    if types:
        reports.append(
            run(
                "mypy",
                "--strict",
                "--follow-imports=silent",
                f"--cache-dir={mypy_cache('strict-silent')}",
                *names,
                folder=folder,
            )
        )
    return [report for report in reports if report]
