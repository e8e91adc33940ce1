"""The mock's answers are valid by their own schemas, as a validator reads the document; its client reads them all."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mock.answers import invalid_answers
from tests.serve.driver import drive

FOLDER = Path(__file__).parent
OWN = [FOLDER / "shop.yaml", FOLDER / "media_types.yaml", FOLDER.parent / "testing" / "petshop.yaml"]
CORPUS = FOLDER.parents[1].parent / "shared" / "corpus"
SEEDED = ["adyen.com__BalancePlatformService.json", "europeana.eu.json", "youneedabudget.com.json"]


@pytest.mark.parametrize("document", OWN, ids=lambda path: path.name)
def test_own_documents(document: Path) -> None:
    assert [(name, errors) for name, errors in invalid_answers(document) if errors] == []
    assert [str(failure) for failure in drive(document).failures] == []


@pytest.mark.parametrize("name", SEEDED)
def test_public_documents(name: str) -> None:
    if not (CORPUS / name).exists():
        pytest.skip(f"{name} is not here ({CORPUS})")
    answers = list(invalid_answers(CORPUS / name))
    assert answers
    assert [(place, errors) for place, errors in answers if errors] == []
