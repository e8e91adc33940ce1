"""``bindwright convert``: files and pipes, one, list and stream, both ways, with violations by line."""

from __future__ import annotations

import io
import json as stdlib
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest
from bindwright.cli import guarded, run
from bindwright.runtime import json, xml

from tests.convert.shop.models import Line, Lot, Order, Orders

ORDERS = [
    Order(
        number=f"N{index}",
        total=Decimal("1.50") * index,
        lines=[Line(sku="A", count=1), Line(sku="é]", count=2)],
    )
    for index in range(4)
]
LIST = stdlib.dumps(stdlib.loads(json.encode(ORDERS)), indent=1, ensure_ascii=False)


def convert(*arguments: str, type: str = "Order") -> int:
    """Run the command line in this process."""
    return guarded(lambda: run(["convert", "--package", "tests.convert.shop", "--type", type, *arguments]))


@pytest.fixture
def piped(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Standard input with given bytes; gives standard output's."""

    def pipe(data: bytes, *arguments: str) -> tuple[int, bytes]:
        taken = io.BytesIO()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(taken, write_through=True))
        code = convert(*arguments)
        return code, taken.getvalue()

    return pipe


def test_one_document_both_ways(tmp_path: Path) -> None:
    there, back, again = tmp_path / "a.json", tmp_path / "b.xml", tmp_path / "c.json"
    there.write_bytes(json.encode(ORDERS[1]))
    assert convert(str(there), str(back)) == 0
    assert back.read_bytes() == xml.encode(ORDERS[1])
    assert convert(str(back), str(again)) == 0
    assert again.read_bytes() == there.read_bytes()


@pytest.mark.parametrize("form", ["list.json", "lines.jsonl", "list.xml", "documents.xml"])
@pytest.mark.parametrize("to", ["json", "jsonl", "xml"])
def test_streams(tmp_path: Path, form: str, to: str) -> None:
    source, target = tmp_path / form, tmp_path / f"out.{to}"
    if form == "list.json":
        source.write_text(LIST)
    elif form == "lines.jsonl":
        source.write_bytes(b"\n".join(map(json.encode, ORDERS)))
    elif form == "list.xml":
        inner = b"\n".join(xml.encode(order).partition(b"?>")[2] or xml.encode(order) for order in ORDERS)
        source.write_bytes(b"<Orders>" + inner + b"</Orders>")
    else:
        source.write_bytes(b"\n".join(map(xml.encode, ORDERS)))
    assert convert(str(source), str(target)) == 0
    if to == "xml":
        read = xml.iter_decode if form.startswith("list") else xml.iter_documents
        assert list(read(target, Order)) == ORDERS
    else:
        assert list(json.iter_decode(target, Order)) == ORDERS
        assert (target.read_bytes()[:1] == b"[") is (to == "json" and form.startswith("list"))


def test_what_the_other_format_cannot_show_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, target = tmp_path / "a.xml", tmp_path / "b.json"
    document = xml.encode(ORDERS, list[Order]).replace(b"<count>1", b'<odd/><count unit="kg">1')
    source.write_bytes(document)
    assert convert(str(source), str(target)) == 0
    assert (
        "note: 4 values hold xml that the type does not know; json cannot show it" in capsys.readouterr().err
    )
    assert convert(str(target), str(tmp_path / "c.xml")) == 0
    assert convert(str(source), str(tmp_path / "d.xml")) == 0
    assert (tmp_path / "d.xml").read_bytes().count(b'<odd/><count unit="kg">1') == 4
    assert "note:" not in capsys.readouterr().err


def test_pipes(piped: Any) -> None:
    code, data = piped(json.encode(ORDERS[1]), "--from", "json")
    assert (code, xml.decode(data, Order)) == (0, ORDERS[1])
    code, data = piped(data, "--from", "xml", "--indent", "1")
    assert (code, json.decode(data, Order)) == (0, ORDERS[1])
    assert data.count(b"\n") > 5
    code, data = piped(LIST.encode(), "-", "-", "--from", "json", "--to", "jsonl")
    assert (code, data.count(b"\n")) == (0, 4)


def test_as_another_form(tmp_path: Path) -> None:
    source, target = tmp_path / "a.json", tmp_path / "b.json"
    source.write_bytes(json.encode(ORDERS[0]))
    assert convert(str(source), str(target), "--as", "list") == 0
    assert json.decode(target.read_bytes(), list[Order]) == ORDERS[:1]
    source.write_text(LIST)
    assert convert(str(source), str(target), "--as", "one") == 2


def test_a_list_type(tmp_path: Path) -> None:
    source, target = tmp_path / "a.json", tmp_path / "b.jsonl"
    source.write_text(LIST)
    assert convert(str(source), str(target), type="list[Order]") == 0
    assert list(json.iter_decode(target, Order)) == ORDERS


INVALID = [
    Order(number="A", total=Decimal(1), lines=[Line(sku="ok", count=1)]),
    Order(number="B", total=Decimal(-1), lines=[Line(sku="ok", count=1), Line(sku="long", count=0)]),
]


def test_violations_by_line_in_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "a.json"
    source.write_text(stdlib.dumps(stdlib.loads(json.encode(INVALID)), indent=1))
    assert convert(str(source), "--validate") == 1
    lines = source.read_text().split("\n")
    reports = capsys.readouterr().err.strip().split("\n")
    assert reports[-1] == "3 violations"
    for text, path, part in zip(
        reports,
        ("$[1].total", "$[1].lines[1].sku", "$[1].lines[1].count"),
        ('"total": -1', '"long"', '"count": 0'),
        strict=False,
    ):
        name, line, *rest = text.split(":")
        assert (name, rest[0].strip()) == (str(source), path)
        assert part in lines[int(line) - 1]


@pytest.mark.parametrize("form", ["list", "documents"])
def test_violations_by_line_in_xml(tmp_path: Path, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "a.xml"
    settings = xml.Settings(indent="  ")
    texts = [xml.encode(order, settings=settings) for order in INVALID]
    data = b"\n".join(texts)
    source.write_bytes(b"<All>\n" + data + b"\n</All>" if form == "list" else data)
    assert convert(str(source), "--validate") == 1
    lines = source.read_text().split("\n")
    reports = capsys.readouterr().err.strip().split("\n")
    assert len(reports) == 4
    for text, part in zip(reports, ("<total>-1<", "<Sku>long<", "<count>0<"), strict=False):
        assert part in lines[int(text.split(":")[1]) - 1]


def test_what_cannot_be_read_leaves_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, target = tmp_path / "a.json", tmp_path / "b.xml"
    source.write_text('[\n{"number":"A","total":1,"lines":[]},\n{"number":"B","total":"x","lines":[]}]')
    assert convert(str(source), str(target)) == 2
    assert not list(tmp_path.glob("b*"))
    assert f"{source}:3: error: expected a decimal number, found the string 'x'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ("<Ordr><number>A</number></Ordr>", 2),
        ("<Orders><!-- <Order> --></Orders>", 0),
        ("<Orders/>", 0),
    ],
)
def test_another_document_is_no_empty_list(
    tmp_path: Path, document: str, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    source, target = tmp_path / "a.xml", tmp_path / "b.json"
    source.write_text(document)
    assert convert(str(source), str(target)) == code
    assert target.exists() is (code == 0)
    assert ("expected <Order>, or a list of them" in capsys.readouterr().err) is (code == 2)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["a.txt", "b.xml"], "give --from json, jsonl or xml"),
        (["missing.json", "b.xml"], "missing.json cannot be read"),
        (["--type", "Ordr", "a.json"], "did you mean 'Order'?"),
        (["--type", "1 +", "a.json"], "is no type"),
        (["--package", "nothing_like_this", "a.json"], "cannot be imported"),
    ],
)
def test_refusals(arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert convert(*arguments) == 2
    assert words in capsys.readouterr().err


def test_progress(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "a.json"
    source.write_text(LIST)
    assert convert(str(source), str(tmp_path / "b.xml"), "--progress") == 0
    assert "bytes" in capsys.readouterr().err


@pytest.mark.parametrize("form", ["json", "xml"])
def test_a_lists_own_constraints(tmp_path: Path, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / f"a.{form}"
    codec = json if form == "json" else xml
    for count, code in ((1, 1), (2, 0), (4, 1)):
        source.write_bytes(codec.encode(Orders(ORDERS[:count]), Orders))
        assert convert(str(source), "--validate", type="Orders") == code
    errors = capsys.readouterr().err
    assert f"{source}:1: $: 1 items, at least 2 are needed (minItems)" in errors
    assert f"{source}:1: $: 4 items, at most 3 are allowed (maxItems)" in errors


@pytest.mark.parametrize("form", ["json", "xml"])
def test_unique_items_of_a_list_that_is_read_item_by_item(
    tmp_path: Path, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / f"a.{form}"
    codec = json if form == "json" else xml
    again = attrs.evolve(ORDERS[1], total=Decimal("1.500"))
    source.write_bytes(codec.encode(Lot([*ORDERS, again, attrs.evolve(again, number="other")]), Lot))
    assert convert(str(source), "--validate", type="Lot") == 1
    assert capsys.readouterr().err == f"{source}:1: $: items 1 and 4 are equal (uniqueItems)\n1 violation\n"
    source.write_bytes(codec.encode(Lot(ORDERS), Lot))
    assert convert(str(source), "--validate", type="Lot") == 0


def test_entities_are_not_expanded_to_find_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "a.xml"
    laughs = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    source.write_text(
        f'<!DOCTYPE Order [<!ENTITY e0 "x">{laughs}]><Order number="1"><total>&e11;</total></Order>'
    )
    assert convert(str(source), "--validate") == 2
    assert "a document without a DTD" in capsys.readouterr().err


@pytest.mark.parametrize(
    "expression",
    [
        "__import__('os').abort()",
        "Order.__class__",
        "list[\"__import__('os').abort()\"]",
        "\"__import__('os').abort()\"",
        "[Order for Order in ()]",
        "Order if 1 else Order",
        "(lambda: Order)()",
        "exit",
        "dt.sys",
        "Order,",
    ],
)
def test_a_type_expression_is_no_code(
    tmp_path: Path, expression: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (source := tmp_path / "a.json").write_bytes(json.encode(ORDERS[1]))
    assert convert(str(source), "--to", "json", type=expression) == 2 or expression == "Order,"
    assert "error[" in capsys.readouterr().err or expression == "Order,"


@pytest.mark.parametrize("expression", ["Order | None", "dict[str, Order]", "dt.date", 'Literal["a", "b"]'])
def test_types_may_be_put_together(tmp_path: Path, expression: str) -> None:
    value = {
        "Order | None": json.encode(ORDERS[1]),
        "dict[str, Order]": b'{"a":' + json.encode(ORDERS[1]) + b"}",
        "dt.date": b'"2024-01-02"',
    }.get(expression, b'"b"')
    (source := tmp_path / "a.json").write_bytes(value)
    assert convert(str(source), str(tmp_path / "b.json"), type=expression) == 0
    assert stdlib.loads((tmp_path / "b.json").read_bytes()) == stdlib.loads(value)


@pytest.mark.parametrize("end", ["<!-- the end -->\n", "<?done?>", "<!-- a --> \n<?b c?>\n<!-- d-e -->"])
def test_comments_and_instructions_behind_the_root(tmp_path: Path, end: str) -> None:
    (source := tmp_path / "a.xml").write_bytes(xml.encode(ORDERS[1]) + b"\n" + end.encode())
    assert convert(str(source), str(tmp_path / "b.json"), "--validate") == 0
    assert json.decode((tmp_path / "b.json").read_bytes(), Order) == ORDERS[1]


@pytest.mark.parametrize("end", ["<!-- never ends", "text", "<a>"])
def test_other_things_behind_the_root(tmp_path: Path, end: str) -> None:
    (source := tmp_path / "a.xml").write_bytes(xml.encode(ORDERS[1]) + end.encode())
    assert convert(str(source), str(tmp_path / "b.json")) == 2


@pytest.mark.parametrize("encoding", ["rot13", "hex", "bz2", "undefined", "x-none"])
def test_what_is_no_character_encoding(
    tmp_path: Path, encoding: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (source := tmp_path / "a.xml").write_bytes(f'<?xml version="1.0" encoding="{encoding}"?><a/>'.encode())
    assert convert(str(source), "--validate") == 2
    assert "expected a character encoding" in capsys.readouterr().err


@pytest.mark.parametrize(
    "encoding", ["Shift_JIS", "windows-31j", "EUC-JP", "csShiftJIS", "GB18030", "Big5", "EUC-KR", "utf-16"]
)
def test_lines_in_any_encoding(tmp_path: Path, encoding: str, capsys: pytest.CaptureFixture[str]) -> None:
    order = Order(number="A" * 99, total=Decimal(1), lines=[Line(sku="日本", count=0)])
    text = xml.encode(order, settings=xml.Settings(indent=" ", declaration=False)).decode()
    codec = {"windows-31j": "cp932"}.get(encoding, encoding)
    (source := tmp_path / "a.xml").write_bytes(
        f'<?xml version="1.0" encoding="{encoding}"?>\n{text}'.encode(codec)
    )
    assert convert(str(source), "--validate") == 1
    line = int(capsys.readouterr().err.split(":")[1])
    assert "<count>0<" in f"\n{text}".split("\n")[line - 1]


def test_a_package_by_its_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (folder := tmp_path / "here" / "orders").mkdir(parents=True)
    (folder / "__init__.py").write_text("")
    (folder / "models.py").write_text("from tests.convert.shop.models import Order\n")
    (source := tmp_path / "a.json").write_bytes(json.encode(ORDERS[1]))
    monkeypatch.chdir(tmp_path)

    def run_with(package: str) -> int:
        arguments = ["convert", "--package", package, "--type", "Order", str(source), "b.json"]
        return guarded(lambda: run(arguments))

    monkeypatch.setattr(sys, "path", list(sys.path))
    assert run_with("./here/orders") == 0
    for wrong in ("./here/nothing", "..orders", "", "a-b", "/"):
        assert run_with(wrong) == 2


def test_controls_in_values_do_not_reach_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (source := tmp_path / "a.json").write_text('{"number":"A","total":"\\u001b[31m\\u202e","lines":[]}')
    assert convert(str(source), "--to", "xml") == 2
    error = capsys.readouterr().err
    assert "\x1b" not in error
    assert "\u202e" not in error
