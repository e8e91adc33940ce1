"""What the client writes the mock reads by the same schema, and the other way round: texts, forms, and what XML adds."""

from __future__ import annotations

import datetime as dt
import importlib
import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from bindwright.runtime import json as codec
from bindwright.serve import App, Call, Request, load
from bindwright.serve.handlers import Answer
from bindwright.standards.form_bodies import fields_of, parts_of
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
        sent = package.models.Count(**value) if isinstance(value, dict) else value
        if media_type == "text/csv" and isinstance(value, (dict, list)):
            with pytest.raises(ValueError, match="nothing here writes text/csv"):
                caller.bodies.put_body(sent)
            return
        returned = caller.bodies.put_body(sent)
        # Nothing of a client reads YAML, but what it writes is some.
        is_text = media_type == "application/yaml" and isinstance(value, (dict, list))
        assert type(returned) is (str if is_text else type(sent))
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
def test_a_json_body_is_answered_with_its_status(tmp_path: Path, schema: str, body: Any, status: int) -> None:
    app = mock(tmp_path, "application/json", f"{{$ref: '#/components/schemas/{schema}'}}")
    assert put(app, "application/json", json.dumps(body).encode()) == status


def test_what_a_base_requires_without_describing_it_is_in_samples(tmp_path: Path) -> None:
    app = mock(tmp_path, "application/json", "{$ref: '#/components/schemas/Sealed'}")
    head, body = (("Content-Type", "application/json"),), b'{"title":"a","stamp":1,"seal":1}'
    answer = app.respond(Request(method="PUT", target="/body", headers=head, body=body))
    assert set(json.loads(answer.body)) == {"title", "stamp", "seal"}


MULTIPART_ITEMS = """
openapi: 3.1.1
info: {title: t, version: '1'}
paths:
  /items:
    post:
      tags: [items]
      operationId: addItems
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema: {type: object, properties: {
              one: {$ref: '#/components/schemas/Item'}, many: {type: array, items: {$ref: '#/components/schemas/Item'}}}}
            encoding: {one: {contentType: application/xml}, many: {contentType: text/xml}}
      responses: {'204': {description: done}}
components:
  schemas:
    Item: {type: object, xml: {name: item, namespace: 'urn:i'}, required: [n], properties: {n: {type: integer, xml: {namespace: 'urn:i'}}}}
"""


def test_items_of_a_multipart_body_are_documents_of_xml_each(tmp_path: Path) -> None:
    package = generate_document(MULTIPART_ITEMS)
    path = tmp_path / "document.yaml"
    path.write_text(MULTIPART_ITEMS)
    api = MockApi.load(path)
    models: Any = package.models
    first, second = models.Item(n=1), models.Item(n=2)
    with importlib.import_module(package.package).Client("http://mock", transport=api.transport) as client:
        client.items.add_items(models.AddItemsBody(one=first, many=[first, second]))
    body = api.calls[-1].request.body
    assert body.count(b"Content-Type: text/xml\r\n\r\n<item") == 2
    assert b'<item xmlns="urn:i"><n>2</n></item>' in body


ENCODED = """
openapi: 3.0.3
info: {title: t, version: '1'}
paths:
  /form:
    post:
      tags: [forms]
      operationId: send
      requestBody:
        required: true
        content:
          MEDIA:
            schema: {allOf: [{$ref: '#/components/schemas/Form'}, {type: object, properties: {late: {type: string}}}]}
            encoding: {text: &json {contentType: application/json}, time: *json, octets: *json, whole: *json, objects: *json, map: *json, word: *json,
                one: &xml {contentType: 'text/xml, application/json'}, many: *xml, plain: {contentType: text/plain}, texts: {contentType: text/plain}}
      responses: {'204': {description: done}}
components:
  schemas:
    Item: {type: object, required: [n], properties: {n: {type: integer}}}
    Form:
      type: object
      properties:
        text: {type: string}
        time: {type: string, format: date-time}
        octets: {type: string, format: byte}
        whole: {type: array, items: {type: integer}}
        objects: {type: array, items: {$ref: '#/components/schemas/Item'}}
        map: {type: object, additionalProperties: {type: array, items: {type: integer}}}
        word: {type: string, enum: [a, b]}
        one: {$ref: '#/components/schemas/Item'}
        many: {type: array, items: {$ref: '#/components/schemas/Item'}}
        plain: {$ref: '#/components/schemas/Item'}
        texts: {type: array, items: {type: string}}
"""
MEMBERS = {
    "text": "a b", "time": "2020-01-01T00:00:00Z", "octets": "/wA=", "whole": [1, 2], "objects": [{"n": 1}, {"n": 2}], "map": {"k": [1]},
    "word": "a", "one": {"n": 1}, "many": [{"n": 1}, {"n": 2}], "plain": {"n": 1}, "texts": ["a", "b"],
}  # fmt: skip
WRONG = {
    "time": '"noon"', "octets": '"%"', "whole": '[1,"a"]', "objects": '[{"n":"x"}]', "map": '{"k":[""]}', "word": '"c"', "one": "<Item/>",
    "many": "<Item><n>x</n></Item>",
}  # fmt: skip


@pytest.mark.parametrize("media_type", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_properties_of_a_form_with_a_media_type_of_their_own(tmp_path: Path, media_type: str) -> None:
    package = generate_document(text := ENCODED.replace("MEDIA", media_type))
    path = tmp_path / "document.yaml"
    path.write_text(text)
    api = MockApi.load(path)
    received: list[Any] = []
    api.handle("send", lambda call: received.append(json.loads(codec.encode(call.body))))
    with importlib.import_module(package.package).Client("http://mock", transport=api.transport) as client:
        for name, value in MEMBERS.items():
            client.forms.send({name: value})
            assert received.pop() == {name: value}, name
    if media_type.startswith("application"):
        assert api.calls[-1].request.body == b"texts=a&texts=b"
        for name, wrong in WRONG.items():
            headers = (("Content-Type", media_type),)
            body = f"{name}={quote(wrong)}".encode()
            assert api.app.respond(
                Request(method="POST", target="/form", headers=headers, body=body)
            ).status in (400, 422), name


DISCRIMINATED = """
openapi: 3.0.3
info: {title: t, version: '1'}
paths:
  /choice: {post: {tags: [forms], operationId: sendChoice, requestBody: {required: true, content: {MEDIA: {schema: {$ref: '#/components/schemas/Choice'}}}}, responses: {'204': {description: ok}}}}
  /base: {post: {tags: [forms], operationId: sendBase, requestBody: {required: true, content: {MEDIA: {schema: {$ref: '#/components/schemas/Base'}}}}, responses: {'204': {description: ok}}}}
components:
  schemas:
    Choice: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}], discriminator: {propertyName: kind, mapping: {a: '#/components/schemas/A', b: '#/components/schemas/B'}}}
    A: {type: object, properties: {kind: {type: string}, x: {type: string}}}
    B: {type: object, properties: {x: {type: string}}}
    Base: {type: object, properties: {t: {type: string}}, discriminator: {propertyName: t, mapping: {c: '#/components/schemas/C'}}}
    C: {allOf: [{$ref: '#/components/schemas/Base'}, {type: object, properties: {w: {type: integer}}}]}
"""


@pytest.mark.parametrize("media_type", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_forms_say_which_class_they_are_and_lose_nothing(tmp_path: Path, media_type: str) -> None:
    """The discriminator that nobody set, declared or not, and members that the document does not name."""
    package = generate_document(text := DISCRIMINATED.replace("MEDIA", media_type))
    path = tmp_path / "document.yaml"
    path.write_text(text)
    api, models = MockApi.load(path), package.models
    sent: list[Any] = []
    with importlib.import_module(package.package).Client("http://mock", transport=api.transport) as client:
        for send, value in (
            (client.forms.send_choice, models.A(x="q")),
            (client.forms.send_choice, models.B(x="q")),
            (client.forms.send_base, models.C(w=1)),
            (client.forms.send_base, codec.decode(b'{"t":"c","w":1,"more":"z"}', models.C)),
        ):
            send(value)
            request = api.calls[-1].request
            content_type = request.header("content-type") or ""
            if media_type.startswith("multipart"):
                sent.append({part["name"]: part["body"] for part in parts_of(request.body, content_type)})
            else:
                sent.append(dict(fields_of(request.body)))
    assert sent == [
        {"kind": "a", "x": "q"}, {"kind": "b", "x": "q"}, {"t": "c", "w": "1"}, {"t": "c", "w": "1", "more": "z"},
    ]  # fmt: skip
    assert all(call.refusal is None for call in api.calls)


PARAMETERS = """
openapi: 3.2.0
info: {title: t, version: '1'}
paths:
  /deep:
    get:
      tags: [find]
      operationId: deep
      parameters:
        - {name: f, in: query, style: deepObject, explode: true, schema: {$ref: '#/components/schemas/Filter'}}
      responses: {'204': {description: done}}
  /whole:
    get:
      tags: [find]
      operationId: whole
      parameters:
        - {name: q, in: querystring, content: {application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/Filter'}}}}
      responses: {'204': {description: done}}
components:
  schemas:
    Filter:
      type: object
      properties: {size: {type: integer}, day: {type: string, format: date}, ids: {type: array, items: {type: integer}}, on: {type: boolean}}
"""


def test_lists_within_objects_of_a_query(tmp_path: Path) -> None:
    """`f[ids][0]=1`, and the whole query as a form: the mock refuses what is wrong in them, and nothing else."""
    package = generate_document(PARAMETERS)
    path = tmp_path / "document.yaml"
    path.write_text(PARAMETERS)
    api = MockApi.load(path)
    models: Any = package.models
    filter_ = models.Filter(size=2, day=dt.date(2025, 1, 2), ids=[1, 2], on=True)
    with importlib.import_module(package.package).Client("http://mock", transport=api.transport) as client:
        client.find.deep(f=filter_)
        client.find.whole(q=filter_)
    app = load(path)
    for target in ("/deep?f[ids][0]=x", "/deep?f[size]=x", "/whole?size=x", "/whole?ids=x"):
        assert app.respond(Request(method="GET", target=target)).status in (400, 422), target


EXPLODED = """
openapi: 3.1.1
info: {title: t, version: '1'}
paths:
  /find:
    parameters:
    - {name: nobody, in: path, required: true, schema: {type: string}}
    get:
      tags: [find]
      operationId: exploded
      parameters:
      - {name: page, in: query, required: true, schema: {$ref: '#/components/schemas/Page'}}
      responses: {'204': {description: done}}
    post:
      tags: [find]
      operationId: lists
      parameters: [{name: gone, in: path, required: true, schema: {type: string}}]
      requestBody: {required: true, content: {multipart/form-data: {schema: {$ref: '#/components/schemas/Lists'}}}}
      responses: {'204': {description: done}}
components:
  schemas:
    Page:
      type: object
      properties: {size: {type: integer}, sort: {type: [array, 'null'], items: {type: string}}}
    Lists:
      type: object
      properties: {rows: {type: array, items: {type: array, items: {type: integer}}}}
"""


def received(folder: Path, operation: str, method: str, **arguments: Any) -> Call:
    """What the mock's handler is given of a call by the generated client."""
    package = generate_document(EXPLODED)
    path = folder / "document.yaml"
    path.write_text(EXPLODED)
    api, calls = MockApi.load(path), list[Call]()

    def keep(call: Call) -> Answer:
        calls.append(call)
        return Answer(status=204)

    api.handle(operation, keep)
    values = {name: getattr(package.models, model)(**members) for name, (model, members) in arguments.items()}
    with importlib.import_module(package.package).Client("http://mock", transport=api.transport) as client:
        getattr(client.find, method)(**values)
    return calls[-1]


@pytest.mark.parametrize("sort", [["a"], ["a", "b,c"]])
def test_lists_within_an_exploded_object(tmp_path: Path, sort: list[str]) -> None:
    """`size=2&sort=a&sort=b%2Cc`; a path parameter that the path does not have is asked of nobody."""
    call = received(tmp_path, "GET /find", "exploded", page=("Page", {"size": 2, "sort": sort}))
    assert (call.query["page"].size, call.query["page"].sort, call.path) == (2, sort, {})
    app = load(tmp_path / "document.yaml")
    assert app.respond(Request(method="GET", target="/find?size=1&size=2")).status == 400


@pytest.mark.parametrize("rows", [[[1]], [[1, 2], [3]]])
def test_lists_of_lists_have_a_part_for_each(tmp_path: Path, rows: list[list[int]]) -> None:
    call = received(tmp_path, "POST /find", "lists", body=("Lists", {"rows": rows}))
    assert (call.body.rows, call.path) == (rows, {})
