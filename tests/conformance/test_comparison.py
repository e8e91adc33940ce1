"""What a comparison leaves open: digits of doubles, prefixes of an infoset."""

from __future__ import annotations

from typing import Any

import pytest
from bindwright.conformance.comparison import difference
from bindwright.conformance.vectors import Check


def differs(expected: dict[str, Any], answer: dict[str, Any], compare: str = "bytes") -> bool:
    check = Check("a/b", "values/tagged", {}, expected, frozenset(), compare)
    return difference(check, answer) is not None


@pytest.mark.parametrize("form", ["double", "float", "dotnet-double", "number"])
def test_a_double_is_compared_by_its_value(form: str) -> None:
    expected = {"value": {"ratio": [[form, "97.0"], [form, "1e2"]]}}
    assert not differs(expected, {"value": {"ratio": [[form, "97"], [form, "100"]]}})
    assert differs(expected, {"value": {"ratio": [[form, "97"], [form, "101"]]}})
    assert differs(expected, {"value": {"ratio": [[form, "97"]]}})


@pytest.mark.parametrize(
    ("expected", "actual"),
    [
        (["decimal", "1.50"], ["decimal", "1.5"]),
        (["string", "1.0"], ["string", "1"]),
        (["double", "1.0"], ["int32", "1"]),
        (["double", "1.0"], None),
    ],
)
def test_all_other_values_are_compared_by_their_text(expected: Any, actual: Any) -> None:
    assert differs({"value": {"a": expected}}, {"value": {"a": actual}})


def test_prefixes_mean_nothing_in_an_infoset() -> None:
    expected = {"output": {"xml": '<a xmlns="urn:a"><b xmlns="urn:b" c="1"/></a>'}}
    same = {"output": {"xml": '<p:a xmlns:p="urn:a" xmlns:q="urn:b"><q:b c="1"/></p:a>'}}
    other = {"output": {"xml": '<p:a xmlns:p="urn:a" xmlns:q="urn:c"><q:b c="1"/></p:a>'}}
    assert not differs(expected, same, "infoset")
    assert differs(expected, other, "infoset")
    assert differs(expected, {"output": {"xml": "<a"}}, "infoset")


def test_names_of_types_are_compared_with_their_namespaces() -> None:
    document = '<a xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns:{0}="urn:{1}" i:type="{0}:T"/>'
    expected = {"output": {"xml": document.format("p", "a")}}
    assert not differs(expected, {"output": {"xml": document.format("q", "a")}}, "infoset")
    assert differs(expected, {"output": {"xml": document.format("p", "b")}}, "infoset")
