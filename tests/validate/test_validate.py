"""Every constraint, one at a time and all at once."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any, Literal

import pytest
from attrs import define, field
from bindwright.runtime import Checks, Model, OpenStrEnum, ValidationError, at, json, root, wire, xml
from bindwright.runtime.validate import check, validate


class Colour(OpenStrEnum):
    RED = "red"


@define(kw_only=True)
class Part(Model):
    """A part."""

    __wire__ = root("Part", checks=Checks(max_properties=2))

    code: str = field(metadata=wire("Code", checks=Checks(min_length=2, max_length=3, pattern="^[A-Z]+$")))
    count: int | None = field(default=None, metadata=wire("the count", format="int32"))
    note: str | None = field(default=None, metadata=wire("note"))


@define(kw_only=True)
class Order(Model):
    """An order."""

    parts: list[Part] = field(metadata=wire("parts", checks=Checks(min_items=1, unique_items=True)))
    price: Decimal = field(metadata=wire("price", checks=Checks(multiple_of="0.01", exclusive_minimum=0)))
    colour: Colour = field(default=Colour.RED, metadata=wire("colour"))
    kind: Literal["a", "b"] = field(default="a", metadata=wire("kind"))
    names: dict[str, str] | None = field(
        default=None,
        metadata=wire("names", checks=Checks(max_properties=1), values=at(checks=Checks(max_length=2))),
    )
    either: int | Part | None = field(default=None, metadata=wire("either"))


def test_nothing_is_wrong() -> None:
    order = Order(parts=[Part(code="AB")], price=Decimal("0.10"), names={"x": "é"}, either=Part(code="AA"))
    assert validate(order) == []
    check(order)


def test_all_violations_at_once_each_with_its_path() -> None:
    order = Order(
        parts=[Part(code="a"), Part(code="a"), Part(code="ABCD", count=1 << 31, note="x")],
        price=Decimal("0.005"),
        colour=Colour("blue"),
        kind="c",  # type: ignore[arg-type]
        names={"x": "long", "y y": "too long"},
        either=Part(code="A"),
    )
    reported = {(violation.path, violation.rule) for violation in validate(order)}
    assert reported == {
        ("$.parts", "uniqueItems"), ("$.parts[0].Code", "minLength"), ("$.parts[0].Code", "pattern"),
        ("$.parts[1].Code", "minLength"), ("$.parts[1].Code", "pattern"), ("$.parts[2].Code", "maxLength"),
        ('$.parts[2]["the count"]', "format"), ("$.parts[2]", "maxProperties"), ("$.price", "multipleOf"),
        ("$.colour", "enum"), ("$.kind", "enum"), ("$.names", "maxProperties"), ("$.names.x", "maxLength"),
        ('$.names["y y"]', "maxLength"), ("$.either.Code", "minLength"),
    }  # fmt: skip
    with pytest.raises(ValidationError, match="15 violations") as raised:
        check(order)
    assert {(violation.path, violation.rule) for violation in raised.value.violations} == reported


def test_wrong_types_are_violations_too() -> None:
    order = Order(parts="x", price=None, names=5, either="x")  # type: ignore[arg-type]
    assert {(violation.path, violation.rule) for violation in validate(order)} == {
        ("$.parts", "type"), ("$.price", "required"), ("$.names", "type"), ("$.either", "type"),
    }  # fmt: skip


CASES: list[tuple[Any, Checks, Any, bool]] = [
    (int, Checks(minimum=3), 3, True), (int, Checks(minimum=3), 2, False),
    (int, Checks(maximum=3), 3, True), (int, Checks(maximum=3), 4, False),
    (int, Checks(exclusive_minimum=3), 3, False), (int, Checks(exclusive_maximum=3), 3, False),
    (float, Checks(multiple_of=0.1), 0.3, True), (float, Checks(multiple_of=0.1), 0.35, False),
    (float, Checks(multiple_of="1e-2"), 1e20, True), (int, Checks(multiple_of=7), 10**30 + 1, False),
    (float, Checks(maximum="0.1"), 0.1, True), (Decimal, Checks(minimum="0.1"), Decimal("0.09999"), False),
    (str, Checks(max_length=1), "😀", True), (str, Checks(min_length=2), "😀", False),
    (list[int], Checks(max_items=1), [1, 2], False), (list[int], Checks(min_items=1), [], False),
    (list[Any], Checks(unique_items=True), [1, True, "1"], True),
    (list[Any], Checks(unique_items=True), [1, 1.0], False),
    (list[Any], Checks(unique_items=True), [{"a": [1]}, {"a": [1]}], False),
    (dict[str, int], Checks(min_properties=1), {}, False), (bytes, Checks(max_length=4), b"abc", True),
    (bytes, Checks(max_length=4), b"abcd", False), (bool, Checks(), 1, False), (int, Checks(), True, False),
    (dt.date, Checks(), "2025-01-01", False), (tuple[int, str], Checks(), (1, 2), False),
]  # fmt: skip


@pytest.mark.parametrize(("type_", "checks", "value", "right"), CASES)
def test_each_keyword(type_: Any, checks: Checks, value: Any, right: bool) -> None:
    assert (validate(value, type_, wire=at(checks=checks)) == []) is right


FORMATS = [
    ("email", "a@b.c", "a.b"), ("ipv4", "127.0.0.1", "127.0.0.256"), ("ipv6", "::1", "::g"),
    ("hostname", "a-b.example", "-a"), ("uri", "http://x/%20?y#z", "http://x/ "), ("uri", "urn:a:b", "//x"),
    ("uri-reference", "../x", "a b"), ("json-pointer", "/a~1b/0", "a"), ("regex", "^a+$", "("),
    ("iri", "http://é/ü", "http://é/ ü"), ("uri", "http://x:80/", "http://x:99999/"),
]  # fmt: skip


@pytest.mark.parametrize(("format_", "right", "wrong"), FORMATS)
def test_formats(format_: str, right: str, wrong: str) -> None:
    assert validate(right, str, wire=at(format=format_)) == []
    assert [violation.rule for violation in validate(wrong, str, wire=at(format=format_))] == ["format"]


def test_a_value_that_contains_itself_ends() -> None:
    value: list[Any] = []
    value.append(value)

    @define(kw_only=True)
    class Node(Model):
        next: Any = field(default=None)

    assert validate(value, list[Any]) == []


def test_null_where_none_is_allowed_is_a_violation() -> None:
    """JSON Schema 2020-12 validation, 6.1.1: null is of no other type; it is kept, and said."""

    @define(kw_only=True)
    class Box(Model):
        n: int | None = None
        t: str | None = None

    box = json.decode(b'{"n":null,"t":"x"}', Box)
    assert [(violation.path, violation.rule) for violation in validate(box)] == [("$.n", "type")]
    box.n = 5
    assert validate(box) == []


@define(kw_only=True)
class Stamped(Model):
    __wire__ = root("stamped", required=("stamp",))
    title: str | None = None


@pytest.mark.parametrize("text", ["<stamped><stamp>1</stamp></stamped>", '<stamped stamp="1"/>'])
def test_what_has_to_be_there_may_be_unknown_content_of_xml(text: str) -> None:
    assert not list(validate(xml.decode(text.encode(), Stamped)))
    assert [violation.path for violation in validate(xml.decode(b"<stamped/>", Stamped))] == ["$.stamp"]


def test_items_that_differ_in_unknown_members_are_not_equal() -> None:
    order = json.decode(
        b'{"parts":[{"Code":"AB","x":1},{"Code":"AB","x":2},{"Code":"AB"}],"price":0.01}', Order
    )
    assert not [violation for violation in validate(order) if violation.rule == "uniqueItems"]
    order = json.decode(b'{"parts":[{"Code":"AB","x":1},{"x":1.0,"Code":"AB"}],"price":0.01}', Order)
    assert [violation.rule for violation in validate(order)] == ["uniqueItems"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ('<parts u="1"><Code>AB</Code></parts>', '<parts u="2"><Code>AB</Code></parts>'),
        ('<parts><Code u="1">AB</Code></parts>', '<parts><Code u="2">AB</Code></parts>'),
        ("<parts><Code>AB</Code><u>1</u></parts>", "<parts><Code>AB</Code><u>2</u></parts>"),
    ],
)
def test_nor_are_those_that_differ_in_unknown_content_of_xml(first: str, second: str) -> None:
    for texts, rules in (((first, second), []), ((first, first), ["uniqueItems"])):
        order = xml.decode(f"<Order>{''.join(texts)}<price>0.01</price></Order>".encode(), Order)
        assert [violation.rule for violation in validate(order)] == rules


@define(kw_only=True)
class Texts(Model):
    """Values that are texts in JSON, with what a schema says of texts."""

    at_: dt.datetime = field(metadata=wire("at", checks=Checks(pattern="Z$")))
    day: dt.date = field(metadata=wire("day", checks=Checks(pattern="^2")))
    id_: uuid.UUID = field(metadata=wire("id", checks=Checks(pattern="^0")))
    octets: bytes = field(
        metadata=wire("octets", format="base64url", checks=Checks(pattern="^[^+/]*$", max_length=4))
    )


def test_lengths_and_patterns_speak_of_the_text_in_json() -> None:
    text = '{"at":"2024-01-01T00:00:00Z","day":"2024-01-01","id":"00000000-0000-0000-0000-000000000000","octets":"-_8"}'
    assert validate(json.decode(text.encode(), Texts)) == []
    wrong = text.replace("00Z", "00+01:00").replace('"20', '"19').replace('"id":"0', '"id":"1')
    reported = {
        (violation.path, violation.rule)
        for violation in validate(json.decode(wrong.replace("-_8", "AAAAAA").encode(), Texts))
    }
    assert reported == {
        ("$.at", "pattern"),
        ("$.day", "pattern"),
        ("$.id", "pattern"),
        ("$.octets", "maxLength"),
    }
