"""Webhooks that the mock sends."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from bindwright import ir
from bindwright import openapi as spec
from bindwright.runtime.http.model.errors import InvalidSignature
from bindwright.serve import App, Request, load
from bindwright.serve.package import import_from_memory as package
from bindwright.serve.webhooks import SignatureForm
from bindwright.targets import python

DOCUMENT = """
openapi: 3.1.0
info: {title: Hooks, version: '1'}
webhooks:
  newPet: {post: {requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}, responses: {'200': {description: ok}}}}
  ping: {put: {responses: {'200': {description: ok}}}}
  report: {post: {requestBody: {content: {text/plain: {schema: {type: string}}}}, responses: {'200': {description: ok}}}}
paths:
  /subscribe:
    post:
      responses: {'200': {description: ok}}
      callbacks:
        onEvent: {'{$request.body#/url}': {post: {requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}, responses: {'200': {description: ok}}}}}
components:
  schemas:
    Pet: {type: object, required: [id, name], properties: {id: {type: integer, readOnly: true}, name: {type: string, minLength: 2}}}
"""
SECRET = "whsec_" + base64.b64encode(b"a key of some length").decode()


@pytest.fixture
def app(tmp_path: Path) -> App:
    (tmp_path / "hooks.yaml").write_text(DOCUMENT)
    return load(tmp_path / "hooks.yaml")


@pytest.mark.parametrize("name", ["newPet", "onEvent"])
def test_a_sample_event(app: App, name: str) -> None:
    request = app.webhook(name)
    assert (request.method, request.header("content-type")) == ("POST", "application/json")
    pet = json.loads(request.body)
    assert isinstance(pet["id"], int)
    assert len(pet["name"]) >= 2
    assert request.header("webhook-signature") is None


def test_signatures(app: App) -> None:
    request = app.webhook("newPet", {"id": 1, "name": "Rex"}, secret=SECRET)
    assert json.loads(request.body) == {"id": 1, "name": "Rex"}
    message = f"{request.header('webhook-id')}.{request.header('webhook-timestamp')}.".encode() + request.body
    assert (
        request.header("webhook-signature")
        == "v1," + base64.b64encode(digest(b"a key of some length", message)).decode()
    )
    request = app.webhook("newPet", secret="s", form="github")
    assert request.header("x-hub-signature-256") == f"sha256={digest(b's', request.body).hex()}"
    request = app.webhook("newPet", secret="s", form="stripe")
    moment, signed = (
        part.partition("=")[2] for part in (request.header("stripe-signature") or "").split(",")
    )
    assert signed == digest(b"s", moment.encode() + b"." + request.body).hex()


def digest(key: bytes, message: bytes) -> bytes:
    return hmac.new(key, message, hashlib.sha256).digest()


def test_what_cannot_be_sent(app: App) -> None:
    assert app.webhook("ping") == Request(method="PUT", target="/")
    with pytest.raises(LookupError, match="newPet"):
        app.webhook("other")
    with pytest.raises(ValueError, match="text/plain"):
        app.webhook("report")
    with pytest.raises(ValueError, match="base64"):
        app.webhook("newPet", secret="not base64!")
    with pytest.raises(ValueError, match="HTTP"):
        app.send_webhook("newPet", "file:///etc/passwd")


@pytest.mark.parametrize("status", [204, 500])
def test_sending(app: App, status: int) -> None:
    received: list[tuple[str, bytes]] = []

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            received.append((self.headers["webhook-signature"], body))
            self.send_response(status)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Receiver) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        address = f"http://127.0.0.1:{server.server_port}/hook"
        assert app.send_webhook("newPet", address, {"id": 1, "name": "Rex"}, secret=SECRET) == status
        thread.join(5)
    assert received[0][0].startswith("v1,")
    assert json.loads(received[0][1]) == {"id": 1, "name": "Rex"}


@pytest.mark.parametrize(("form", "secret"), [("standard", SECRET), ("github", "s"), ("stripe", "s")])
def test_the_client_verifies_what_the_mock_signs(tmp_path: Path, form: SignatureForm, secret: str) -> None:
    (tmp_path / "hooks.yaml").write_text(DOCUMENT)
    name = package.unused_name()
    output = python.emit(ir.lower(spec.load(tmp_path / "hooks.yaml")), python.PythonOptions(package=name), {})
    module = package.install(name, output.files)
    request = load(tmp_path / "hooks.yaml").webhook(
        "newPet", {"id": 1, "name": "Rex"}, secret=secret, form=form
    )
    with module.Client("http://shop.example") as client:
        event = client.webhooks.unwrap(request.body, dict(request.headers), secret=secret)
        assert (event.id, event.name) == (1, "Rex")
        with pytest.raises(InvalidSignature):
            client.webhooks.unwrap(request.body + b" ", dict(request.headers), secret=secret)
