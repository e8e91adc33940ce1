"""``python -m tests.typescript.runtimes``: the tests of the TypeScript runtime in Deno, Bun, older Nodes and a browser.

Deno, Bun and Node come from npm into the folder ``build``; Chromium has to be installed, or it is left out with a notice.
"""

from __future__ import annotations

import functools
import http.server
import json
import platform
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

from tools.typescript import Unavailable, npm

ROOT = Path(__file__).parents[2]
HOME = ROOT / "build" / "typescript-runtimes"
PACKAGES = {"deno": "2.9.6", "bun": "1.4.5"}
NODES = {"node-20": "20.20.2", "node-22": "22.23.5"}
"""Nodes older than that of the other tests; npm has them for one system and processor a package."""
PROGRAMS = ("http", "layouts")
"""Programs beside this module that print what is not as expected."""
_SYSTEM = (
    {"x86_64": "linux-x64", "aarch64": "linux-arm64"}.get(platform.machine(), "")
    if sys.platform == "linux"
    else ""
)
_NOTHING = ("{}", "[]")
_PAGE = """<!doctype html><title>waiting</title><script type="module">
const printed = [];
console.log = (text) => printed.push(text);
try { await import('/tests/typescript/PROGRAM.mjs'); } catch (error) { printed.push(String(error?.stack ?? error)); }
document.body.textContent = printed.join('\\n');
document.title = 'done';
</script><body></body>"""


def commands() -> dict[str, list[str]]:
    """How a module is started in each runtime that can be had."""
    installed = {name: shutil.which(name) for name in PACKAGES}
    if None in installed.values():
        HOME.mkdir(parents=True, exist_ok=True)
        packages = PACKAGES | {
            name: f"npm:node-{_SYSTEM}@{version}" for name, version in NODES.items() if _SYSTEM
        }
        (HOME / "package.json").write_text(json.dumps({"private": True, "dependencies": packages}))
        subprocess.run(
            [*npm(), "install", "--no-audit", "--no-fund", "--silent", "--ignore-scripts"],
            cwd=HOME,
            check=True,
        )
    programs = {
        "deno": installed["deno"] or _binary("@deno/*/deno"),
        "bun": installed["bun"] or _binary("@oven/*/bin/bun"),
        **{name: _binary(f"{name}/bin/node") for name in NODES},
    }
    options = {"deno": ["run", "--allow-read"]}
    return {name: [program, *options.get(name, [])] for name, program in programs.items() if program}


def _binary(pattern: str) -> str:
    path = next((HOME / "node_modules").glob(pattern), None)
    if path is None:
        return ""
    path.chmod(0o755)
    return str(path)


def chromium() -> str | None:
    """The path of a Chromium; None where there is none."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@contextmanager
def _served() -> Iterator[str]:
    """The address of the repository's files, and of a page for each program."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        extensions_map: ClassVar[dict[str, str]] = {
            "": "application/octet-stream",
            ".js": "text/javascript",
            ".mjs": "text/javascript",
        }

        def do_GET(self) -> None:
            if not self.path.startswith("/page/"):
                return super().do_GET()
            data = _PAGE.replace("PROGRAM", self.path.rpartition("/")[2]).encode()
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)
            return None

        def log_message(self, *_: object) -> None:
            pass

    handler = functools.partial(Handler, directory=str(ROOT))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def in_browser(program: str, name: str) -> str:
    """What a program prints in a page."""
    with _served() as address, tempfile.TemporaryDirectory() as profile:
        options = ["--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}"]
        page = ["--virtual-time-budget=30000", "--dump-dom", f"{address}/page/{name}"]
        process = subprocess.run(
            [program, *options, *page], capture_output=True, text=True, timeout=120, check=True
        )
    return process.stdout.partition("<body>")[2].partition("</body>")[0].strip()


def main() -> int:
    """Run each program in each runtime; 0 where nothing is wrong."""
    failed = 0
    try:
        runtimes = commands()
    except (Unavailable, subprocess.CalledProcessError) as error:
        print(f"Deno, Bun and older Nodes were left out: {error}")
        runtimes = {}
    browser = chromium()
    if browser is None:
        print("browsers were left out: no Chromium is installed")
    for name in PROGRAMS:
        outputs = {
            runtime: subprocess.run(
                [*command, f"tests/typescript/{name}.mjs"], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
            ).stdout.strip()
            for runtime, command in runtimes.items()
        }  # fmt: skip
        if browser is not None:
            outputs["chromium"] = in_browser(browser, name)
        for runtime, output in outputs.items():
            wrong = output not in _NOTHING
            failed += wrong
            print(f"{name:8} {runtime:9} {f'FAILED {output[:2000]}' if wrong else 'ok'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
