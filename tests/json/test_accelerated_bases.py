"""Places of a base whose discriminator tells the derived class, and alternatives that have theirs from the choice, as C
reads and writes them: as the reference does."""

from __future__ import annotations

import base64
import datetime as dt
import json as stdlib
import random
import sys
from collections.abc import Callable
from typing import Any

import pytest
from attrs import define, field
from bindwright.runtime import Choice, Model, at, root, wire
from bindwright.runtime.compile.accelerator import texts
from bindwright.runtime.json.codecs.default import MAKERS
from bindwright.runtime.json.documents import Codec
from bindwright.runtime.json.plan.registry import Registry
from bindwright.runtime.shapes import shape_of
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.json.test_accelerated_values import C, _Reference
from tests.json.test_accelerator import _read, _written

TEXTS = texts()
pytestmark = pytest.mark.skipif(C is None, reason="the accelerator is not installed, or switched off")


@define(kw_only=True)
class Animal(Model):
    __wire__ = root(
        "Animal", choice=Choice(discriminator="kind", mapping={"cat": "Cat", "dog": "Dog", "any": "Animal", "puppy": "Puppy"})
    )  # fmt: skip

    kind: str | None = None
    name: str | None = None
    born: dt.date | None = None


@define(kw_only=True)
class Cat(Animal):
    lives: int | None = None
    friends: list[Animal] | None = None


@define(kw_only=True)
class Dog(Animal):
    good: bool | None = None


@define(kw_only=True)
class Puppy(Dog):
    """Of a class of which another discriminator tells more."""

    __wire__ = root("Puppy", choice=Choice(discriminator="breed", mapping={"pug": "Pug"}))

    breed: str | None = None


@define(kw_only=True)
class Pug(Puppy):
    nose: int | None = None


@define(kw_only=True)
class Leaf(Model):
    op: str | None = None
    value: float | None = None


@define(kw_only=True)
class Pair(Model):
    op: str | None = None
    left: Leaf | Pair | None = field(default=None, metadata=wire("left", choice=Choice(discriminator="op", mapping={"leaf": "Leaf", "pair": "Pair"})))  # fmt: skip


@define(kw_only=True)
class Zoo(Model):
    animals: list[Animal] | None = None
    star: Animal | None = None
    by_name: dict[str, Animal] | None = None
    trees: list[Leaf | Pair] | None = field(
        default=None, metadata=wire("trees", items=at(choice=Choice(discriminator="op", mapping={"leaf": "Leaf", "pair": "Pair", "two": "Pair"}))),
    )  # fmt: skip


_CODECS: list[Codec] = []


def _codecs() -> list[Codec]:
    if not _CODECS:
        _CODECS.extend(kind(shape_of(Zoo), Registry(MAKERS)) for kind in (Codec, _Reference))
    return _CODECS


KINDS = st.sampled_from(["cat", "dog", "any", "puppy", "pug", "leaf", "pair", "two", "other", 1, True, None])
OBJECTS = st.recursive(
    st.fixed_dictionaries(
        {}, optional={
            "kind": KINDS, "op": KINDS, "name": st.sampled_from(["a", None, 3]), "lives": st.integers(0, 9), "good": st.booleans(),
            "born": st.sampled_from(["2024-02-29", "2024-02-30", "2024-2-3", "٢٠٢٤-01-01", "2024-01-01Z", None]),
            "breed": st.sampled_from(["pug", "x"]), "nose": st.integers(0, 1), "value": st.floats(0, 1), "unknown": st.none(),
        },
    ),
    lambda inner: st.fixed_dictionaries(
        {"kind": KINDS, "op": KINDS}, optional={"friends": st.lists(inner, max_size=2), "left": inner, "unknown": inner}
    ),
    max_leaves=6,
)  # fmt: skip


@settings(deadline=None, max_examples=500)
@given(
    st.fixed_dictionaries(
        {},
        optional={
            "animals": st.lists(OBJECTS, max_size=3), "star": OBJECTS, "by_name": st.dictionaries(st.sampled_from("ab"), OBJECTS),
            "trees": st.lists(OBJECTS, max_size=2),
        },
    )
)  # fmt: skip
def test_documents_are_read_and_written_the_same(document: dict[str, Any]) -> None:
    quick, pure = _codecs()
    data = stdlib.dumps(document).encode()
    words, value = _read(quick, data)
    assert words == _read(pure, data)[0]
    if value is not None:
        assert _written(quick, value) == _written(pure, value)


CLASSES: list[Callable[..., Any]] = [Animal, Cat, Dog, Puppy, Pug, Leaf, Pair]


@settings(deadline=None, max_examples=300)
@given(st.sampled_from(CLASSES), KINDS, st.sampled_from(["animals", "star", "trees"]))
def test_objects_of_each_class_are_written_the_same_in_each_place(make: Any, tag: Any, place: str) -> None:
    quick, pure = _codecs()
    name = "op" if make in (Leaf, Pair) else "kind"
    for members in ({}, {name: tag}):
        value = make(**members)
        zoo = Zoo(**{place: value if place == "star" else [value, value]})
        assert _written(quick, zoo) == _written(pure, zoo)


def test_classes_that_came_once_are_read_and_written_in_c() -> None:
    """Nothing of Python is called for them, or it would cost more than all the rest."""
    quick = Codec(shape_of(Zoo), Registry(MAKERS))
    document = {
        "animals": [{"kind": "cat", "born": "2024-02-29"}, {"kind": "dog"}],
        "trees": [{"op": "pair", "left": {"op": "leaf"}}],
    }
    data = stdlib.dumps(document, separators=(",", ":")).encode()
    value = quick.decode(data)
    assert [type(animal) for animal in value.animals] == [Cat, Dog]
    assert quick.encode(value) == data
    calls: list[str] = []
    sys.setprofile(lambda frame, event, _: calls.append(frame.f_code.co_name) if event == "call" else None)
    try:
        assert quick.encode(value) == data
        again = quick.decode(data)
    finally:
        sys.setprofile(None)
    assert again == value
    assert "with_tag" not in calls
    assert not {"tag_text", "derived_reader", "slow"} & set(calls), calls


@settings(deadline=None, max_examples=500)
@given(st.binary(max_size=40), st.integers(0, 60), st.sampled_from(["", "=", "==", " ", "-", "é", "A", "\0"]))
def test_base64_is_read_and_written_as_pythons_library_does(octets: bytes, place: int, sign: str) -> None:
    text = base64.b64encode(octets).decode()
    assert TEXTS.write_base64(octets) == text
    assert TEXTS.read_base64(text) == octets
    changed = text[:place] + sign + text[place + len(sign) :]
    read = TEXTS.read_base64(changed)
    if read is not None:
        assert read == base64.b64decode(changed, validate=True)
    shorter = "".join(random.Random(place).sample(text, min(place, len(text))))
    if (read := TEXTS.read_base64(shorter)) is not None:
        assert read == base64.b64decode(shorter, validate=True)
