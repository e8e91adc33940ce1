"""Packages that are generated for a benchmark, with models in the styles of its contestants."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType


class GenerationFailed(Exception):
    """No package came of a document."""


def package_of(document: Path, name: str, folder: Path, *, styles: str, seconds: float = 120) -> ModuleType:
    """The package of a document, generated into a folder that becomes importable.

    Raises:
        GenerationFailed: the generator refused the document, or its package cannot be imported.
    """
    command = [sys.executable, "-m", "bindwright", "generate", str(document), "--package", name]
    command += ["--output", str(folder), "--models", styles, "--tolerant"]
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired as error:
        raise GenerationFailed(f"more than {seconds} s") from error
    if run.returncode:
        raise GenerationFailed(run.stderr[-400:])
    sys.path.insert(0, str(folder))
    try:
        return import_module(name)
    except Exception as error:
        raise GenerationFailed(str(error)) from error
