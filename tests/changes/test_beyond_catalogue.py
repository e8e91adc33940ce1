"""Kinds of change that the catalogue does not have, and spellings that nobody feels."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from bindwright import ir
from bindwright import openapi as spec
from bindwright.changes import Change, compare
from bindwright.changes.report.lines import title
from bindwright.changes.rules import COLUMNS

Document = dict[str, Any]
Edit = Callable[[Document], Any]
LETTERS = {"none": "-", "compatible": "C", "risky": "R", "breaking": "B"}
BASE: Document = yaml.safe_load("""
openapi: 3.1.1
info: {title: Shop, version: '1'}
servers:
  - url: https://{host}/v1
    variables: {host: {default: a.example}}
  - url: https://b.example
security: [{key: []}]
paths:
  /things:
    get:
      operationId: list
      tags: [things]
      parameters:
        - {name: since, in: query, schema: {type: integer, default: 1}}
        - name: filter
          in: query
          content: {application/json: {schema: {type: object, properties: {a: {type: string}}}}}
        - {name: states, in: query, schema: {type: array, items: {type: string, enum: [up, down]}}}
      responses:
        '200':
          description: fine
          content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Thing'}}}}
    post:
      operationId: add
      tags: [things]
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}
      responses: {'204': {description: done}}
      callbacks:
        done:
          '{$request.body#/url}':
            post: {requestBody: {content: {application/json: {schema: {type: object}}}}, responses: {'204': {description: read}}}
  /files:
    post:
      operationId: upload
      tags: [things]
      requestBody:
        content:
          multipart/form-data:
            schema: {type: object, properties: {meta: {type: object, properties: {n: {type: string}}}}}
            encoding: {meta: {contentType: application/json}}
      responses: {'204': {description: done}}
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
    flow:
      type: oauth2
      flows: {clientCredentials: {tokenUrl: 'https://t.example/token', scopes: {r: read}}}
  schemas:
    Thing:
      type: object
      properties:
        n: {type: integer, minimum: 1}
        size: {type: number, minimum: 1}
        pair: {type: array, prefixItems: [{type: string}, {type: integer}], items: false}
        state: {type: string, enum: [a, b]}
        data: {type: string, contentEncoding: base64}
        parts: {type: object, properties: {x: {type: string}}, patternProperties: {^x-: {type: string}}, additionalProperties: false}
        kind: {type: object, properties: {of: {type: string}}}
        old: {type: string, deprecated: true}
        note: {type: string, description: What customers wrote when they ordered}
""")  # fmt: skip


def put(*path: str | int, value: Any) -> Edit:
    def edit(document: Document) -> None:
        holder: Any = document
        for step in path[:-1]:
            holder = holder[step]
        holder[path[-1]] = value

    return edit


def remove(*path: str | int) -> Edit:
    def edit(document: Document) -> None:
        holder: Any = document
        for step in path[:-1]:
            holder = holder[step]
        del holder[path[-1]]

    return edit


def renamed(*path: str | int, to: str) -> Edit:
    def edit(document: Document) -> None:
        holder: Any = document
        for step in path[:-1]:
            holder = holder[step]
        holder[to] = holder.pop(path[-1])

    return edit


def combined(*edits: Edit) -> Edit:
    return lambda document: [edit(document) for edit in edits]


GET: tuple[str, ...] = ("paths", "/things", "get")
FORM: tuple[str, ...] = ("paths", "/files", "post", "requestBody", "content", "multipart/form-data")
MEMBERS: tuple[str, ...] = ("components", "schemas", "Thing", "properties")
ANSWER: tuple[str, ...] = (*GET, "responses", "200", "content")
URL: tuple[str, ...] = ("paths", "/things", "post", "callbacks", "done", "{$request.body#/url}")
TOKENS: tuple[str, ...] = ("components", "securitySchemes", "flow", "flows", "clientCredentials", "tokenUrl")
KEY: tuple[str, ...] = ("components", "securitySchemes", "key")
CASES: dict[str, tuple[Edit, dict[str, str]]] = {
    "another header has the key": (put(*KEY, "name", value="X-Token"), {"credential-changed": "B----"}),
    "a token instead of a key": (
        put(*KEY, value={"type": "http", "scheme": "bearer"}), {"credential-changed": "B---B"}),
    "another variable of the server": (
        put("servers", 0, "variables", "host", "default", value="c.example"), {"server-path": "RR--B"}),
    "a server less": (remove("servers", 1), {"server-removed": "RR--R"}),
    "an operation elsewhere": (
        put(*GET, "servers", value=[{"url": "https://z.example"}]), {"server-path": "RR--B"}),
    "a callback's address": (renamed(*URL, to="{$request.body#/uri}"), {"callback-address": "R----"}),
    "callbacks are gone": (remove(*URL[:3], "callbacks"), {"webhook-removed": "B---B"}),
    "a value for another": (
        put(*MEMBERS, "state", "enum", value=["a", "c"]), {"enum-added": "CR--C", "enum-removed": "BC--B"}),
    "a part of a form": (
        put(*FORM, "encoding", "meta", "contentType", value="text/plain"), {"part-content-type": "B----"}),
    "a header of a part": (
        put(*FORM, "encoding", "meta", "headers", value={"X-A": {"required": True, "schema": {"type": "string"}}}),
        {"part-header-required": "B----"}),
    "a parameter that was JSON": (
        put(*GET, "parameters", 1, value={"name": "filter", "in": "query", "schema": {
            "type": "object", "properties": {"a": {"type": "string"}}}}), {"param-style": "B----"}),
    "any success": (renamed(*GET, "responses", "200", to="2XX"), {"status-success-added": "-R---"}),
    "another encoding": (
        put(*MEMBERS, "data", "contentEncoding", value="base64url"), {"format-date": "BB---"}),
    "no encoding": (remove(*MEMBERS, "data", "contentEncoding"), {"format-removed": "CB--B"}),
    "one number less": (
        put(*MEMBERS, "size", value={"type": "number", "exclusiveMinimum": 1}), {"constraint-narrowed": "BC--R"}),
    "items behind a tuple's": (remove(*MEMBERS, "pair", "items"), {"type-widened": "CR--B"}),
    "a list of numbers": (
        put(*MEMBERS, "n", value={"type": "integer", "enum": [1, 2]}), {"enum-closed": "BC--R"}),
    "another pattern of names": (
        put(*MEMBERS, "parts", "patternProperties", value={"^y-": {"type": "string"}}),
        {"constraint-pattern-changed": "RR---"}),
    "a page instead of a list": (
        put(*ANSWER, "application/json", "schema", value={"type": "object", "properties": {
            "items": {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}}}}),
        {"type-changed": "-B--B"}),
    "another method's name": (put(*GET, "x-bindwright-name", value="find"), {"operation-id-renamed": "----B"}),
    "an inline class goes with its member": (remove(*MEMBERS, "kind"), {"property-removed": "RR--B"}),
    "what is deprecated is not renamed": (
        combined(remove(*MEMBERS, "old"), put(*MEMBERS, "zebra", value={"type": "string"})),
        {"property-removed": "RR--B", "property-added-optional": "CC--C"}),
    "what is another thing is not renamed": (
        combined(remove(*MEMBERS, "note"), put(*MEMBERS, "zebra", value={
            "type": "string", "description": "Animal on the label"})),
        {"property-removed": "RR--B", "property-added-optional": "CC--C"}),
}  # fmt: skip
NOISE: dict[str, Edit] = {
    "a charset": renamed(*ANSWER, "application/json", to="application/json; charset=utf-8"),
    "case of a media type": renamed(*ANSWER, "application/json", to="Application/JSON"),
    "a slash behind a server": put("servers", 0, "url", value="https://{host}/v1/"),
    "a server written out": put("servers", 0, value={"url": "https://a.example/v1"}),
    "case of a header": put(*KEY, "name", value="x-key"),
    "a whole number next to another": put(*MEMBERS, "n", value={"type": "integer", "exclusiveMinimum": 0}),
    "a parameter's default as text": put(*GET, "parameters", 0, "schema", "default", value="1"),
    "order of values in a list": put(*GET, "parameters", 2, "schema", "items", "enum", value=["down", "up"]),
    "one tag more": put(*GET, "tags", value=["things", "others"]),
}


def changes_of(edit: Edit, base: Document = BASE) -> list[Change]:
    document = copy.deepcopy(base)
    edit(document)
    apis = [ir.lower(spec.loads(yaml.safe_dump(version, sort_keys=False))) for version in (base, document)]
    return compare(*apis)


@pytest.mark.parametrize("name", CASES)
def test_what_is_felt(name: str) -> None:
    edit, expected = CASES[name]
    letters = {
        change.kind: "".join(LETTERS[change.levels[column]] for column in COLUMNS)
        for change in changes_of(edit)
    }
    assert letters == expected


@pytest.mark.parametrize("name", NOISE)
def test_what_nobody_feels(name: str) -> None:
    assert [title(change) for change in changes_of(NOISE[name])] == []


def test_where_tokens_come_from() -> None:
    base = copy.deepcopy(BASE)
    base["security"] = [{"flow": ["r"]}]
    (change,) = changes_of(put(*TOKENS, value="https://u.example/token"), base)
    assert (change.kind, change.level) == ("credential-address", "risky")


def test_a_text_that_is_read_as_a_number_is_shown_as_one() -> None:
    edit = put(*MEMBERS, "state", "default", value="1")
    base = copy.deepcopy(BASE)
    base["components"]["schemas"]["Thing"]["properties"]["state"] = {"default": 1}
    changes = changes_of(edit, base)
    assert [title(change) for change in changes] == ['property-default: Thing.state (1 → "1")']


JSON_BODY = ("paths", "/things", "post", "requestBody", "content", "application/json")


def test_a_body_gets_a_schema_and_loses_it() -> None:
    base = copy.deepcopy(BASE)
    remove(*JSON_BODY, "schema")(base)
    assert {
        change.kind for change in changes_of(put(*JSON_BODY, "schema", value={"type": "string"}), base)
    } == {"type-narrowed"}
    (change,) = changes_of(remove(*JSON_BODY, "schema"))
    assert (change.kind, change.levels["json_request"]) == ("type-widened", "compatible")


def test_what_a_text_holds() -> None:
    base = copy.deepcopy(BASE)
    text = (*MEMBERS, "note", "contentMediaType")
    put(*text, value="text/html")(base)
    (change,) = changes_of(put(*text, value="text/csv"), base)
    assert (change.kind, change.level) == ("format-date", "breaking")
    assert not changes_of(put(*text, value="Text/HTML"), base)
    (change,) = changes_of(remove(*text), base)
    assert (change.kind, change.level) == ("format-note", "compatible")


def test_one_value_more_tells_an_alternative() -> None:
    base = copy.deepcopy(BASE)
    pet = {"type": "object", "required": ["is"], "properties": {"is": {"type": "string"}}}
    base["components"]["schemas"] |= {"Cat": pet, "Dog": pet}
    cat, dog = "#/components/schemas/Cat", "#/components/schemas/Dog"
    choice = {
        "oneOf": [{"$ref": cat}, {"$ref": dog}],
        "discriminator": {"propertyName": "is", "mapping": {"cat": cat, "tom": cat, "dog": dog}},
    }
    put(*MEMBERS, "pet", value=choice)(base)
    mapping = (*MEMBERS, "pet", "discriminator", "mapping")
    (change,) = changes_of(put(*mapping, "kitten", value="#/components/schemas/Cat"), base)
    assert (change.kind, change.new) == ("discriminator-value-added", ["kitten"])
    assert (change.levels["json_request"], change.levels["json_response"]) == ("compatible", "breaking")
    (change,) = changes_of(remove(*mapping, "tom"), base)
    assert (change.kind, change.old) == ("discriminator-value-removed", ["tom"])
    assert (change.levels["json_request"], change.levels["json_response"]) == ("breaking", "compatible")


def test_a_name_that_is_no_longer_asked_for() -> None:
    base = copy.deepcopy(BASE)
    name = (*GET, "parameters", 0, "x-bindwright-name")
    put(*name, value="from_day")(base)
    (change,) = changes_of(remove(*name), base)
    assert (change.kind, change.level) == ("argument-renamed", "breaking")
    assert change.new_place is not None
    assert change.new_place.pointer == "/paths/~1things/get/parameters/0"
    put("components", "schemas", "Thing", "x-bindwright-name", value="Item")(base)
    (change,) = changes_of(remove("components", "schemas", "Thing", "x-bindwright-name"), base)
    assert (change.kind, change.old, change.new) == ("schema-renamed", "Item", "Thing")


def test_another_way_to_wait() -> None:
    base = copy.deepcopy(BASE)
    state = {"type": "object", "properties": {"s": {"type": "string"}}}
    put(*ANSWER, "application/json", "schema", value=state)(base)
    put(*GET, "x-poll", value={"state": "/s", "done": ["a"]})(base)
    (change,) = changes_of(put(*GET, "x-poll", "done", value=["b"]), base)
    assert (change.kind, change.level) == ("paging-changed", "risky")


def test_the_root_of_a_document_of_xml_is_missed_at_once() -> None:
    base = copy.deepcopy(BASE)
    for way in (("requestBody",), ("responses", "204")):
        put(
            "paths",
            "/things",
            "post",
            *way,
            value={
                "description": "x",
                "content": {"application/xml": {"schema": {"$ref": "#/components/schemas/Thing"}}},
            },
        )(base)
    thing = ("components", "schemas", "Thing", "xml")
    put(*thing, value={"namespace": "urn:one"})(base)
    changes = changes_of(put(*thing, value={"namespace": "urn:two"}), base)
    (change,) = [change for change in changes if change.level != "none"]
    assert (change.kind, change.silent) == ("xml-root-namespace", False)
    assert change.new_place is not None
    assert change.new_place.pointer == "/components/schemas/Thing"
    put(*MEMBERS, "n", "xml", value={"name": "number"})(base)
    (change,) = changes_of(put(*MEMBERS, "n", "xml", value={"name": "count"}), base)
    assert change.new_place is not None
    assert (change.silent, change.new_place.pointer) == (True, "/components/schemas/Thing/properties/n")


def test_another_component_at_a_place_is_told_at_the_place() -> None:
    """What two components that are both still there have in common says nothing of either."""
    base = copy.deepcopy(BASE)
    base["components"]["schemas"] |= {
        name: {"type": "object", "properties": {member: {"type": "string"} for member in members}}
        for name, members in (("Branch", ("name", "ref")), ("Hook", ("authorization", "ref")))
    }
    put(*MEMBERS, "it", value={"$ref": "#/components/schemas/Branch"})(base)
    put(*MEMBERS, "all", value={"$ref": "#/components/schemas/Branch"})(base)
    changes = changes_of(put(*MEMBERS, "it", "$ref", value="#/components/schemas/Hook"), base)
    assert {(change.kind, change.element) for change in changes} == {
        ("property-removed", "Thing.it.name"),
        ("property-added-optional", "Thing.it.authorization"),
        ("class-of-use", "Branch | None (Hook | None)"),
    }
    listed = {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}}
    (change,) = changes_of(put(*MEMBERS, "it", value=listed), base)
    assert (change.kind, change.element) == ("type-changed", "Thing.it")


def test_an_operation_that_takes_over_the_name_of_one_that_is_gone() -> None:
    """The name of a method that is gone is free: it means another operation now."""
    base = copy.deepcopy(BASE)
    another = {
        "operationId": "things_list",
        "tags": ["things"],
        "parameters": [{"name": "key", "in": "query", "required": True, "schema": {"type": "string"}}],
        "responses": {"204": {"description": "fine"}},
    }
    edit = combined(remove(*GET), put("paths", "/others", value={"put": another}))
    changes = {change.kind: change for change in changes_of(edit, base)}
    assert changes.keys() == {"operation-removed", "operation-added"}
    assert changes["operation-removed"].levels["binding"] == "breaking"
    assert {difference.what for difference in changes["operation-removed"].differences} == {"removed"}


PETS = """
openapi: 3.1.0
info: {title: t, version: '1'}
paths:
  /a: {post: {requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}, responses: {'204': {description: d}}}}
components:
  schemas:
    Pet: {type: object, required: [kind], properties: {kind: {type: string}}%s}
    Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {lives: {type: integer}}}]}
"""


def test_an_argument_that_a_discriminator_makes_optional_is_no_break() -> None:
    without, discriminated = (
        ir.lower(spec.loads(PETS % more)) for more in ("", ", discriminator: {propertyName: kind}")
    )
    become = {change.element: change.levels["binding"] for change in compare(without, discriminated)}
    assert become["Cat.kind"] == "compatible"
    lost = {change.element: change.levels["binding"] for change in compare(discriminated, without)}
    assert lost["Cat.kind"] == "breaking"


SHARED = """
openapi: 3.1.0
info: {{title: t, version: '1'}}
paths:
  /a:
    post: &operation
      parameters: [{{$ref: '#/components/parameters/State'}}]
      requestBody: {{$ref: '#/components/requestBodies/Order'}}
      responses: {{'200': {{$ref: '#/components/responses/Order'}}}}
  /b: {{post: *operation}}
  /c: {{post: *operation}}
components:
  parameters:
    State: {{name: state, in: query, schema: {{type: string, enum: [open{value}]}}}}
  requestBodies:
    Order: {{content: {{application/json: {{schema: {{type: object, properties: {{a: {{type: string}}{member}}}}}}}}}}}
  responses:
    Order: {{description: ok, content: {{application/json: {{schema: {{type: object, properties: {{a: {{type: string}}{member}}}}}}}}}}}
"""


def test_what_operations_share_changes_once() -> None:
    """Also where it is a schema that is written out in a request body, a response or a parameter of the components."""
    member = ", b: {type: object, properties: {c: {type: integer}}}"
    old, new = (
        ir.lower(spec.loads(SHARED.format(**words)))
        for words in (
            {"value": ", shut", "member": member},
            {"value": ", shut, new", "member": member.replace("c:", "d:")},
        )
    )
    changes = [
        (change.element, change.kind, len(change.operations)) for change in compare(old, new, binding=False)
    ]
    assert sorted(changes) == [
        ("parameter State", "enum-added", 3),
        ("request body Order application/json.b.c", "property-renamed", 3),
        ("response Order application/json.b.c", "property-renamed", 3),
    ]
