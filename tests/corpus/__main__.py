"""``python -m tests.corpus``: all sixty documents generated, imported, checked by ruff and by mypy --strict.

Pyright in strict mode reads three of them where it is installed. Exit code 1 with any complaint.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

from .packages import ROOT, TOOLS, complaints, documents, generate, run


def main() -> int:
    """Run all checks and print what they say."""
    if not documents():
        print("skipped: ../shared/corpus is not here")
        return 0
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        names = [generate(document, folder)[0] for document in documents()]
        print(f"{len(names)} packages in {time.perf_counter() - started:.1f} s", flush=True)
        reports = complaints(folder, names, types=True)
        if (TOOLS / "pyright").exists():
            reports += [report for report in [_pyright(folder, names[5:20:6])] if report]
    print("\n".join(reports) or "no complaints", f"in {time.perf_counter() - started:.1f} s")
    return 1 if reports else 0


def _pyright(folder: Path, names: list[str]) -> str:
    settings = {"typeCheckingMode": "strict", "include": names, "extraPaths": [str(ROOT / "codegen")],
                "venvPath": str(TOOLS.parents[1]), "venv": TOOLS.parent.name, "pythonVersion": "3.11"}  # fmt: skip
    (folder / "pyrightconfig.json").write_text(json.dumps(settings))
    return run("pyright", "-p", ".", folder=folder)


if __name__ == "__main__":
    sys.exit(main())
