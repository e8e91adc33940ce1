"""Waiting for what takes its time: the status as state, failed looks, and operations that only begin something."""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable
from typing import Any

import pytest
from bindwright.runtime.http import (
    InternalServerError,
    InvalidRequest,
    NotFound,
    OperationFailed,
    Poll,
    Response,
    WaitTimeout,
)

from tests.http import shop
from tests.http.both import Caller
from tests.http.loopback import Heard, Wire, always, serve
from tests.meaning.driver import generate_document

RESPONSES = (Response(status="200", content=shop.body("Pet")), Response(status="202"))
Answer = tuple[int, bytes, dict[str, str]]


def waited(
    caller: Caller, answers: list[Answer], poll: Poll, method: str = "GET", body: Any = None, **options: Any
) -> tuple[Any, list[str]]:
    """The value, and what was asked for; the last answer stays."""
    left = list(answers)

    def answer(wire: Wire, heard: Heard) -> None:
        status, data, headers = left.pop(0) if len(left) > 1 else left[0]
        wire.answer(status, data, "application/json" if data else None, **headers)

    facts = {"body": shop.body("Pet", "application/json")} if body is not None else {}
    operation = shop.operation(method, poll=poll, responses=RESPONSES, **facts)
    more = {} if body is None else {"body": body}
    with serve(always(answer)) as server:
        resource = caller.client(server.url, retries=0)
        call = resource._wait(operation, {}, **more, options={}, **{"interval": 0.001, **options})
        return caller.run(call), [f"{heard.method} {heard.target}" for heard in server.heard]


PET = b'{"Name":"Rex"}'
STATUS = Poll(state="$statusCode", done=(200,))


def test_the_status_is_the_state(caller: Caller) -> None:
    value, asked = waited(caller, [(202, b"", {}), (202, b"", {}), (200, PET, {})], STATUS)
    assert value == shop.Pet(name="Rex")
    assert len(asked) == 3
    with pytest.raises(OperationFailed):
        waited(caller, [(202, b"", {})], Poll(state="$statusCode", done=(200,), failed=(202,)))


def test_one_failed_look_is_no_end(caller: Caller) -> None:
    bad: Answer = (500, b"", {})
    value, asked = waited(caller, [(202, b"", {}), bad, bad, (202, b"", {}), bad, (200, PET, {})], STATUS)
    assert value == shop.Pet(name="Rex")
    assert len(asked) == 6
    with pytest.raises(InternalServerError):
        waited(caller, [(202, b"", {}), bad], STATUS)
    with pytest.raises(NotFound):
        waited(caller, [(202, b"", {}), (404, b"", {})], STATUS)


FOLLOW = Poll(state="", follow=True, interval=0.001)


def state(word: str, **members: Any) -> bytes:
    return json.dumps({"status": word, **members}).encode()


def test_a_location_answers_202_until_it_is_over(caller: Caller) -> None:
    answers: list[Answer] = [
        (202, b"", {"Location": "/state/1", "Retry_After": "0"}),
        (202, b"", {"Location": "/state/2", "Retry_After": "0"}),
        (503, b"", {}),
        (200, PET, {}),
    ]
    value, asked = waited(caller, answers, FOLLOW, "POST", body=shop.Pet(name="x"))
    assert value == shop.Pet(name="Rex")
    assert asked == ["POST /x", "GET /state/1", "GET /state/2", "GET /state/2"]


@pytest.mark.parametrize("header", ["Operation_Location", "Azure_AsyncOperation"])
def test_a_body_tells_the_state(caller: Caller, header: str) -> None:
    states: list[Any] = []
    answers: list[Answer] = [
        (202, b"", {header: "/operations/7", "Location": "/result", "Retry_After": "0"}),
        (200, state("Running"), {"Retry_After": "0"}),
        (200, state("Succeeded"), {}),
        (200, PET, {}),
    ]
    value, asked = waited(caller, answers, FOLLOW, "POST", progress=states.append)
    assert value == shop.Pet(name="Rex")
    assert asked == ["POST /x", "GET /operations/7", "GET /operations/7", "GET /result"]
    assert [state["status"] for state in states] == ["Running", "Succeeded"]
    answers[0] = (201, b"", {header: "/operations/7", "Retry_After": "0"})
    assert waited(caller, answers, FOLLOW, "PUT")[1][-1] == "GET /x"
    answers[2] = (200, state("Succeeded", resourceLocation="/named"), {})
    assert waited(caller, answers, FOLLOW, "POST")[1][-1] == "GET /named"


def test_what_fails_or_does_not_end(caller: Caller) -> None:
    begun: Answer = (202, b"", {"Operation_Location": "/o", "Retry_After": "0"})
    with pytest.raises(OperationFailed) as caught:
        waited(caller, [begun, (200, state("Failed", error={"code": "x"}), {})], FOLLOW, "POST")
    assert caught.value.value["error"] == {"code": "x"}
    with pytest.raises(WaitTimeout):
        waited(caller, [begun, (200, state("Running"), {"Retry_After": "0"})], FOLLOW, "POST", max_wait=0.2)
    with pytest.raises(InvalidRequest, match="another origin"):
        waited(caller, [(202, b"", {"Location": "http://localhost:1/x", "Retry_After": "0"})], FOLLOW, "POST")


def test_what_is_over_at_once(caller: Caller) -> None:
    assert waited(caller, [(200, PET, {})], FOLLOW, "POST") == (shop.Pet(name="Rex"), ["POST /x"])


DOCUMENT = """
openapi: 3.0.3
info: {title: Case, version: '1'}
paths:
  /servers:
    post:
      tags: [servers]
      operationId: createServer
      SIGN
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Server'}}}}
      responses:
        '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Server'}}}}
        '202': {description: begun HEADERS}
components:
  schemas:
    Server: {type: object, properties: {name: {type: string}}}
"""
SIGNS = {
    "AutoRest": ("x-ms-long-running-operation: true", ""),
    "headers": ("deprecated: false", ", headers: {Operation-Location: {schema: {type: string}}}"),
}


@pytest.mark.parametrize("name", SIGNS)
def test_generated_methods(name: str) -> None:
    sign, headers = SIGNS[name]
    generated = generate_document(DOCUMENT.replace("SIGN", sign).replace("HEADERS", headers))
    client = importlib.import_module(f"{generated.package}.client")
    answers: list[Callable[[Wire], None]] = [
        lambda wire: wire.answer(202, b"", None, Operation_Location="/o", Retry_After="0"),
        lambda wire: wire.answer(200, state("Succeeded", resourceLocation="/s")),
        lambda wire: wire.answer(200, b'{"name":"a"}'),
    ]
    with (
        serve(always(lambda wire, heard: answers.pop(0)(wire))) as server,
        client.Client(server.url) as api,
    ):
        value = api.servers.wait_for_create_server(body=generated.models.Server(name="a"))
    assert value == generated.models.Server(name="a")


def test_nothing_waits_without_a_sign() -> None:
    generated = generate_document(DOCUMENT.replace("SIGN", "deprecated: false").replace("HEADERS", ""))
    module = importlib.import_module(f"{generated.package}.api.servers")
    assert not hasattr(
        module.ServersApi if hasattr(module, "ServersApi") else module.Servers, "wait_for_create_server"
    )
