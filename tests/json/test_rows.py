"""Documents of many rows, some of which deviate: read row by row as the general way reads them."""

from __future__ import annotations

import random
from typing import Any

import pytest
from attrs import define, field
from bindwright.runtime import DecodeError, Model, json, root, wire
from bindwright.runtime.json.codecs import rows
from bindwright.runtime.json.codecs.default import REGISTRY
from bindwright.runtime.leniency import deviations

from tests.json.test_properties import mutated
from tests.json.test_whole_documents import MEAGRE, ORDER, Order

SLOWLY = json.Settings(speculate=False)
LENIENT = json.Settings(values="lenient")
LENIENT_SLOWLY = json.Settings(values="lenient", speculate=False)


@define(kw_only=True)
class Page(Model):
    __wire__ = root()

    total: int
    orders: list[Order] = field(metadata=wire("the orders"))
    more: list[Order] | None = None


def outcome(data: bytes, kind: Any, settings: json.Settings) -> str:
    try:
        value = json.decode(data, kind, settings=settings)
    except DecodeError as error:
        return f"error {error}"
    written = json.encode(value, kind, settings=settings)
    return f"{value!r} {written!r} {[str(deviation) for deviation in deviations(value)]}"


def document(kind: str, items: list[str], source: random.Random) -> str:
    text = ",".join(items)
    if kind == "list":
        return f"[{text}]"
    further = source.choice(
        ["", ',"more":null', f',"more":[{MEAGRE}]', ',"zz":[1.50]', ',"total":1', ',"more":5']
    )
    return source.choice(['{{"total":3,"the orders":[{0}]{1}}}', '{{ "the orders" : [ {0} ]{1}, "total":"x" }}',
                          '{{"zz":{{"a":1}},"the orders":[{0}],"total":3{1}}}']).format(text, further)  # fmt: skip


@pytest.mark.parametrize("kind", ["list", "page"])
def test_as_the_general_way_reads_them(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "SHORTEST", 1)
    source = random.Random(kind)
    type_: Any = list[Order] if kind == "list" else Page
    read = kept = 0
    for _ in range(400):
        items = [source.choice([ORDER, MEAGRE]) for _ in range(source.randrange(1, 6))]
        spoilt = source.randrange(len(items))
        items[spoilt] = mutated(items[spoilt], source).decode(errors="replace")
        data = document(kind, items, source).encode()
        strict = outcome(data, type_, SLOWLY)
        assert outcome(data, type_, json.DEFAULT) == strict, data
        lenient = outcome(data, type_, LENIENT_SLOWLY)
        assert outcome(data, type_, LENIENT) == lenient, data
        read += not strict.startswith("error")
        kept += strict.startswith("error") and not lenient.startswith("error")
    assert read > 5
    assert kept > 5


def test_rows_that_conform_are_read_the_fast_way(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[bytes] = []
    parse = rows.parse
    monkeypatch.setattr(rows, "parse", lambda data, settings: parsed.append(data) or parse(data, settings))
    wrong = MEAGRE.replace('"name":"C"', '"name":5')
    for settings in (json.DEFAULT, LENIENT):
        further = MEAGRE.replace('"name":"C"', '"name":"C","zz":1') if settings is json.DEFAULT else wrong
        data = f'{{"total":3,"the orders":[{",".join([ORDER] * 60)},{further},{",".join([ORDER] * 60)}]}}'.encode()
        REGISTRY.unhook()  # compiled anew: no failures of other tests are remembered
        parsed.clear()
        page = json.decode(data, Page, settings=settings)
        assert len(page.orders) == 121
        assert len(parsed) <= 4, "the row, what stands around the rows, and one row more after a failure"
        assert [deviation.path for deviation in deviations(page)] == (
            [] if settings is json.DEFAULT else ['$["the orders"][60].customer.name']
        )


def test_names_twice_around_the_rows_and_within_them_are_errors() -> None:
    for text in (
        f'{{"total":1,"total":2,"the orders":[{",".join([ORDER] * 40)}]}}',
        f'{{"total":1,"the orders":[{",".join([ORDER] * 40)}],"the orders":[]}}',
        f'{{"total":1,"the orders":[{",".join([ORDER] * 40)},{{"zz":1,"zz":2}}]}}',
    ):
        with pytest.raises(DecodeError, match="each name once"):
            json.decode(text.encode(), Page)
