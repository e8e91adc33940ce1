"""Coverage-guided fuzzing of both codecs over types of many kinds: ``python -m tests.fuzz.fuzz_types [seconds]``.

The first byte of an input chooses the type and the format, the rest is the document. Every input decodes or
raises `DecodeError`, and the fast path gives what the slow one gives.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).parent / "corpus" / "types"


def subjects() -> list[tuple[Any, list[bytes], str, bool]]:
    """Types with documents, in XML and in JSON; whether objects may be cyclic."""
    from tests.xml import test_both_paths

    cases = []
    for name, (type_, documents, texts) in test_both_paths.subjects().items():
        cyclic = name in test_both_paths.CYCLIC
        cases += [(type_, documents, "xml", cyclic), (type_, texts, "json", cyclic)]
    return cases


def check(data: bytes, known: list[tuple[Any, list[bytes], str, bool]]) -> None:
    """One input, by both paths."""
    from bindwright.runtime import json, xml

    from tests.xml.test_both_paths import outcome

    if not data:
        return
    type_, _, form, cyclic = known[data[0] % len(known)]
    codec: Any = xml if form == "xml" else json
    results = [
        outcome(
            lambda: codec.decode(data[1:], type_, settings=codec.Settings(speculate=fast)),  # noqa: B023
            lambda value: codec.encode(value, type_),
            cyclic=cyclic,
        )
        for fast in (True, False)
    ]
    assert results[0] == results[1]


def main() -> None:
    """Fuzz for so many seconds (ten minutes)."""
    import atheris

    with atheris.instrument_imports(include=["bindwright.runtime"]):  # before anything else imports them
        import bindwright.runtime.json.documents  # noqa: F401
        from bindwright.runtime.xml.fast import learning
    learning.WORTH = 8  # all ways of reading get their turn

    CORPUS.mkdir(parents=True, exist_ok=True)
    known = subjects()
    for number, (_, documents, _, _) in enumerate(known):
        for index, document in enumerate(documents[:2]):
            path = CORPUS / f"seed-{number:02d}-{index}"
            if not path.exists():
                path.write_bytes(bytes([number]) + document)
        for document in documents * 3:
            check(bytes([number]) + document, known)
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 600
    arguments = [sys.argv[0], str(CORPUS), f"-max_total_time={seconds}", "-timeout=5", "-max_len=4096"]
    atheris.Setup(arguments, lambda data: check(data, known))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
