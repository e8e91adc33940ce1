"""Ten other people's documents: generated, imported, and every operation called against the mock.

The documents are not part of the project; without them these tests are skipped. All sixty:
``python -m tests.serve.corpus``.
"""

from __future__ import annotations

import pytest

from tests.serve.corpus import CORPUS
from tests.serve.driver import drive

NAMES = (
    "bigoven.com",
    "dev.to",
    "dweet.io",
    "epa.gov__sdw",
    "exoapi.dev",
    "ibanapi.com",
    "netlicensing.io",
    "openapi-generator.tech",
    "walmart.com__price",
    "zoomconnect.com",
)
needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason="../shared/corpus is not here")


@needs_corpus
@pytest.mark.parametrize("name", NAMES)
def test_every_operation_in_memory(name: str) -> None:
    result = drive(CORPUS / f"{name}.json")
    assert result.operations > 0
    assert result.calls >= result.operations
    assert [str(failure) for failure in result.failures] == []


@needs_corpus
def test_every_operation_over_a_socket() -> None:
    result = drive(CORPUS / "walmart.com__price.json", sockets=True)
    assert result.calls >= 10
    assert [str(failure) for failure in result.failures] == []
