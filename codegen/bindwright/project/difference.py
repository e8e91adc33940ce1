"""What would change, for eyes: a line a file, then unified differences."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping

from bindwright.project.console import terminal
from bindwright.project.output_tree.change_plan import ChangePlan
from bindwright.project.output_tree.folder import OutputFolder

LINES = 200
"""Lines of difference shown unless all are asked for."""


def describe(output: str, plan: ChangePlan, files: Mapping[str, bytes], all_: bool = False) -> Iterator[str]:
    """Lines that show a plan: ``M``, ``A`` or ``D`` and the path, then the differences from disk to new."""
    body: list[str] = []
    for write in plan.writes:
        lines = list(_unified(output, write.path, write.data))
        added = sum(line.startswith("+") and not line.startswith("+++") for line in lines)
        removed = sum(line.startswith("-") and not line.startswith("---") for line in lines)
        mark = terminal.paint("A", "green") if write.before is None else terminal.paint("M", "yellow")
        yield f"  {mark} {write.path} (+{added} -{removed})"
        body += lines
    for path, _ in plan.removals:
        yield f"  {terminal.paint('D', 'red')} {path}"
    for path in plan.kept:
        yield f"  {terminal.paint('K', 'cyan')} {path} (generated no more, but edited: stays)"
    if body:
        yield ""
    yield from (_coloured(line) for line in (body if all_ else body[:LINES]))
    if not all_ and len(body) > LINES:
        yield f"... {len(body) - LINES} more lines; --verbose shows all"


def _unified(output: str, path: str, data: bytes) -> Iterator[str]:
    before = OutputFolder(output).read(path) or b""
    old, new = _lines(before), _lines(data)
    yield from difflib.unified_diff(old, new, f"{path} (there)", f"{path} (generated)", lineterm="", n=2)


def _lines(data: bytes) -> list[str]:
    # Only line feeds end a line here: a document's text may hold every other separator.
    return data.decode("utf-8", "replace").removesuffix("\n").split("\n") if data else []


def _coloured(line: str) -> str:
    colour = {"+": "green", "-": "red", "@": "cyan"}.get(line[:1])
    return terminal.paint(line, colour) if colour else line
