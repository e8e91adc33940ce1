"""Samples that are not ours through the models of every style (`make styles`: of sixty documents)."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from tests.mock.styled import ALL, disagreements, styled, undeclared
from tests.mock.styled_calls import calls

HERE = Path(__file__).parent
CORPUS = HERE.parents[1].parent / "shared" / "corpus"


@pytest.mark.parametrize("document", ["mock/shop.yaml", "second_opinion/shop.yaml"])
def test_own_documents(document: str) -> None:
    known = styled(HERE.parent / document, ALL)
    assert list(disagreements(known, examples=4, seed=1, most=8)) == []
    assert known.counts["values"]


def test_unions_of_scalars_lists_and_tuples() -> None:
    """What no value tells by a mark of its own: alternatives of lists, of bounded scalars, of null at the root."""
    assert list(disagreements(styled(HERE / "styles.yaml", ALL), examples=12, seed=1)) == []


def test_a_public_document() -> None:
    document = CORPUS / "europeana.eu.json"
    if not document.exists():
        pytest.skip(f"{document.name} is not here")
    assert list(disagreements(styled(document, ALL), examples=2, seed=1, most=8)) == []


@pytest.mark.parametrize(
    "document", ["mock/shop.yaml", "mock/media_types.yaml", "testing/petshop.yaml", "mock/styled_calls.yaml"]
)
def test_operations_take_and_return_what_is_declared(document: str) -> None:
    result, undeclared = calls(HERE.parent / document)
    assert result.calls
    assert (list(map(str, result.failures)), undeclared) == ([], [])


@dataclasses.dataclass
class Inner:
    names: list[str]


@dataclasses.dataclass
class Outer:
    inner: Inner
    more: list[Inner]


def test_what_is_undeclared_is_seen() -> None:
    assert list(undeclared(Outer(Inner(["a"]), [Inner([])]), Outer)) == []
    wrong = Outer(Inner(["a"]), [Inner([1])])  # type: ignore[list-item]
    assert [problem.partition(" ")[0] for problem in undeclared(wrong, Outer)] == ["$.more.names"]
    assert [problem.partition(" ")[0] for problem in undeclared(Outer(1, []), Outer)] == ["$.inner"]  # type: ignore[arg-type]
