"""What the client writes the mock reads by the same schema, and the other way round: texts, forms, and what XML adds."""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import Any

import pytest
from bindwright.serve import App, Request, load
from bindwright.testing import MockApi

from tests.meaning.driver import generate_document

SCHEMAS = """
components:
  schemas:
    Count: {type: object, required: [n], properties: {n: {type: integer}, ok: {type: boolean},
        words: {type: array, items: {type: string}}}}
    Form: {type: object, required: [title, stamp], properties: {title: {type: string}}}
    Sealed: {allOf: [{$ref: '#/components/schemas/Form'}, {type: object, required: [seal]}]}
    Pay: {type: object, properties: {by: {oneOf: [
        {type: object, required: [card], properties: {card: {type: string}}},
        {type: object, required: [iban], properties: {iban: {type: string}}}]}}}
    Pair: {type: object, properties: {pair: {type: [array, 'null'], prefixItems: [{type: integer}], items: false}}}
"""


def document(media_type: str, schema: str) -> str:
    body = f"content: {{'{media_type}': {{schema: {schema}}}}}"
    return (
        "openapi: 3.1.1\ninfo: {title: t, version: '1'}\npaths:\n  /body:\n    put:\n      tags: [bodies]\n"
        f"      operationId: putBody\n      requestBody: {{required: true, {body}}}\n"
        f"      responses: {{'200': {{description: ok, {body}}}}}{SCHEMAS}"
    )


def mock(folder: Path, media_type: str, schema: str) -> App:
    path = folder / "document.yaml"
    path.write_text(document(media_type, schema))
    return load(path)


def put(app: App, media_type: str, body: bytes) -> int:
    head = (("Content-Type", media_type),)
    return app.respond(Request(method="PUT", target="/body", headers=head, body=body)).status


@pytest.mark.parametrize("media_type", ["text/plain", "text/csv", "application/yaml", "application/graphql"])
@pytest.mark.parametrize(
    ("schema", "value", "wrong"),
    [
        ("{$ref: '#/components/schemas/Count'}", {"n": 1}, b'{"n":"x"}'),
        ("{type: array, items: {type: integer}}", [1, 2], b'["x"]'),
        ("{type: integer}", 5, b"x"),
        ("{type: boolean}", True, b"x"),
        ("{type: string, maxLength: 5}", "word", b"longer"),
    ],
)
def test_what_a_text_holds(tmp_path: Path, media_type: str, schema: str, value: Any, wrong: bytes) -> None:
    text = document(media_type, schema)
    package = generate_document(text)
    client = importlib.import_module(package.package).Client
    path = tmp_path / "document.yaml"
    path.write_text(text)
    api = MockApi.load(path)
    with client("http://mock", transport=api.transport) as caller:
        given = package.models.Count(**value) if isinstance(value, dict) else value
        found = caller.bodies.put_body(given)
        assert type(found) is type(given)
    assert put(load(path), media_type, wrong) == 422


def test_a_form_as_an_answer(tmp_path: Path) -> None:
    media_type = "application/x-www-form-urlencoded"
    text = document(media_type, "{$ref: '#/components/schemas/Count'}")
    package = generate_document(text)
    client = importlib.import_module(package.package).Client
    path = tmp_path / "document.yaml"
    path.write_text(text)
    count = package.models.Count
    api = MockApi.load(path)
    with client("http://mock", transport=api.transport) as caller:
        api.handle("PUT /body", lambda call: {"n": 5, "ok": True, "words": ["7", "a&b"]})
        assert caller.bodies.put_body(count(n=1)) == count(n=5, ok=True, words=["7", "a&b"])


@pytest.mark.parametrize(
    ("schema", "xml", "status"),
    [
        ("Form", "<Form><title>a</title></Form>", 422),
        ("Form", "<Form><title>a</title><stamp>1</stamp></Form>", 200),
        ("Sealed", "<Sealed><title>a</title><seal/></Sealed>", 422),
        ("Sealed", "<Sealed><title>a</title><seal/><stamp/></Sealed>", 200),
        ("Pay", "<Pay><by><card>1</card></by></Pay>", 200),
        ("Pay", "<Pay><by><card>1</card><iban>2</iban></by></Pay>", 422),
        ("Pay", '<Pay><by><card>1</card><iban xmlns="urn:x">2</iban></by></Pay>', 200),
    ],
)
def test_elements_that_no_member_names_are_asked_for_in_xml(
    tmp_path: Path, schema: str, xml: str, status: int
) -> None:
    app = mock(tmp_path, "application/xml", f"{{$ref: '#/components/schemas/{schema}'}}")
    assert put(app, "application/xml", xml.encode()) == status


@pytest.mark.parametrize(
    ("schema", "body", "status"),
    [
        ("Sealed", {"title": "a", "stamp": 1, "seal": 1}, 200),
        ("Sealed", {"title": "a", "seal": 1}, 422),
        ("Pair", {"pair": [1]}, 200),
        ("Pair", {"pair": []}, 200),
        ("Pair", {"pair": None}, 200),
        ("Pair", {"pair": [1, 2]}, 422),
    ],
)
def test_in_json(tmp_path: Path, schema: str, body: Any, status: int) -> None:
    app = mock(tmp_path, "application/json", f"{{$ref: '#/components/schemas/{schema}'}}")
    assert put(app, "application/json", json.dumps(body).encode()) == status


def test_what_a_base_requires_without_describing_it_is_in_samples(tmp_path: Path) -> None:
    app = mock(tmp_path, "application/json", "{$ref: '#/components/schemas/Sealed'}")
    head, body = (("Content-Type", "application/json"),), b'{"title":"a","stamp":1,"seal":1}'
    answer = app.respond(Request(method="PUT", target="/body", headers=head, body=body))
    assert set(json.loads(answer.body)) == {"title", "stamp", "seal"}
