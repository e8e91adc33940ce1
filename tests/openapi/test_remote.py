"""Files from a network: only when allowed, held to their hash, bounded in size and time. Over loopback."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from bindwright.openapi import LoadLimits, LoadOptions, load
from bindwright.openapi.diagnostics.model import Place

HEAD = 'openapi: 3.1.0\ninfo: {title: T, version: "1"}\npaths: {}\n'
PAGES = {
    "/a.yaml": b"Pet: {$ref: 'b.yaml#/Tag'}\n",
    "/b.yaml": b"Tag: {type: string}\n",
    "/big.yaml": b"#" * 50_000,
    "/spy.yaml": b"Pet: {$ref: 'file:///etc/passwd'}\n",
}
AWAY = {
    "/other-host.yaml": "http://localhost:9/b.yaml",
    "/other-port.yaml": "http://127.0.0.1:9/b.yaml",
    "/file.yaml": "file:///etc/passwd",
}
"""Redirects that leave the host."""


class Handler(BaseHTTPRequestHandler):
    """Pages, a redirect, a page that never ends and one that is missing."""

    def do_GET(self) -> None:
        if self.path == "/moved.yaml":
            self.send_response(302)
            self.send_header("Location", "/b.yaml")
            self.end_headers()
        elif self.path in AWAY:
            self.send_response(302)
            self.send_header("Location", AWAY[self.path])
            self.end_headers()
        elif self.path == "/round.yaml":
            self.send_response(302)
            self.send_header("Location", "/round.yaml")
            self.end_headers()
        elif self.path == "/slow.yaml":
            self.send_response(200)
            self.end_headers()
            try:
                for _ in range(1200):
                    self.wfile.write(b"#")
                    self.wfile.flush()
                    time.sleep(0.05)
            except OSError:
                pass
        elif self.path in PAGES:
            self.send_response(200)
            self.send_header("Content-Length", str(len(PAGES[self.path])))
            self.end_headers()
            self.wfile.write(PAGES[self.path])
        else:
            self.send_error(404)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        listening.daemon_threads = True
        thread = threading.Thread(target=listening.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.server_address[1]}"
        listening.shutdown()
        thread.join()


def document(folder: Path, ref: str) -> Path:
    path = folder / "openapi.yaml"
    path.write_text(HEAD + f"components: {{schemas: {{A: {{$ref: '{ref}'}}}}}}\n")
    return path


def test_fetched_and_recorded(server: str, tmp_path: Path) -> None:
    path = document(tmp_path, f"{server}/a.yaml#/Pet")
    loaded = load(path, options=LoadOptions(allow_remote=True))
    assert loaded.diagnostics.items == []
    assert loaded.files == ("", f"{server}/a.yaml", f"{server}/b.yaml")
    assert loaded.remote_hashes == {
        f"{server}/{name}.yaml": hashlib.sha256(PAGES[f"/{name}.yaml"]).hexdigest() for name in "ab"
    }
    target = loaded.follow(f"{server}/a.yaml#/Pet", Place(pointer="/components/schemas/A"))
    assert target == ({"type": "string"}, Place(file=f"{server}/b.yaml", pointer="/Tag"))
    again = load(path, options=LoadOptions(allow_remote=True, remote_hashes=loaded.remote_hashes))
    assert again.diagnostics.items == []


def test_other_bytes_are_refused(server: str, tmp_path: Path) -> None:
    url = f"{server}/b.yaml"
    options = LoadOptions(allow_remote=True, remote_hashes={url: "0" * 64})
    loaded = load(document(tmp_path, url + "#/Tag"), options=options)
    assert [item.code for item in loaded.diagnostics.items] == ["remote-changed"]


def test_redirects_are_followed_within_bounds(server: str, tmp_path: Path) -> None:
    options = LoadOptions(allow_remote=True)
    assert load(document(tmp_path, f"{server}/moved.yaml#/Tag"), options=options).diagnostics.items == []
    loaded = load(document(tmp_path, f"{server}/round.yaml"), options=options)
    assert [item.code for item in loaded.diagnostics.items] == ["unreachable"]


@pytest.mark.parametrize(
    ("page", "limits", "code"),
    [
        ("/none.yaml", LoadLimits(), "unreachable"),
        ("/big.yaml", LoadLimits(file_bytes=10_000), "too-large"),
        ("/slow.yaml", LoadLimits(remote_seconds=0.3), "unreachable"),
    ],
)
def test_bounds(server: str, tmp_path: Path, page: str, limits: LoadLimits, code: str) -> None:
    started = time.monotonic()
    options = LoadOptions(allow_remote=True, limits=limits)
    loaded = load(document(tmp_path, server + page), options=options)
    assert [item.code for item in loaded.diagnostics.items] == [code]
    assert time.monotonic() - started < 20, "the page takes a minute"


def test_nobody_listens(tmp_path: Path) -> None:
    options = LoadOptions(allow_remote=True, limits=LoadLimits(remote_seconds=2))
    loaded = load(document(tmp_path, "http://127.0.0.1:9/a.yaml"), options=options)
    assert [item.code for item in loaded.diagnostics.items] == ["unreachable"]


@pytest.mark.parametrize("page", sorted(AWAY))
def test_redirects_stay_on_the_host(server: str, tmp_path: Path, page: str) -> None:
    loaded = load(document(tmp_path, server + page), options=LoadOptions(allow_remote=True))
    assert [item.code for item in loaded.diagnostics.items] == ["redirected-elsewhere"]


@pytest.mark.parametrize("outside", [False, True])
def test_a_file_from_a_network_names_none_of_this_machine(server: str, tmp_path: Path, outside: bool) -> None:
    options = LoadOptions(allow_remote=True, allow_outside=outside)
    loaded = load(document(tmp_path, f"{server}/spy.yaml#/Pet"), options=options)
    assert {item.code for item in loaded.diagnostics.items} == {"reference-outside"}
    assert loaded.files == ("", f"{server}/spy.yaml")


@pytest.mark.parametrize("allow", [False, True])
def test_an_address_is_no_document_and_is_shown_as_it_was_given(allow: bool) -> None:
    loaded = load("https://127.0.0.1:9/api/openapi.yaml", options=LoadOptions(allow_remote=allow))
    (item,) = loaded.diagnostics.items
    assert (item.level, item.code) == ("error", "document-address")
    assert "`https://127.0.0.1:9/api/openapi.yaml`" in item.message
