"""What fuzzing kept is read again, by both paths, without the fuzzer: the corpora, and named regressions."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.fuzz import fuzz_folder, fuzz_json, fuzz_mock, fuzz_types, fuzz_xml

Check = Callable[[bytes], None]
CORPUS = Path(__file__).parent / "corpus"
CASES = Path(__file__).parent / "cases"
"""Inputs that failed once, by the codec and by what was wrong."""


def of_types() -> Check:
    known = fuzz_types.subjects()
    for number, (_, documents, _, _) in enumerate(known):
        for document in documents * 3:  # layouts that were seen before
            fuzz_types.check(bytes([number]) + document, known)
    return partial(fuzz_types.check, known=known)


def after_seeds(seeds: list[bytes], check: Check) -> Check:
    for seed in seeds[:4] * 3:
        check(seed)
    return check


CHECKS: dict[str, Callable[[], Check]] = {
    "folder": lambda: after_seeds(fuzz_folder.seeds(), fuzz_folder.check),
    "json": lambda: after_seeds(fuzz_json.seeds(), fuzz_json.check),
    "mock": lambda: after_seeds(fuzz_mock.seeds(), fuzz_mock.check),
    "types": of_types,
    "xml": lambda: after_seeds(fuzz_xml.seeds(), fuzz_xml.check),
}


@pytest.mark.parametrize("name", CHECKS)
def test_every_input_that_was_kept(name: str) -> None:
    check = CHECKS[name]()
    inputs = sorted(path for folder in (CORPUS, CASES) for path in (folder / name).glob("*"))
    assert inputs or not CORPUS.exists(), "the corpus is no part of the source distribution"
    for path in inputs:
        try:
            check(path.read_bytes())
        except Exception as error:
            raise AssertionError(f"{path.name}: {error!r}") from error
