"""What satisfies a schema and what does not."""

from __future__ import annotations

from typing import Any

import pytest
from bindwright.ir.model import (
    AnyType,
    Api,
    Array,
    Constraints,
    Degraded,
    Enum,
    EnumMember,
    Info,
    Map,
    Object,
    Scalar,
    Union,
    Use,
)
from bindwright.serve.validation.json_values import Checker
from bindwright.serve.values import RequestViolation

from tests.serve.shop import prop, scalar

KNOWN: list[AnyType] = [
    *map(scalar, ("string", "integer", "number", "boolean", "null", "any", "never")),
    Scalar(id="int32", base="integer", format="int32"),
    Scalar(id="date", base="string", format="date"),
    Scalar(id="date-time", base="string", format="date-time"),
    Enum(
        id="enum", base="mixed", members=[EnumMember(value=1), EnumMember(value="a"), EnumMember(value=True)]
    ),
    Array(id="list", items=Use(type="integer"), constraints=Constraints(max_items=2, unique_items=True)),
    Array(id="free list", items=Use(type="any"), constraints=Constraints(unique_items=True)),
    Array(id="many", items=Use(type="integer"), constraints=Constraints(unique_items=True)),
    Array(id="tuple", items=None, prefix=[Use(type="integer"), Use(type="string")]),
    Map(id="map", values=Use(type="integer")),
    Object(
        id="closed",
        closed=True,
        properties=[prop("closed", "a", "integer", True)],
        pattern_additional=[("^x-", Use(type="integer"))],
    ),
    Object(id="typed", properties=[prop("typed", "a", "string")], additional=Use(type="integer")),
    Object(
        id="card",
        properties=[prop("card", "card", "string", True)],
        pattern_additional=[("id$", Use(type="string"))],
    ),
    Object(id="iban", properties=[prop("iban", "iban", "string", True)]),
    Union(id="pay", members=[Use(type="card"), Use(type="iban")]),
    Union(id="any pay", members=[Use(type="card"), Use(type="iban")], any_of=True),
    Object(id="partly", degraded=[Degraded(code="too-deep", why="")]),
    Union(id="partly known", members=[Use(type="card"), Use(type="partly")]),
    Union(id="numbers", members=[Use(type="integer"), Use(type="number")]),
    Union(id="union", members=[Use(type="integer"), Use(type="closed")]),
    Object(
        id="base", discriminator="kind", mapping={"d": "derived"}, properties=[prop("base", "kind", "string")]
    ),
    Object(id="derived", base="base", properties=[prop("derived", "n", "integer", True)]),
]
API = Api(info=Info(title="", version=""), types={kind.id: kind for kind in KNOWN})


def wrong(value: Any, kind: str, **facts: Any) -> list[str]:
    return [f"{item.where} {item.what}" for item in Checker(API).check(value, Use(type=kind, **facts))]


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("x", "string"), (1, "integer"), (1.0, "integer"), (10**400, "integer"), (1, "number"),
        (False, "boolean"),
        (None, "null"), (None, "any"), ({"a": [1]}, "any"), (1, "enum"), ("a", "enum"), (True, "enum"),
        ([1, 2], "list"), ([1, "a"], "tuple"), ([1], "tuple"), ({}, "map"), ({"a": 1}, "map"),
        ({"a": 1, "x-b": 2}, "closed"), ({"a": "s", "b": 2}, "typed"), ({"a": 1}, "union"), (3, "union"),
        ({"kind": "d", "n": 1}, "base"), ({"kind": "other"}, "base"), ("2024-02-29", "date"),
        ("2016-12-31T23:59:60Z", "date-time"),
        (2**31 - 1, "int32"), ({"card": "1"}, "pay"), ({"iban": "1"}, "pay"), (1.5, "numbers"),
        ({"card": "1", "iban": "2"}, "any pay"), ({"card": "1"}, "partly known"), ([True, 1], "free list"),
        ([{"a": 1, "b": 2}, {"a": 1}], "free list"),
    ],
)  # fmt: skip
def test_a_value_that_fits_is_not_complained_of(value: Any, kind: str) -> None:
    assert wrong(value, kind) == []


@pytest.mark.parametrize(
    ("value", "kind", "complaint"),
    [
        (1, "string", "$ expected a string, found an integer"),
        (True, "integer", "$ expected an integer, found a boolean"),
        (1.5, "integer", "$ expected an integer, found a number"),
        ("1", "number", "$ expected a number, found a string"),
        (None, "string", "$ expected a string, found null"),
        ("x", "never", "$ expected nothing, found a string"),
        (2, "enum", "$ is not one of 1, 'a', True"),
        ([1, 1], "list", "$ holds an item twice"),
        ([1, 2, 3], "list", "$ has 3 items, at most 2 are allowed"),
        ([1, "a"], "list", "$[1] expected an integer, found a string"),
        ({"a": "x"}, "map", "$.a expected an integer, found a string"),
        ({}, "closed", "$.a is required"),
        ({"a": 1, "b": 2}, "closed", "$.b is not a member of this object"),
        ({"a": 1, "x-b": "2"}, "closed", "$.x-b expected an integer, found a string"),
        ({"b": "x"}, "typed", "$.b expected an integer, found a string"),
        ("x", "union", "$ expected an integer, found a string"),
        ({"kind": "d"}, "base", "$.n is required"),
        ("2023-02-29", "date", "$ is not a valid date"),
        ("2016-12-31T23:59:61Z", "date-time", "$ is not a valid date-time"),
        (2**31, "int32", "$ is not a valid int32"),
        ({"card": "1", "iban": "2"}, "pay", "$ is valid for 2 alternatives of `oneOf`: card, iban"),
        (1, "numbers", "$ is valid for 2 alternatives of `oneOf`: integer, number"),
        ({"card": 1}, "card", "$.card expected a string, found an integer"),
        ({"card": "1", "id": 1}, "card", "$.id expected a string, found an integer"),
        ([1, 1.0], "free list", "$ holds an item twice"),
        ([{"a": 1, "b": [2]}, {"b": [2.0], "a": 1}], "free list", "$ holds an item twice"),
    ],
)
def test_it_does_not_fit(value: Any, kind: str, complaint: str) -> None:
    assert wrong(value, kind) == [complaint]


@pytest.mark.parametrize(
    ("value", "kind", "limits", "complaint"),
    [
        (1, "integer", {"minimum": 2}, "$ is less than 2"),
        (3, "integer", {"maximum": 2}, "$ is greater than 2"),
        (2, "integer", {"exclusive_minimum": 2}, "$ is not greater than 2"),
        (2, "integer", {"exclusive_maximum": "2.0"}, "$ is not less than 2.0"),
        (0.3, "number", {"multiple_of": 0.2}, "$ is not a multiple of 0.2"),
        ("a", "string", {"min_length": 2}, "$ has 1 characters, at least 2 are needed"),
        ("a", "string", {"pattern": "^b"}, "$ does not match '^b'"),
        ({}, "map", {"min_properties": 1}, "$ has 0 members, at least 1 are needed"),
    ],
)
def test_limits_at_the_place(value: Any, kind: str, limits: dict[str, Any], complaint: str) -> None:
    assert wrong(value, kind, constraints=Constraints(**limits)) == [complaint]


def test_limits_are_exact_and_odd_patterns_pass() -> None:
    assert (
        wrong(0.3, "number", constraints=Constraints(multiple_of=0.1)) == []
    )  # 0.3 % 0.1 is not 0 in floats
    assert wrong("x", "string", constraints=Constraints(pattern=r"^\p{L}$")) == []


def test_patterns_are_those_of_ecma_262() -> None:
    """``[[`` is a bracket, `$` the very end; and nothing makes a match slow."""
    assert wrong("[", "string", constraints=Constraints(pattern="^[[a]$")) == []
    assert wrong("a\n", "string", constraints=Constraints(pattern="^a$")) == ["$ does not match '^a$'"]
    assert wrong("a" * 5000 + "b", "string", constraints=Constraints(pattern="^(a+)+$")) != []


def test_deep_nesting_ends() -> None:
    known = {"deep": Array(id="deep", items=Use(type="deep"))}
    value: list[Any] = []
    for _ in range(5_000):
        value = [value]
    api = Api(info=Info(title="", version=""), types=known)  # type: ignore[arg-type]
    assert Checker(api).check(value, Use(type="deep"))[0].what == "is nested too deeply"


def test_alternatives_that_contain_each_other_are_checked_once_a_place() -> None:
    """Counted work grows with the value, not with the number of ways through the alternatives."""

    def checks(depth: int) -> int:
        known: list[AnyType] = [
            scalar("string"),
            Union(id="node", members=[Use(type="left"), Use(type="right")], any_of=True),
            Object(id="left", properties=[prop("left", "next", "node"), prop("left", "a", "string", True)]),
            Object(
                id="right", properties=[prop("right", "next", "node"), prop("right", "b", "string", True)]
            ),
        ]
        value: Any = {"a": "x"}
        for _ in range(depth):
            value = {"next": value, "b": "x"}
        counter = Counting(Api(info=Info(title="", version=""), types={type_.id: type_ for type_ in known}))
        assert counter.check(value, Use(type="node")) == []
        return counter.count

    assert checks(40) < 2.5 * checks(20)


class Counting(Checker):
    """Counts the values that are really checked."""

    count = 0

    def _check(self, value: Any, use: Use, where: str, depth: int) -> list[RequestViolation]:
        self.count += 1
        return super()._check(value, use, where, depth)


def test_many_items_that_must_differ() -> None:
    assert wrong(list(range(200_000)), "many") == []
