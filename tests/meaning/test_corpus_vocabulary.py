"""A seeded part of what `python -m tests.meaning.corpus_vocabulary` asks of all sixty documents."""

from __future__ import annotations

import pytest

from tests.meaning.corpus_vocabulary import CORPUS, silent

DOCUMENTS = [
    "ip2proxy.com.json",
    "openfigi.com.json",
    "europeana.eu.json",
    "afterbanks.com.json",
    "hubhopper.com.json",
]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_keyword_that_is_added_has_an_effect_or_a_diagnostic(name: str) -> None:
    if not (CORPUS / name).exists():
        pytest.skip(f"{name} is not here ({CORPUS})")
    assert list(silent(CORPUS / name, 40, seed=1)) == []
