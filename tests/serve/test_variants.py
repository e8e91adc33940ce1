"""Operations on one path that parameters tell apart, bodies that are optional, and files that are documents."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bindwright.serve import App, Request, load
from lxml import etree

DOCUMENT = """
openapi: 3.0.3
info: {title: Variants, version: '1'}
paths:
  /box:
    put:
      parameters: [{name: X-Kind, in: header, schema: {type: string, enum: [a, b]}}]
      requestBody: {content: {application/json: {schema: {type: object, required: [n], properties: {n: {type: integer}}}}}}
      responses: {'201': {description: plain}}
  /box#cors:
    put:
      parameters:
        - {name: cors, in: query, required: true, schema: {type: boolean, enum: [true]}}
        - {name: X-Kind, in: header, schema: {type: string, enum: [a, b]}}
        - {name: Accept, in: header, required: true, schema: {type: string}}
      responses: {'202': {description: cors}}
  /box#both:
    put:
      parameters:
        - {name: cors, in: query, required: true, schema: {type: boolean}}
        - {name: X-Id, in: header, required: true, schema: {type: string, pattern: '^i'}}
      responses: {'203': {description: both}}
  /file:
    get:
      responses:
        '200':
          description: a file
          content:
            application/json: {schema: {type: string, format: binary}}
            application/xml: {schema: {type: string, format: binary}}
            application/octet-stream: {schema: {type: string, format: binary}}
"""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> App:
    document: Path = tmp_path_factory.mktemp("variants") / "document.yaml"
    document.write_text(DOCUMENT)
    return load(document)


@pytest.mark.parametrize(
    ("query", "headers", "status"),
    [
        ("", {}, 201),
        ("", {"X-Kind": "a"}, 201),
        ("", {"X-Kind": "c"}, 400),
        ("?cors=true", {"X-Kind": "b"}, 202),
        ("?cors=true", {"X-Kind": "c"}, 400),  # the plain operation is not meant: it is not asked
        ("?cors=false", {}, 400),
        ("?cors=true", {"X-Id": "i1"}, 203),
        ("?cors=true", {"X-Id": "1"}, 400),
        ("", {"X-Id": "1"}, 201),
    ],
)
def test_the_operation_whose_required_parameters_are_there_is_meant(
    app: App, query: str, headers: dict[str, str], status: int
) -> None:
    request = Request(method="PUT", target=f"/box{query}", headers=tuple(headers.items()))
    assert app.respond(request).status == status


@pytest.mark.parametrize(("body", "status"), [(b"", 201), (b'{"n":1}', 201), (b"{}", 422), (b" ", 400)])
def test_nothing_is_no_body_where_it_is_optional(app: App, body: bytes, status: int) -> None:
    headers = (("Content-Type", "application/json"),)
    assert app.respond(Request(method="PUT", target="/box", headers=headers, body=body)).status == status


def test_a_file_is_the_document_that_its_media_type_says(app: App) -> None:
    def body(accept: str) -> bytes:
        return app.respond(Request(method="GET", target="/file", headers=(("Accept", accept),))).body

    word = body("application/octet-stream").decode()
    assert json.loads(body("application/json")) == word
    assert etree.fromstring(body("application/xml")).text == word
