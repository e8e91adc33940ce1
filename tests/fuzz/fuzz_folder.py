"""Coverage-guided fuzzing of what a run reads: ``python -m tests.fuzz.fuzz_folder [seconds]`` (atheris).

The first byte says as what: a document, which is loaded, checked, lowered and shown; a lock; the files of an interrupted
run; the surface and the last release that stand beside a package. Each is taken, or refused with one of our errors.
"""

from __future__ import annotations

import contextlib
import gzip
import json
import sys
import tempfile
from pathlib import Path

CORPUS = Path(__file__).parent / "corpus" / "folder"


def check_document(data: bytes) -> None:
    """A document of any bytes."""
    from bindwright import ir
    from bindwright.openapi import LoadOptions, loads, render
    from bindwright.standards.terminal import escape_controls

    document = loads(data, options=LoadOptions(tolerant=True))
    if not document.diagnostics.failed:
        ir.lower(document)
    rendered = render(document.diagnostics.items, document)
    assert escape_controls(rendered) == rendered


def check_lock(data: bytes) -> None:
    """A committed lock."""
    from bindwright.project.errors import CommandError
    from bindwright.project.output_tree import lock, paths

    try:
        parsed = lock.parse(data)
    except CommandError:
        return
    assert not any(map(paths.fault, parsed.files))
    assert lock.parse(parsed.to_bytes()).files == parsed.files


def check_state(data: bytes) -> None:
    """Memory and journal of the last run, in a folder of their own."""
    from bindwright.project.errors import CommandError
    from bindwright.project.output_tree import journal, memory

    with tempfile.TemporaryDirectory() as folder:
        state = Path(folder, "out", ".bindwright")
        (state / "stage").mkdir(parents=True)
        (state / "memory.json").write_bytes(data)
        (state / "journal.json").write_bytes(data)
        memory.read(f"{folder}/out")
        with contextlib.suppress(CommandError):
            journal.recover(f"{folder}/out")
        assert sorted(path.name for path in Path(folder).iterdir()) == ["out"]


def check_beside(data: bytes) -> None:
    """The surface and the last release."""
    from bindwright.project import release
    from bindwright.targets import surface

    for loads in (surface.loads, release.loads):
        with contextlib.suppress(ValueError):
            loads(data)
    with contextlib.suppress(ValueError):
        release.loads(gzip.compress(data))


CHECKS = (check_document, check_lock, check_state, check_beside)


def check(data: bytes) -> None:
    """One input."""
    CHECKS[(data[0] if data else 0) % len(CHECKS)](data[1:])


def seeds() -> list[bytes]:
    """Inputs to start from."""
    from tests.hostile.document import document

    yaml = b"openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {/a: {get: {responses: {'200': {$ref: '#/x'}}}}}\n"
    empty = {name: {} for name in ("inputs", "files", "names", "remote")}
    lock = {"format": 1, "generator": "0", "package": "p", "options": "", **empty}
    memory = {
        "format": 1,
        "generator": "",
        "lock": "",
        "options": "",
        "inputs": {},
        "stats": {},
        "degraded": 0,
        "summary": "",
    }
    journal = {"format": 2, "stage": [1, 2], "entries": [["a.py", None, None, False, {}]]}
    return [
        b"\0" + json.dumps(document()).encode(),
        b"\0" + yaml,
        b"\1" + json.dumps(lock).encode(),
        b"\1" + json.dumps({**lock, "files": {"a/b.py": "0" * 64}}).encode(),
        b"\2" + json.dumps(memory).encode(),
        b"\2" + json.dumps(journal).encode(),
        b"\3"
        + json.dumps({"format": 1, "target": "python", "symbols": {"Client": {"kind": "class"}}}).encode(),
        b"\3" + json.dumps({"format": 1, "version": "1", "names": {}, "api": {"ir": 2}}).encode(),
    ]


def main() -> None:
    """Fuzz for so many seconds (ten minutes)."""
    import atheris

    with atheris.instrument_imports(include=["bindwright.openapi", "bindwright.ir", "bindwright.project"]):
        import bindwright.ir
        import bindwright.openapi  # noqa: F401
    CORPUS.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds()):
        (CORPUS / f"seed-{number:02d}").write_bytes(seed)
    for seed in seeds():
        check(seed)
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 600
    atheris.Setup(
        [sys.argv[0], str(CORPUS), f"-max_total_time={seconds}", "-timeout=20", "-max_len=4096"], check
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main()
