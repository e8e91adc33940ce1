"""The accelerator gives what the reference gives: the same bytes, the same values, the same errors."""

from __future__ import annotations

import random
from typing import Any

import msgspec
import pytest
from attrs import evolve, fields
from bindwright.runtime import DecodeError, EncodeError, json
from bindwright.runtime.compile.accelerator import json_values
from bindwright.runtime.json.codecs import read_plans, tree_plans
from bindwright.runtime.json.codecs.default import MAKERS
from bindwright.runtime.json.documents import Codec
from bindwright.runtime.json.encoding import write_plans
from bindwright.runtime.json.plan.registry import Registry
from bindwright.runtime.shapes import shape_of
from hypothesis import HealthCheck, given, settings

from tests.json.models import Everything, Part
from tests.json.test_properties import DOCUMENTS, EVERY, mutated
from tests.json.test_whole_documents import MEAGRE, ORDER, PAGE, Order
from tests.leaks import blocks_kept

C = json_values()
pytestmark = pytest.mark.skipif(C is None, reason="the accelerator is not installed, or switched off")
UNKNOWN = ORDER.replace("{", '{"before":[{"a":"\\""}],', 2)[:-1] + ',"after":null}'
"""With members that nobody knows, in the order and within it."""
ALL: list[tuple[Any, str]] = [
    *DOCUMENTS,
    (Order, ORDER),
    (Order, MEAGRE),
    (list[Order], f"[{ORDER},{MEAGRE}]"),
    (Order, UNKNOWN),
    (list[Order], f"[{UNKNOWN},{MEAGRE}]"),
]
WRONG: list[Any] = [
    object(),
    1,
    -1.5,
    float("nan"),
    "text",
    "",
    b"x",
    None,
    [1],
    [None],
    {"a": 1},
    {1: "a"},
    Part(a=1),
    True,
    {2},
]


def codecs(type_: Any) -> tuple[Codec, Codec]:
    """An accelerated codec and a pure one."""
    quick = Codec(shape_of(type_), Registry(MAKERS))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(write_plans, "C", None)
        patch.setattr(read_plans, "C", None)
        patch.setattr(tree_plans, "C", None)
        pure = Codec(shape_of(type_), Registry(MAKERS))
        for _ in range(2):  # what is compiled is compiled now
            for kind, text in ALL:
                if kind is type_:
                    _written(pure, _read(pure, text.encode())[1])
    return quick, pure


def _read(codec: Codec, data: bytes) -> tuple[str, Any]:
    try:
        value = codec.decode(data)
    except DecodeError as error:
        return str(error), None
    return repr(value), value


def _written(codec: Codec, value: Any) -> bytes | str:
    try:
        return codec.encode(value)
    except (EncodeError, TypeError) as error:
        return f"{type(error)} {error}"


@pytest.fixture(scope="module")
def pairs() -> dict[int, tuple[Codec, Codec]]:
    return {index: codecs(type_) for index, (type_, _) in enumerate(ALL)}


@pytest.mark.parametrize("index", range(len(ALL)))
def test_mutated_documents_are_read_and_written_the_same(pairs: Any, index: int) -> None:
    (quick, pure), source = pairs[index], random.Random(index)
    for _ in range(300):
        data = mutated(ALL[index][1], source)
        words, value = _read(quick, data)
        assert words == _read(pure, data)[0]
        if value is not None:
            assert _written(quick, value) == _written(pure, value)


@pytest.mark.parametrize("index", range(len(ALL)))
def test_members_of_any_type_are_written_or_refused_the_same(pairs: Any, index: int) -> None:
    quick, pure = pairs[index]
    value = pure.decode(ALL[index][1].encode())
    if isinstance(value, list) or not hasattr(value, "__attrs_attrs__"):
        return
    refused = 0
    for member in fields(type(value)):
        if not member.init or member.name == "_extra":
            continue
        for other in WRONG:
            try:
                changed = evolve(value, **{member.alias: other})
            except Exception:  # a validator of the class
                continue
            assert _written(quick, changed) == _written(pure, changed), (member.name, other)
            refused += isinstance(_written(pure, changed), str)
    assert refused


@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(EVERY)
def test_any_value_is_written_the_same(value: Everything) -> None:
    quick, pure = _everything()
    assert quick.encode(value) == pure.encode(value)
    assert repr(quick.decode(pure.encode(value))) == repr(pure.decode(pure.encode(value)))


_kept: list[tuple[Codec, Codec]] = []


def _everything() -> tuple[Codec, Codec]:
    if not _kept:
        _kept.append(codecs(Everything))
    return _kept[0]


def test_it_is_the_accelerator_that_reads_and_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = Codec(shape_of(Order), Registry(MAKERS))
    monkeypatch.setattr(Codec, "structure", None)
    monkeypatch.setattr("bindwright.runtime.json.codecs.model_codec.plain_function", None)
    assert quick.encode(quick.decode(ORDER.encode())) == ORDER.encode()


def test_it_is_the_accelerator_that_reads_unknown_members(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = Codec(shape_of(Order), Registry(MAKERS))
    monkeypatch.setattr(Codec, "structure", None)
    monkeypatch.setattr("bindwright.runtime.json.codecs.model_codec.plain_function", None)
    assert quick.encode(quick.decode(UNKNOWN.encode())) == UNKNOWN.encode()


def test_nothing_is_kept_of_what_was_read_written_or_refused() -> None:
    """Blocks of memory, which a reference too many keeps and one too few gives back twice."""
    quick, root = (Codec(shape_of(type_), Registry(MAKERS)) for type_ in (list[Order], Order))
    text = f'{ORDER[:-1]},"x":[{{"y":1}}]}}'.encode()
    good, bad = f"[{UNKNOWN},{MEAGRE}]".encode(), f'[{ORDER},{ORDER[:-1]},"x":1,"x":2}}]'.encode()
    value = quick.decode(good)
    broken = [value[0], evolve(value[1], id=object())]

    def turn() -> None:
        assert quick.encode(quick.decode(good)) == good
        assert root.decode(text)._extra.members
        for work in (lambda: quick.decode(bad), lambda: quick.encode(broken)):
            with pytest.raises((DecodeError, EncodeError)):
                work()

    assert blocks_kept(turn, 100) < 50  # less than one for two turns


def test_large_pages_come_back() -> None:
    quick, pure = codecs(list[Order])
    data = ("[" + ",".join([ORDER, MEAGRE] * 500) + "]").encode()
    assert quick.encode(quick.decode(data)) == pure.encode(pure.decode(data)) == data
    assert PAGE


@pytest.mark.parametrize("size", range(42))
def test_texts_of_any_length_are_escaped_at_any_place(size: int) -> None:
    """Eight octets are looked at together, and those that are left at once."""
    for sign in ('"', "\\", "\n", "\x1f", "\x00", " ", "\x7f", "\u00e9", "\u2028", "\U0001f600"):
        for places in [(), *((place,) for place in range(size)), range(size), range(0, size, 3)]:
            text = "".join(sign if index in places else chr(97 + index % 26) for index in range(size))
            assert json.encode(Part(a=1, b=text)) == msgspec.json.encode({"a": 1, "b": text})
