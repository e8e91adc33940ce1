"""What C reads and writes of single values, choices and what is kept beside members is what the reference makes of it."""

from __future__ import annotations

import datetime as dt
import json as stdlib
import random
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any, Literal

import msgspec
import pytest
from attrs import define, evolve, field
from bindwright.runtime import UNSET, Checks, Choice, DecodeError, Model, OpenStrEnum, Unset, root, wire
from bindwright.runtime.compile.accelerator import json_values
from bindwright.runtime.json.codecs import read_plans, tree_plans
from bindwright.runtime.json.codecs.default import MAKERS
from bindwright.runtime.json.documents import Codec
from bindwright.runtime.json.encoding import write_plans
from bindwright.runtime.json.plan.registry import Registry
from bindwright.runtime.json.text.numbers import untyped_number
from bindwright.runtime.kept import UnknownMembers
from bindwright.runtime.shapes import members_of, shape_of
from bindwright.runtime.values.times import DateTime
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.json.test_accelerator import _read, _written
from tests.json.test_grades import TYPES, VALUES, Holder, Named, Point

C = json_values()
pytestmark = pytest.mark.skipif(C is None, reason="the accelerator is not installed, or switched off")


class _Reference(Codec):
    """A codec that finds no accelerator, whenever it compiles something."""

    def decode(self, *args: Any, **options: Any) -> Any:
        with _without_accelerator():
            return super().decode(*args, **options)

    def encode(self, *args: Any, **options: Any) -> bytes:
        with _without_accelerator():
            return super().encode(*args, **options)


@contextmanager
def _without_accelerator() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for module in (write_plans, read_plans, tree_plans):
            patch.setattr(module, "C", None)
        yield


class Colour(OpenStrEnum):
    RED = "red"


@define(kw_only=True)
class Scalars(Model):
    moment: dt.datetime | None = None
    clock: dt.time | None = None
    day: dt.date | None = None
    price: Decimal | None = None
    quoted: Decimal | None = field(default=None, metadata=wire("quoted", quoted=True))
    key: uuid.UUID | None = None
    octets: bytes | None = None
    url: bytes | None = field(default=None, metadata=wire("url", format="base64url"))
    hexed: bytes | None = field(default=None, metadata=wire("hexed", format="hex"))
    ratio: float | None = None
    count: int | None = None
    text: str | None = None
    colour: Colour | None = None
    anything: Any = None
    either: Decimal | dt.datetime | Colour | bool | list[int] | dict[str, float] | str | None = None


@define(kw_only=True)
class Open(Model):
    __wire__ = root("Open", additional="more")

    name: str | None = None
    maybe: str | Unset | None = UNSET
    more: dict[str, Scalars] = field(factory=dict)


@define(kw_only=True)
class Circle(Model):
    type: Literal["circle"] = "circle"
    radius: float


@define(kw_only=True)
class Group(Model):
    type: str | None = None
    shapes: list[Circle | Group | Point] | None = None
    named: dict[str, Group] | None = None
    tagged: Circle | Group | None = field(
        default=None,
        metadata=wire(
            "tagged", choice=Choice(discriminator="type", mapping={"circle": "Circle", "group": "Group"})
        ),
    )


@pytest.fixture
def scalars() -> tuple[Codec, Codec]:
    return _pair(Scalars)


def _moments(source: random.Random) -> str:
    clock = f"{source.randrange(25):02}:{source.randrange(61):02}:{source.randrange(61):02}"
    fraction = source.choice(["", "", ".", ",", "."]) and "." + "".join(
        source.choice("0012345") for _ in range(source.randrange(9))
    )
    zone = source.choice(
        ["Z", "Z", "z", "", "+00:00", "-00:00", "+02:00", "-05:30", "+23:59", "+24:00", "+0200", "+02:60"]
    )
    day = f"{source.choice([0, 1, 1999, 2024, 9999]):04}-{source.randrange(14):02}-{source.randrange(33):02}"
    return day + source.choice("TTTt ") + clock + fraction + zone


def test_date_times_are_read_and_kept_as_the_reference_keeps_them(scalars: tuple[Codec, Codec]) -> None:
    quick, pure = scalars
    source, kinds = random.Random(3), set()
    for _ in range(20_000):
        data = stdlib.dumps({"moment": _moments(source)}).encode()
        words, value = _read(quick, data)
        pure_words, expected = _read(pure, data)
        assert words == pure_words, data
        if value is not None:
            moment, other = value.moment, expected.moment
            assert (type(moment), moment.utcoffset()) == (type(other), other.utcoffset()), data
            assert getattr(moment, "_text", None) == getattr(other, "_text", None), data
            assert _written(quick, value) == data.replace(b'": "', b'":"')
            kinds.add((type(moment), len(moment.isoformat())))
    assert len(kinds) > 5


@pytest.mark.parametrize(
    "name",
    [
        "clock",
        "day",
        "price",
        "quoted",
        "key",
        "ratio",
        "either",
        "anything",
        "colour",
        "octets",
        "url",
        "hexed",
    ],
)
def test_texts_and_numbers_are_read_and_written_the_same(scalars: tuple[Codec, Codec], name: str) -> None:
    quick, pure = scalars
    values = [
        '"10:45:01"', '"10:45:01Z"', '"10:45:01.5"', '"24:00:00"', '"10:45:60"', '"2024-02-29"', '"2023-02-29"',
        "1", "-0", "1.5", "1.50", "-0.0", "0.0", "1e5", "1E400", "123456789012345678901234567890", "0.1234567890123456789",
        "1e-7", "0.00001", '"1.50"', '"NaN"', "true", "null", "[]", "[1,2]", "[1,2.5]", "{}", '{"a":1}', '{"a":"b"}',
        '"red"', '"blue"', '"\\ud83d\\ude00 \\u0022 \\\\ \\n\\u0001"', '"00000000-0000-4000-8000-00000000000A"',
        '"AA=="', '"AA"', '"AB"', '"AAE"', '"-_8"', '"+/8="', '"A-+_"', '"A"', '"A A="', '"AAE\\u0043"', '"AAEC="', '"===="', '"\\u00e9AEC"',
        '"00000000000040008000000000000000"', '"2024-01-01T00:00:00Z"', '"2024-01-01T00:00:00.1230Z"',
    ]  # fmt: skip
    for text in values:
        for data in (f'{{"{name}":{text}}}', f'{{"{name}":{text},"unknown":{text}}}'):
            words, value = _read(quick, data.encode())
            assert words == _read(pure, data.encode())[0], data
            if value is not None:
                assert _written(quick, value) == _written(pure, value), data


@pytest.mark.parametrize(("name", "kind"), [("octets", "OCTETS"), ("url", "URL_OCTETS"), ("hexed", "SLOW")])
def test_which_alphabets_of_octets_are_read_in_c(name: str, kind: str) -> None:
    shape = next(member.shape for member in members_of(Scalars) if member.attribute == name)
    assert tree_plans.octets_kind(shape) == getattr(C, kind)


@settings(deadline=None, max_examples=300)
@given(st.text() | st.text(alphabet='"\\\n\t\x00\x1f é€😀abcdefghij', min_size=6, max_size=40))
def test_strings_are_escaped_as_msgspec_escapes_them(text: str) -> None:
    quick = _quick(Scalars)
    written = quick.encode(Scalars(text=text, anything={text: [text]}))
    expected = msgspec.json.encode({"text": text, "anything": {text: [text]}})
    assert written == expected


@settings(deadline=None, max_examples=500)
@given(
    st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from([1e-3, 1e-4, 1e-5, 1e-6, 2.5e-7, 1e15, 1e16, 123456789012345.6, -0.0, 0.1 + 0.2])
    | st.decimals(-(10**16), 10**16, places=3).map(float)
    | st.integers(-(10**20), 10**20).map(lambda number: number / 1000)
)
def test_numbers_are_written_as_msgspec_writes_them(number: float) -> None:
    quick = _quick(Scalars)
    assert quick.encode(Scalars(ratio=number)) == msgspec.json.encode({"ratio": number})


@settings(deadline=None, max_examples=500)
@given(
    st.floats(allow_nan=False, allow_infinity=False).map(repr)
    | st.from_regex(r"-?(0|[1-9][0-9]{0,16})\.[0-9]{1,17}", fullmatch=True)
)
def test_untyped_numbers_keep_their_digits(text: str) -> None:
    number, expected = C.untyped_number(text), untyped_number(text)
    assert (type(number), repr(number), getattr(number, "text", "")) == (
        type(expected), repr(expected), getattr(expected, "text", ""),
    )  # fmt: skip


_KEPT: dict[Any, Codec] = {}
_PAIRS: dict[Any, tuple[Codec, Codec]] = {}


def _quick(type_: Any) -> Codec:
    if type_ not in _KEPT:
        _KEPT[type_] = Codec(shape_of(type_), Registry(MAKERS))
    return _KEPT[type_]


def _pair(type_: Any) -> tuple[Codec, Codec]:
    key = repr(type_)
    if key not in _PAIRS:
        _PAIRS[key] = Codec(shape_of(type_), Registry(MAKERS)), _Reference(shape_of(type_), Registry(MAKERS))
    return _PAIRS[key]


def _same(type_: Any, value: Any) -> None:
    quick, pure = _pair(type_)
    data = stdlib.dumps(value).encode()
    words, result = _read(quick, data)
    assert words == _read(pure, data)[0], data
    if result is not None:
        assert _written(quick, result) == _written(pure, result), data


@define(kw_only=True)
class Whole(Model):
    x: int | None = None


@define(kw_only=True)
class Fractional(Model):
    x: float | None = None


@define(kw_only=True)
class Short(Model):
    x: int = field(metadata=wire("x", format="int8"))
    name: str | None = field(default=None, metadata=wire("name", checks=Checks(min_length=1, max_length=5)))


@define(kw_only=True)
class Long(Model):
    x: int = field(metadata=wire("x", format="int64"))
    name: str | None = field(
        default=None, metadata=wire("name", checks=Checks(min_length=3, pattern="^[a-z]"))
    )


@define(kw_only=True)
class Choices(Model):
    sized: Short | Long | None = None
    alike: Whole | Fractional | None = None
    first: Point | Named | Holder | None = None
    second: list[Point] | list[dict[str, Named]] | list[Any] | None = None
    third: dict[str, Point] | dict[str, list[Point]] | str | None = None
    fourth: Literal["named", "n"] | int | Named | None = None
    fifth: list[list[Point] | Point] | None = None


@settings(deadline=None, max_examples=600, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.dictionaries(
        st.sampled_from(["sized", "alike", "first", "second", "third", "fourth", "fifth", "other"]),
        VALUES,
        max_size=4,
    )
)
def test_choices_are_settled_as_the_reference_settles_them(document: dict[str, Any]) -> None:
    _same(Choices, document)


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(VALUES, st.sampled_from(range(len(TYPES))))
def test_types_at_the_root_are_read_the_same(value: Any, index: int) -> None:
    _same(list[TYPES[index]], [value, value])  # type: ignore[valid-type]


@settings(deadline=None, max_examples=300)
@given(
    st.sampled_from(
        [-129, -128, 0, 127, 128, 1 << 31, -(1 << 63), (1 << 63) - 1, 1 << 63, 1 << 70, 1.0, 1.5]
    ),
    st.sampled_from(["", "a", "abc", "Abc", "abcde", "abcdef", "€€€€€", None]),
)
def test_sizes_tell_alternatives_apart_as_the_reference_has_it(number: float, name: str | None) -> None:
    _same(Choices, {"sized": {"x": number, "name": name}})


_GROUPS = st.recursive(
    st.fixed_dictionaries({}, optional={"type": st.sampled_from(["circle", "group", "x"]), "radius": st.integers(0, 2), "x": st.integers(0, 1)}),
    lambda inner: st.fixed_dictionaries(
        {},
        optional={
            "type": st.sampled_from(["circle", "group", "x"]), "shapes": st.lists(inner, max_size=3), "unknown": inner,
            "named": st.dictionaries(st.sampled_from("ab"), inner, max_size=2), "tagged": inner,
        },
    ),
    max_leaves=12,
)  # fmt: skip


@settings(deadline=None, max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(_GROUPS)
def test_trees_of_choices_are_read_and_written_the_same(value: Any) -> None:
    _same(Group, value)


def test_what_was_unknown_is_written_in_its_place_or_by_the_reference() -> None:
    quick, pure = _pair(Scalars)
    source = random.Random(5)
    names = ["u", "v", "w", "x", "y", "z", "count", "text", "moment", "a", "b", "c"]
    for _ in range(2000):
        source.shuffle(names)
        document = {
            name: 1 if name not in ("text", "moment") else None for name in names[: source.randrange(12)]
        }
        value = quick.decode(stdlib.dumps(document).encode())
        for other in (value, evolve(value, count=None), evolve(value, text="now", colour=Colour.RED)):
            assert _written(quick, other) == _written(pure, other)
            assert stdlib.loads(_written(quick, other)) is not None


@pytest.mark.parametrize(
    "members",
    [
        (("a", 1, None), ("a", 2, "a")), (("count", 1, None),), (("a", 1, None), ("b", 1, None)), (("a", 1, "gone"),),
        (("a", object(), None),), (("a", {1: 2}, None),), (("a", Scalars(count=1), None),),
    ],
    ids=["twice", "a member's", "both first", "behind nothing", "no json", "keys", "a model"],
)  # fmt: skip
def test_what_a_user_put_beside_the_members_is_written_as_the_reference_writes_it(members: Any) -> None:
    quick, pure = _pair(Scalars)
    value = Scalars(count=3, text="t")
    value._extra = UnknownMembers(members, frozenset({"price"}))
    assert _written(quick, value) == _written(pure, value)


def test_additional_members_are_written_by_their_type() -> None:
    quick, pure = _pair(Open)
    for more in (
        {},
        {"a": Scalars(count=1)},
        {"name": Scalars()},
        {"a": object()},
        {1: Scalars()},
        {"é": Scalars(text="é")},
    ):
        for name in (None, "n"):
            value = Open(name=name, more=more)
            assert _written(quick, value) == _written(pure, value)
    data = b'{"name":"n","b":{"count":1,"u":2},"a":{}}'
    assert quick.encode(quick.decode(data)) == data


def test_lists_and_maps_at_the_root_are_written_in_c(monkeypatch: pytest.MonkeyPatch) -> None:
    quick, expected = _pair(list[Group])
    named = Codec(shape_of(dict[str, Scalars]), Registry(MAKERS))
    value = [Group(shapes=[Circle(radius=1.5)], named={"a": Group()}), Group(tagged=Group(type="group"))]
    assert quick.encode(value) == expected.encode(value)
    monkeypatch.setattr(Codec, "unstructure", None)
    assert quick.encode(value) == expected_bytes(value)
    moment = DateTime.parse("2024-01-01T00:00:00.1234567Z")
    written = named.encode(
        {"a": Scalars(moment=moment, clock=dt.time(1, 2, 3, 400_000), price=Decimal("1.50"))}
    )
    assert written == b'{"a":{"moment":"2024-01-01T00:00:00.1234567Z","clock":"01:02:03.4","price":1.50}}'


def expected_bytes(value: Any) -> bytes:
    """Of the groups above, by hand."""
    assert len(value) == 2
    return b'[{"shapes":[{"type":"circle","radius":1.5}],"named":{"a":{}}},{"tagged":{"type":"group"}}]'


def test_names_twice_are_found_whatever_stands_in_strings() -> None:
    quick = _quick(Scalars)
    for text in (r"\"", r"\\", r"\\\"", r"\u0022", r"\"\u0022\""):
        good = f'{{"text":"{text}","u":["{text}"]}}'.encode()
        assert stdlib.loads(quick.encode(quick.decode(good))) == stdlib.loads(good)
        for bad in (
            f'{{"text":"{text}","text":"{text}"}}',
            f'{{"u":{{"a":"{text}","a":1}}}}',
            f'{{"text":"{text}","u":1,"u":2}}',
        ):
            with pytest.raises(DecodeError, match="again"):
                quick.decode(bad.encode())
    # As many ends of strings behind a backslash as the repeated name has marks.
    with pytest.raises(DecodeError, match="again"):
        quick.decode(rb'{"u":["\\","\\"],"count":1,"count":1}')
