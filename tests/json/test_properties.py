"""Any value comes back; any mutation decodes or is a `DecodeError`; both paths are one function."""

from __future__ import annotations

import datetime as dt
import json as stdlib
import math
import random
from decimal import Decimal
from typing import Any

import pytest
from bindwright.runtime import UNSET, DecodeError, json
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.json.documents import EVERYTHING
from tests.json.models import Aquarium, Cat, Colour, Dog, Everything, Fish, Job, Part, Pet, Sku, State, Tagged

SLOWLY = json.Settings(speculate=False)

TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
INT32 = st.integers(-(1 << 31), (1 << 31) - 1)
WHEN = st.datetimes(timezones=st.none() | st.just(dt.UTC))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
PART = st.builds(Part, a=st.integers(), b=st.none() | TEXT)
EVERY = st.builds(
    Everything,
    text=TEXT,
    number=INT32,
    big=st.integers(),
    ratio=st.floats(allow_nan=False, allow_infinity=False),
    price=st.decimals(allow_nan=False, allow_infinity=False),
    quoted=st.decimals(allow_nan=False, allow_infinity=False),
    flag=st.booleans(),
    when=WHEN,
    day=st.dates(),
    clock=st.times(),
    span=st.timedeltas(),
    key=st.uuids(),
    blob=st.binary(max_size=9),
    hexed=st.binary(max_size=9),
    colour=st.sampled_from(Colour) | TEXT.map(Colour),
    state=st.sampled_from(State) | st.integers().map(State),
    fixed=st.just("x"),
    part=PART,
    nullable=st.none() | st.integers(),
    parts=st.lists(PART, max_size=3),
    words=st.lists(TEXT, max_size=3),
    holes=st.lists(st.none() | st.integers(), max_size=3),
    pairs=st.dictionaries(TEXT, st.integers(), max_size=3),
    by_state=st.dictionaries(st.integers(0, 20).map(State), INT32, max_size=3),
    couple=st.tuples(st.integers(), TEXT),
    anything=JSON,
    either=st.integers() | PART | st.lists(TEXT, max_size=2),
    optional=st.none() | st.integers(),
    tri=st.none() | st.just(UNSET) | TEXT,
    sku=st.none() | TEXT.map(Sku),
)
JOB = st.builds(
    Job, id=INT32, status=st.none() | TEXT, start=st.none() | WHEN, rate=st.floats(allow_nan=False)
)


@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(EVERY)
def test_any_object_comes_back(value: Everything) -> None:
    data = json.encode(value)
    assert json.decode(data, Everything) == value
    assert json.decode(data, Everything, settings=SLOWLY) == value
    parsed = stdlib.loads(data)
    assert (parsed["Text"], parsed["big"], parsed["ratio"]) == (value.text, value.big, value.ratio)
    assert Decimal(parsed["quoted"]) == value.quoted
    assert dt.datetime.fromisoformat(parsed["when"]) == value.when
    assert stdlib.loads(data, parse_float=Decimal)["price"] == value.price
    assert parsed["anything"] == value.anything


@settings(deadline=None)
@given(JOB)
def test_any_object_of_profile_datacontract_comes_back(value: Job) -> None:
    data = json.encode(value)
    again = json.decode(data, Job)
    assert again == value or (value.rate == 0 and again.rate == 0)
    parsed = stdlib.loads(data)
    assert parsed["Status"] == value.status
    assert (
        float(parsed["Rate"].replace("inity", "") if isinstance(parsed["Rate"], str) else parsed["Rate"])
        == value.rate
    )


def outcome(data: bytes, kind: Any, how: json.Settings) -> str:
    """What decoding gives, as text: the value and how it is written, or the error."""
    try:
        value = json.decode(data, kind, settings=how)
    except DecodeError as error:
        return f"error {error}"
    return f"{value!r} {json.encode(value, kind)!r}"


DOCUMENTS: list[tuple[Any, str]] = [
    (Everything, EVERYTHING),
    (Everything, stdlib.dumps(stdlib.loads(EVERYTHING), indent=1)),
    (list[Part], '[{"a":1,"b":"x\\n"},{"a":2,"z":null}]'),
    (Job, '{"Id":1,"Status":"a\\u2028","Start":"2025-11-24T10:45:01.1234567Z","Rate":1E+15}'),
    (Tagged, '{"name":"x","q":1}'),
    (Pet, '{"kind":"cat","lives":9}'),
    (Aquarium, '{"animals":[{"type":"fish","fins":1}],"first":null}'),
]
PIECES = [
    '"',
    ",",
    ":",
    "{",
    "}",
    "[",
    "]",
    "null",
    "true",
    "0",
    "-",
    "1e5",
    ".5",
    " ",
    "\n",
    "\\",
    "\\u0022",
    "\\u003a",
    "\x00",
    '"a":1,',
    '"b":null,',
    '"zz":{"y":[1,2.50]},',
    "1",
    "é",
    "\ufeff",
    '"":0,',
    "9" * 25,
    '"Text":"again",',
]


def mutated(text: str, source: random.Random) -> bytes:
    """A document with a few changes: pieces inserted, cut out, doubled, or bits flipped."""
    for _ in range(source.randint(1, 3)):
        at = source.randrange(len(text) + 1)
        end = min(len(text), at + source.choice([0, 0, 1, 2, 10]))
        text = text[:at] + source.choice([*PIECES, "", "", text[at:end] * 2]) + text[end:]
    data = text.encode(errors="surrogatepass")
    if data and source.random() < 0.1:
        at = source.randrange(len(data))
        data = data[:at] + bytes([data[at] ^ 1 << source.randrange(8)]) + data[at + 1 :]
    return data


@pytest.mark.parametrize(("kind", "text"), DOCUMENTS)
def test_both_paths_agree_on_mutated_documents(kind: Any, text: str) -> None:
    source = random.Random(text)
    differing = 0
    for _ in range(1500):
        data = mutated(text, source)
        assert outcome(data, kind, json.DEFAULT) == outcome(data, kind, SLOWLY), data
        differing += data != text.encode()
    assert differing > 1000


def test_what_the_fast_path_reads_is_json() -> None:
    source = random.Random(7)
    read = 0
    for _ in range(3000):
        data = mutated('{"a":1,"b":"x\\n"}', source)
        try:
            value = json.decode(data, Part)
        except DecodeError:
            continue
        read += 1
        pairs = stdlib.loads(data, object_pairs_hook=list, parse_float=Decimal)
        assert len({name for name, _ in pairs}) == len(pairs)
        assert value.a == dict(pairs)["a"]
    assert read > 100


@settings(deadline=None)
@given(
    st.lists(
        st.builds(Cat, lives=st.integers()) | st.builds(Dog, tricks=st.lists(TEXT, max_size=2)), max_size=4
    )
)
def test_unions_come_back(pets: list[Any]) -> None:
    assert json.decode(json.encode(pets, list[Pet]), list[Pet]) == pets


@settings(deadline=None)
@given(st.lists(st.builds(Fish, type=st.just("fish"), fins=st.integers()), max_size=3))
def test_derived_classes_come_back(fish: list[Any]) -> None:
    value = Aquarium(animals=fish)
    assert json.decode(json.encode(value), Aquarium) == value


@settings(deadline=None)
@given(JSON)
def test_untyped_values_come_back(value: Any) -> None:
    data = json.encode(value)
    assert stdlib.loads(data) == value
    assert json.decode(data, Any) == value
    assert json.encode(json.decode(data, Any)) == data


def test_untyped_numbers_keep_their_digits() -> None:
    text = "[1.0,1.50,1E+400,-0.0,0.10000000000000000000001,1e5,12345678901234567890.5,-0]"
    value = json.decode(text, Any)
    assert json.encode(value).decode() == text.replace(",-0]", ",0]")
    assert value[1] == 1.5
    assert math.isinf(value[2])
