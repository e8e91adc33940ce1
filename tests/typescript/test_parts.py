"""Answers in parts without names are typed items as they come; what TypeScript leaves as it is, is declared and told so."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from bindwright import ir
from bindwright.openapi import load
from bindwright.targets import typescript

from tests.typescript.node import run
from tools.typescript import RUNTIME

DOCUMENT = Path(__file__).parent / "parts.yaml"
CALL = """
import * as api from '%s/index.js';
const [operation, text, type, size] = process.argv.slice(2);
const octets = Buffer.from(text, 'latin1');
let canceled = false;
const body = (at = 0) => new ReadableStream({
  pull(controller) {
    if (at >= octets.length) controller.close();
    else controller.enqueue(new Uint8Array(octets.subarray(at, (at += +size))));
  },
  cancel: () => void (canceled = true),
}, { highWaterMark: 0 });
const fetch = async () => new Response(body(), { headers: { 'content-type': type } });
const plain = (_, value) => typeof value === 'bigint' ? `${value}n` : value;
const found = [];
let error = '';
try {
  for await (const item of await api[operation](api.connect('http://h', { fetch, formats: [api.json, api.xml] }), {})) {
    found.push(item instanceof Uint8Array ? { octets: [...item] } : item);
    if (item === 'stop') break;
  }
} catch (caught) { error = caught.message; }
console.log(JSON.stringify({ found, error, canceled }, plain));
"""
TYPE = 'multipart/mixed; boundary="b:1"'


@pytest.fixture(scope="module")
def emitted() -> typescript.Output:
    return typescript.emit(ir.lower(load(DOCUMENT)), typescript.TypeScriptOptions(package="parts"), {})


@pytest.fixture(scope="module")
def package(emitted: typescript.Output, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("parts")
    for name, text in emitted.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "call.mjs").write_text(CALL % folder)
    return folder


def read(package: Path, operation: str, body: str, size: int = 1 << 20, media_type: str = TYPE) -> Any:
    return json.loads(run(str(package / "call.mjs"), operation, body, media_type, str(size)))


def parts(*pieces: str, end: str = "\r\n") -> str:
    return "".join(f"--b:1{end}{piece}{end}" for piece in pieces) + "--b:1--" + end


JSON = 'Content-Type: application/json\r\n\r\n{"day": "2024-02-0%s", "n": 9007199254740993}'
XML = "content-type: text/xml\r\nX: y\r\n\r\n<item><day>2024-02-09</day></item>"


@pytest.mark.parametrize("size", [1, 2, 7, 1 << 20])
def test_parts_are_typed_items_however_they_come(package: Path, size: int) -> None:
    answer = read(package, "items", "before\r\n" + parts(JSON % 1, XML, JSON % 2) + "behind", size)
    assert answer["error"] == ""
    n = "9007199254740993n"
    assert answer["found"] == [{"day": "2024-02-01", "n": n}, {"day": "2024-02-09"}, {"day": "2024-02-02", "n": n}]  # fmt: skip


@pytest.mark.parametrize("size", [1, 5, 1 << 20])
def test_octets_are_what_stands_between_delimiters(package: Path, size: int) -> None:
    head = "Content-Type: image/png\r\n\r\n"
    body = parts(head + "\x89\n", head + "\r\n--b:1x\r\n--b:", head, "", "\r\na")
    contents = read(package, "files", body, size)["found"]
    text = [ord(letter) for letter in "\r\n--b:1x\r\n--b:"]
    assert contents == [{"octets": octets} for octets in ([0x89, 10], text, [], [], [97])]


def test_lines_may_end_with_a_line_feed_alone(package: Path) -> None:
    body = parts("Content-Type:\n text/plain\n\na\nb", "\nc", end="\n").removesuffix("\n")
    assert read(package, "texts", body) == {"found": ["a\nb", "c"], "error": "", "canceled": False}


def test_text_is_text_and_else_what_it_says(package: Path) -> None:
    assert read(package, "listed", parts("\r\n5", JSON.partition("{")[0] + "6"))["found"] == [5, 6]
    assert read(package, "texts", parts("\r\n5", "\r\n{}"))["found"] == ["5", "{}"]
    assert read(package, "mostly", parts("\r\n5", JSON.partition("{")[0] + "6"))["found"] == ["5", 6]
    coded = [
        "Content-Transfer-Encoding: base64\r\n\r\nw6k=\r\n",
        "Content-Transfer-Encoding: Quoted-Printable\r\n\r\n=C3=\r\n=a9=3D",
        "Content-Type: text/plain; charset=iso-8859-1\r\n\r\n\xe9",
    ]
    assert read(package, "texts", parts(*coded))["found"] == ["é", "é=", "é"]


def test_what_the_document_says_of_the_encoding_is_undone_once(package: Path) -> None:
    coded = ["Content-Transfer-Encoding: base64\r\n\r\nw6k=", "\r\nw6k="]
    assert read(package, "encoded", parts(*coded))["found"] == [{"octets": [0xC3, 0xA9]}] * 2


def test_either_is_told_by_the_media_type(package: Path) -> None:
    answer = read(package, "either", parts(JSON % 3, "Content-Type: image/png\r\n\r\n{"))
    assert answer["found"] == [{"day": "2024-02-03", "n": "9007199254740993n"}, {"octets": [123]}]


def test_who_leaves_early_wants_no_more(package: Path) -> None:
    body = parts("\r\nstop", "\r\nnever")
    assert read(package, "texts", body, size=9) == {"found": ["stop"], "error": "", "canceled": True}


@pytest.mark.parametrize(
    ("body", "media_type", "count", "error"),
    [
        (parts(JSON % 1, JSON % "x"), TYPE, 1, "at /1/day"),
        (parts(JSON % 1).removesuffix("--b:1--\r\n"), TYPE, 0, "the delimiter that ends the parts"),
        ("", TYPE, 0, "the delimiter that ends the parts"),
        (parts(JSON % 1), "multipart/mixed", 0, "a media type with a `boundary`"),
    ],
)
def test_broken_answers_are_refused(
    package: Path, body: str, media_type: str, count: int, error: str
) -> None:
    answer = read(package, "items", body, media_type=media_type)
    assert len(answer["found"]) == count
    assert error in answer["error"]


def test_a_part_is_bounded(package: Path) -> None:
    script = package / "limit.mjs"
    script.write_text(
        f"import {{ positional, string, connect }} from '{package}/runtime/index.js';\n"
        "const body = positional(string, 'multipart/mixed', 100);\n"
        "const of = (text) => new Response(text, { headers: { 'content-type': 'multipart/mixed; boundary=b' } });\n"
        "const found = [];\n"
        "const text = '--b\\r\\n\\r\\n' + 'a'.repeat(80) + '\\r\\n';\n"
        "for (const one of [text.repeat(5) + '--b--', text + '--b\\r\\n\\r\\n' + 'a'.repeat(200)])\n"
        "  try { for await (const item of body.read(of(one), connect(''))) found.push(item.length); } catch (error) { found.push(error.message); }\n"
        "console.log(JSON.stringify(found));\n"
    )
    assert json.loads(run(str(script))) == [80] * 6 + ["expected a part of at most 100 octets"]


def test_types_are_what_is_given(emitted: typescript.Output) -> None:
    types = {name: emitted.files[f"operations/{name}.d.ts"] for name in ("items", "files", "untouched")}
    assert "Operation<{}, AsyncIterable<Item>, {}>" in types["items"]
    assert "AsyncIterable<Uint8Array | Blob>" in types["files"]
    assert "Blob | globalThis.FormData | { [name: string]: string }" in types["untouched"]
    assert [
        diagnostic.message.split(":")[0]
        for diagnostic in emitted.diagnostics
        if diagnostic.code == "untyped-answer"
    ] == [f"GET /untouched, {status}" for status in (200, 201)]


def test_what_is_told_has_its_place(emitted: typescript.Output) -> None:
    """In the document, and in the coverage report."""
    document = load(DOCUMENT)
    positions = {}
    for diagnostic in emitted.diagnostics:
        position = document.position(diagnostic.place)
        positions.setdefault(diagnostic.code, []).append(
            position.text.strip() if position is not None else ""
        )
    assert [text.partition(":")[0] for text in positions["untyped-answer"]] == ["'200'", "'201'"]
    assert all(text.endswith("{contentType: application/xml}") for text in positions["unwritable-part"])
    assert positions["unsendable-header"][0].startswith("multipart/form-data")
    report = ir.coverage(ir.lower(document), document, emitted.diagnostics)
    entries = {entry["id"]: entry for entry in report["operations"]}
    assert report["causes"] == {
        "unsendable-body": 1, "unsendable-header": 1, "unsendable-method": 1, "untyped-answer": 2, "unwritable-part": len(positions["unwritable-part"]),
    }  # fmt: skip
    assert entries["TRACE /traced"]["coverage"] == "degraded"
    assert entries["GET /search"]["body"]["coverage"] == "degraded"
    assert [response["coverage"] for response in entries["GET /untouched"]["responses"]] == [
        "degraded"
    ] * 2 + ["full"]
    assert entries["POST /form"]["body"]["coverage"] == "degraded"
    assert entries["GET /items"]["coverage"] == "full"


def test_a_body_that_fetch_refuses_is_no_argument(package: Path, emitted: typescript.Output) -> None:
    assert "Operation<{}, undefined, {}>" in emitted.files["operations/search.d.ts"]
    script = package / "search.mjs"
    script.write_text(
        f"import * as api from '{package}/index.js';\n"
        "const fetch = async (request) => (console.log(request.method, request.body), new Response(null, { status: 204 }));\n"
        "await api.search(api.connect('http://h', { fetch }), { body: { day: '2024-01-01' } });\n"
    )
    assert run(str(script)) == "GET null\n"


FORM = """
import { connect, pairs, object, optional, list, map, int32, int64, string, boolean, union, enumeration, date, nullable } from 'RUNTIME/index.js';
const token = object({
  token: string, expires: optional(int32), big: optional(int64), scopes: optional(list(string)), sizes: optional(list(int32)),
  ok: optional(boolean), either: optional(union([int32, string], {})), state: optional(enumeration(string, ['true', 'b'], 'closed')),
  day: optional(nullable(date)), inner: optional(object({ a: int32 })), loose: optional(map(int32)),
});
const [text] = process.argv.slice(1);
try {
  const value = await pairs(token, 'application/x-www-form-urlencoded').read(new Response(text), connect(''));
  console.log(JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? `${one}n` : one)));
} catch (error) { console.log(error.message); }
"""


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("token=1&expires=3600&big=9007199254740993", {"token": "1", "expires": 3600, "big": "9007199254740993n"}),
        ("token=a+b%26&scopes=r&sizes=1&sizes=2", {"token": "a b&", "scopes": ["r"], "sizes": [1, 2]}),
        ("token=&ok=true&either=x&state=true", {"token": "", "ok": True, "either": "x", "state": "true"}),
        ("token=t&day=2024-02-29&inner=%7B%22a%22:1%7D", {"token": "t", "day": "2024-02-29", "inner": {"a": 1}}),
        ("token=t&loose={\"x\":1}&other=5", {"token": "t", "loose": {"x": 1}}),
        ("expires=1", "missing at /token"),
        ("token=t&expires=soon", "expected an integer from -2147483648 to 2147483647 at /expires"),
    ],
)  # fmt: skip
def test_forms_are_read_as_what_their_members_are(text: str, value: Any) -> None:
    program = FORM.replace("RUNTIME", str(RUNTIME))
    answer = run("--input-type=module", "--eval", program, text).strip()
    assert (json.loads(answer) if isinstance(value, dict) else answer) == value


def test_a_form_is_a_typed_answer(package: Path, emitted: typescript.Output) -> None:
    assert "{ [name: string]: string }" in emitted.files["operations/untouched.d.ts"], "it has no schema"
    assert "Operation<{}, Item, {}>" in emitted.files["operations/filled.d.ts"]
    script = package / "filled.mjs"
    script.write_text(
        f"import * as api from '{package}/index.js';\n"
        "const fetch = async () => new Response('day=2024-02-29&n=5', { headers: { 'content-type': 'application/x-www-form-urlencoded;charset=utf-8' } });\n"
        "const item = await api.filled(api.connect('http://h', { fetch }), {});\n"
        "console.log(item.day, item.n === 5n);\n"
    )
    assert run(str(script)) == "2024-02-29 true\n"


def test_parts_that_cannot_be_written_are_told(package: Path, emitted: typescript.Output) -> None:
    """Each part that is told of is refused, and no other."""
    values: dict[str, Any] = {"map": {"a": "b"}, "named": {"a": "b"}, "n": 1, "ns": [1], "item": {"day": "2024-01-01"}, "items": [{"day": "2024-01-01"}]}  # fmt: skip
    script = package / "form.mjs"
    script.write_text(
        f"import * as api from '{package}/index.js';\nconst refused = [];\n"
        "const fetch = async () => new Response(null, { status: 204 });\n"
        f"for (const [name, value] of Object.entries({json.dumps(values)}))\n"
        "  await api.form(api.connect('http://h', { fetch }), { body: { [name]: value } }).catch(() => refused.push(name));\n"
        "console.log(JSON.stringify(refused));\n"
    )
    reported = [
        diagnostic.message.split("'")[1]
        for diagnostic in emitted.diagnostics
        if diagnostic.code == "unwritable-part"
    ]
    assert reported == json.loads(run(str(script)))
    assert {"map", "n", "ns"} <= set(reported)
    assert "item" not in reported
