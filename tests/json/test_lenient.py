"""Lenient reading: what fits is typed, what does not is kept as it came, and listed."""

from __future__ import annotations

import json as stdlib
import random
import uuid
from typing import Any

import pytest
from attrs import define, field
from bindwright.runtime import DecodeError, EncodeError, Model, at, json, wire
from bindwright.runtime.json.documents import Codec
from bindwright.runtime.leniency import deviations
from bindwright.runtime.wire import Choice, root

from tests.json.models import Part
from tests.json.styled import models, models_dataclass, models_msgspec, models_typeddict
from tests.json.test_properties import DOCUMENTS, mutated

pydantic_models = pytest.importorskip("tests.json.styled.models_pydantic")
LENIENT = json.Settings(values="lenient")


@define(kw_only=True)
class Item(Model):
    __wire__ = root()

    id: int = field(metadata=wire("id"))
    key: uuid.UUID | None = field(default=None, metadata=wire("key"))
    raw: bytes | None = field(default=None, metadata=wire("raw"))
    pair: tuple[int, str] | None = field(default=None, metadata=wire("pair"))
    counts: dict[str, int] | None = field(default=None, metadata=wire("counts", values=at()))


@define(kw_only=True)
class Round(Model):
    __wire__ = root()

    shape: str = field(metadata=wire("shape"))
    radius: int = field(metadata=wire("radius"))


@define(kw_only=True)
class Square(Model):
    __wire__ = root()

    shape: str = field(metadata=wire("shape"))
    side: int = field(metadata=wire("side"))


TAGGED = Choice(discriminator="shape", mapping={"round": "Round", "square": "Square"})


@define(kw_only=True)
class Page(Model):
    __wire__ = root()

    items: list[Item] = field(metadata=wire("items"))
    total: int = field(metadata=wire("total"))
    figure: Round | Square | None = field(default=None, metadata=wire("figure", choice=TAGGED))
    either: Item | list[int] | str | None = field(default=None, metadata=wire("either"))


def test_a_bad_row_does_not_lose_the_page() -> None:
    data = b'{"items":[{"id":1},{"id":"x","zz":[1.50]},7,{"id":3}],"total":4}'
    page = json.decode(data, Page, settings=LENIENT)
    assert [type(item) for item in page.items] == [Item, Item, int, Item]
    assert (page.items[1].id, page.items[2], page.total) == ("x", 7, 4)
    assert [(deviation.path, deviation.expected, deviation.found) for deviation in deviations(page)] == [
        ("$.items[1].id", "an integer", "the string 'x'"),
        ("$.items[2]", "an object", "the number 7"),
    ]
    assert deviations(page.items[1]) == deviations(page)[:1]
    assert deviations(page.items[0]) == ()
    assert json.encode(page, settings=LENIENT) == data
    with pytest.raises(EncodeError, match=r"items\[1\]\.id"):
        json.encode(page)


KEPT: list[tuple[str, str, Any]] = [
    ('{"items":[],"total":null}', "$.total", lambda page: page.total is None),
    ('{"items":[]}', "$.total", lambda page: page.total is None),
    ('{"items":null,"total":1}', "$.items", lambda page: page.items is None),
    ('{"items":{"id":1},"total":1}', "$.items", lambda page: page.items == {"id": 1}),
    ('{"items":[],"total":5.5}', "$.total", lambda page: page.total == 5.5),
    ('{"items":[],"total":true}', "$.total", lambda page: page.total is True),
    ('{"items":[{"id":1,"pair":[1,"a",2]}],"total":1}', "$.items[0].pair", lambda page: page.items[0].pair == [1, "a", 2]),
    ('{"items":[{"id":1,"pair":[1,2]}],"total":1}', "$.items[0].pair[1]", lambda page: page.items[0].pair == (1, 2)),
    ('{"items":[{"id":1,"counts":{"a":1,"b":"c"}}],"total":1}', "$.items[0].counts.b",
     lambda page: page.items[0].counts == {"a": 1, "b": "c"}),
    ('{"items":[{"id":1,"raw":"*"}],"total":1}', "$.items[0].raw", lambda page: page.items[0].raw == "*"),
    ('{"items":[{"id":1,"key":"k"}],"total":1}', "$.items[0].key", lambda page: page.items[0].key == "k"),
    ('{"items":[],"total":1,"figure":{"shape":"oval","a":1}}', "$.figure",
     lambda page: page.figure == {"shape": "oval", "a": 1}),
    ('{"items":[],"total":1,"figure":{"shape":"round","radius":"r"}}', "$.figure.radius",
     lambda page: type(page.figure) is Round and page.figure.radius == "r"),
    ('{"items":[],"total":1,"either":{"id":"x"}}', "$.either.id", lambda page: page.either.id == "x"),
    ('{"items":[],"total":1,"either":true}', "$.either", lambda page: page.either is True),
]  # fmt: skip


@pytest.mark.parametrize(("text", "path", "holds"), KEPT)
def test_what_does_not_fit_is_kept_and_written_back(text: str, path: str, holds: Any) -> None:
    with pytest.raises(DecodeError):
        json.decode(text, Page)
    page = json.decode(text.encode(), Page, settings=LENIENT)
    assert holds(page), page
    assert [deviation.path for deviation in deviations(page)] == [path]
    again = stdlib.loads(json.encode(page, settings=LENIENT))
    assert again == stdlib.loads(text) | ({"total": None} if "total" not in text else {})


@pytest.mark.parametrize(
    ("text", "value"),
    [("0123456789abcdef0123456789abcdef", 0x0123456789ABCDEF0123456789ABCDEF), ("{%s}", 5), ("(%s)", 5)],
)
def test_other_spellings_of_uuids_are_typed_and_listed(text: str, value: int) -> None:
    text = text.replace("%s", str(uuid.UUID(int=5)))
    item = json.decode(f'{{"id":1,"key":"{text}"}}', Item, settings=LENIENT)
    assert item.key == uuid.UUID(int=value)
    assert [deviation.path for deviation in deviations(item)] == ["$.key"]


def test_base64_without_padding() -> None:
    item = json.decode(b'{"id":1,"raw":"YWI"}', Item, settings=LENIENT)
    assert item.raw == b"ab"
    assert [deviation.path for deviation in deviations(item)] == ["$.raw"]


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b"[" * 300, b'{"id":NaN}'])
def test_what_is_no_json_is_still_an_error(data: bytes) -> None:
    with pytest.raises(DecodeError):
        json.decode(data, Item, settings=LENIENT)


def test_of_a_name_that_stands_twice_the_last_is_read() -> None:
    for data in (b'{"id":1,"id":2}', b'{"id":1, "id":2, "zz":1}'):
        item = json.decode(data, Item, settings=LENIENT)
        assert item.id == 2
        assert [(deviation.path, deviation.expected) for deviation in deviations(item)] == [
            ("$.id", "each name once")
        ]
    with pytest.raises(DecodeError):
        json.decode(b'{"id":1,"id":2}', Item)


def test_roots_that_are_something_else() -> None:
    assert json.decode(b"[1]", Page, settings=LENIENT) == [1]
    numbers = json.decode(b'[1,"a",null]', list[int], settings=LENIENT)
    assert numbers == [1, "a", None]
    assert [deviation.path for deviation in deviations(numbers)] == ["$[1]", "$[2]"]


@pytest.mark.parametrize(
    "style", [models, models_dataclass, pydantic_models, models_msgspec, models_typeddict]
)
def test_every_style_reads_and_writes_leniently(style: Any) -> None:
    data = b'{"Id":"one","When":null,"Colour":"red","Parts":[{"Sku":"A"},{"Sku":5}],"Note":"x"}'
    with pytest.raises(DecodeError):
        json.decode(data, style.Thing)
    for _ in range(3):  # the fast path gives up at different times
        thing = json.decode(data, style.Thing, settings=LENIENT)
        assert json.encode(thing, style.Thing, settings=LENIENT) == data
        assert [deviation.path for deviation in deviations(thing)] == ["$.Id", "$.When", "$.Parts[1].Sku"]


def test_items_of_streams_have_their_own_deviations() -> None:
    data = b"[" + b",".join(b'{"id":%d}' % number for number in range(50)) + b',{"id":"x"},{"id":51}]'
    items = list(json.iter_decode([data[:200], data[200:]], Item, settings=LENIENT))
    assert [item.id for item in items] == [*range(50), "x", 51]
    assert [len(deviations(item)) for item in items] == [0] * 50 + [1, 0]


@pytest.mark.parametrize(("kind", "text"), DOCUMENTS)
def test_what_conforms_is_read_as_strictly_and_what_does_not_never_raises(kind: Any, text: str) -> None:
    source = random.Random(text)
    kept = 0
    for _ in range(600):
        data = mutated(text, source)
        try:
            json.decode(data, Any)
        except DecodeError as error:
            if error.expected == "each name once":
                assert deviations(json.decode(data, kind, settings=LENIENT))
                continue
            with pytest.raises(DecodeError):
                json.decode(data, kind, settings=LENIENT)
            continue
        value = json.decode(data, kind, settings=LENIENT)
        try:
            strict = json.decode(data, kind)
        except DecodeError:
            kept += 1
            assert deviations(value) or not isinstance(value, (Model, list, dict))
            continue
        assert repr(value) == repr(strict)
        assert deviations(value) == ()
    assert kept > 10


def test_conforming_documents_take_the_same_fast_path(monkeypatch: pytest.MonkeyPatch) -> None:
    def in_full(self: Codec, document: object, *errors: DecodeError) -> None:
        raise AssertionError("read in full")

    monkeypatch.setattr(Codec, "structure_leniently", in_full)
    for _ in range(3):
        assert json.decode(b'{"a":1}', Part, settings=LENIENT) == Part(a=1)
    with pytest.raises(AssertionError, match="read in full"):
        json.decode(b'{"a":"x"}', Part, settings=LENIENT)
