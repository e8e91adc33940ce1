"""Packages for the tests: written into folders, checked by compilers, loaded by Node."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bindwright import ir
from bindwright import openapi as spec
from bindwright.targets.typescript import TypeScriptOptions, emit

from tools.typescript import node, tsc

ROOT = Path(__file__).parents[3]
STRICT = {
    "target": "es2022", "lib": ["es2022", "dom", "dom.iterable", "dom.asynciterable"], "types": [], "noEmit": True,
    "strict": True, "exactOptionalPropertyTypes": True, "noUncheckedIndexedAccess": True,
    "noPropertyAccessFromIndexSignature": True, "noImplicitOverride": True, "noImplicitReturns": True,
    "noFallthroughCasesInSwitch": True, "verbatimModuleSyntax": True, "isolatedModules": True,
    "isolatedDeclarations": True, "declaration": True, "allowUnreachableCode": False,
}  # fmt: skip
"""Every flag of TypeScript 5.5 that makes it stricter."""
RESOLUTIONS = {"nodenext": "nodenext", "bundler": "es2022"}
"""``moduleResolution`` and the ``module`` that goes with it."""
KNOWS_ERASABLE = {"typescript", "typescript-7"}
"""Compilers that know ``erasableSyntaxOnly``."""


def api_of(document: Path | Mapping[str, Any], folder: Path) -> ir.Api:
    """The IR of a document, in a file or as data."""
    if not isinstance(document, Path):
        path = folder / "document.json"
        path.write_text(json.dumps(document), encoding="utf-8")
        document = path
    loaded = spec.load(document)
    assert not loaded.diagnostics.failed, loaded.diagnostics.items
    return ir.lower(loaded)


def files_of(document: Path | Mapping[str, Any], folder: Path, *, as_source: bool = False) -> dict[str, str]:
    """The files of a document's package; as source: modules that have types and code, for compilers."""
    output = emit(api_of(document, folder), TypeScriptOptions(package="shop", as_source=as_source), {})
    assert not [item for item in output.diagnostics if item.level == "error"], output.diagnostics
    return output.files


def write(files: Mapping[str, str], folder: Path) -> Path:
    """The files, in a folder."""
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def complaints(folder: Path, version: str = "typescript", resolution: str = "nodenext") -> str:
    """What a compiler says of every package below a folder, with every strict flag; empty where it has no complaint.

    Raises `tools.typescript.Unavailable` where there is no compiler.
    """
    flags: dict[str, object] = STRICT | {"moduleResolution": resolution, "module": RESOLUTIONS[resolution]}
    if version in KNOWS_ERASABLE:
        flags["erasableSyntaxOnly"] = True
    (folder / "package.json").write_text('{"type": "module"}')
    config = folder / f"tsconfig.{version}.{resolution}.json"
    config.write_text(
        json.dumps({"compilerOptions": flags, "include": [f"{folder}/**/*.ts"]}), encoding="utf-8"
    )
    process = tsc("-p", str(config), version=version)
    return process.stdout + process.stderr if process.returncode else ""


def load(paths: Iterable[Path]) -> str:
    """What Node says while it imports modules; empty where all can be imported.

    Raises `tools.typescript.Unavailable` where there is no Node.
    """
    script = "for (const path of JSON.parse(process.argv[1])) await import(path).catch((error) => console.log(path, error.stack));"
    names = json.dumps([path.as_uri() for path in paths])
    process = subprocess.run(
        [node(), "--input-type=module", "-e", script, names],
        capture_output=True, text=True, timeout=300, check=False, env=os.environ | {"NODE_DISABLE_COMPILE_CACHE": "1"},
    )  # fmt: skip
    return process.stdout + process.stderr
