"""Documents that are no files: standard input, and addresses (here of this machine)."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

DOCUMENT = b"""\
openapi: 3.1.1
info: {title: Shop, version: '1'}
paths: {/pets: {get: {operationId: listPets, tags: [pets], responses: {'200': {$ref: 'parts.yaml#/ok'}}}}}
"""
PARTS = b"ok: {description: ok, content: {text/plain: {schema: {type: string}}}}\n"


def run(folder: Path, *words: str, data: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "bindwright", *words], cwd=folder, input=data, capture_output=True, timeout=60, check=False
    )  # fmt: skip


@pytest.fixture
def address() -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = {"/shop.yaml": DOCUMENT, "/parts.yaml": PARTS}.get(self.path)
            self.send_response(404 if body is None else 200)
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, format: str, *args: object) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_standard_input(tmp_path: Path) -> None:
    (tmp_path / "parts.yaml").write_bytes(PARTS)
    written = run(tmp_path, "generate", "-", "--output", "out", data=DOCUMENT)
    assert written.returncode == 0, written.stderr
    assert (tmp_path / "out" / "shop" / "api" / "pets.py").exists()
    assert b"nothing changed" in run(tmp_path, "generate", "-", "--output", "out", data=DOCUMENT).stdout
    same = run(tmp_path, "generate", "-", "--output", "out", "--check", data=DOCUMENT)
    assert same.returncode == 0
    moved = run(
        tmp_path, "generate", "-", "--output", "out", "--check", data=DOCUMENT.replace(b"Shop", b"Store")
    )
    assert moved.returncode == 3
    assert b'"title":"Shop"' in run(tmp_path, "ir", "-", data=DOCUMENT).stdout
    (tmp_path / "same.yaml").write_bytes(DOCUMENT)
    assert run(tmp_path, "diff", "-", "same.yaml", data=DOCUMENT).returncode == 0


def test_places_in_standard_input(tmp_path: Path) -> None:
    checked = run(tmp_path, "check", "-", data=DOCUMENT)
    assert checked.returncode == 2
    assert b"<standard input>:3:" in checked.stderr
    assert b"there is no file `parts.yaml`" in checked.stderr


def test_an_address(tmp_path: Path, address: str) -> None:
    refused = run(tmp_path, "check", f"{address}/shop.yaml")
    assert refused.returncode == 2
    assert b"reference-remote" in refused.stderr
    words = ["generate", f"{address}/shop.yaml", "--output", "out", "--allow-remote"]
    written = run(tmp_path, *words)
    assert written.returncode == 0, written.stderr
    assert run(tmp_path, *words, "--check").returncode == 0
    gone = run(tmp_path, "check", f"{address}/gone.yaml")
    assert gone.returncode == 2
    assert b"answers with status 404" in gone.stderr


@pytest.mark.parametrize("document", ["-", "http://127.0.0.1:9/shop.yaml"])
def test_neither_can_be_watched(tmp_path: Path, document: str) -> None:
    watched = run(tmp_path, "generate", document, "--output", "out", "--watch")
    assert watched.returncode == 2
    assert b"not-a-file" in watched.stderr


def test_the_mock_serves_standard_input(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "bindwright", "serve", "-", "--port", "0"],
        cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "NO_COLOR": "1"},
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(DOCUMENT.replace(b"{$ref: 'parts.yaml#/ok'}", b"{description: ok}"))
        process.stdin.close()
        assert b"Shop" in process.stdout.readline()
    finally:
        process.terminate()
        process.wait(10)
        process.stdout.close()


ROOT = b"""\
openapi: 3.1.1
info: {title: Shop, version: '1'}
paths: {/pets: {get: {responses: {'200': {description: ok, content: {application/json: {schema: {$ref: 'parts.yaml#/Cage'}}}}}}}}
components: {schemas: {Pet: {type: object, properties: {name: {type: string}, friend: {$ref: '#/components/schemas/Pet'}}}}}
"""
CAGE = b"""\
Cage: {type: object, properties: {a: {$ref: 'shop.yaml#/components/schemas/Pet'}, b: {$ref: 'ADDRESS/shop.yaml#/components/schemas/Pet'}, n: {type: integer}}}
"""


def test_a_remote_root_that_others_refer_to_is_one_document(
    tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By either of its addresses a component of the root is one type; places are shown as the addresses they have."""
    monkeypatch.setitem(globals(), "DOCUMENT", ROOT)
    monkeypatch.setitem(globals(), "PARTS", CAGE.replace(b"ADDRESS", address.encode()))
    written = run(tmp_path, "generate", f"{address}/shop.yaml", "--output", "out", "--allow-remote")
    assert written.returncode == 0, written.stderr
    assert sorted(path.stem for path in (tmp_path / "out/shop/models").glob("[a-z]*.py")) == ["cage", "pet"]
    (tmp_path / "shop.yaml").write_bytes(ROOT)
    (tmp_path / "parts.yaml").write_bytes(b"Cage: {type: object, properties: {n: {type: string}}}\n")
    compared = run(tmp_path, "diff", "shop.yaml", f"{address}/shop.yaml", "--allow-remote").stdout.decode()
    assert f" {address}/parts.yaml:1:" in compared
    assert f"{address}/{address}" not in compared


def test_a_document_that_is_a_reference_alone_names_the_one_to_read(tmp_path: Path, address: str) -> None:
    (tmp_path / "root.yaml").write_text(f"$ref: {address}/shop.yaml\n")
    checked = run(tmp_path, "check", "root.yaml", "--allow-remote")
    assert checked.returncode == 2
    assert f"name '{address}/shop.yaml' instead".encode() in checked.stderr
