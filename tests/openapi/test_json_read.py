"""JSON: values without lost digits, repeated names, and what is wrong where."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from bindwright.openapi import LoadOptions, load, loads
from bindwright.openapi.diagnostics.model import Place
from bindwright.openapi.diagnostics.syntax_errors import Unreadable
from bindwright.openapi.options import LoadLimits
from bindwright.openapi.text import json_scan
from bindwright.openapi.text.json_explain import explain
from bindwright.openapi.text.json_read import read_json
from bindwright.openapi.text.json_scan import end_of, members
from bindwright.openapi.text.numbers import SpelledFloat
from bindwright.openapi.text.text import decode
from hypothesis import given, settings
from hypothesis import strategies as st

LIMITS = LoadLimits()


def read(text: str) -> Any:
    return read_json(decode(text.encode()), LIMITS)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.01", 0.01),
        ("1.10", 1.1),
        ("1E5", 1e5),
        ("123456789012345678901234567890", 123456789012345678901234567890),
        ("-9223372036854775809", -9223372036854775809),
        ("0.1234567890123456789", Decimal("0.1234567890123456789")),
        ("1e400", Decimal("1e400")),
        ("-1e-400", Decimal("-1e-400")),
        ("1.7976931348623157e308", 1.7976931348623157e308),
        ("4.9406564584124654e-324", Decimal("4.9406564584124654e-324")),
        ('"\\ud83d\\ude00"', "\U0001f600"),
        ('"\\u0000"', "\0"),
    ],
)
def test_values(text: str, value: object) -> None:
    number = read(text).value
    assert number == value
    assert type(number) is type(value) or isinstance(number, SpelledFloat)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('{"a": 1, "a": 2}', ["a"]),
        ('{"a": {"b": 1, "c": {"d": 1, "d": 2}, "b": 3}}', ["b", "d"]),
        ('[{"a": 1}, {"a": 1}]', []),
        ('{"a": "b\\":", "c": "\\":\\":"}', []),
        ('{"a\\\\": 1, "a": 2}', []),
        ('{"a\\\\": 1, "a\\\\": 2}', ["a\\"]),
        ('{"a": 1, "\\u0061": 2}', ["a"]),
        ('{"x\\u0022:": 1, "a": 1}', []),
        ('{"": 1, "": 2}', [""]),
        ('{"a\\\\": 1, "b": 1, "b": 2, "x": "\\":"}', ["b"]),
    ],
)
def test_repeated_names(text: str, names: list[str]) -> None:
    findings = read(text).findings
    assert sorted(finding.message.split("`")[1] for finding in findings) == names
    assert {finding.code for finding in findings} <= {"duplicate-key"}


PAIRS = st.recursive(
    st.sampled_from(["1", '"x"', '"\\":"', '"\\\\"', "[]", "{}", '"\\u0022:"']),
    lambda inner: st.lists(
        st.tuples(st.sampled_from(["a", "b", "\\\\", '\\"', "\\u0061"]), inner), max_size=4
    ).map(lambda pairs: "{" + ", ".join(f'"{name}": {item}' for name, item in pairs) + "}"),
    max_leaves=15,
)


@settings(max_examples=300, deadline=None)
@given(PAIRS)
def test_no_repetition_is_missed(text: str) -> None:
    expected = 0

    def count(pairs: list[tuple[str, object]]) -> dict[str, object]:
        nonlocal expected
        expected += len(pairs) - len(dict(pairs))
        return dict(pairs)

    json.loads(text, object_pairs_hook=count)
    assert len(read(text).findings) == expected


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ('{"a": 1,}', 1, 8, "a comma before the closing `}`"),
        ('{"a": [1, 2,\n]}', 1, 12, "a comma before the closing `]`"),
        ('{"a": 1\n "b": 2}', 2, 2, "expected `,` or `}`"),
        ('{"a" 1}', 1, 2, "no colon"),
        ("{a: 1}", 1, 2, "double quotes"),
        ("{'a': 1}", 1, 2, "double quotes"),
        ('{"a": True}', 1, 7, "`True` is not a JSON value"),
        ('{"a": NaN}', 1, 7, "`NaN` is not a JSON value"),
        ('{"a": 01}', 1, 7, "`01` is not a JSON value"),
        ('{"a": .5}', 1, 7, "`.5` is not a JSON value"),
        ('{"a": +1}', 1, 7, "`+1` is not a JSON value"),
        ('{"a": 1.}', 1, 7, "`1.` is not a JSON value"),
        ('{"a": "x\ny"}', 1, 7, "does not end on its line"),
        ('{"a": "x\ty"}', 1, 9, "U+0009"),
        ('{"a": "\\q"}', 1, 8, "`\\q` is not an escape"),
        ('{"a": "\\u12"}', 1, 8, "is not an escape"),
        ('{"a": "\\ud800"}', 1, 8, "half of a surrogate pair"),
        ('{"a": "\\udc00x"}', 1, 8, "half of a surrogate pair"),
        ('{"a": 1} {"b": 2}', 1, 10, "after the end"),
        ('{"a": [1, {"b": 2}', 1, 7, "never closed"),
        ('{"a": // no\n 1}', 1, 7, "is not a JSON value"),
        ('{"a": ]}', 1, 7, "expected a value, found `]`"),
        ("{]", 1, 2, "expected a member name"),
        ('["\u3042\u3042", x]', 1, 8, "`x` is not a JSON value"),
        ("", 1, 1, "the file is empty"),
    ],
)
def test_what_is_wrong_has_a_place(text: str, line: int, column: int, words: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(text)
    finding = caught.value.finding
    assert words in finding.message
    assert finding.position is not None
    assert (finding.position.line, finding.position.column) == (line, column)
    assert finding.remedy or "expected" in finding.message


SOUP = st.text(alphabet='{}[]:,"\\u0041truefalsnd0123456789.eE+- \n\t\x00\ud7ff', max_size=30)


@settings(max_examples=500, deadline=None)
@given(SOUP | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(json.dumps))
def test_explaining_agrees_with_reading(text: str) -> None:
    """The explanation finds something wrong exactly where reading fails (NUL is refused before)."""
    if "\0" in text:
        return
    try:
        read(text)
        readable = True
    except Unreadable:
        readable = False
    assert (explain(decode(text.encode()), LIMITS.depth) is None) == readable


def test_members_know_where_they_stand() -> None:
    text = '{"a" : [1, "x,y", {"b": "}"}], "c\\u0064": {} }'
    outer = list(members(text, 0))
    assert [(member.name, text[member.start : end_of(text, member.start)]) for member in outer] == [
        ("a", '[1, "x,y", {"b": "}"}]'),
        ("cd", "{}"),
    ]
    inner = list(members(text, outer[0].start))
    assert [text[member.start : end_of(text, member.start)] for member in inner] == [
        "1",
        '"x,y"',
        '{"b": "}"}',
    ]


def test_almost_json_is_read_where_that_is_tolerated(tmp_path: Path) -> None:
    path = tmp_path / "openapi.json"
    path.write_text('{"openapi": "3.1.0", "info": {"title": "T", "version": "1",}, "paths": {}, }')
    strict = load(path)
    assert [(diagnostic.level, diagnostic.code) for diagnostic in strict.diagnostics.items] == [
        ("error", "json-syntax")
    ]
    tolerant = load(path, options=LoadOptions(tolerant=True))
    assert [(diagnostic.level, diagnostic.code) for diagnostic in tolerant.diagnostics.items] == [
        ("degraded", "json-syntax")
    ]
    assert tolerant.root["info"] == {"title": "T", "version": "1"}
    path.write_text('{"openapi": "3.1.0",} nothing')
    assert [
        diagnostic.level for diagnostic in load(path, options=LoadOptions(tolerant=True)).diagnostics.items
    ] == ["error"]


def test_where_a_name_stands_twice_the_last_one_counts() -> None:
    document = loads('{"a": {"b": 1, "b": {"c": 2}}, "a": {"b": {"c": 3}}}')
    assert document.root == {"a": {"b": {"c": 3}}}
    position = document.position(Place(file="", pointer="/a/b/c"))
    assert position is not None
    assert position.column == 49


def test_a_place_is_found_without_reading_on(monkeypatch: pytest.MonkeyPatch) -> None:
    passed: list[int] = []
    whole = json_scan.end_of

    def counted(text: str, offset: int) -> int:
        passed.append(offset)
        return whole(text, offset)

    monkeypatch.setattr(json_scan, "end_of", counted)
    members = ", ".join(f'"m{number}": {{"n": [{number}]}}' for number in range(1_000))
    document = loads(f'{{"first": {{"n": 1}}, {members}}}')
    assert document.position(Place(file="", pointer="/first/n")) is not None
    assert document.position(Place(file="", pointer="/m2/n/0")) is not None
    assert len(passed) < 20


def test_values_that_nest_deeper_than_python_reads_are_passed_over() -> None:
    text = "[" * 100_000 + '"]"' + "]" * 100_000
    assert json_scan.end_of(text + ", 1", 0) == len(text)
