"""Samples satisfy their schema, end, and are the same for the same seed."""

from __future__ import annotations

import base64
import random
import re
import time
from typing import Any

import pytest
from bindwright.ir.model import (
    AnyType,
    Api,
    Array,
    Constraints,
    Enum,
    EnumMember,
    Info,
    Map,
    Object,
    Scalar,
    Union,
    Use,
)
from bindwright.runtime.values import format_tests
from bindwright.serve.answers import sample_patterns as patterns
from bindwright.serve.answers.sample import Sampler
from bindwright.serve.validation import formats
from bindwright.serve.validation.json_values import Checker
from hypothesis import given
from hypothesis import strategies as st

from tests.serve.shop import prop, scalar


def api(*known: AnyType) -> Api:
    return Api(info=Info(title="", version=""), types={kind.id: kind for kind in known})


def sampled(use: Use, *known: AnyType, seed: int = 0, side: Any = "response") -> Any:
    held = api(*known, scalar("string"), scalar("integer"))
    value = Sampler(held, side=side, seed=seed).sample(use)
    assert Checker(held, side).check(value, use) == []
    return value


LIMITS = st.builds(
    Constraints,
    minimum=st.none() | st.integers(-1000, 10),
    exclusive_maximum=st.none() | st.integers(20, 1000),
    multiple_of=st.sampled_from([None, 1, 2, 3]),
    min_length=st.none() | st.integers(0, 30),
    max_length=st.none() | st.integers(30, 60),
    min_items=st.none() | st.integers(0, 3),
    max_items=st.none() | st.integers(3, 5),
)
FORMATS = st.sampled_from([None, "date-time", "date", "uuid", "int32", "unknown"])
SCALARS = st.builds(
    lambda base, name, limits: Scalar(
        id=f"{base}{name}{id(limits)}", base=base, format=name, constraints=limits
    ),
    st.sampled_from(["string", "integer", "number", "boolean"]),
    st.none() | FORMATS,
    LIMITS,
).filter(lambda kind: kind.base != "string" or kind.format in (None, "unknown") or not kind.constraints)


@given(SCALARS, st.integers(0, 5), LIMITS)
def test_any_schema(kind: Scalar, seed: int, limits: Constraints) -> None:
    items = Array(id="items", items=Use(type=kind.id), constraints=limits)
    whole = Object(
        id="whole", properties=[prop("whole", "items", "items", True), prop("whole", "one", kind.id)]
    )
    sampled(Use(type="whole"), kind, items, whole, seed=seed)


def test_recursion_ends() -> None:
    node = Object(
        id="node",
        properties=[
            prop("node", "next", "node"),
            prop("node", "children", "nodes", True),
            prop("node", "other", "node", True, nullable=True),
            prop("node", "name", "string"),
        ],
    )
    value = sampled(Use(type="node"), node, Array(id="nodes", items=Use(type="node")))
    assert set(value) == {"children", "other", "name"}
    assert value["children"] == []


def test_recursion_without_end_is_cut() -> None:
    node = Object(id="node", properties=[prop("node", "next", "node", True)])
    assert isinstance(Sampler(api(node)).sample(Use(type="node")), dict)


def test_wide_and_deep_documents_stay_small() -> None:
    known: list[AnyType] = [
        Object(id=f"t{n}", properties=[prop(f"t{n}", f"p{i}", f"t{n + 1}") for i in range(12)])
        for n in range(12)
    ]
    held = api(*known, scalar("string"))
    assert len(str(Sampler(held).sample(Use(type="t0")))) < 100_000


def test_read_only_and_write_only() -> None:
    kind = Object(
        id="o",
        properties=[
            prop("o", "id", "integer", True, read_only=True),
            prop("o", "key", "string", write_only=True),
        ],
    )
    assert set(sampled(Use(type="o"), kind, side="request")) == {"key"}
    assert set(sampled(Use(type="o"), kind, side="response")) == {"id"}


def test_discriminators_are_written() -> None:
    base = Object(
        id="animal",
        properties=[prop("animal", "kind", "string", True)],
        discriminator="kind",
        mapping={"c": "cat", "d": "dog"},
    )
    cat = Object(
        id="cat", base="animal", properties=[*base.properties, prop("cat", "lives", "integer", True)]
    )
    dog = Object(id="dog", base="animal", properties=[*base.properties])
    both = Union(
        id="both", members=[Use(type="dog"), Use(type="cat")], discriminator="kind", mapping=base.mapping
    )
    assert sampled(Use(type="animal"), base, cat, dog)["kind"] == "c"
    assert sampled(Use(type="dog"), base, cat, dog)["kind"] == "d"
    assert sampled(Use(type="both"), base, cat, dog, both)["kind"] == "d"


def test_examples_go_before_generated_values() -> None:
    kind = scalar("string", examples=["of the type"])
    assert Sampler(api(kind)).sample(Use(type="string", examples=[5, "of the place"])) == "of the place"
    assert Sampler(api(kind)).sample(Use(type="string")) == "of the type"
    assert Sampler(api(kind), use_examples=False).sample(Use(type="string")) != "of the type"


def test_unique_items_and_enumerations() -> None:
    kind = Enum(id="e", base="string", members=[EnumMember(value=value) for value in "abc"])
    items = Array(id="a", items=Use(type="e"), constraints=Constraints(min_items=3, unique_items=True))
    assert sorted(sampled(Use(type="a"), kind, items)) == ["a", "b", "c"]


def test_maps_and_tuples() -> None:
    sampled(Use(type="m"), Map(id="m", values=Use(type="string"), constraints=Constraints(min_properties=2)))
    assert [
        type(v) for v in sampled(Use(type="t"), Array(id="t", items=None, prefix=[Use(type="integer")]))
    ] == [int]


@pytest.mark.parametrize(
    "pattern",
    [
        r"^\d{3}-\d{4}$",
        r"^[A-Z]{2,5}$",
        r"^(foo|bar)+[^abc]{3}$",
        r"[a-f0-9]{32}",
        r"^(\w+)-\1$",
        r"^[\w.-]+@[\w-]+\.[a-z]{2,}$",
        r"^(?:25[0-5]|1\d\d)\.\S+\s\D$",
        r"^(?=.{3})x.*$",
    ],
)
def test_patterns(pattern: str) -> None:
    samples = [patterns.sample(pattern, random.Random(seed), 0, 40) for seed in range(5)]
    assert all(text is not None and re.search(pattern, text) for text in samples)


def test_patterns_within_lengths() -> None:
    text = patterns.sample("^[a-z]+$", random.Random(1), 20, 30)
    assert text is not None
    assert 20 <= len(text) <= 30
    assert patterns.sample(r"^\p{Script=Greek}+$", random.Random(1)) is None
    assert (patterns.sample(r"^\p{Lu}\P{L}$", random.Random(1)) or "")[:1].isupper()


@pytest.mark.parametrize(
    "name", ["date-time", "date", "time", "duration", "uuid", "byte", "ipv4", "ipv6", "decimal"]
)
def test_formats_take_their_own_samples_and_not_others(name: str) -> None:
    sample = formats.sample(name, random.Random(3))
    assert format_tests.fits(name, sample)
    assert not format_tests.fits(name, "no such thing!")


@pytest.mark.parametrize(
    ("name", "text", "fits"),
    [
        ("date-time", "0000-02-29T00:00:00Z", True), ("date-time", "0000-02-30T00:00:00Z", False),
        ("date", "0000-01-01", True), ("date", "2024-W01-1", False), ("date", "2024-02-30", False),
        ("date-time", "2024-01-01T00:00:00+24:00", False), ("date-time", "2024-01-01T00:00:00-23:59", True),
        ("time", "00:00:00+24:00", False), ("time", "٠١:00:00Z", False), ("duration", "P٣D", False),
    ],
)  # fmt: skip
def test_times_are_those_of_their_grammar(name: str, text: str, fits: bool) -> None:
    """RFC 3339, 5.6: years from 0000, digits of ASCII, offsets of a day at most; weeks are none of it."""
    assert format_tests.fits(name, text) is fits


@pytest.mark.parametrize(
    "pattern", ["a{4000000000}", "^(?:[ab]{1000}){1000}$", "(?:){4000000000}", "^((a{1,99}){1,99}){1,99}$"]
)
def test_patterns_of_long_texts_are_answered_at_once(pattern: str) -> None:
    start = time.process_time()
    text = patterns.sample(pattern, random.Random(0))
    assert text is None or len(text) <= 10_000
    assert time.process_time() - start < 2


TEXTS = [
    ("date-time", {"min_length": 24}), ("date-time", {"min_length": 30}), ("time", {"min_length": 12}),
    ("date-time", {"max_length": 20}), ("uri", {"min_length": 300}), ("uri", {"max_length": 5}),
    ("email", {"min_length": 60}), ("email", {"max_length": 8}), ("hostname", {"min_length": 120}),
    ("hostname", {"max_length": 3}), ("byte", {"min_length": 41}), ("byte", {"max_length": 4}),
    ("uri-reference", {"min_length": 50}), ("ipv4", {"max_length": 7}), ("ipv6", {"max_length": 5}),
    ("uri", {"pattern": r"^.+/v[0-9]+$"}), ("date", {"pattern": "^20"}), (None, {"min_length": 3, "max_length": 3}),
    ("email", {"min_length": 8, "max_length": 8}), ("uri", {"min_length": 8, "max_length": 8}),
    ("password", {"min_length": 40}), ("json-pointer", {"min_length": 20}),
]  # fmt: skip


@pytest.mark.parametrize(("format_", "limits"), TEXTS)
def test_formats_within_limits(format_: str | None, limits: dict[str, Any]) -> None:
    type_ = Scalar(id="text", base="string", format=format_, constraints=Constraints(**limits))
    check(type_)


@pytest.mark.parametrize(
    ("format_", "grammar"),
    [
        ("url", r"https?://[a-z.]+\.[a-z]{2,}(/.*)?"),
        ("iso-time", r"\d\d:\d\d:\d\d(\.\d+)?Z"),
        ("iso-date-time", r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z"),
        ("json-pointer-uri-fragment", "#(/.*)?"),
    ],
)
@pytest.mark.parametrize("limits", [{}, {"max_length": 20}, {"min_length": 15}])
def test_formats_that_are_not_asserted(format_: str, grammar: str, limits: dict[str, Any]) -> None:
    type_ = Scalar(id="text", base="string", format=format_, constraints=Constraints(**limits))
    sample = check(type_)[0]
    assert re.fullmatch(grammar, sample), sample


@pytest.mark.parametrize("base", ["integer", "number"])
def test_multiples_of_several_numbers(base: Any) -> None:
    type_ = Scalar(id="number", base=base, constraints=Constraints(multiple_of=4, minimum=1))
    check(type_, Use(type="number", constraints=Constraints(multiple_of=6)))
    if base == "number":
        type_ = Scalar(id="number", base=base, constraints=Constraints(multiple_of="0.15", minimum=1))
        check(type_, Use(type="number", constraints=Constraints(multiple_of=0.25)))


def check(type_: AnyType, use: Use | None = None, *more: AnyType) -> list[Any]:
    """Samples for several seeds, all of which satisfy the type."""
    api = Api(info=Info(title="", version=""), types={known.id: known for known in (type_, *BASIC, *more)})
    use = use or Use(type=type_.id)
    values = [Sampler(api, seed=seed).sample(use) for seed in range(6)]
    for value in values:
        assert Checker(api, "response").check(value, use) == [], value
    return values


BASIC: list[AnyType] = [scalar(name) for name in ("string", "integer", "any")]


def test_members_that_the_document_asks_for_without_a_property() -> None:
    required = Object(id="form", properties=[prop("form", "title", "string", True)], required_names=["stamp"])
    assert all(value.keys() == {"title", "stamp"} for value in check(required))
    check(Map(id="map", values=Use(type="integer"), required_names=["a", "b"]))


def test_names_of_members() -> None:
    names = Scalar(id="names", base="string", constraints=Constraints(pattern="^[a-z]{3}$"))
    keys, most = Use(type="names"), Constraints(min_properties=4, max_properties=5)
    check(Map(id="map", values=Use(type="string"), keys=keys, constraints=most), None, names)
    check(Object(id="object", keys=keys, constraints=most, additional=Use(type="integer")), None, names)
    closed = Object(
        id="closed", closed=True, pattern_additional=[("^x-[a-z]+$", Use(type="integer"))], constraints=most
    )
    check(closed)


def test_numbers_of_members_and_items() -> None:
    members = [prop("object", name, "string", name == "c") for name in "abcdef"]
    few = Object(id="object", properties=members, constraints=Constraints(max_properties=2))
    assert all("c" in value for value in check(few))
    check(Object(id="object", properties=members, constraints=Constraints(min_properties=9)))
    check(Array(id="list", items=Use(type="integer"), constraints=Constraints(min_items=200)))
    check(Map(id="none", values=Use(type="string"), constraints=Constraints(max_properties=0)))


def test_exactly_one_alternative() -> None:
    """Full values of overlapping alternatives are valid for two: smaller ones, or the other alternative, are not."""
    card = Object(
        id="card", properties=[prop("card", "card", "string", True), prop("card", "iban", "string")]
    )
    iban = Object(id="iban", properties=[prop("iban", "iban", "string", True)])
    check(Union(id="pay", members=[Use(type="card"), Use(type="iban")]), None, card, iban)
    anything = Object(id="anything", properties=[prop("anything", "card", "string")])
    assert check(Union(id="u", members=[Use(type="card"), Use(type="anything")]), None, card, anything)
    number = Scalar(id="number", base="number")
    check(Union(id="numbers", members=[Use(type="integer"), Use(type="number")]), None, number)


@pytest.mark.parametrize(
    "wanted", [{"not": {"type": "string"}}, {"not": {"type": ["string", "object", "integer"]}}]
)
def test_anything_but_what_is_named(wanted: dict[str, Any]) -> None:
    check(Scalar(id="other", base="any", asserts=[wanted]))


def test_contained_items_are_items() -> None:
    """What `contains` says of an item is not all of it: the plainest such item has a text for its member."""
    item = Object(id="item", properties=[prop("item", "a", "integer", True)])
    asserts = [{"contains": {"type": "object", "required": ["a"]}}]
    check(Array(id="list", items=Use(type="item"), asserts=asserts), None, item)


def test_items_that_differ_as_json_differs() -> None:
    flags = Enum(id="flags", base="mixed", members=[EnumMember(value=value) for value in (True, 1, 0, False)])
    limits = Constraints(unique_items=True, min_items=4)
    check(Array(id="list", items=Use(type="flags"), constraints=limits), None, flags)


@pytest.mark.parametrize("limits", [(0, 4), (4, 4), (5, 8), (10, 12), (100, 120), (0, 0), (17, None)])
def test_base64_is_as_long_as_its_text_may_be(limits: tuple[int, int | None]) -> None:
    """JSON Schema 2020-12 validation, 6.3.1 and 8.3: lengths are those of the string, which is the encoded text."""
    encoded = Scalar(id="b", base="string", content_encoding="base64")
    use = Use(type="b", constraints=Constraints(min_length=limits[0], max_length=limits[1]))
    for seed in range(20):
        base64.b64decode(sampled(use, encoded, seed=seed), validate=True)
