"""The size of a bundle that makes one call."""

from __future__ import annotations

import gzip
import subprocess
from collections.abc import Iterator
from pathlib import Path

from bindwright import ir
from bindwright import openapi as spec
from bindwright.ir.model import Api
from bindwright.targets.typescript import TypeScriptOptions, emit

from tools.typescript import node, package

GOALS = {"json": 2000, "json and xml": 4500, "json and any xml": 4500}
"""Bytes. `any xml` is the reader of packages in which not all elements are called as their members."""
_FORMATS = {
    "json": ("index", "jsonAnswers"),
    "json and xml": ("index", "jsonAnswers, xmlAnswers"),
    "json and any xml": ("runtime/index", "jsonAnswers, xmlAnswers"),
}
_PROGRAM = """import {{ connectBy, {formats} }} from './{home}.js';
import {{ {name} }} from './index.js';
console.log(await {name}(connectBy('https://x.example', [{formats}]), {{}}));
"""


def sizes(documents: dict[str, Path], folder: Path) -> Iterator[str]:
    """A line for each document: bytes of a program that calls its first GET operation."""
    for name, document in documents.items():
        api = ir.lower(spec.load(document))
        operation = next((candidate for candidate in api.operations if candidate.method == "GET"), None)
        if operation is not None:
            measured = sizes_of(api, operation.id, folder / name.replace(" ", "-"))
            parts = [f"{use}: {size}" for use, size in measured.items()]
            yield f"  {name:16} {', '.join(parts)}  ({operation.id})"


def sizes_of(api: Api, operation: str, folder: Path) -> dict[str, int]:
    """Bytes of a program that calls one operation, by the formats that it has."""
    output = emit(api, TypeScriptOptions(package="client"))
    for path, text in output.files.items():
        if path.endswith((".js", ".json")):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
    function = output.names["operations"][operation]
    return {
        use: _bundled(folder, _PROGRAM.format(formats=formats, home=home, name=function))
        for use, (home, formats) in _FORMATS.items()
    }


def _bundled(folder: Path, program: str) -> int:
    (folder / "program.js").write_text(program)
    command = [
        node(),
        str(package("esbuild") / "bin" / "esbuild"),
        "program.js",
        "--bundle",
        "--minify",
        "--format=esm",
    ]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=True)
    return len(gzip.compress(done.stdout, 9))
