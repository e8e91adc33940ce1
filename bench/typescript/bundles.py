"""The size of a bundle that makes one call."""

from __future__ import annotations

import gzip
import subprocess
from collections.abc import Iterator
from pathlib import Path

from bindwright import ir
from bindwright import openapi as spec
from bindwright.targets.typescript import TypeScriptOptions, emit

from tools.typescript import node, package

GOALS = {"json": 2000, "json and xml": 4500}
"""Bytes."""
_USES = {
    "json": "import {{ connectBy, jsonAnswers, {name} }} from './index.js';\nconsole.log(await {name}(connectBy('https://x.example', [jsonAnswers]), {{}}));\n",
    "json and xml": "import {{ connectBy, jsonAnswers, xmlAnswers, {name} }} from './index.js';\n"
    "console.log(await {name}(connectBy('https://x.example', [jsonAnswers, xmlAnswers]), {{}}));\n",
}


def sizes(documents: dict[str, Path], folder: Path) -> Iterator[str]:
    """A line for each document: bytes of a program that calls its first GET operation."""
    for name, document in documents.items():
        api = ir.lower(spec.load(document))
        output = emit(api, TypeScriptOptions(package="client"))
        target = folder / name.replace(" ", "-")
        for path, text in output.files.items():
            if path.endswith((".js", ".json")):
                (target / path).parent.mkdir(parents=True, exist_ok=True)
                (target / path).write_text(text, encoding="utf-8")
        operation = next((one for one in api.operations if one.method == "GET"), None)
        if operation is None:
            continue
        function = output.names["operations"][operation.id]
        parts = [f"{use}: {_bundled(target, text.format(name=function))}" for use, text in _USES.items()]
        yield f"  {name:16} {', '.join(parts)}  ({function})"


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
