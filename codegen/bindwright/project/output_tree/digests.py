"""Hashes of inputs, outputs, options and of the generator itself."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Iterator

from bindwright.project.configuration.settings import RunSettings


def of_bytes(data: bytes) -> str:
    """SHA-256 of `data`, hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def of_file(path: str) -> str | None:
    """SHA-256 of a file's bytes; None where it cannot be read."""
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def of_options(settings: RunSettings) -> str:
    """Hash of every option that changes what is written, in any order of keys."""
    options = {
        "package": settings.package,
        "models": list(settings.models),
        "distribution": settings.distribution,
        "version": settings.version,
        "description": settings.description,
        "overlays": [
            os.path.relpath(path, settings.folder).replace(os.sep, "/") for path in settings.overlays
        ],
        "tolerant": settings.tolerant,
        "allow_remote": settings.allow_remote,
        "allow_outside": settings.allow_outside,
        "names": settings.names,
        "operations": settings.operations,
    }
    if (
        settings.xml_references != "property"
    ):  # a setting that came later: locks without it stay what they are
        options["xml_references"] = settings.xml_references
    return of_bytes(json.dumps(options, sort_keys=True, default=str).encode())


def of_inputs(settings: RunSettings, files: Iterable[str]) -> dict[str, str]:
    """Hash of every file that was read, by path relative to the root document's folder."""
    names = sorted(file or settings.root_name for file in files)
    return {name: of_file(os.path.join(settings.folder, name)) or "missing" for name in names}


def of_generator() -> str:
    """A fingerprint of the installed generator: sizes and times of its sources and of the formatter.

    It says "something was installed or edited here since", not which version: only this machine's
    memory of the last run keeps it, the committed lock keeps the version.
    """
    package = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    facts = sorted(_sources(package))
    formatter = os.path.join(os.path.dirname(sys.executable), "ruff")
    if os.path.exists(formatter):
        status = os.stat(formatter)
        facts.append(f"ruff {status.st_size} {status.st_mtime_ns}")
    return of_bytes("\n".join(facts).encode())


def _sources(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name != "__pycache__":
                    yield from _sources(entry.path)
            elif not entry.name.endswith(".pyc"):
                status = entry.stat()
                yield f"{entry.path} {status.st_size} {status.st_mtime_ns}"
