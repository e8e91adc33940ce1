"""The core: routing, validation, negotiation and documented errors, with no socket."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import xmltodict
from bindwright.ir.model import SecurityScheme
from bindwright.serve import Answer, Call, Refusal, Request, Response, load

from tests.serve.shop import app


def send(
    method: str, target: str, body: bytes = b"", seed: int = 0, **headers: str
) -> tuple[int, Any, Response]:
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    response = app(seed=seed).respond(Request(method=method, target=target, headers=named, body=body))
    kind = response.header("content-type") or ""
    if not response.body:
        return response.status, None, response
    value = json.loads(response.body) if kind.endswith("json") else xmltodict.parse(response.body)
    return response.status, value, response


def test_a_sample_satisfies_the_schema_and_hides_what_is_write_only() -> None:
    status, pet, _ = send("GET", "/pets/5")
    assert status == 200
    assert pet["id"] >= 1
    assert len(pet["name"]) >= 2
    assert pet["kind"] in ("cat", "dog")
    assert "secret" not in pet


def test_the_same_value_in_both_formats() -> None:
    _, pet, _ = send("GET", "/pets/5")
    status, tree, response = send("GET", "/pets/5", Accept="application/xml")
    assert status == 200
    assert response.header("content-type") == "application/xml"
    assert tree["value"]["name"] == pet["name"]


def test_the_seed_decides() -> None:
    assert send("GET", "/pets/5", seed=1)[1] == send("GET", "/pets/5", seed=1)[1]
    assert len({json.dumps(send("GET", "/pets/5", seed=seed)[1]) for seed in range(8)}) > 1


@pytest.mark.parametrize("base", ["", "/api/v1"])
def test_base_paths_of_servers_and_none(base: str) -> None:
    assert send("GET", f"{base}/pets/5")[0] == 200


def test_a_concrete_path_goes_before_a_template() -> None:
    assert send("GET", "/pets/mine")[0] == 200  # "mine" is no integer: the template would refuse it
    assert send("GET", "/pets/other")[0] == 400


def test_examples_that_the_schema_refuses_are_passed_over() -> None:
    assert send("GET", "/pets")[1] == [{"id": 7, "name": "Rex"}]


def test_an_example_can_be_asked_for_by_name() -> None:
    status, value, response = send("GET", "/pets", Prefer="example=none")
    assert (status, value) == (200, [])
    assert response.header("preference-applied") == 'example="none"'


def test_a_status_can_be_asked_for() -> None:
    status, value, _ = send("GET", "/pets/5", Prefer="code=404")
    assert status == 404
    assert set(value) == {"code", "message"}
    assert send("GET", "/pets", Prefer="code=503")[0] == 503


def test_documented_errors_have_the_documented_schema() -> None:
    status, value, response = send("GET", "/pets/rex")
    assert status == 400
    assert value == {"code": 400, "message": "the parameters are not as documented"}
    assert response.header("content-type") == "application/json"


def test_other_errors_are_problems_in_the_format_that_is_accepted() -> None:
    status, value, response = send("GET", "/pets?limit=11")
    assert (status, response.header("content-type")) == (400, "application/problem+json")
    assert value["errors"] == [{"where": "query.limit", "detail": "is greater than 10"}]
    status, tree, response = send("GET", "/nothing", Accept="application/xml")
    assert (status, response.header("content-type")) == (404, "application/problem+xml")
    assert tree["problem"]["status"] == "404"
    assert tree["problem"]["@xmlns"] == "urn:ietf:rfc:7807"


def test_an_unknown_method_names_the_known_ones() -> None:
    status, _, response = send("PUT", "/pets/5")
    assert (status, response.header("allow")) == (405, "DELETE, GET")


def test_nothing_acceptable() -> None:
    assert send("GET", "/pets/5", Accept="image/png")[0] == 406
    assert send("GET", "/pets/5", Accept="application/json;q=0, application/xml;q=0.1")[2].header(
        "content-type"
    ) == ("application/xml")


def test_credentials() -> None:
    status, _, response = send("DELETE", "/pets/5")
    assert status == 401
    assert response.header("www-authenticate")
    assert send("DELETE", "/pets/5", X_Key="abc")[0] == 204


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b'{"name": "Rex"}', "application/json", 201),
        (b"<Pet><name>Rex</name></Pet>", "application/xml; charset=utf-8", 201),
        (b'{"name": "Rex", "note": null}', "application/json", 201),
        (b'{"name": "R"}', "application/json", 422),
        (b'{"name": null}', "application/json", 422),
        (b"{}", "application/json", 422),
        (b'{"name": "Rex", "kind": "cow"}', "application/json", 422),
        (b"{", "application/json", 400),
        (b'{"name": NaN}', "application/json", 400),
        (b"<Pet>", "application/xml", 400),
        (b"name=Rex", "application/x-www-form-urlencoded", 415),
    ],
)
def test_bodies(body: bytes, kind: str, status: int) -> None:
    assert send("POST", "/pets", body, Content_Type=kind)[0] == status


def test_a_required_body() -> None:
    assert send("POST", "/pets")[0] == 400


def test_head_is_get_without_its_body() -> None:
    status, value, response = send("HEAD", "/pets/5")
    assert (status, value) == (200, None)
    assert response.header("content-type") == "application/json"
    assert response.header("content-length") == str(len(send("GET", "/pets/5")[2].body))


def test_a_handler_sees_typed_values_and_answers() -> None:
    mock, seen = app(), []

    @mock.handle("GET /pets/{petId}")
    def get_pet(call: Call) -> Any:
        seen.append(call.path["petId"])
        return {"id": call.path["petId"], "name": "Rex"}

    response = mock.respond(Request(method="GET", target="/pets/12"))
    assert (response.status, json.loads(response.body)) == (200, {"id": 12, "name": "Rex"})
    assert seen == [12]


def test_a_handler_refuses_and_chooses_its_status() -> None:
    mock = app()

    def refuse(call: Call) -> Any:
        raise Refusal(404, f"no pet {call.path['petId']}")

    mock.handle("GET /pets/{petId}", refuse)
    mock.handle("POST /pets", lambda call: Answer(status=202, headers=(("X-Job", "1"),)))
    response = mock.respond(Request(method="GET", target="/pets/12"))
    assert json.loads(response.body) == {"code": 404, "message": "no pet 12"}
    posted = Request(
        method="POST",
        target="/pets",
        headers=(("content-type", "application/json"),),
        body=b'{"name": "Rex"}',
    )
    response = mock.respond(posted)
    assert (response.status, response.header("x-job"), response.body) == (202, "1", b"")


ERRORS_ALONE = """
openapi: 3.1.0
info: {title: Errors, version: '1'}
paths:
  /jobs:
    delete:
      parameters:
      - {name: ids, in: query, required: true, explode: false, schema: {type: array, items: {type: string}, minItems: 1}}
      - {name: ns, in: query, explode: false, schema: {type: array, items: {type: integer}, minItems: 1}}
      responses:
        '400': {description: no, content: {application/json: {schema: {type: object}}}}
        '404': {description: no}
"""


@pytest.mark.parametrize(
    ("query", "status"),
    [("ids=a,b", 204), ("ids=", 204), ("ids=a&ns=1", 204), ("ids=a&ns=", 400), ("ids=,", 204), ("", 400)],
)
def test_errors_alone_answer_none_but_bad_requests(tmp_path: Path, query: str, status: int) -> None:
    """``ids=`` is an empty list, or one empty text: what the schema takes."""
    (tmp_path / "api.yaml").write_text(ERRORS_ALONE)
    response = load(tmp_path / "api.yaml").respond(Request(method="DELETE", target=f"/jobs?{query}"))
    assert (response.status, response.body != b"") == (status, status == 400)


HEADERS = """
openapi: 3.1.0
info: {title: Headers, version: '1'}
paths:
  /jobs:
    post:
      responses:
        '200':
          description: done
          headers:
            X-Job: {required: true, schema: {type: string}}
            Set-Cookie: {required: true, schema: {type: string}}
          content:
            application/json: {schema: {type: string}}
            text/*: {schema: {type: string}}
        '429':
          description: too many
          headers:
            Retry-After: {required: true, schema: {type: integer}}
          content:
            application/json: {schema: {type: object, properties: {detail: {type: string}}}}
"""


def test_headers_that_a_handler_chose_go_before_samples(tmp_path: Path) -> None:
    (tmp_path / "api.yaml").write_text(HEADERS)
    mock = load(tmp_path / "api.yaml")
    request = Request(method="POST", target="/jobs")
    names = [name for name, _ in mock.respond(request).headers]
    assert names == ["Content-Type", "X-Job", "Set-Cookie"]
    chosen = (("x-job", "7"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"), ("content-type", "text/csv"))
    mock.handle("POST /jobs", lambda _: Answer(value="a,b", headers=chosen))
    response = mock.respond(request)
    assert (response.headers, response.body) == (chosen, b"a,b")

    def refuse(_: Call) -> Any:
        raise Refusal(429, "too many", headers=(("retry-after", "120"),))

    mock.handle("POST /jobs", refuse)
    response = mock.respond(request)
    assert response.headers == (("Content-Type", "application/json"), ("retry-after", "120"))


def test_a_handler_needs_a_documented_operation() -> None:
    with pytest.raises(LookupError, match="GET /pets/mine"):
        app().handle("GET /dogs")


@pytest.mark.parametrize(
    ("kind", "facts", "header"),
    [
        ("http", {"scheme": "basic"}, {"Authorization": "Basic dTpw"}),
        ("http", {"scheme": "bearer"}, {"Authorization": "Bearer t"}),
        ("oauth2", {}, {"Authorization": "Bearer t"}),
        ("apiKey", {"parameter": "X-Key", "location": "header"}, {"X-Key": "k"}),
        ("apiKey", {"parameter": "sid", "location": "cookie"}, {"Cookie": "a=b; sid=1"}),
        ("mutualTLS", {}, {}),
    ],
)
def test_schemes(kind: str, facts: dict[str, str], header: dict[str, str]) -> None:
    mock = app()
    mock.api.security_schemes["key"] = SecurityScheme(name="key", kind=kind, **facts)  # type: ignore[arg-type]
    good = Request(method="DELETE", target="/pets/5", headers=tuple(header.items()))
    assert mock.respond(good).status == 204
    if header:
        assert mock.respond(Request(method="DELETE", target="/pets/5")).status == 401


def test_one_alternative_of_the_requirements_is_enough() -> None:
    mock = app()
    mock.api.operations[-1].security = [{"key": [], "other": []}, {}]
    assert mock.respond(Request(method="DELETE", target="/pets/5")).status == 204


def test_a_key_in_the_query() -> None:
    mock = app()
    mock.api.security_schemes["key"] = SecurityScheme(
        name="key", kind="apiKey", parameter="key", location="query"
    )
    assert mock.respond(Request(method="DELETE", target="/pets/5?key=k")).status == 204
    assert mock.respond(Request(method="DELETE", target="/pets/5?other=k")).status == 401


FILE = """
openapi: 3.0.3
info: {title: t, version: '1'}
paths:
  /file:
    put:
      requestBody:
        content:
          application/octet-stream: {schema: {type: string, format: byte}}
          application/json: {schema: {type: string, format: byte}}
      responses: {'204': {description: kept}}
"""


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("application/octet-stream", b"\xff\x00", 204),
        ("application/json", b'"eA=="', 204),
        ("application/json", b'"***"', 422),
    ],
)
def test_bytes_are_base64_only_where_text_stands(tmp_path: Path, kind: str, body: bytes, status: int) -> None:
    (tmp_path / "openapi.yaml").write_text(FILE)
    loaded = load(tmp_path / "openapi.yaml")
    request = Request(method="PUT", target="/file", headers=(("content-type", kind),), body=body)
    assert loaded.respond(request).status == status


ENDLESS = """
openapi: 3.1.0
info: {title: t, version: "1"}
paths:
  /foo: {get: {responses: {"200": &answer {description: d, content: {application/json: {schema: &foo {$ref: '#/components/schemas/Foo'}}}},
    default: *answer}}}
  /foos: {get: {responses: {"200": {description: d, content: {application/json: {schema: {type: array, items: *foo}}}}}}}
webhooks:
  sent: {post: {requestBody: {content: {application/json: {schema: *foo}}}, responses: {"200": {description: d}}}}
components: {schemas: {Foo: {type: object, required: [foo], properties: {foo: *foo}}}}
"""


def test_no_answer_is_made_that_would_have_no_end(tmp_path: Path) -> None:
    document = tmp_path / "document.yaml"
    document.write_text(ENDLESS)
    held = load(document)
    refused = held.respond(Request(method="GET", target="/foo"))
    assert refused.status == 501
    assert "no value of Foo has an end" in json.loads(refused.body)["detail"]
    assert held.respond(Request(method="GET", target="/foos")).body == b"[]"
    with pytest.raises(ValueError, match="no value of Foo has an end"):
        held.webhook("sent")


LISTS_WITHIN = """
openapi: 3.1.0
info: {title: Pets, version: '1'}
paths:
  /pets:
    get:
      parameters:
      - name: like
        in: query
        schema:
          type: object
          properties:
            tags: {type: array, items: {type: object, required: [id], properties: {id: {type: integer}}}}
      responses: {'204': {description: ok}}
"""


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("tags=%7B%22id%22:1%7D", 204),
        ("tags=%7B%22id%22:1%7D&tags=%7B%22id%22:2%7D", 204),
        ("tags=%5B%7B%22id%22:1%7D%5D", 204),
        ("tags=%7B%22no%22:1%7D", 400),
    ],
)
def test_a_list_within_an_object_may_hold_one_object(tmp_path: Path, query: str, status: int) -> None:
    """Its name is there once then, and beside it JSON that no list begins like."""
    (tmp_path / "api.yaml").write_text(LISTS_WITHIN)
    assert (
        load(tmp_path / "api.yaml").respond(Request(method="GET", target=f"/pets?{query}")).status == status
    )
