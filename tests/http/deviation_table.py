"""Ways in which servers deviate from their documents, and what a client makes of each: ``docs/reference/deviations.md``.

``python -m tests.http.deviation_table`` writes the page.
"""

from __future__ import annotations

import json as std
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from attrs import frozen
from bindwright.runtime import BindwrightError, deviations, json, xml
from bindwright.runtime.http import Content, Response
from bindwright.runtime.http.body_codecs import BodyCodecs
from bindwright.runtime.http.model.answer_policy import AnswerPolicy
from bindwright.runtime.http.model.message import Headers, Request
from bindwright.runtime.http.response.reading import ResponseReader

from tests.http import shop
from tests.meaning.driver import generate

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "deviations.md"
HEAD = """# Answers that do not fit the document

What a client does by default (`answers="lenient"`) with an answer that is not what the document says: the value
that the caller sees, the deviation that `deviations(value)`, `RawResponse.deviations` and `Hooks(on_deviation=…)`
list, and what is written back by `json.encode` and `xml.encode` with `Settings(values="lenient")`. "=" is what came.
The last column says whether `answers="strict"` raises. A test runs every row and compares this page
(`python -m tests.http.deviation_table` writes it). Why it is so stands in the decision page on answers.

"""
SCHEMAS = """
Thing:
  type: object
  required: [id]
  properties:
    id: {type: integer, format: int64}
    name: {type: string}
    small: {type: integer, format: int32}
    code: {type: string, minLength: 2, pattern: '^[a-z]+$'}
    price: {type: number}
    flag: {type: boolean}
    at: {type: string, format: date-time}
    on: {type: string, format: date}
    uid: {type: string, format: uuid}
    data: {type: string, format: byte}
    link: {type: string, format: uri}
    took: {type: string, format: duration}
    color: {type: string, enum: [red, blue]}
    level: {type: integer, enum: [1, 2]}
    fixed: {type: object, properties: {kind: {type: string, const: thing}}}
    tags: {type: array, items: {type: string}}
    counts: {type: object, additionalProperties: {type: integer}}
    owner: {$ref: '#/components/schemas/Owner'}
    pet: {$ref: '#/components/schemas/Pet'}
    shape: {$ref: '#/components/schemas/Shape'}
    mixed: {type: [string, integer]}
    closed: {$ref: '#/components/schemas/Closed'}
Owner: {type: object, required: [name], properties: {name: {type: string}, age: {type: integer}}}
Closed: {type: object, additionalProperties: false, properties: {a: {type: integer}}}
Pet:
  oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
  discriminator: {propertyName: type, mapping: {cat: '#/components/schemas/Cat', dog: '#/components/schemas/Dog'}}
Cat: {type: object, required: [type], properties: {type: {type: string}, lives: {type: integer}}}
Dog: {type: object, required: [type], properties: {type: {type: string}, good: {type: boolean}}}
Shape: {oneOf: [{$ref: '#/components/schemas/Circle'}, {$ref: '#/components/schemas/Square'}]}
Circle: {type: object, required: [radius], properties: {radius: {type: number}}}
Square: {type: object, required: [side], properties: {side: {type: number}}}
"""
NOTHING = "(absent)"
MEMBERS: list[tuple[str, str, str]] = [
    ("required int null", "id", "null"),
    ("required int missing", "id", NOTHING),
    ("required int as string", "id", '"5"'),
    ("required int as 5.0", "id", "5.0"),
    ("required int as 5.5", "id", "5.5"),
    ("required int as 1e3", "id", "1e3"),
    ("required int as true", "id", "true"),
    ("required int beyond int64", "id", "9223372036854775808"),
    ("optional string null", "name", "null"),
    ("optional string as number", "name", "5"),
    ("optional string as bool", "name", "true"),
    ("optional string as object", "name", '{"a":1}'),
    ("optional string as list", "name", '["a"]'),
    ("int32 out of range", "small", "2147483648"),
    ("int32 as 5.0", "small", "5.0"),
    ("minLength/pattern broken", "code", '"X"'),
    ("number as string", "price", '"1.5"'),
    ("number as int", "price", "1"),
    ("number null", "price", "null"),
    ("number NaN literal", "price", "NaN"),
    ("bool as string", "flag", '"true"'),
    ("bool as 1", "flag", "1"),
    ("bool null", "flag", "null"),
    ("date-time without zone", "at", '"2024-01-02T03:04:05"'),
    ("date-time space for T", "at", '"2024-01-02 03:04:05Z"'),
    ("date-time +0000", "at", '"2024-01-02T03:04:05+0000"'),
    ("date-time no seconds", "at", '"2024-01-02T03:04Z"'),
    ("date-time 9 digits", "at", '"2024-01-02T03:04:05.123456789Z"'),
    ("date-time is a date", "at", '"2024-01-02"'),
    ("date-time empty", "at", '""'),
    ("date-time null", "at", "null"),
    ("date-time epoch int", "at", "1704164645"),
    ("date-time 0001-01-01T00:00:00Z", "at", '"0001-01-01T00:00:00Z"'),
    ("date-time 0000-00-00", "at", '"0000-00-00 00:00:00"'),
    ("date-time rfc1123", "at", '"Tue, 02 Jan 2024 03:04:05 GMT"'),
    ("date empty", "on", '""'),
    ("date with time", "on", '"2024-01-02T00:00:00Z"'),
    ("date 29/02/2024", "on", '"29/02/2024"'),
    ("uuid without hyphens", "uid", '"0123456789abcdef0123456789abcdef"'),
    ("uuid braces", "uid", '"{01234567-89ab-cdef-0123-456789abcdef}"'),
    ("uuid empty", "uid", '""'),
    ("uuid not one", "uid", '"n/a"'),
    ("byte is no base64", "data", '"?!"'),
    ("byte urlsafe", "data", '"_-8="'),
    ("byte no padding", "data", '"_w"'),
    ("uri is no uri", "link", '"not a uri"'),
    ("duration is seconds", "took", '"90"'),
    ("duration 1h30m", "took", '"1h30m"'),
    ("enum unknown", "color", '"green"'),
    ("enum other case", "color", '"RED"'),
    ("enum empty", "color", '""'),
    ("enum null", "color", "null"),
    ("enum number", "color", "1"),
    ("int enum unknown", "level", "9"),
    ("int enum as string", "level", '"1"'),
    ("const other", "fixed", '{"kind":"other"}'),
    ("const null", "fixed", '{"kind":null}'),
    ("array null", "tags", "null"),
    ("array is one string", "tags", '"a"'),
    ("array of null", "tags", '["a",null]'),
    ("array is object", "tags", '{"0":"a"}'),
    ("array empty string", "tags", '""'),
    ("map is [] (PHP)", "counts", "[]"),
    ("map value wrong type", "counts", '{"a":"x"}'),
    ("map value null", "counts", '{"a":null}'),
    ("object is [] (PHP)", "owner", "[]"),
    ("object is empty string", "owner", '""'),
    ("object null", "owner", "null"),
    ("object is false", "owner", "false"),
    ("nested required missing", "owner", '{"age":3}'),
    ("discriminator ok", "pet", '{"type":"cat","lives":9}'),
    ("discriminator unknown", "pet", '{"type":"cow","milk":1}'),
    ("discriminator unknown, cat's members", "pet", '{"type":"cow","lives":9}'),
    ("discriminator missing", "pet", '{"lives":9}'),
    ("discriminator null", "pet", '{"type":null,"lives":9}'),
    ("discriminator ok, member wrong", "pet", '{"type":"cat","lives":"nine"}'),
    ("oneOf both match", "shape", '{"radius":1,"side":2}'),
    ("oneOf none match", "shape", '{"width":1}'),
    ("oneOf both match + each's", "shape", '{"radius":1,"side":2,"color":"red"}'),
    ("oneOf is string", "shape", '"round"'),
    ("type list gets bool", "mixed", "true"),
    ("type list gets float", "mixed", "1.5"),
    ("type list gets null", "mixed", "null"),
    ("additionalProperties false broken", "closed", '{"a":1,"b":2}'),
    ("extra member", "unknown", '{"a":1}'),
    ("name twice", "name", '"a","name":"b"'),
    ("lone surrogate", "name", '"\\ud800"'),
]
WHOLE: list[tuple[str, str]] = [
    ("top: null", "null"),
    ("top: list", '[{"id":1}]'),
    ("top: string", '"busy"'),
    ("top: empty body", ""),
    ("top: BOM", '\ufeff{"id":1}'),
    ("top: trailing comma", '{"id":1,}'),
    ("top: trailing garbage", '{"id":1} <!-- 12 ms -->'),
]


@frozen
class Row:
    """What happens with one answer."""

    value: str
    deviations: str
    written: str
    strict: str


def json_body(member: str, text: str) -> str:
    """A whole answer with one member."""
    pairs = ['"id":1'] if member != "id" else []
    pairs += [] if text == NOTHING else [f'"{member}":{text}']
    return "{" + ",".join(pairs) + "}"


def xml_body(member: str, text: str) -> str | None:
    """The same answer in XML; None: there is no such thing."""
    first = "" if member == "id" else "<id>1</id>"
    if text == NOTHING:
        return "<Thing/>"
    try:
        value = std.loads("{" + f'"{member}":{text}' + "}", object_pairs_hook=list)
    except ValueError:
        return None
    try:
        return f"<Thing>{first}{''.join(_element(name, item) for name, item in value)}</Thing>"
    except UnicodeEncodeError:
        return None


def _element(name: str, value: Any) -> str:
    name = name if name[:1].isalpha() else f"_{name}"
    if value is None:
        return f'<{name} xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="true"/>'
    if isinstance(value, list) and value and all(isinstance(item, tuple) for item in value):
        return f"<{name}>{''.join(_element(*item) for item in value)}</{name}>"
    if isinstance(value, list):
        return "".join(_element(name, item) for item in value)
    text = ("true" if value else "false") if isinstance(value, bool) else str(value)
    text.encode()
    return f"<{name}>{escape(text)}</{name}>"


class Table:
    """Reads answers as a client does, and writes them back."""

    def __init__(self) -> None:
        generated = generate(SCHEMAS)
        self._models = generated.models
        codecs = BodyCodecs(generated.package)
        media_types = ("application/json", "application/xml")
        content = tuple(Content(media_type=name, type="Thing") for name in media_types)
        self._reader = ResponseReader(
            shop.operation(responses=(Response(status="200", content=content),)), codecs
        )

    def row(self, body: bytes, member: str | None, format_: str) -> Row:
        """One answer."""
        headers = Headers([("Content-Type", f"application/{format_}")])
        lenient, strict = Request("GET", "http://h/"), Request("GET", "http://h/")
        heard: list[Any] = []
        lenient.policy = AnswerPolicy("lenient", (lambda request, listed: heard.extend(listed),))
        try:
            self._reader.value(strict, 200, headers, body)
            strictly = "reads"
        except BindwrightError:
            strictly = "raises"
        try:
            value = self._reader.value(lenient, 200, headers, body)
        except BindwrightError:
            return Row("raises `UndecodableBody`", "", "", strictly)
        assert tuple(heard) == tuple(deviations(value)) or not hasattr(value, "__attrs_attrs__")
        seen = getattr(value, member, None) if member is not None and hasattr(value, member) else value
        listing = "; ".join(f"`{item.path}`: {item.expected}, found {item.found}" for item in heard)
        return Row(f"`{_short(seen)}`", listing, self._written(value, body, format_), strictly)

    def _written(self, value: Any, body: bytes, format_: str) -> str:
        if value is None:
            return ""
        try:
            data = _encode(value, format_)
        except BindwrightError as error:
            return f"raises `{type(error).__name__}`"
        return "=" if data == body else f"`{data.decode('utf-8', 'surrogatepass')}`"


def _encode(value: Any, format_: str) -> bytes:
    if format_ == "json":
        return json.encode(value, settings=json.Settings(values="lenient"))
    return xml.encode(value, settings=xml.Settings(values="lenient"))


def _short(value: Any) -> str:
    text = repr(value).encode("utf-8", "backslashreplace").decode()
    return text if len(text) < 90 else f"{text[:89]}…"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ").replace("\ufeff", "")


def rows() -> dict[str, dict[str, tuple[str, Row]]]:
    """Format to deviation to what came and what happens."""
    table = Table()
    table_rows: dict[str, dict[str, tuple[str, Row]]] = {"json": {}, "xml": {}}
    for name, member, text in MEMBERS:
        body = json_body(member, text)
        table_rows["json"][name] = (body, table.row(body.encode("utf-8", "surrogatepass"), member, "json"))
        markup = xml_body(member, text)
        if markup is not None:
            table_rows["xml"][name] = (markup, table.row(markup.encode(), member, "xml"))
    for name, body in WHOLE:
        table_rows["json"][name] = (body, table.row(body.encode(), None, "json"))
    return table_rows


def page(table_rows: dict[str, dict[str, tuple[str, Row]]]) -> str:
    """The page's text."""
    parts = [HEAD]
    for format_, title in (("json", "JSON"), ("xml", "XML")):
        parts.append(
            f"## {title}\n\n| deviation | answer | value | deviation listed | written back | strict |\n"
        )
        parts.append("|---|---|---|---|---|---|\n")
        for name, (body, row) in table_rows[format_].items():
            answer = f"`{body}`" if body else "(nothing)"
            cells = (name, answer, row.value, row.deviations, row.written, row.strict)
            parts.append(f"| {' | '.join(_cell(cell) for cell in cells)} |\n")
        parts.append("\n")
    return "".join(parts).rstrip() + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(rows()), "utf-8")
