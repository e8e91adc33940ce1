"""What is asked first of alternatives says nothing else than their grades, which ask everything."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from attrs import define, field
from bindwright.runtime import Checks, Model, OpenStrEnum, root, wire
from bindwright.runtime.alternatives.fitting import fits, presence
from bindwright.runtime.alternatives.grades import grade
from bindwright.runtime.json.codecs.unions import UnionOption, UnionOptions
from bindwright.runtime.shapes import Shape, shape_of
from hypothesis import given
from hypothesis import strategies as st


class State(OpenStrEnum):
    OPEN = "open"
    SHUT = "shut"


@define(kw_only=True)
class Point(Model):
    x: int
    y: float | None = None


@define(kw_only=True)
class Named(Model):
    __wire__ = root("Named", closed=True)

    name: str = field(metadata=wire("name", checks=Checks(max_length=3)))
    state: State | None = None
    kind: Literal["named"] | None = None


@define(kw_only=True)
class Holder(Model):
    points: list[Point] | None = None
    by_name: dict[str, Named] = field(factory=dict)
    either: Point | Named | str | None = None
    pair: tuple[int, str] | None = None
    anything: Any = None


TYPES: tuple[Any, ...] = (
    *(Point, Named, Holder, State, list[Point], dict[str, Named], list[dict[str, Point]], Point | Named, str),
    *(
        int,
        float,
        Any,
        list[Any],
        list[list[list[list[list[Point]]]]],
        tuple[int, str],
        Literal["named", "n"],
    ),
)
NAMES = st.sampled_from(["x", "y", "name", "state", "kind", "points", "by_name", "either", "pair", "z"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-1, 1) | st.floats(-1, 1) | st.sampled_from(["open", "named", "long one", ""]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=20,
)  # fmt: skip


@pytest.mark.parametrize("type_", TYPES, ids=str)
@given(VALUES)
def test_what_is_asked_first_agrees_with_the_grade(type_: Any, value: Any) -> None:
    shape = shape_of(type_, names=globals())
    all_of_it = grade(shape, value)
    assert fits(shape, value) == (all_of_it[:2] == (0, 0))
    names = presence(shape, value)
    if names is not None:
        assert names[0] <= all_of_it.violations
        assert names[1:] == (all_of_it.unknown, all_of_it.lacking)


def _read(value: Any) -> Any:
    return value


@given(st.permutations(TYPES[:8]), VALUES)
def test_the_certain_option_has_the_best_grade(types: list[Any], value: Any) -> None:
    shapes: list[Shape] = [shape_of(type_, names=globals()) for type_ in types[:4]]
    options = UnionOptions([UnionOption(shape, _read) for shape in shapes])
    option = options.certain_option(value)
    if option is not None:
        assert option is min(options.candidates(value), key=lambda option: option.grade(value))
