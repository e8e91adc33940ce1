"""``python -m tools.typescript``: checks the runtime's sources and writes the JavaScript beside them."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tools.typescript import RUNTIME, Unavailable, compile_runtime


def main() -> int:
    """Write what has changed; 1 where the sources have errors."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            modules = compile_runtime(Path(folder))
        except (Unavailable, ValueError) as error:
            print(error, file=sys.stderr)
            return 1
    for path, text in modules.items():
        target = RUNTIME / path
        if not target.exists() or target.read_text("utf-8") != text:
            target.write_text(text, "utf-8")
    for compiled in RUNTIME.rglob("*.js"):
        if compiled.relative_to(RUNTIME).as_posix() not in modules:
            compiled.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
