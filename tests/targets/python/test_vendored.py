"""A package with its runtime in it works without bindwright, wherever it stands."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from bindwright import ir, openapi
from bindwright.targets.python import PythonOptions, emit

DOCUMENT = json.dumps({
    "openapi": "3.1.1",
    "info": {"title": "Case", "version": "1"},
    "paths": {"/pet": {"post": {
        "operationId": "post", "tags": ["pets"],
        "requestBody": {"required": True, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}},
        "responses": {"200": {"description": "ok", "content": {"application/xml": {"schema": {"$ref": "#/components/schemas/Pet"}}}}},
    }}},
    "components": {"schemas": {"Pet": {
        "type": "object", "required": ["name"],
        "properties": {"name": {"type": "string"}, "born": {"type": "string", "format": "date"}, "kind": {"enum": ["cat", "dog"]}},
    }}},
})  # fmt: skip
PROGRAM = """
import sys, threading, http.server
class Nothing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "bindwright":
            raise AssertionError(f"{{name}} was imported")
sys.meta_path.insert(0, Nothing())
class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        assert body == b'{{"name":"Tom","kind":"cat"}}', body
        answer = b"<Pet><name>Tom</name><born>2024-01-02</born></Pet>"
        self.send_response(200)
        self.send_header("Content-Type", "application/xml")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)
    def log_message(self, *_): pass
server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
from {package} import Client, NotFound, UNSET
from {package}.models import Pet, PetKind
with Client(f"http://127.0.0.1:{{server.server_port}}") as client:
    pet = client.pets.post(Pet(name="Tom", kind=PetKind.CAT))
print(pet.born.year, Pet.from_json(pet.to_json()) == pet)
"""


@pytest.mark.parametrize("package", ["vendored_case", "app.clients.vendored_case"])
def test_it_runs_where_bindwright_cannot_be_imported(tmp_path: Path, package: str) -> None:
    files = emit(
        ir.lower(openapi.loads(DOCUMENT)), PythonOptions(package="vendored_case", runtime="vendored")
    ).files
    for path, text in files.items():
        where = tmp_path / package.replace(".", "/") / path.removeprefix("vendored_case/")
        where.parent.mkdir(parents=True, exist_ok=True)
        where.write_text(text, encoding="utf-8")
    (tmp_path / "program.py").write_text(PROGRAM.format(package=package))
    process = subprocess.run(
        [sys.executable, "program.py"], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
    )
    assert process.stdout == "2024 True\n", process.stderr


def test_nothing_names_bindwright_in_an_import() -> None:
    files = emit(
        ir.lower(openapi.loads(DOCUMENT)), PythonOptions(package="vendored_case", runtime="vendored")
    ).files
    for path, text in files.items():
        if path.endswith(".py"):
            assert not re.search(r"^\s*(from|import) bindwright\b", text, re.M), path
            assert 'import_module("bindwright' not in text, path
    requirements = tomllib.loads(files["pyproject.toml"])["project"]["dependencies"]
    assert requirements
    assert not [requirement for requirement in requirements if requirement.startswith("bindwright")]
