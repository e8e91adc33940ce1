"""Bodies that are streams or files are so for type checkers, too, and on the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from bindwright.runtime.command_line.values import Parts, parse
from bindwright.runtime.http import File

ROOT = Path(__file__).parents[2]
IN_USE = Path(__file__).with_name("bodies_in_use.py")
PET = {"$ref": "#/components/schemas/Pet"}
FILES = {"type": "array", "items": {"type": "string", "format": "binary"}}
BODIES: dict[str, Any] = {
    "raw": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    "lines": {"application/jsonl": {"itemSchema": PET}},
    "upload": {
        "multipart/form-data": {
            "schema": {"type": "object", "required": ["files"], "properties": {"files": FILES, "meta": PET}}
        }
    },
}
DOCUMENT = {
    "openapi": "3.2.0",
    "info": {"title": "Kitchen", "version": "1"},
    "paths": {
        f"/{name}": {
            "post": {
                "tags": ["files"],
                "operationId": name,
                "requestBody": {"required": True, "content": content},
                "responses": {"204": {"description": "Done"}},
            }
        }
        for name, content in BODIES.items()
    },
    "components": {
        # Models of these names leave the runtime's own alone.
        "schemas": {
            "Pet": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}},
            "RawBody": {"type": "object", "properties": {"a": {"type": "string"}}},
        }
    },
}


def test_mypy(tmp_path: Path) -> None:
    (tmp_path / "kitchen.json").write_text(json.dumps(DOCUMENT))
    command = [sys.executable, "-m", "bindwright", "generate", "kitchen.json", "--output", "out", "--package", "kitchen", "-q"]  # fmt: skip
    subprocess.run(command, cwd=tmp_path, check=True, timeout=120)
    settings = tmp_path / "mypy.ini"
    settings.write_text(
        f"[mypy]\nstrict = true\nmypy_path = {ROOT / 'codegen'}:{tmp_path / 'out'}\nwarn_unused_ignores = true\n"
    )
    command = [sys.executable, "-m", "mypy", "--config-file", str(settings), str(IN_USE)]
    ran = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False, timeout=300)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_files_of_a_multipart_body_on_the_command_line(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\0hi")
    names = {"Model": dict[str, int], "FormParts": Parts}
    body = parse("body", json.dumps({"files": [f"@{path}"], "note": "n"}), "Model | FormParts", names)
    (file,) = body["files"]
    assert isinstance(file, File)
    assert (file.content, file.name, body["note"]) == (b"\0hi", "a.txt", "n")
    assert parse("body", '{"a": 1}', "Model | FormParts", names) == {"a": 1}
