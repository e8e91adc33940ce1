"""A front and a back half that need no OpenAPI: the document is a JSON file that lists what to generate.

``{"files": {path: text}, "names": {...}, "degraded": n, "include": [paths], "error": message}``
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bindwright.openapi.diagnostics.model import Diagnostics
from bindwright.project import pipeline
from bindwright.project.configuration.settings import RunSettings
from bindwright.project.console import messages as voice
from bindwright.project.pipeline import Emitted, Lowered


class ToyDocument:
    """As much of a `Document` as the build room looks at."""

    def __init__(self, path: str) -> None:
        self.diagnostics = Diagnostics()
        self.files: tuple[str, ...] = ("",)
        self.root: dict[str, Any] = {}
        try:
            self.root = json.loads(Path(path).read_text())
        except (OSError, ValueError) as error:
            self.diagnostics.add("error", "toy-syntax", str(error))
        self.files += tuple(self.root.get("include", ()))
        if "error" in self.root:
            self.diagnostics.add("error", "toy", self.root["error"])


def toy_lower(settings: RunSettings, progress: Any, remote: Any, **_: Any) -> Lowered:
    document: Any = ToyDocument(settings.document)
    api: Any = None if document.diagnostics.failed else object()
    return Lowered(document, document.diagnostics, api)


def toy_emit(
    lowered: Lowered, settings: RunSettings, names: Any, progress: Any, package: str = "", *_: object
) -> Emitted:
    root = lowered.document.root  # type: ignore[union-attr]
    files = {path: text.encode() for path, text in root["files"].items()}
    return Emitted(
        files,
        {**names, **root.get("names", {})},
        {"totals": {"schema": {"full": 1, "degraded": root.get("degraded", 0)}}},
        settings.package or package,
    )


def install(patch: Callable[[Any, str, Any], None]) -> None:
    """Put the toy halves in place with a function like ``setattr``."""
    patch(pipeline, "lower", toy_lower)
    patch(pipeline, "emit", toy_emit)
    patch(
        voice, "render", lambda items, document: "\n".join(f"{i.level}[{i.code}]: {i.message}" for i in items)
    )


class Project:
    """A folder with a toy document and where it is generated to."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.document = root / "toy.json"
        self.output = root / "out"

    def says(self, files: dict[str, str], **more: Any) -> None:
        """Save the document."""
        self.document.write_text(json.dumps({"files": files, **more}))
        # A document that is saved while it is read is read again; these were saved long ago.
        os.utime(self.document, (1, 1))

    def flags(self, **more: Any) -> dict[str, Any]:
        defaults = {"document": str(self.document), "output": str(self.output), "package": "toy"}
        return {**defaults, **{name.replace("_", "-"): value for name, value in more.items()}}

    def generate(self, **more: Any) -> int:
        """Run the command in this process."""
        from bindwright.cli import guarded
        from bindwright.project.generate import generate

        return guarded(lambda: generate(self.flags(**more)))

    def tree(self, everything: bool = False) -> dict[str, str]:
        """The files of the output folder; without the lock, what is remembered, and what is for git, unless all are wanted."""
        files = {}
        for path in sorted(self.output.rglob("*")):
            name = path.relative_to(self.output).as_posix()
            if path.is_file() and (
                everything or not name.startswith((".bindwright", "bindwright.lock", ".git"))
            ):
                files[name] = path.read_text()
        return files

    def stamps(self) -> dict[str, tuple[int, int]]:
        """Modification time and inode of every file below the project's folder."""
        stamps = {}
        for path in sorted(self.root.rglob("*")):
            status = path.stat()
            stamps[str(path)] = (status.st_mtime_ns, status.st_ino)
        return stamps


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    install(monkeypatch.setattr)
    monkeypatch.chdir(tmp_path)
    return Project(tmp_path)
