"""Makes the sync drivers of the async ones: ``python tools/unasync.py`` writes, ``--check`` compares.

The files of ``runtime/http/aio`` are the source; ``runtime/http/sync`` is derived from them, token by
token: ``async`` and ``await`` go, and names change as `NAMES` says. The files of `APART` differ by nature
and are written twice.
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tokenize
from pathlib import Path

HTTP = Path(__file__).resolve().parent.parent / "codegen" / "bindwright" / "runtime" / "http"
APART = {"__init__.py", "callables.py", "locks.py", "opening.py", "pages.py"}
NAMES = {
    "AsyncClient": "SyncClient",
    "AsyncDriver": "SyncDriver",
    "AsyncIterator": "Iterator",
    "AsyncObservedReply": "ObservedReply",
    "AsyncPage": "Page",
    "AsyncPages": "Page",
    "AsyncRaws": "Raws",
    "AsyncResource": "Resource",
    "AsyncStream": "Stream",
    "AsyncStreamingResponse": "StreamingResponse",
    "AsyncStreams": "Streams",
    "HttpxTransport": "Urllib3Transport",
    "__aenter__": "__enter__",
    "__aexit__": "__exit__",
    "__aiter__": "__iter__",
    "aclose": "close",
    "aio": "sync",
    "anyio": "time",
    "httpx2": "urllib3",
}
_WORDS = re.compile(r"\b(" + "|".join(NAMES) + r")\b|``async with``(?: \(or ``await``\))?")
NOTE = "# Derived from ../aio/{name} by tools/unasync.py; change that one.\n"


def derive(name: str, source: str) -> str:
    """The sync text of an async module."""
    tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    lines = source.splitlines(keepends=True)
    edits: list[tuple[int, int, int, str]] = []
    for at, token in enumerate(tokens):
        (row, start), (end_row, end) = token.start, token.end
        if token.string in ("async", "await") and token.type == tokenize.NAME:
            edits.append((row, start, tokens[at + 1].start[1], ""))
        elif token.type == tokenize.NAME and token.string in NAMES:
            edits.append((row, start, end, NAMES[token.string]))
        elif token.type in (tokenize.STRING, tokenize.COMMENT):
            for line in range(row, end_row + 1):
                _prose(lines, edits, line, start if line == row else 0, end if line == end_row else None)
    for row, start, stop, new in sorted(edits, reverse=True):
        lines[row - 1] = lines[row - 1][:start] + new + lines[row - 1][stop:]
    text = re.sub(r"^import time\n\nimport time\n", "import time\n", "".join(lines), flags=re.MULTILINE)
    return NOTE.format(name=name) + _tidy(text)


def _prose(
    lines: list[str], edits: list[tuple[int, int, int, str]], row: int, start: int, end: int | None
) -> None:
    for match in _WORDS.finditer(lines[row - 1], start, len(lines[row - 1]) if end is None else end):
        edits.append((row, match.start(), match.end(), NAMES.get(match[0], "``with``")))


def _tidy(text: str) -> str:
    """Imports sorted and lines laid out as everywhere."""
    for arguments in (
        ["check", "--select", "I,F811,UP028,C416", "--fix", "--unsafe-fixes", "-q"],
        ["format", "-q"],
    ):
        text = subprocess.run(
            [sys.executable, "-m", "ruff", *arguments, "--stdin-filename", str(HTTP / "sync" / "x.py"), "-"],
            input=text, capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
    return text


def main(arguments: list[str]) -> int:
    """Write the files, or say which differ."""
    wrong = []
    for source in sorted((HTTP / "aio").glob("*.py")):
        if source.name in APART:
            continue
        text = derive(source.name, source.read_text("utf-8"))
        target = HTTP / "sync" / source.name
        if not target.exists() or target.read_text("utf-8") != text:
            wrong.append(source.name)
            if "--check" not in arguments:
                target.write_text(text, "utf-8")
    for name in wrong:
        print(f"{name}: {'differs' if '--check' in arguments else 'written'}")
    return 1 if wrong and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
