"""The fenced blocks of a Markdown text."""

from __future__ import annotations

import re
from pathlib import Path

from attrs import frozen

_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"^# file: (\S+)\n")


@frozen
class Block:
    """One fenced block."""

    language: str
    text: str
    heading: str
    """The section that it stands in."""

    @property
    def file(self) -> str | None:
        """The name of the file that the block shows; None where it shows none."""
        match = _FILE.match(self.text)
        return match.group(1) if match else None

    @property
    def commands(self) -> list[str]:
        """The command lines of a console block."""
        return [line[2:] for line in self.text.splitlines() if line.startswith("$ ")]


def blocks(path: Path) -> list[Block]:
    """All blocks of a file, in order."""
    text = path.read_text(encoding="utf-8")
    fenced = []
    for match in _FENCE.finditer(text):
        headings = re.findall(r"^#+ (.+)$", text[: match.start()], re.MULTILINE)
        fenced.append(Block(match.group(1), match.group(2), headings[-1] if headings else ""))
    return fenced
