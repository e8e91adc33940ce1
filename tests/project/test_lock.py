"""The lock's bytes."""

from __future__ import annotations

import json
from typing import Any

from bindwright.project.output_tree import json_lines as jsonlines
from bindwright.project.output_tree import lock
from hypothesis import given
from hypothesis import strategies as st

HASH = "0" * 64
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.text(),
    lambda inner: st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)


@given(st.dictionaries(st.text(st.characters(codec=None)), VALUES))
def test_any_names_come_back(names: dict[str, Any]) -> None:
    known = lock.Lock("1", "p", "o", {"a": "b"}, {"f": "0" * 64}, names)
    assert lock.parse(known.to_bytes()) == known


def test_a_reviewer_sees_what_stands_there() -> None:
    text = jsonlines.dumps({"\u202ea\u2066": "\x9b\x7f", "\xe9": 1})
    assert text == b'{\n "\\u202ea\\u2066": "\\u009b\\u007f",\n "\xc3\xa9": 1\n}\n'


@given(VALUES)
def test_the_lines_are_json(value: Any) -> None:
    assert json.loads(jsonlines.dumps(value)) == value


@given(VALUES)
def test_large_and_small_are_laid_out_alike(value: Any) -> None:
    small = jsonlines.dumps(value, sort=True)
    before, jsonlines._LARGE = jsonlines._LARGE, 0
    try:
        assert jsonlines.dumps(value, sort=True) == small
    finally:
        jsonlines._LARGE = before


def test_one_name_a_line_in_any_order_of_keys() -> None:
    first = lock.Lock("1", "p", "o", {}, {"b": HASH, "a": HASH}, {"T": {"y": "b", "x": "a"}})
    second = lock.Lock("1", "p", "o", {}, {"a": HASH, "b": HASH}, {"T": {"x": "a", "y": "b"}})
    assert first.to_bytes() == second.to_bytes()
    assert f'\n  "a": "{HASH}",\n  "b": "{HASH}"\n'.encode() in first.to_bytes()


def test_half_a_surrogate_pair_is_kept() -> None:
    known = lock.Lock("1", "p", "o", {}, {}, {"\ud800": "x"})
    assert lock.parse(known.to_bytes()) == known
