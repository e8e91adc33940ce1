"""Open enumerations: what the document does not list round-trips."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest
from bindwright.runtime import OpenEnum, OpenFloatEnum, OpenIntEnum, OpenIntFlag, OpenStrEnum


class Colour(OpenStrEnum):
    RED = "red"


class State(OpenIntEnum):
    __xml_names__ = {"Done": 10}  # noqa: RUF012
    DONE = 10


class Rate(OpenFloatEnum):
    HALF = 0.5


class Channels(OpenIntFlag):
    EMAIL = 1
    SMS = 2


class Mixed(OpenEnum):
    NUMBER = 1
    YES = "yes"


LISTED: list[tuple[Any, Any]] = [
    (Colour, "red"),
    (State, 10),
    (Rate, 0.5),
    (Channels, 3),
    (Mixed, 1),
    (Mixed, "yes"),
]
UNLISTED: list[tuple[Any, Any]] = [
    (Colour, "blue"), (State, -7), (Rate, 2.5), (Channels, 9), (Channels, -1), (Mixed, None), (Mixed, "x"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "value"), LISTED + UNLISTED)
def test_equal_hashed_copied_and_pickled_by_value(kind: Any, value: Any) -> None:
    member = kind(value)
    assert member == kind(value)
    assert hash(member) == hash(kind(value))
    assert member.value == value
    assert pickle.loads(pickle.dumps(member)) == member
    assert copy.deepcopy(member) == member
    assert member.known is ((kind, value) in LISTED)


def test_nothing_is_registered() -> None:
    for number in range(100):
        State(number + 100)
        Channels(number + 100)
    assert list(State) == [State.DONE]
    assert len(Channels._value2member_map_) <= 3


def test_only_values_of_the_base_type() -> None:
    for kind, value in ((Colour, 5), (State, "10"), (State, 1.5), (Channels, "x"), (Rate, "x")):
        with pytest.raises(ValueError, match="is not a valid"):
            kind(value)


def test_bits_go_on_working() -> None:
    assert Channels.EMAIL in Channels(9)
    assert Channels(9) | Channels.SMS == 11
    assert Channels(9) & ~Channels.EMAIL == 8


def test_types_are_told_apart() -> None:
    assert Mixed(True) != Mixed("True")
    assert Mixed(2) != Mixed(2.0)
