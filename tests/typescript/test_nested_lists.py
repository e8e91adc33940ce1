"""Lists of OpenAPI 2.0 have the separators of their `collectionFormat`, those within others their own."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from bindwright import ir
from bindwright.openapi import loads
from bindwright.targets import typescript

from tests.typescript.node import run

NUMBERS = "type: array, items: {type: array, collectionFormat: csv, items: {type: integer}}"
DOCUMENT = f"""
swagger: '2.0'
info: {{title: t, version: '1'}}
host: mock.example
paths:
  /path/{{a}}:
    get:
      operationId: inAll
      parameters:
        - {{name: a, in: path, required: true, collectionFormat: pipes, {NUMBERS}}}
        - {{name: q, in: query, type: array, collectionFormat: tsv, items: {{type: string}}}}
        - {{name: m, in: query, collectionFormat: multi, {NUMBERS}}}
        - {{name: h, in: header, type: array, collectionFormat: pipes, items: {{type: string}}}}
        - {{name: s, in: header, collectionFormat: ssv, {NUMBERS}}}
      responses: {{'204': {{description: ok, headers: {{B: {{collectionFormat: pipes, {NUMBERS}}}, C: {{type: array, collectionFormat: ssv, items: {{type: string}}}}}}}}}}
  /form:
    post:
      operationId: inForm
      consumes: [application/x-www-form-urlencoded]
      parameters:
        - {{name: a, in: formData, collectionFormat: pipes, {NUMBERS}}}
        - {{name: t, in: formData, type: array, collectionFormat: tsv, items: {{type: string}}}}
      responses: {{'204': {{description: ok}}}}
  /parts:
    post:
      operationId: inParts
      consumes: [multipart/form-data]
      parameters: [{{name: a, in: formData, collectionFormat: pipes, {NUMBERS}}}, {{name: m, in: formData, collectionFormat: multi, {NUMBERS}}}]
      responses: {{'204': {{description: ok}}}}
"""
CALL = """
import * as api from '%s/index.js';
const sent = [];
const fetch = async (request) => {
  sent.push([request.url.slice(8), request.headers.get('h'), request.headers.get('s'), Buffer.from(await request.arrayBuffer()).toString('base64')]);
  return new Response(null, { status: 204, headers: { B: '1,2|3', C: 'x y' } });
};
const client = api.connect('http://h', { fetch });
const lists = [[1, 2], [3]];
const { response } = await api.inAll.raw(client, { a: lists, q: ['x', 'y'], m: lists, h: ['x', 'y'], s: lists });
await api.inForm(client, { body: { a: lists, t: ['x', 'y'] } });
await api.inParts(client, { body: { a: lists, m: lists } });
console.log(JSON.stringify({ sent, headers: api.inAllHeaders[204](response) }));
"""


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder: Path = tmp_path_factory.mktemp("lists")
    api = ir.lower(loads(DOCUMENT))
    for name, text in typescript.emit(api, typescript.TypeScriptOptions(package="lists"), {}).files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "call.mjs").write_text(CALL % folder)
    return json.loads(run(str(folder / "call.mjs")))


def test_parameters(seen: Any) -> None:
    url, header, nested, _ = seen["sent"][0]
    assert url == "/path/1%2C2%7C3?q=x%09y&m=1%2C2&m=3"
    assert (header, nested) == ("x|y", "1,2 3")


def test_forms(seen: Any) -> None:
    pairs, parts = (base64.b64decode(sent[3]).decode() for sent in seen["sent"][1:])
    assert pairs == "a=1%2C2%7C3&t=x%09y"
    assert [
        part.partition("\r\n\r\n")[2].split("\r\n")[0] for part in parts.split("--")[1:-1] if "name=" in part
    ] == ["1,2|3", "1,2", "3"]


def test_headers_of_answers(seen: Any) -> None:
    assert seen["headers"] == {"B": [[1, 2], [3]], "C": ["x", "y"]}
