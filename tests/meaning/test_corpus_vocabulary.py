"""A seeded part of what `python -m tests.meaning.corpus_vocabulary` and `corpus_places` ask of all sixty documents."""

from __future__ import annotations

import pytest

from tests.meaning import corpus_places
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


@pytest.mark.parametrize("name", [*DOCUMENTS, "nexmo.com__redact.json"])
def test_what_is_added_to_what_is_no_schema_has_an_effect_or_a_diagnostic(name: str) -> None:
    if not (CORPUS / name).exists():
        pytest.skip(f"{name} is not here ({CORPUS})")
    assert list(corpus_places.silent(CORPUS / name, 25, seed=2)) == []
