"""The repository itself: what must hold of its files."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parent.parent


def tracked() -> list[str]:
    listing = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return listing.stdout.splitlines()


def test_locks_name_no_registry() -> None:
    for lock in ROOT.glob("requirements-*.lock"):
        text = lock.read_text()
        assert "--hash=sha256:" in text
        assert not re.search(r"https?://|--(extra-)?index-url", text), lock.name


def test_source_files_stay_readable() -> None:
    long = {
        name: lines
        for name in tracked()
        if name.startswith("codegen/") and name.endswith(".py")
        if (lines := (ROOT / name).read_text(encoding="utf-8").count("\n")) > 400
    }
    assert not long, "split these by concept"


def test_no_path_of_a_machine() -> None:
    machine = re.compile(r"(?<![A-Za-z0-9_.~/])/(?:home|root|Users)/\w")
    named = [
        name
        for name in tracked()
        if Path(name).suffix in {".py", ".md", ".toml", ".yaml"} and "/cases/" not in name
        if machine.search((ROOT / name).read_text(encoding="utf-8"))
    ]
    assert not named
