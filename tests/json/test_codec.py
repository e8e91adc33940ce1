"""Decoding and encoding of models: values, errors, and what is kept."""

from __future__ import annotations

import datetime as dt
import json as stdlib
import uuid
from decimal import Decimal
from typing import Any

import attrs
import pytest
from bindwright.runtime import UNSET, DateTime, DecodeError, EncodeError, json

from tests.json import models
from tests.json.documents import EVERYTHING
from tests.json.models import (
    Aquarium,
    Bird,
    Cat,
    Codes,
    Colour,
    Defaults,
    Dog,
    Everything,
    Fish,
    Job,
    Labels,
    Loose,
    Odd,
    Part,
    Pet,
    Sku,
    State,
    Tagged,
)

SLOWLY = json.Settings(speculate=False)
PATHS = [json.DEFAULT, SLOWLY]


@pytest.fixture(params=PATHS, ids=["fast", "slow"])
def settings(request: pytest.FixtureRequest) -> json.Settings:
    """Both ways of reading."""
    mode: json.Settings = request.param
    return mode


def test_a_document_comes_back_byte_for_byte(settings: json.Settings) -> None:
    value = json.decode(EVERYTHING.encode(), Everything, settings=settings)
    assert json.encode(value).decode() == EVERYTHING


def test_values_have_the_types_of_the_annotations(settings: json.Settings) -> None:
    value = json.decode(EVERYTHING.encode(), Everything, settings=settings)
    assert value.text == 'a\x01"b\\é😀'
    assert (value.price, value.quoted) == (Decimal("1.50"), Decimal("0.10"))
    assert (str(value.price), str(value.quoted)) == ("1.50", "0.10")
    assert type(value.when) is DateTime
    assert (value.day, value.span) == (dt.date(2025, 1, 1), dt.timedelta(hours=1))
    assert (value.key, value.blob, value.hexed) == (uuid.UUID(int=10), b"\0\1\2", b"\0\xff")
    assert (value.colour, value.colour.known, value.state) == ("blue", False, State.DONE)
    assert value.by_state == {State.DONE: 1, State(7): 2}
    assert (value.couple, value.either, value.optional, value.tri) == ((1, "x"), Part(a=5), 3, None)
    assert (type(value.sku), value.sku, value.me) == (Sku, "A-1", None)


def test_absent_null_and_value(settings: json.Settings) -> None:
    for member, expected in (("", UNSET), ('"tri":null,', None), ('"tri":"",', "")):
        text = EVERYTHING.replace('"tri":null,', member).encode()
        value = json.decode(text, Everything, settings=settings)
        assert value.tri == expected
        assert json.encode(value) == text


def test_unknown_members_stay_in_place(settings: json.Settings) -> None:
    for text in (
        '{"z":{"k":1.50},"a":1,"y":[1E400],"x":"\\u0007","b":"q","w":null}',
        '{"b":"q","z":1,"a":1}',
        '{"a":1,"b":null}',
        '{"a":1,"b":null,"z":2}',
    ):
        value = json.decode(text.encode(), Part, settings=settings)
        if text.startswith('{"b"'):
            assert json.encode(value) == b'{"a":1,"b":"q","z":1}'
        else:
            assert json.encode(value).decode() == text
        moved = attrs.evolve(value, a=7)
        assert stdlib.loads(json.encode(moved)) == stdlib.loads(text) | {"a": 7}
        assert value == Part(a=1, b=value.b)


def test_a_kept_null_gives_way_to_a_value() -> None:
    value = json.decode(b'{"a":1,"b":null}', Part)
    value.b = "now"
    assert json.encode(value) == b'{"a":1,"b":"now"}'


def test_typed_additional_members(settings: json.Settings) -> None:
    value = json.decode(b'{"x":1,"name":"n","y":2}', Tagged, settings=settings)
    assert value == Tagged(name="n", additional_properties={"x": 1, "y": 2})
    assert json.encode(value) == b'{"name":"n","x":1,"y":2}'
    with pytest.raises(DecodeError, match=r"expected an integer, found the string 'q' - at \$\.x"):
        json.decode(b'{"name":"n","x":"q"}', Tagged, settings=settings)
    with pytest.raises(EncodeError, match="expected int"):
        json.encode(Tagged(name="n", additional_properties={"x": "q"}))  # type: ignore[dict-item]


def test_names_that_need_an_escape(settings: json.Settings) -> None:
    text = rb'{"a \"b\\":1,"x\ny":"z","":5}'
    value = json.decode(text, Odd, settings=settings)
    assert value == Odd(quote=1, line="z", empty=5)
    assert json.encode(value) == text


def test_defaults_of_hand_written_models(settings: json.Settings) -> None:
    first, second = (json.decode(b"{}", Defaults, settings=settings) for _ in range(2))
    assert first == Defaults() == second
    first.names.append("x")
    assert second.names == []
    assert json.encode(second) == b'{"count":7,"names":[]}'


def test_roots_that_are_no_models(settings: json.Settings) -> None:
    for text, kind, value in (
        ("[1,2]", list[int], [1, 2]),
        ('["a"]', Codes, Codes(["a"])),
        ('{"a":1}', Labels, Labels(a=1)),
        ('"A"', Sku, Sku("A")),
        ('"red"', Colour, Colour.RED),
        ("10", State, State.DONE),
        ("null", int | None, None),
        ('[{"a":1},null]', list[Part | None], [Part(a=1), None]),
        ("1.50", Decimal, Decimal("1.50")),
        ('{"a":{"a":1}}', dict[str, Part], {"a": Part(a=1)}),
        ('"x"', Any, "x"),
        ("[1,2]", tuple[int, ...], (1, 2)),
        ('"2025-01-01T00:00:00Z"', dt.datetime, dt.datetime(2025, 1, 1, tzinfo=dt.UTC)),
    ):
        decoded = json.decode(text.encode(), kind, settings=settings)
        assert (type(decoded), decoded) == (type(value), value)
        assert json.encode(decoded, kind).decode() == text


def test_values_that_tell_their_type() -> None:
    assert json.encode([Part(a=1), {"x": dt.date(2025, 1, 1)}, Decimal("1.0"), Colour.RED, (1,), None]) == (
        b'[{"a":1},{"x":"2025-01-01"},1.0,"red",[1],null]'
    )
    assert json.encode(Codes(["x"])) == b'["x"]'
    assert json.encode({1: b"\0", State.DONE: True, None: 1.5}) == b'{"1":"AA==","10":true,"null":1.5}'


def test_expressions_and_namespaces() -> None:
    for namespace in ("tests.json.models", models, vars(models)):
        assert json.decode(b'[{"a":1}]', "list[Part]", namespace=namespace) == [Part(a=1)]
    with pytest.raises(NameError):
        json.decode(b"1", "Nothing", namespace="tests.json.models")


def test_unions_by_discriminator(settings: json.Settings) -> None:
    assert json.decode(b'{"kind":"cat","lives":9}', Pet, settings=settings) == Cat(lives=9)
    assert json.decode(b'{"kind":"dog","tricks":[]}', Pet, settings=settings) == Dog(tricks=[])
    assert (
        json.encode([Cat(lives=1), Dog()], list[Pet])
        == b'[{"kind":"cat","lives":1},{"kind":"dog","tricks":[]}]'
    )
    with pytest.raises(DecodeError, match=r"expected the member \"lives\""):
        json.decode(b'{"kind":"cat"}', Pet, settings=settings)
    assert json.decode(b'{"lives":9}', Pet, settings=settings) == Cat(lives=9)


def test_unions_by_what_stands_there(settings: json.Settings) -> None:
    for text, value in (
        ('{"a":1}', Part(a=1)),
        ('{"x":"y"}', {"x": "y"}),
        ("[1]", [1]),
        ('"red"', Colour.RED),
        ('"other"', "other"),
        ('"2025-01-01T00:00:00Z"', dt.datetime(2025, 1, 1, tzinfo=dt.UTC)),
        ("5", 5),
        ("true", True),
        ('"00000000-0000-0000-0000-000000000001"', uuid.UUID(int=1)),
        ('{"Id":1,"Status":null,"Start":null,"Rate":1.0}', Job(id=1, status=None, start=None, rate=1.0)),
    ):
        decoded = json.decode(text.encode(), Loose, settings=settings)
        assert (type(decoded), decoded) == (type(value), value)
        assert json.encode(decoded, Loose).decode() == text
    with pytest.raises(DecodeError, match="expected "):
        json.decode(b"1.5", Loose, settings=settings)


def test_derived_classes(settings: json.Settings) -> None:
    animals = b'[{"type":"fish","fins":2},{"type":"bird","wings":2},{"type":"x"}]'
    text = b'{"animals":' + animals + b',"first":{"type":"bird","wings":1}}'
    value = json.decode(text, Aquarium, settings=settings)
    assert [type(animal).__name__ for animal in value.animals] == ["Fish", "Bird", "Animal"]
    assert value.first == Bird(type="bird", wings=1)
    assert json.encode(value) == text
    assert json.decode(b'{"type":"bird","fins":1}', Fish, settings=settings) == Fish(type="bird", fins=1)


def test_profile_datacontract(settings: json.Settings) -> None:
    text = '{"Id":1,"Status":"a\\u2028\\u0085\x7f/","Start":"2025-11-24T10:45:01.1234567Z","Rate":1E+15}'
    value = json.decode(text.encode(), Job, settings=settings)
    assert json.encode(value).decode() == text
    assert json.encode([value], list[Job]).decode() == f"[{text}]"
    assert json.encode({"a": value}, dict[str, Job]).decode() == f'{{"a":{text}}}'
    assert json.encode([value]).decode() == f"[{text}]"
    assert json.encode({"a": value}).decode() == f'{{"a":{text}}}'
    for number, written in (
        (1.0, "1.0"),
        (float("nan"), '"NaN"'),
        (float("-inf"), '"-Infinity"'),
        (0.1, "0.1"),
    ):
        value.rate = number
        assert json.encode(value).endswith(f'"Rate":{written}}}'.encode())
        again = json.decode(json.encode(value), Job, settings=settings)
        assert repr(again.rate) == repr(number)


ERRORS: list[tuple[dict[str, Any], str]] = [
    ({"Text": 5}, "expected a string, found the number 5 - at $.Text"),
    ({"Number": "5"}, "expected an integer (int32), found the string '5' - at $.Number"),
    ({"Number": 1 << 31}, "expected an integer (int32), found the number 2147483648 - at $.Number"),
    ({"big": 5.5}, "expected an integer, found the number 5.5 - at $.big"),
    ({"ratio": True}, "expected a number, found true - at $.ratio"),
    ({"price": "abc"}, "expected a decimal number, found the string 'abc' - at $.price"),
    ({"flag": 1}, "expected true or false, found the number 1 - at $.flag"),
    ({"when": None}, "expected a date-time, found null - at $.when"),
    (
        {"when": "2025-13-01T00:00:00Z"},
        "expected a date-time, found the string '2025-13-01T00:00:00Z' - at $.when",
    ),
    ({"key": "1"}, "expected a UUID, found the string '1' - at $.key"),
    ({"blob": "="}, "expected base64 text, found the string '=' - at $.blob"),
    ({"colour": 5}, "expected a string, found the number 5 - at $.colour"),
    ({"fixed": "y"}, "expected the string 'x', found the string 'y' - at $.fixed"),
    ({"part": {"b": "x"}}, 'expected the member "a", found none of that name - at $.part'),
    ({"parts": [{"a": 1}, {"a": 2, "b": 7}]}, "expected a string, found the number 7 - at $.parts[1].b"),
    ({"parts": {}}, "expected an array, found an object - at $.parts"),
    ({"words": ["a", 5]}, "expected a string, found the number 5 - at $.words[1]"),
    ({"pairs": {"a b": None}}, 'expected an integer, found null - at $.pairs["a b"]'),
    (
        {"by state": {"Nope": 1}},
        "expected a key of the map's key type, found the string 'Nope' - at $[\"by state\"].Nope",
    ),
    ({"couple": [1, "a", 2]}, "expected an array of at most 2, found an array - at $.couple"),
    ({"either": {"a": "q"}}, "expected an integer, found the string 'q' - at $.either.a"),
    ({"either": 1.5}, "expected an integer, found the number 1.5 - at $.either"),
    ({"me": 5}, "expected an object, found the number 5 - at $.me"),
    ({"Text": ...}, 'expected the member "Text", found none of that name - at $'),
]


@pytest.mark.parametrize(("change", "message"), ERRORS)
def test_errors_name_expected_found_and_path(
    change: dict[str, Any], message: str, settings: json.Settings
) -> None:
    document = stdlib.loads(EVERYTHING) | change
    document = {name: value for name, value in document.items() if value is not ...}
    with pytest.raises(DecodeError) as raised:
        json.decode(stdlib.dumps(document).encode(), Everything, settings=settings)
    assert str(raised.value) == message


def _broken() -> Everything:
    return json.decode(EVERYTHING, Everything)


REFUSED: list[tuple[str, Any, str]] = [
    ("text", 5, "expected str, found int 5 - at $.Text"),
    ("number", True, "expected int, found bool True - at $.Number"),
    ("ratio", float("nan"), "JSON has no NaN and no infinity - at $.ratio"),
    ("price", Decimal("NaN"), "JSON has no NaN and no infinity - at $.price"),
    ("flag", 1, "expected bool, found int 1 - at $.flag"),
    ("when", "2025", "expected datetime, found str '2025' - at $.when"),
    ("part", None, "expected Part, found NoneType None - at $.part"),
    ("parts", [Part(a=1), Part(a="x")], "expected int, found str 'x' - at $.parts[1].a"),  # type: ignore[arg-type]
    ("words", "abc", "expected list, found str 'abc' - at $.words"),
    ("pairs", {"x": "y"}, "expected int, found str 'y' - at $.pairs['x']"),
    ("fixed", "y", "expected 'x', found str 'y' - at $.fixed"),
    ("colour", 5, "expected Colour, found int 5 - at $.colour"),
    ("text", "\ud800\ufdd0", "text with a lone surrogate beside a noncharacter has no form - at $"),
]


@pytest.mark.parametrize(("attribute", "value", "message"), REFUSED)
def test_what_cannot_be_written(attribute: str, value: Any, message: str) -> None:
    broken = _broken()
    setattr(broken, attribute, value)
    with pytest.raises(EncodeError) as raised:
        json.encode(broken)
    assert str(raised.value) == message


@pytest.mark.parametrize(
    "value", [object(), 1j, range(3), len], ids=["object", "complex", "range", "function"]
)
def test_what_json_has_no_form_for_is_told_of_with_its_place(value: Any) -> None:
    broken = _broken()
    broken.anything = [1, {"a": value}]
    with pytest.raises(
        EncodeError, match=r"a value that JSON has a form for, found .* at \$\.anything\[1\]\['a'\]$"
    ):
        json.encode(broken)


def test_a_value_that_contains_itself() -> None:
    broken = _broken()
    broken.me = broken
    with pytest.raises(EncodeError, match="contains itself"):
        json.encode(broken)


def test_indentation() -> None:
    assert json.encode(Part(a=1, b="x"), indent=2) == b'{\n  "a": 1,\n  "b": "x"\n}'


HOSTILE: list[tuple[Any, str]] = [
    (b"", "found nothing"),
    (b" ", "found nothing"),
    (b"{", "the end of the data"),
    (b"nul", "the end of the data"),
    (b"[1,]", "trailing comma"),
    (b"01", "invalid number"),
    (b"1 2", "trailing characters"),
    (b"NaN", "invalid"),
    (b'{"a":1}{"a":1}', "trailing characters"),
    (b'{"a":1,"a":2}', 'the name "a" again - at $.a'),
    (b'{"b":{"c":[1,{"d":1,"d":2}]},"a":1}', 'the name "d" again - at $.b.c[1].d'),
    (b'{"a":1, "b" :"x", "b"\n:"y"}', 'the name "b" again'),
    (b'{"a":1,"\\u0061":2}', 'the name "a" again'),
    (b"\xff", "expected JSON"),
    (b'"\xff"', "expected UTF-8"),
    (b'{"a":1,"b":"\xc3"}', "expected UTF-8"),
    (b'{"a":1\x00}', "expected JSON"),
    (b'{"b":"\x00","a":1}', "expected JSON"),
    (b"\x00", "expected JSON"),
    (b"[" * 100_000, "levels of nesting"),
    (b'{"a":' * 100_000, "levels of nesting"),
    (b"[" * 100_000 + b"]" * 100_000, "levels of nesting"),
    (b'{"a":' + b"1" * 5000 + b"}", "out of range"),
    (b'{"a":1e400}', "expected an integer"),
    ("\ud800", "a lone surrogate"),
    (b'{"a":1.5e0}', "expected an integer"),
    (b'{"a":1,"b":"\\ud800}', "expected JSON"),
    (b'{"a":NaN,"b":"\\ud800"}', "expected JSON"),
    (EVERYTHING.encode()[:-1], "the end of the data"),
    ('{"a":1}'.encode("utf-16")[:-1], "expected text in utf-16"),
]


@pytest.mark.parametrize(("data", "words"), HOSTILE)
def test_hostile_input_is_a_decode_error(data: Any, words: str, settings: json.Settings) -> None:
    with pytest.raises(DecodeError) as raised:
        json.decode(data, Part, settings=settings)
    assert words in str(raised.value)


@pytest.mark.parametrize(
    "text", ["5.0", "1e3", "-0.0", "120e-1", "9007199254740993.0", "1" + "0" * 30 + ".00"]
)
def test_whole_numbers_may_be_written_with_a_fraction(text: str, settings: json.Settings) -> None:
    """JSON Schema 2020-12 core, 4.2.2: a number with a zero fraction is an integer; 6.3: it is written without."""
    part = json.decode(f'{{"a":{text}}}'.encode(), Part, settings=settings)
    assert type(part.a) is int
    assert part.a == Decimal(text)
    assert json.encode(part) == f'{{"a":{part.a}}}'.encode()


@pytest.mark.parametrize("text", ["\\ud83d", "a\\uDC00b", "\\udc00\\ud83d", "\\ud83d\\ude00 \\ud83d"])
def test_lone_surrogates_are_read_and_written_back(text: str, settings: json.Settings) -> None:
    """RFC 8259, 8.2: the grammar allows them."""
    data = f'{{"a":1,"b":"{text}","{text}":["{text}"]}}'.encode()
    part = json.decode(data, Part, settings=settings)
    assert part.b == stdlib.loads(f'"{text}"')
    again = json.encode(part)
    assert json.decode(again, Part, settings=settings) == part
    assert stdlib.loads(again) == stdlib.loads(data)


@attrs.define(kw_only=True)
class Moment:
    when: dt.datetime | None = None
    day: dt.date | None = None
    clock: dt.time | None = None


@pytest.mark.parametrize("place", ["when", "day", "clock"])
def test_an_empty_text_is_no_time_whatever_was_read_before(place: str) -> None:
    for _ in range(3):
        with pytest.raises(DecodeError):
            json.decode(f'{{"{place}":""}}'.encode(), Moment)


def test_syntax_errors_have_a_line_and_a_column() -> None:
    with pytest.raises(DecodeError) as raised:
        json.decode('{"b": "é",\n "a": x}', Part)
    assert (raised.value.line, raised.value.column) == (2, 7)


@pytest.mark.parametrize(
    "encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]
)
def test_other_encodings(encoding: str) -> None:
    assert json.decode('{"a":1,"b":"é"}'.encode(encoding), Part) == Part(a=1, b="é")


def test_limits() -> None:
    with pytest.raises(DecodeError, match="at most 10 bytes"):
        json.decode(b'{"a":1234567}', Part, settings=json.Settings(max_size=10))
    nested = b"[" * 50 + b"]" * 50
    assert json.decode(nested, Any)
    with pytest.raises(DecodeError, match="at most 49 levels"):
        json.decode(nested, Any, settings=json.Settings(max_depth=49))
    assert json.decode(b'"' + b"[" * 1000 + b'"', str) == "[" * 1000
    assert json.decode(b"[[]," * 300 + b"1" + b"]" * 300, Any, settings=json.Settings(max_depth=400))
    twice = json.Settings(unique_names=False)
    assert json.decode(b'{"a":1,"a":2}', Part, settings=twice) == Part(a=2)


def test_many_brackets_do_not_take_long() -> None:
    wide = b"[" + b"[]," * 200_000 + b"[]]"
    assert len(json.decode(wide, list[Any])) == 200_001


def test_compiled_code_stands_in_tracebacks() -> None:
    import linecache
    import traceback

    with pytest.raises(DecodeError) as raised:
        json.decode(b'{"a":"x"}', Part, settings=SLOWLY)
    frames = traceback.extract_tb(raised.value.__traceback__)
    ours = [frame for frame in frames if frame.filename.startswith("<bindwright json read Part")]
    assert ours
    assert linecache.getline(ours[-1].filename, ours[-1].lineno or 0).strip()
