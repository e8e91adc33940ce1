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


@pytest.mark.parametrize(
    ("expected", "actual", "same"),
    [
        ("1.0", "1", True),
        ("1e2", "100", True),
        ("9007199254740993", "9007199254740992", False),
        ("9007199254740993.0", "9007199254740992", True),
        ("12", "012", False),
    ],
)
def test_integers_are_compared_by_their_digits(expected: str, actual: str, same: bool) -> None:
    for compare in ("number", "infoset-number"):
        for target, text in (("json", '{{"a":{0}}}'), ("xml", "<a>{0}</a>")):
            right, answered = ({"output": {target: text.format(number)}} for number in (expected, actual))
            if (target, actual) != ("json", "012"):
                assert differs(right, answered, compare) is not same


def test_digits_are_compared_where_no_double_stands() -> None:
    assert differs({"output": {"xml": "<a>1.50</a>"}}, {"output": {"xml": "<a>1.5</a>"}}, "infoset")
    assert differs({"output": {"json": '{"a":1.50}'}}, {"output": {"json": '{"a":1.5}'}}, "infoset")
    assert differs({"output": {"json": '{"a":1,"b":2}'}}, {"output": {"json": '{"b":2,"a":1}'}}, "infoset")


def test_a_difference_is_shown_where_it_is() -> None:
    check = Check("a/b", "xml/order", {}, {"output": {"xml": '<a xmlns="urn:a"><n>1.0</n><b/></a>'}}, frozenset(), "infoset-number")  # fmt: skip
    shown = difference(check, {"output": {"xml": '<p:a xmlns:p="urn:a"><p:n>1</p:n><p:c/></p:a>'}})
    assert shown is not None
    assert shown.expected[shown.offset :].startswith("b")
    assert shown.actual[shown.offset :].startswith("c")


@pytest.mark.parametrize(("form", "same"), [("int64", True), ("string", True), ("date", True)])
def test_a_port_may_know_better_than_the_ir(form: str, same: bool) -> None:
    assert differs({"value": {"a": ["string", "x"]}}, {"value": {"a": [form, "x"]}}) is not same
    assert differs({"value": {"a": ["string", "x"]}}, {"value": {"a": [form, "y"]}})
    assert differs({"value": {"a": ["date", "x"]}}, {"value": {"a": ["string", "x"]}})
