"""Coverage-guided fuzzing of the XML decoder: ``python -m tests.fuzz.fuzz_xml [seconds]`` (atheris).

Every input decodes or raises `DecodeError`, and speculation gives what the full parser gives.
The corpus is kept in ``tests/fuzz/corpus/xml``; new inputs that reach new code are added to it.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).parent / "corpus" / "xml"


def outcome(data: bytes, settings: Any) -> tuple[str, Any]:
    """The value, or the error's words; any other exception is a finding."""
    from bindwright.runtime import xml
    from bindwright.runtime.errors import DecodeError, EncodeError

    from tests.xml.jobs import ImportJob

    try:
        value = xml.decode(data, ImportJob, settings=settings)
    except DecodeError as error:
        return "error", str(error)
    try:
        xml.encode(value)
    except EncodeError as error:
        if "a namespace name with a brace" not in str(error):  # the one thing that is read and not written
            raise
    return "value", (value, value._extra)


def check(data: bytes) -> None:
    """One input, by both paths."""
    from bindwright.runtime import xml

    full = outcome(data, xml.Settings(speculate=False))
    assert outcome(data, None) == full


def seeds() -> list[bytes]:
    """Documents to start from."""
    from tests.xml.test_hostile import BASES, HOSTILE

    return [
        *BASES,
        *(
            document.encode("utf-8", "surrogatepass") if isinstance(document, str) else document
            for document in HOSTILE.values()
        ),
    ]


def main() -> None:
    """Fuzz for so many seconds (ten minutes)."""
    import atheris

    with atheris.instrument_imports(include=["bindwright.runtime"]):  # before anything else imports them
        from bindwright.runtime.xml.fast import learning
    learning.WORTH = 8  # all ways of reading get their turn

    CORPUS.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds()):
        path = CORPUS / f"seed-{number:02d}"
        if not path.exists():
            path.write_bytes(seed)
    for seed in seeds()[:4] * 3:
        check(seed)
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 600
    arguments = [sys.argv[0], str(CORPUS), f"-max_total_time={seconds}", "-timeout=5", "-max_len=4096"]
    atheris.Setup(arguments, check)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
