"""Coverage-guided fuzzing of the JSON decoder: ``python -m tests.fuzz.fuzz_json [seconds]`` (atheris).

Every input decodes or raises `DecodeError`, and speculation gives what the long way gives. What was
decoded is written and read again. The corpus is kept in ``tests/fuzz/corpus/json``.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).parent / "corpus" / "json"
REFERENCE = (
    b'{"Id":1,"ContactListId":1,"InvalidEmailCount":1,"InvalidSmsCount":1,"ProgressPercent":1,'
    b'"CurrentStatus":"sample string 2","StartDate":"2025-11-24T10:45:01.4007824+00:00","FinishDate":null,'
    b'"InsertedContacts":1,"UpdatedContacts":1,"DroppedContacts":1,"NotUpdatedContacts":1,"TotalContacts":1}'
)


def outcome(data: bytes, settings: Any) -> tuple[str, Any]:
    """The value and what it is written as, or the error's words; any other exception is a finding."""
    from bindwright.runtime import DecodeError, json

    from tests.xml.jobs import ImportJob

    try:
        value = json.decode(data, ImportJob, settings=settings)
    except DecodeError as error:
        return "error", str(error)
    if value is None:
        return "value", (None, b"null")
    written = json.encode(value)
    assert json.decode(written, ImportJob) == value
    return "value", (value, written)


def check(data: bytes) -> None:
    """One input, by both paths."""
    from bindwright.runtime import json

    assert outcome(data, json.DEFAULT) == outcome(data, json.Settings(speculate=False))


def seeds() -> list[bytes]:
    """Documents to start from."""
    start = REFERENCE[:-1]
    return [
        REFERENCE, b"null", b"{}", b"[" + REFERENCE + b"]", REFERENCE.replace(b",", b",\n  "),
        start + b',"Id":2}', start + b',"More":{"a":[1.50,"\\u0041"]}}', REFERENCE.replace(b"2025-", b"20-"),
        REFERENCE.replace(b"+00:00", b"Z"), REFERENCE.replace(b"string 2", b'\\"quoted\\": \\u0022'),
        REFERENCE.replace(b":1,", b":99999999999,"), "\ufeff".encode() + REFERENCE, REFERENCE.decode().encode("utf-16"),
    ]  # fmt: skip


def main() -> None:
    """Fuzz for so many seconds (ten minutes)."""
    import atheris

    with atheris.instrument_imports(include=["bindwright.runtime"]):  # before anything else imports them
        import bindwright.runtime.json.documents  # noqa: F401

    CORPUS.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds()):
        path = CORPUS / f"seed-{number:02d}"
        if not path.exists():
            path.write_bytes(seed)
    for seed in seeds() * 3:
        check(seed)
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 600
    arguments = [sys.argv[0], str(CORPUS), f"-max_total_time={seconds}", "-timeout=5", "-max_len=4096"]
    atheris.Setup(arguments, check)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
