"""Hand-written additions beside generated code survive every regeneration."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def generate(folder: Path, *flags: str) -> int:
    command = [sys.executable, "-m", "bindwright.cli", "generate", "openapi.yaml", "--output", "out"]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "codegen")}
    command += ["--package", "w50api", *flags]
    return subprocess.call(command, cwd=folder, env=environment, timeout=300)


def test_regeneration_leaves_custom_alone(tmp_path: Path) -> None:
    document = (ROOT / "openapi.yaml").read_text(encoding="utf-8")
    (tmp_path / "openapi.yaml").write_text(document, encoding="utf-8")
    own = {
        path.relative_to(ROOT / "generated"): path.read_bytes()
        for path in (ROOT / "generated/w50api/custom").glob("*.py")
    }
    assert own
    for path, text in own.items():
        (tmp_path / "out" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "out" / path).write_bytes(text)
    assert generate(tmp_path) == 0
    assert generate(tmp_path, "--check") == 0
    changed = document.replace("  /contactLists/{contactListId}/import/{importJobId}/run:", "  /other:")
    assert changed != document
    changed = changed.replace("operationId: runImportJob", "operationId: other")
    changed = changed.replace("tags: [contactLists]", "tags: [lists]")
    (tmp_path / "openapi.yaml").write_text(changed, encoding="utf-8")
    assert generate(tmp_path, "--tolerant") == 0
    assert not (tmp_path / "out/w50api/api/contact_lists.py").exists()  # the generator's own did go
    assert {path: (tmp_path / "out" / path).read_bytes() for path in own} == own
