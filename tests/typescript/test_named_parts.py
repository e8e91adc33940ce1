"""Answers in parts with names are objects: each part is read by its own media type, as the type of its member."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from bindwright import ir
from bindwright.openapi import load
from bindwright.targets import typescript

from tests.typescript.node import run

DOCUMENT = Path(__file__).parent / "named_parts.yaml"
CALL = """
import {{ readFileSync }} from 'node:fs';
import * as api from '{folder}/index.js';
const plain = (_, value) => typeof value === 'bigint' ? `${{value}}n` : value instanceof Uint8Array ? {{ octets: [...value] }} : value;
const results = [];
for (const [operation, body, type, status] of JSON.parse(readFileSync(0, 'utf-8'))) {{
  const fetch = async () => new Response(Buffer.from(body, 'latin1'), {{ status, headers: {{ 'content-type': type }} }});
  try {{
    const value = (await api[operation].raw(api.connect('http://h', {{ fetch, formats: [api.json, api.xml] }}), {{}})).body;
    results.push(value);
  }} catch (error) {{ results.push(error.message); }}
}}
console.log(JSON.stringify(results, plain));
"""
TYPE = 'multipart/form-data; boundary="b:1"'
TEXTS = '; name="title"\r\n\r\nA', "; name=state\r\n\r\nopen"
TITLED = {"title": "A", "state": "open"}
JSON = "\r\nContent-Type: application/json\r\n\r\n"
PNG = '; filename="a.png"\r\nContent-Type: image/png\r\n\r\n'


def parts(*pieces: str) -> str:
    return "".join(f"--b:1\r\nContent-Disposition: form-data{piece}\r\n" for piece in pieces) + "--b:1--\r\n"


class Case(NamedTuple):
    operation: str
    body: str
    result: Any
    """The value, or what its error says."""
    type: str = TYPE
    status: int = 200


def named(operation: str, *pieces: str, **result: Any) -> Case:
    return Case(operation, parts(*TEXTS, *pieces), {**TITLED, **result})


CASES = {
    "texts": named("report", '; name="count"\r\n\r\n9007199254740993', '; name="day"\r\n\r\n2024-02-29', count="9007199254740993n", day="2024-02-29"),
    "json": named("report", f'; name="item"{JSON}{{"day":"2024-01-01","n":9007199254740993}}', f'; name="day"{JSON}null', item={"day": "2024-01-01", "n": "9007199254740993n"}, day=None),
    "xml": named("report", '; name="item"\r\nContent-Type: text/xml\r\n\r\n<item><day>2024-01-01</day><n>5</n></item>', item={"day": "2024-01-01", "n": "5n"}),
    "a part for each item": named("report", *[f'; name="sizes"\r\n\r\n{n}' for n in (1, 2)], '; name="words"\r\n\r\n1', sizes=[1, 2], words=["1"]),
    "one text for all items": named("report", f'; name="sizes"{JSON}[1, 2]', f'; name="items"{JSON}[{{"day":"2024-01-01"}}]', sizes=[1, 2], items=[{"day": "2024-01-01"}]),
    "each item in its format": named("report", f'; name="items"{JSON}{{"day":"2024-01-01"}}', '; name="items"\r\nContent-Type: application/xml\r\n\r\n<item><day>2024-01-02</day></item>', items=[{"day": "2024-01-01"}, {"day": "2024-01-02"}]),
    "by position": named("report", '; name="pair"\r\n\r\n1', '; name="pair"\r\n\r\n2', pair=["1", 2]),
    "an item alone, and several": named("report", '; name="either"\r\n\r\n1', either=1),
    "several, and no item": named("report", *['; name="either"\r\n\r\n1'] * 2, either=[1, 1]),
    "octets": named("report", f'; name="file"{PNG}\x89', *[f'; name="files"{PNG}{letter}' for letter in "a\xff"], file={"octets": [0x89]}, files=[{"octets": [97]}, {"octets": [255]}]),
    "octets as a text": named("report", '; name="coded"\r\nContent-Transfer-Encoding: base64\r\n\r\n/w==', coded={"octets": [255]}),
    "what nobody lists": named("report", '; name="more"\r\n\r\n1', '; name="file"\r\n\r\n{', file={"octets": [123]}),
    "mixed": Case("mixed", "--b\n" + "\n--b\n".join(f"Content-Disposition: attachment{piece}" for piece in TEXTS) + "\n--b--", TITLED, "multipart/mixed; boundary=b"),
    "by their ids": Case("mixed", "--b\r\nContent-ID: <title>\r\n\r\nA\r\n--b\r\nContent-Id: state\r\n\r\nopen\r\n--b--", TITLED, "multipart/related; boundary=b"),
    "a state of a newer server": Case("report", parts(TEXTS[0], '; name="state"\r\n\r\nlost'), {"title": "A", "state": "lost"}),
    "names": Case("files", parts(*[f"{name}{PNG}a" for name in ('; name="a%22b"', r'; name="c\"d"', '; name="\xc3\xa9"', "; name*=utf-8''%E2%82%AC")]), {key: {"octets": [97]} for key in ['a"b', 'c"d', "é", "€"]}),
    "told by a text": Case("event", parts('; name="value"\r\n\r\n5', '; name="kind"\r\n\r\nnamed'), {"value": "5", "kind": "named"}),
    "told by another text": Case("event", parts('; name="value"\r\n\r\n5', '; name="kind"\r\n\r\nadded'), {"value": 5, "kind": "added"}),
    "anything": Case("free", parts('; name="a"\r\n\r\n5', f'; name="b"{JSON}[5]'), {"a": "5", "b": [5]}),
    "an error": Case("refused", parts('; name="kind"\r\n\r\nadded', '; name="value"\r\n\r\n5'), {"kind": "added", "value": 5}, status=400),
    "a part is missing": Case("report", parts(TEXTS[0]), "missing at /state"),
    "a part is wrong": Case("report", parts(*TEXTS, '; name="sizes"\r\n\r\nx'), "expected a number at /sizes/0"),
    "what is no json": Case("report", parts(*TEXTS, f'; name="item"{JSON}1,"count":1'), "at /item"),
}  # fmt: skip


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    emitted = typescript.emit(ir.lower(load(DOCUMENT)), typescript.TypeScriptOptions(package="parts"), {})
    assert not emitted.diagnostics
    folder = tmp_path_factory.mktemp("named")
    for name, text in emitted.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    assert "Operation<{}, Report, {}>" in emitted.files["operations/report.d.ts"]
    (folder / "call.mjs").write_text(CALL.format(folder=folder))
    calls = [(case.operation, case.body, case.type, case.status) for case in CASES.values()]
    return dict(zip(CASES, json.loads(run(str(folder / "call.mjs"), text=json.dumps(calls))), strict=True))


@pytest.mark.parametrize("name", CASES)
def test_parts_with_names_are_members(name: str, results: dict[str, Any]) -> None:
    expected = CASES[name].result
    assert expected in results[name] if isinstance(expected, str) else results[name] == expected
