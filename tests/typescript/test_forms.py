"""Parts and pairs of forms are what the Python client sends: octets as text, reserved characters, mixed parts, XML."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from bindwright import ir
from bindwright.openapi import loads
from bindwright.targets import typescript

from tests.typescript.node import run

DOCUMENT = """
openapi: 3.2.0
info: {title: t, version: '1'}
paths:
  /form:
    post:
      operationId: form
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema: {$ref: '#/components/schemas/Form'}
            encoding: {inline: {contentType: application/xml}, inlines: {contentType: application/xml}}
      responses: {'204': {description: ''}}
  /mixed:
    post:
      operationId: mixed
      requestBody:
        required: true
        content:
          multipart/mixed:
            schema: {$ref: '#/components/schemas/Form'}
            encoding: {text: {contentType: text/markdown, headers: {X-Kind: {schema: {const: a}}}}}
      responses: {'204': {description: ''}}
  /text: {post: {operationId: wholeText, requestBody: {required: true, content: {multipart/form-data: {schema: {type: string}}}}, responses: {'204': {description: ''}}}}
  /octets: {post: {operationId: wholeOctets, requestBody: {required: true, content: {multipart/related: {schema: {type: string, format: binary}}}}, responses: {'204': {description: ''}}}}
  /number: {post: {operationId: wholeNumber, requestBody: {required: true, content: {application/x-www-form-urlencoded: {schema: {type: integer}}}}, responses: {'204': {description: ''}}}}
  /styled:
    post:
      operationId: styled
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema:
              type: object
              properties:
                deep: {$ref: '#/components/schemas/Pair'}
                exploded: {type: object, additionalProperties: {type: string}}
                joined: {$ref: '#/components/schemas/Pair'}
                either: {anyOf: [{type: string}, {$ref: '#/components/schemas/Pair'}]}
            encoding:
              deep: {style: deepObject, contentType: text/plain}
              exploded: {style: form}
              joined: {style: form, explode: false}
              either: {style: deepObject}
      responses: {'204': {description: ''}}
  /pairs:
    post:
      operationId: pairs
      parameters: [{name: q, in: query, allowReserved: true, schema: {type: string}}]
      requestBody:
        required: true
        content:
          application/x-www-form-urlencoded:
            schema: {type: object, properties: {url: {type: string}, plain: {type: string}}}
            encoding: {url: {allowReserved: true}}
      responses: {'204': {description: ''}}
  /items:
    post:
      operationId: items
      requestBody: {required: true, content: {multipart/related: {itemSchema: {anyOf: [{$ref: '#/components/schemas/Form'}, {type: string}, {type: string, format: binary}]}}}}
      responses: {'204': {description: ''}}
  /numbers:
    post:
      operationId: numbers
      requestBody: {required: true, content: {multipart/mixed: {schema: {type: array, items: {type: array, items: {type: integer, format: int64}}}}}}
      responses: {'204': {description: ''}}
  /told:
    post:
      operationId: told
      requestBody: {required: true, content: {application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/Choice'}}}}
      responses: {'204': {description: ''}}
  /toldParts:
    post:
      operationId: toldParts
      requestBody: {required: true, content: {multipart/form-data: {schema: {$ref: '#/components/schemas/Base'}}}}
      responses: {'204': {description: ''}}
components:
  schemas:
    Choice: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}], discriminator: {propertyName: kind, mapping: {a: '#/components/schemas/A', b: '#/components/schemas/B'}}}
    A: {type: object, properties: {kind: {type: string}, x: {type: string}}}
    B: {type: object, properties: {bytes: {type: string, format: byte}, n: {type: integer, format: int64}}}
    Base: {type: object, properties: {t: {type: string}}, discriminator: {propertyName: t, mapping: {c: '#/components/schemas/C'}}}
    C: {allOf: [{$ref: '#/components/schemas/Base'}, {type: object, properties: {w: {type: object, properties: {l: {type: integer, format: int64}}}}}]}
    Pair: {type: object, properties: {a: {type: integer}, b: {type: string}}}
    Form:
      type: object
      properties:
        text: {type: string}
        digest: {type: string, format: byte}
        all: {type: array, items: {type: string, contentEncoding: base64url}}
        file: {type: string, format: binary}
        inline: {type: object, properties: {n: {type: integer}}}
        inlines: {type: array, items: {type: object, properties: {m: {type: integer}}}}
"""
CALL = """
import * as api from '%s/index.js';
const [operation, ...given] = process.argv.slice(2);
const octets = (_, value) => (value?.read ? api.fromJson(api[value.type], value.read) : value?.octets === undefined ? value : value.file ? new File([new Uint8Array(value.octets)], value.file) : new Uint8Array(value.octets));
let sent;
const fetch = async (request) => {
  sent = { type: request.headers.get('content-type'), url: request.url, body: Buffer.from(await request.arrayBuffer()).toString('base64') };
  return new Response(null, { status: 204 });
};
await api[operation](api.connect('http://h', { fetch }), JSON.parse(given[0], octets));
console.log(JSON.stringify(sent));
"""


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("forms")
    api = ir.lower(loads(DOCUMENT))
    for name, text in typescript.emit(api, typescript.TypeScriptOptions(package="forms"), {}).files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "call.mjs").write_text(CALL % folder)
    return folder / "call.mjs"


def sent(script: Path, operation: str, **arguments: Any) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(run(str(script), operation, json.dumps(arguments)))
    return answer | {"body": base64.b64decode(answer["body"]).decode("latin-1")}


def parts(answer: dict[str, Any]) -> list[tuple[dict[str, str], str]]:
    boundary = re.search(r"boundary=([-\w]+)", answer["type"])
    assert boundary is not None
    pairs = []
    first, *pieces, last = answer["body"].split(f"--{boundary[1]}")
    assert (first, last.strip()) == ("", "--")
    for piece in pieces:
        head, _, content = piece.partition("\r\n\r\n")
        heads = dict(line.split(": ", 1) for line in head.split("\r\n") if line)
        pairs.append(({name.lower(): value for name, value in heads.items()}, content.removesuffix("\r\n")))
    return pairs


def test_octets_that_are_text_are_so_in_parts(script: Path) -> None:
    body = {
        "digest": {"octets": [255]},
        "all": [{"octets": [255, 254]}],
        "file": {"octets": [137], "file": "a.png"},
    }
    digest, item, file = parts(sent(script, "form", body=body))
    assert (digest, item[1]) == (({"content-disposition": 'form-data; name="digest"'}, "/w=="), "__4")
    assert 'filename="a.png"' in file[0]["content-disposition"]
    assert file[1] == "\x89"


def test_objects_without_a_name_are_documents_of_xml(script: Path) -> None:
    inline, first, second = parts(
        sent(script, "form", body={"inline": {"n": 1}, "inlines": [{"m": 1}, {"m": 2}]})
    )
    assert (inline[0]["content-type"], inline[1]) == ("application/xml", "<FormInline><n>1</n></FormInline>")
    assert [first[1], second[1]] == [f"<FormInlinesItem><m>{n}</m></FormInlinesItem>" for n in (1, 2)]


def test_mixed_parts_are_no_form(script: Path) -> None:
    body = {"text": "a", "inline": {"n": 1}, "file": {"octets": [137], "file": 'q".png'}}
    answer = sent(script, "mixed", body=body)
    assert answer["type"].startswith("multipart/mixed; boundary=")
    assert parts(answer) == [
        (
            {"content-disposition": 'form-data; name="text"', "content-type": "text/markdown", "x-kind": "a"},
            "a",
        ),
        ({"content-disposition": 'form-data; name="inline"', "content-type": "application/json"}, '{"n":1}'),
        (
            {
                "content-disposition": 'form-data; name="file"; filename="q%22.png"',
                "content-type": "application/octet-stream",
            },
            "\x89",
        ),
    ]
    octets = parts(sent(script, "mixed", body={"file": {"octets": [137]}}))
    assert octets[0][0]["content-type"] == "application/octet-stream"


def test_what_has_no_members_is_all_of_a_form(script: Path) -> None:
    """The media type names the boundary that the parts begin with."""
    body = '--b 1\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--b 1--\r\n'
    text = sent(script, "wholeText", body=body)
    assert (text["type"], text["body"]) == ('multipart/form-data; boundary="b 1"', body)
    octets = sent(script, "wholeOctets", body={"octets": list(body.encode())})
    assert (octets["type"], octets["body"]) == ('multipart/related; boundary="b 1"', body)
    assert sent(script, "wholeText", body="plain")["type"] == "multipart/form-data"
    number = sent(script, "wholeNumber", body=3)
    assert (number["type"], number["body"]) == ("application/x-www-form-urlencoded", "3")


def test_items_are_parts_without_names(script: Path) -> None:
    """OpenAPI 3.2.0, "Encoding By Position": each by its own media type."""
    items = [{"text": "a"}, "b\nc", {"octets": [137]}, {"octets": [7], "file": "a.png"}]
    answer = sent(script, "items", body=items)
    assert answer["type"].startswith("multipart/related; boundary=")
    octets = {"content-type": "application/octet-stream"}
    assert parts(answer) == [
        ({"content-type": "application/json"}, '{"text":"a"}'),
        ({}, "b\nc"),
        (octets, "\x89"),
        (octets | {"content-disposition": 'attachment; filename="a.png"'}, "\x07"),
    ]
    json_ = {"content-type": "application/json"}
    assert parts(sent(script, "numbers", body=[[1, 2], []])) == [(json_, "[1,2]"), (json_, "[]")]


def test_objects_with_a_style_are_the_pairs_of_a_query(script: Path) -> None:
    """OpenAPI 3.1.1, 4.8.15.1.2: a part for each, in which nothing is encoded."""
    pair = {"a": 1, "b": "x y&=é"}
    body = {"deep": pair, "exploded": {"c d": "1"}, "joined": pair, "either": {"a": 2}}
    sections = [
        (heads["content-disposition"], text) for heads, text in parts(sent(script, "styled", body=body))
    ]
    text = pair["b"].encode().decode("latin-1")
    names = {"deep[a]": "1", "deep[b]": text, "c d": "1", "joined": f"a,1,b,{text}", "either[a]": "2"}
    assert sections == [(f'form-data; name="{name}"', text) for name, text in names.items()]
    ((head, text),) = parts(sent(script, "styled", body={"either": "x"}))
    assert (head["content-disposition"], text) == ('form-data; name="either"', "x")


def test_forms_are_of_the_type_that_the_discriminator_tells(script: Path) -> None:
    """With the discriminator that the type has no place for, and what the document does not name."""
    choices = {
        '{"kind":"a","x":"q","more":{"n":12345678901234567890}}': 'kind=a&x=q&more={"n":12345678901234567890}',
        '{"kind":"b","bytes":"/w==","n":9007199254740993,"z":1.50,"no":null}': "kind=b&bytes=/w==&n=9007199254740993&z=1.50",
    }
    for text, expected in choices.items():
        body = sent(script, "told", body={"type": "Choice", "read": text})["body"]
        assert sorted(unquote(body).split("&")) == sorted(expected.split("&"))
    text = '{"t":"c","w":{"l":9007199254740993},"more":"z"}'
    sections = parts(sent(script, "toldParts", body={"type": "Base", "read": text}))
    assert [content for _, content in sections] == ["c", '{"l":9007199254740993}', "z"]


def test_reserved_characters_stay_where_the_document_says_so(script: Path) -> None:
    answer = sent(script, "pairs", body={"url": "a/b?c=%20#é[", "plain": "a/b"}, q="a/b#c")
    assert answer["body"] == "url=a/b?c=+%23%C3%A9[&plain=a%2Fb"
    assert answer["url"] == "http://h/pairs?q=a/b%23c"
