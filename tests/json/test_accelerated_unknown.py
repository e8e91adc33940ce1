"""Members of the root that nobody knows are text until somebody asks for them: what comes then is what the reference keeps."""

from __future__ import annotations

import copy
import pickle
import random
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import msgspec
import pytest
from attrs import evolve
from bindwright.runtime import DecodeError
from bindwright.runtime.compile.accelerator import json_values
from bindwright.runtime.json.codecs.default import MAKERS
from bindwright.runtime.json.codecs.json_structs import StructTyper
from bindwright.runtime.json.codecs.read_plans import document_place
from bindwright.runtime.json.codecs.tree_plans import tree_plan
from bindwright.runtime.json.documents import Codec
from bindwright.runtime.json.plan.registry import Registry
from bindwright.runtime.json.text.numbers import read_untyped
from bindwright.runtime.shapes import shape_of

from tests.json.test_accelerator import codecs
from tests.json.test_properties import mutated
from tests.json.test_whole_documents import MEAGRE, ORDER, Order

C = json_values()
pytestmark = pytest.mark.skipif(C is None, reason="the accelerator is not installed, or switched off")
VALUES = [
    "null", "true", "1", "-0", "0.50", "123456789012345678", '"text"', '"\\"\\\\\\/\\b\\f\\n\\r\\t"', '"é€𝄞"', '""', "[]", "{}",
    "[ 1 , [2.5,\"a\"] ]", '{ "a" : {"b":null} , "c":[{},{"d":1}] }', '{"":0,"a":1,"aa":2}',
]  # fmt: skip
REFUSED = [
    '{"a":1,"b":2,"a":3}', '{"x":[{"a":1,"a":1}]}', "01", "1.", "-", "+1", ".5", "tru", '"a', '"\x01"', '"\\x"', "[1,]", '{"a":1,}',
    "[1 2]", '{"a" 1}', "{1:2}", "nan", '{"\\u0061":1,"a":2}', "]", "",
]  # fmt: skip
"""What is no JSON, or has a name twice."""
LEFT = ["1e5", "1234567890123456789012", '"\\u00e9"', '"\\ud834\\udd1e"', '{"\\n":1}', "[" * 70 + "]" * 70]
"""What is right, and left to the reference."""


def _reading() -> Any:
    """The way alone that leaves members as text; nothing stands behind it."""
    registry = Registry(MAKERS)
    shape, typing = shape_of(Order), StructTyper(registry, 0)
    decode = msgspec.json.Decoder(typing.of(shape, nullable=False), float_hook=read_untyped).decode
    place, plan = document_place(shape, registry, "openapi", typing), tree_plan(registry, Order)
    return lambda data: C.read_known(place, plan, decode, data, 200)


@pytest.fixture(scope="module")
def ways() -> tuple[Any, Codec]:
    return _reading(), codecs(Order)[1]


def document(*unknown: str, known: str = ORDER) -> bytes:
    """A document with members before, between and behind those that are known."""
    members = [f'"x{index}":{value}' for index, value in enumerate(unknown)]
    middle = known.index(',"', 1)
    text = (
        "{"
        + members[0]
        + ","
        + known[1:middle]
        + ","
        + ",".join(members[1:])
        + known[middle:-1]
        + ',"y" : 1}'
    )
    return text.encode(errors="surrogateescape")


def _seen(value: Any) -> Any:
    return repr(value), repr(value._extra), value._extra.members


@pytest.mark.parametrize("value", VALUES)
def test_what_is_asked_for_is_what_the_reference_keeps(ways: tuple[Any, Codec], value: str) -> None:
    data = document(value, "1", value)
    read, expected = ways[0](data), ways[1].decode(data)
    assert read._extra.members == expected._extra.members
    assert _seen(read) == _seen(expected)
    assert read == expected
    assert ways[1].encode(read) == ways[1].encode(expected)


@pytest.mark.parametrize("value", [*REFUSED, *LEFT])
def test_what_is_not_plainly_right_is_for_others(ways: tuple[Any, Codec], value: str) -> None:
    data = document("1", value)
    with pytest.raises(Exception):  # noqa: B017, PT011 any exception means this
        ways[0](data)
    assert (value in LEFT) == (not isinstance(_outcome(ways[1], data), DecodeError))


@pytest.mark.parametrize(
    "data",
    [
        b"", b"{", b"{}", ORDER.encode(), document("1") + b"x", document("1")[:-1], b"[" + document("1") + b"]",
        document("1").replace(b'"y"', b'"x0"'), document("1").replace(b'"y" : 1', ORDER[1:-1].encode()),
        document("1").replace(b'"y"', b'"\\u0079"'), b'{"a":1}', b'{"a":"\xff"}', b'{"a":"\xed\xa0\x80"}',
    ],
)  # fmt: skip
def test_other_documents_are_for_others(ways: tuple[Any, Codec], data: bytes) -> None:
    with pytest.raises(Exception):  # noqa: B017, PT011 any exception means this
        ways[0](data)


def test_mutated_documents_are_read_as_the_reference_reads_them(ways: tuple[Any, Codec]) -> None:
    source, count = random.Random(3), 0
    for turn in range(4000):
        values = source.sample(VALUES, 3)
        if turn % 2:
            values[1] = mutated(values[1], source).decode(errors="surrogateescape")
        data = document(*values, known=source.choice([ORDER, MEAGRE]))
        if not turn % 2:
            data = mutated(data.decode(), source)
        try:
            value = ways[0](data)
        except Exception:
            continue
        assert _seen(value) == _seen(ways[1].decode(data)), data
        count += 1
    assert count > 100


def _outcome(codec: Codec, data: bytes) -> Any:
    try:
        return codec.decode(data)
    except DecodeError as error:
        return error


def test_members_that_nobody_has_looked_at_are_values_in_every_respect(ways: tuple[Any, Codec]) -> None:
    data = document(*VALUES)
    expected = ways[1].decode(data)._extra

    def kept() -> Any:
        return ways[0](data)._extra

    assert pickle.loads(pickle.dumps(kept())) == expected == copy.deepcopy(kept())
    assert evolve(kept(), nulls=frozenset({"a"})).members == expected.members
    assert not kept().plain
    assert repr(kept()) == repr(expected)
    with pytest.raises(AttributeError, match="other"):
        _ = kept().other
    with pytest.raises(AttributeError, match="source"):
        _ = expected.source
    shared = kept()
    with ThreadPoolExecutor(8) as pool:
        assert all(extra == expected for extra in pool.map(lambda _: shared, range(64)))


def test_the_codec_leaves_members_as_text_and_writes_them_back() -> None:
    quick = Codec(shape_of(Order), Registry(MAKERS))
    data = ORDER.replace("{", '{"before":[{"a":"\\""}],', 1)[:-1] + ',"after":null}'
    values = [quick.decode(data.encode()) for _ in range(3)]
    assert hasattr(values[-1]._extra, "source")
    assert [quick.encode(value) for value in values for _ in range(2)] == [data.encode()] * 6
    # The text of a large document does not live as long as what is made of it.
    large = quick.decode((data[:-1] + ',"more":"' + "x" * 20_000 + '"}').encode())
    assert not hasattr(large._extra, "source")
    assert len(large._extra.members) == 3
