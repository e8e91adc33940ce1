"""``python -m tools.typescript``: checks the runtime's sources and compiles them into the generator's package."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tools.typescript import RUNTIME, Unavailable, compile_runtime, modules_in


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
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, "utf-8")
    for path in modules_in(RUNTIME).keys() - modules.keys():
        (RUNTIME / path).unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
