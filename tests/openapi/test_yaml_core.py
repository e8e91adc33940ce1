"""YAML 1.2's core schema: both readers against a table, against each other and against a third."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

import pytest
import yaml
from bindwright.openapi import loads
from bindwright.openapi.diagnostics.syntax_errors import Unreadable
from bindwright.openapi.options import LoadLimits
from bindwright.openapi.text.numbers import SpelledFloat
from bindwright.openapi.text.text import decode
from bindwright.openapi.text.yaml_build import read_exactly
from bindwright.openapi.text.yaml_read import read_yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from .core_reader import core

LIMITS = LoadLimits()


def read(text: str) -> Any:
    return read_yaml(decode(text.encode()), LIMITS).value


def exactly(text: str) -> Any:
    return read_exactly(decode(text.encode()), LIMITS).value


# YAML 1.2.2, 10.3.2, with what 1.1 or another reader would have made of it in mind.
SCALARS = {
    "null": None,
    "Null": None,
    "NULL": None,
    "nULL": "nULL",
    "~": None,
    "": None,
    "true": True,
    "TRUE": True,
    "True": True,
    "tRUE": "tRUE",
    "yes": "yes",
    "on": "on",
    "off": "off",
    "y": "y",
    "0": 0,
    "-0": 0,
    "+12": 12,
    "010": 10,
    "08": 8,
    "00": 0,
    "0o10": 8,
    "0o8": "0o8",
    "-0o7": "-0o7",
    "0O7": "0O7",
    "0x1F": 31,
    "0X1F": "0X1F",
    "-0x1F": "-0x1F",
    "+0x1F": "+0x1F",
    "0x": "0x",
    "0b11": "0b11",
    "1_000": "1_000",
    "0_1": "0_1",
    "1,000": "1,000",
    "12:30:45": "12:30:45",
    "2001-01-01": "2001-01-01",
    "2001-12-14t21:59:43.10-05:00": "2001-12-14t21:59:43.10-05:00",
    "1.10": 1.1,
    "0.01": 0.01,
    "1e3": 1000.0,
    "1E+3": 1000.0,
    "0e0": 0.0,
    ".5": 0.5,
    "+.5": 0.5,
    "5.": 5.0,
    ".": ".",
    "..": "..",
    "+": "+",
    "1e": "1e",
    "e1": "e1",
    ".e5": ".e5",
    "=": "=",
    ".inf": math.inf,
    "-.INF": -math.inf,
    "+.Inf": math.inf,
    "inf": "inf",
    "nan": "nan",
    "18446744073709551615": 18446744073709551615,
    "18446744073709551616": 18446744073709551616,
    "-9223372036854775809": -9223372036854775809,
    "123456789012345678901234567890": 123456789012345678901234567890,
    "9" * 50: int("9" * 50),
    "1e400": Decimal("1e400"),
    "1e-400": Decimal("1e-400"),
    "1.7976931348623157e+308": 1.7976931348623157e308,
    "0.12345678901234567891": Decimal("0.12345678901234567891"),
    "1234567890.12345678": Decimal("1234567890.12345678"),
    "!!str 12": "12",
    "!!int '12'": 12,
    "!!float 1": 1.0,
    "!!null ''": None,
    "!!bool 'true'": True,
    "! 12": "12",
    "!!timestamp 2001-01-01": "2001-01-01",
    "!!binary aGk=": "aGk=",
    "!local text": "text",
    "'12'": "12",
    '"true"': "true",
    "a\\nb": "a\\nb",
    '"a\\nb\\x41\\u263a\\U0001F600"': "a\nbA\u263a\U0001f600",
}


@pytest.mark.parametrize("reader", [read, exactly])
@pytest.mark.parametrize("text", SCALARS)
@pytest.mark.parametrize("shape", ["a: {}", "a: [x, {}]", "- {}", "a:\n- b:   {}   # c", "{{a: {}}}"])
def test_scalars(text: str, shape: str, reader: Any) -> None:
    if (text == "" and shape == "a: [x, {}]") or ("," in text and shape[-1] in "]}"):
        return  # it would be two items there, or none
    scalar = reader(shape.format(text))
    while isinstance(scalar, dict | list):
        scalar = next(iter(scalar.values())) if isinstance(scalar, dict) else scalar[-1]
    expected = SCALARS[text]
    assert scalar == expected
    assert type(scalar) is type(expected) or isinstance(scalar, SpelledFloat)


@pytest.mark.parametrize("reader", [read, exactly])
def test_not_a_number(reader: Any) -> None:
    assert all(math.isnan(item) for item in reader("[.nan, .NaN, .NAN]"))


KEYS = [
    "200",
    "on",
    "null",
    "~",
    "true",
    "True",
    "1.10",
    "010",
    "0x10",
    "+5",
    "-0",
    "-5",
    "1e3",
    ".inf",
    "2001-01-01",
]


@pytest.mark.parametrize("reader", [read, exactly])
@pytest.mark.parametrize("key", KEYS)
def test_keys_are_strings_as_they_are_spelled(key: str, reader: Any) -> None:
    assert reader(f"{key}: 1") == {key: 1}
    assert reader(f"a: {{{key}: 1}}") == {"a": {key: 1}}
    assert reader(f"a:\n  b:\n  - {key}: 1\n    c: 2") == {"a": {"b": [{key: 1, "c": 2}]}}


NASTY = [
    "a: &x {q: 1, r: 2}\nb:\n  <<: *x\n  r: 3\n",
    "a: &x {q: 1}\nb: &y {q: 2, s: 3}\nc:\n  <<: [*x, *y]\n  t: 4\n",
    "a: &x 1\nb: *x\nc: [*x, *x]",
    "&a a: 1\nb: *a",
    "a: |\n  x\n   y\n\n  z\nb: >-\n  x\n\n    y\n  z\n",
    "a: |2-\n    x\n\nb: |+\n  y\n\n\nc: 1",
    "a: 'it''s'\nb: \"x\n  y\n\n  z\"",
    "- - a\n  - b\n-\n  c\n- ? d\n  : e",
    "a:\n- 1\n- 2\nb: x # c\nc: x#c\nd: x:y\ne: http://a/b?c=d#e",
    '{a: [b, {c: d, e}], \'f\': "g", "h":i, j: }',
    "%YAML 1.2\n---\na: yes\n...\n",
    "---\na: 1\n",
    "# only\n\na: 1 # x",
    "a: b\r\nc:\r\n  - d\r\n",
    "a: b\rc: d\r",
    "? a\n: b\n? |\n  block\n: - c",
    "a: x\n  y\n  z\nb: 'p\n\n  q'",
    "a: [1,\n  010, 0b1,\n  +0x1]",
    "a: [\n  {b: 0o10,\n c: -0o1}\n]",
    "text: costs 10,010, or [010, 011]\nlist:\n  - a, 010,\n",
    'a: "\\/\\e\\_\\N\\L\\P\\0"',
    "a: [{b: 1},\n 2, 010]",
    "a: [']',\n 2, 010]",
    "a: !!map {b: !!seq [c]}",
    "a: !!set {x, y}",
    "\U0001f600: \U0001f600",
    "a: \u3042\nb\u00e9: c",
]


@pytest.mark.parametrize("text", NASTY)
def test_three_readers_agree(text: str) -> None:
    expected = core(text) if "!!set" not in text else {"a": {"x": None, "y": None}}
    assert exactly(text) == expected
    assert read(text) == expected


@pytest.mark.parametrize("sign", ["\x85", "\u2028", "\u2029"])
@pytest.mark.parametrize("form", ['a: "x{}y"', "a: 'x{}y'", "a: |\n  x{}y\n", "a: x{}y", "x{}y: 1"])
def test_only_cr_and_lf_break_lines(sign: str, form: str) -> None:
    """YAML 1.2.2, 5.4; 1.1 broke lines at these too, and libyaml still does."""
    text = form.format(sign)
    name, value = next(iter(read(text).items()))
    assert f"x{sign}y" in (name, value.rstrip("\n") if isinstance(value, str) else value)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: 1\na: 2", "duplicate-key"),
        ("{a: 1, a: 2}", "duplicate-key"),
        ('200: 1\n"200": 2', "duplicate-key"),
        ("? [a, b]\n: 1", "yaml-key"),
        ("a: !include b.yaml", "yaml-tag"),
        ("a: !Thing {b: 1}", "yaml-tag"),
        ("a: !!int x", "yaml-scalar"),
        ("a: " + "9" * 5000, "yaml-scalar"),
    ],
)
def test_what_is_odd_is_told(text: str, code: str) -> None:
    reading = read_yaml(decode(text.encode()), LIMITS)
    assert [finding.code for finding in reading.findings] == [code]
    assert reading.findings[0].position is not None


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("a: b: c", "yaml-syntax", 1, 5),
        ("a: 1\n\tb: 2", "yaml-syntax", 2, 1),
        ("a: [1,\n  2", "yaml-syntax", 1, 4),
        ("a: 1\nb: *x", "yaml-alias", 2, 4),
        ("a: &x [1, *x]", "yaml-alias", 1, 11),
        ("a: 1\n---\nb: 2", "yaml-documents", 2, 1),
        ("a: \x07", "yaml-control", 1, 4),
        ("", "empty-file", 1, 1),
        ("  \n ", "empty-file", 1, 1),
    ],
)
def test_unreadable_has_a_place(text: str, code: str, line: int, column: int) -> None:
    with pytest.raises(Unreadable) as caught:
        read(text)
    finding = caught.value.finding
    assert finding.code == code
    assert finding.position is not None
    assert (finding.position.line, finding.position.column) == (line, column)


WORDS = st.sampled_from(
    [*SCALARS, "a", "b c", "#x", "[", "0", "- x", "x: y", "&a", "*a", "|", ">", "<<", "!t", "%", "@"]
)
TEXTS = st.lists(
    st.tuples(
        st.sampled_from(["", "  ", "    ", "- ", "a: ", "b: ", "? ", ": ", "{", "}", ", ", "\n", "'"]), WORDS
    ),
    max_size=12,
).map(lambda parts: "".join(before + word for before, word in parts))


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_fast_reader_equals_exact_reader(text: str) -> None:
    assert outcome(read, text) == outcome(exactly_or_empty, text)


def exactly_or_empty(text: str) -> Any:
    if not text.strip():
        return read(text)
    return exactly(text)


def outcome(reader: Any, text: str) -> str:
    try:
        return repr(reader(text))
    except Unreadable as error:
        return error.finding.code


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=200, deadline=None)
@given(VALUES)
def test_what_a_dumper_wrote_comes_back(value: Any) -> None:
    text = yaml.dump({"value": value}, Dumper=_Quoting, allow_unicode=True)
    assert read(text) == {"value": value}
    assert exactly(text) == {"value": value}


class _Quoting(yaml.SafeDumper):
    """Strings in double quotes: PyYAML's dumper leaves plain what YAML 1.1 and 1.2 read differently."""

    def ignore_aliases(self, data: Any) -> bool:
        """Never: the values are small."""
        return True


_Quoting.add_representer(
    str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')
)


def test_characters_escaped_in_halves_are_joined() -> None:
    text = "openapi: 3.1.0\ninfo: {title: \"a \\ud83d\\ude00 \\\\\\uD834\\uDD1E b\", version: '\\ud83d'}\npaths: {}\n"
    read = loads(text)
    assert read.diagnostics.items == []
    assert read.root["info"] == {"title": "a \U0001f600 \\\U0001d11e b", "version": "\\ud83d"}
    alone = loads(text.replace("\\ude00", ""))
    assert [diagnostic.code for diagnostic in alone.diagnostics.items] == ["yaml-syntax"]
