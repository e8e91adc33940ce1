"""The generators: how each is installed, and started for a document."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from attrs import frozen

from tools.typescript import node, npm

PACKAGES = {
    "openapi-typescript": "7.13.0",
    "@hey-api/openapi-ts": "0.99.0",
    "orval": "8.38.0",
    "swagger-typescript-api": "13.13.0",
    "typescript": "5.9.3",
}


@frozen(kw_only=True)
class Generator:
    """One generator."""

    name: str
    command: Callable[[Path, Path], list[str]]
    """Arguments for a document and an output folder."""


def install(folder: Path) -> None:
    """Install the peers once. Raises CalledProcessError, and `tools.typescript.Unavailable` without Node."""
    manifest = json.dumps({"private": True, "type": "module", "dependencies": PACKAGES}, indent=2)
    stamp = folder / "package.json"
    if stamp.exists() and stamp.read_text() == manifest and (folder / "node_modules").is_dir():
        return
    folder.mkdir(parents=True, exist_ok=True)
    stamp.write_text(manifest)
    subprocess.run([*npm(), "install", "--no-audit", "--no-fund", "--silent"], cwd=folder, check=True)


def generators(folder: Path) -> list[Generator]:
    """Ours first, then the peers that are installed in `folder`."""
    return [
        Generator(name="bindwright", command=_bindwright),
        Generator(
            name="openapi-typescript",
            command=lambda document, out: [*_bin(folder, "openapi-typescript"), str(document), "-o", str(out / "api.ts")],
        ),
        Generator(
            name="hey-api",
            command=lambda document, out: [*_bin(folder, "@hey-api/openapi-ts"), "-i", str(document), "-o", str(out), "-c", "@hey-api/client-fetch", "-s"],
        ),
        Generator(name="orval", command=lambda document, out: [*_bin(folder, "orval"), "--config", str(_orval(document, out))]),
        Generator(
            name="swagger-typescript-api",
            command=lambda document, out: [*_bin(folder, "swagger-typescript-api"), "generate", "-p", str(document), "-o", str(out)],
        ),
    ]  # fmt: skip


def _bindwright(document: Path, out: Path) -> list[str]:
    arguments = ["generate", str(document), "--output", str(out), "--target", "typescript", "--quiet"]
    return [sys.executable, "-m", "bindwright", *arguments, "--package", "client"]


def _bin(folder: Path, package: str) -> list[str]:
    manifest = json.loads((folder / "node_modules" / package / "package.json").read_text())
    program = manifest["bin"]
    path = program if isinstance(program, str) else next(iter(program.values()))
    return [node(), str(folder / "node_modules" / package / path)]


def _orval(document: Path, out: Path) -> Path:
    out.mkdir(parents=True, exist_ok=True)
    settings = {"api": {"input": {"target": str(document)}, "output": {"target": str(out / "api.ts"), "client": "fetch"}}}  # fmt: skip
    path = out.parent / f"{out.name}.orval.config.mjs"
    path.write_text(f"export default {json.dumps(settings)};\n")
    return path
