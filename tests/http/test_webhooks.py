"""Webhooks: signatures of three forms, and the typed event of those that are right."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from pathlib import Path
from typing import Any

import pytest
from bindwright.runtime.http import ApiSpec, InvalidSignature, Webhook, WebhookError, Webhooks
from bindwright.runtime.http.webhooks import sign, verify

from tests.http import shop
from tests.meaning.driver import generate_document

BODY = b'{"type":"pet.created","Name":"Rex"}'
SECRETS = {
    "standard": "whsec_" + base64.b64encode(b"0123456789abcdef01234567").decode(),
    "github": "s",
    "stripe": "whsec_x",
}
HOOKS = Webhooks(
    ApiSpec(
        package="shop_in_memory",
        webhooks=(
            Webhook(name="problem", body=shop.body("Problem", "application/json")),
            Webhook(name="pet.created", body=shop.body("Pet", "application/json")),
        ),
    )
)


@pytest.mark.parametrize("form", SECRETS)
@pytest.mark.parametrize("body", [BODY, BODY.decode(), bytearray(BODY)])
def test_a_right_signature(form: Any, body: Any) -> None:
    headers = sign(BODY, secret=SECRETS[form], form=form)
    assert HOOKS.unwrap(body, headers, secret=SECRETS[form]) == shop.Pet(name="Rex")
    assert HOOKS.unwrap(
        body, {name.upper(): value for name, value in headers.items()}, secret=["bm8=", SECRETS[form]]
    )


@pytest.mark.parametrize("form", SECRETS)
def test_a_wrong_one(form: Any) -> None:
    headers = sign(BODY, secret=SECRETS[form], form=form)
    with pytest.raises(InvalidSignature, match="wrong"):
        HOOKS.unwrap(BODY + b" ", headers, secret=SECRETS[form])
    with pytest.raises(InvalidSignature, match="wrong"):
        HOOKS.unwrap(BODY, headers, secret="b3RoZXI=")
    broken = {name: "" if "signature" in name.lower() else value for name, value in headers.items()}
    with pytest.raises(InvalidSignature):
        HOOKS.unwrap(BODY, broken, secret=SECRETS[form])
    with pytest.raises(InvalidSignature, match="no signature"):
        HOOKS.unwrap(BODY, {}, secret=SECRETS[form])
    for empty in ("", [], ["", "x"]):
        with pytest.raises(ValueError, match="empty secret"):
            HOOKS.unwrap(BODY, headers, secret=empty)


@pytest.mark.parametrize("form", ["standard", "stripe"])
@pytest.mark.parametrize("away", [-400, 400])
def test_a_time_that_is_far_away(form: Any, away: int, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time()
    headers = sign(BODY, secret=SECRETS[form], form=form)
    monkeypatch.setattr("bindwright.runtime.http.webhooks.time.time", lambda: now + away)
    with pytest.raises(InvalidSignature, match="300 s away"):
        verify(BODY, headers, secret=SECRETS[form])
    verify(BODY, headers, secret=SECRETS[form], tolerance=500)


def test_known_signatures() -> None:
    """The example of Standard Webhooks' own text, and GitHub's."""
    verify(
        '{"test": 2432232314}',
        {
            "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek", "webhook-timestamp": "1614265330",
            "webhook-signature": "v2,x v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        },
        secret="whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", tolerance=1e12,
    )  # fmt: skip
    github = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
    verify("Hello, World!", {"X-Hub-Signature-256": github}, secret="It's a Secret to Everybody")
    digest = hmac.new(b"s", b"12345.{}", hashlib.sha256).hexdigest()
    verify("{}", {"stripe-signature": f"t=12345,v1=00,v0=zz,v1={digest}"}, secret="s", tolerance=1e12)


def test_which_event_it_is() -> None:
    assert HOOKS.parse(b'{"code":"x"}') == shop.Problem(code="x")
    assert HOOKS.parse(b'{"Name":"Rex"}', {"X-GitHub-Event": "pet_created"}) == shop.Pet(name="Rex")
    assert HOOKS.parse(b'{"Name":"Rex"}', event="pet.created") == shop.Pet(name="Rex")
    with pytest.raises(WebhookError, match=r"no webhook 'x'; documented: problem, pet\.created"):
        HOOKS.parse(BODY, event="x")
    for body in (b'{"a":1}', b"[", b"[" * 100_000, b'{"type":"problem","Name":"x"}'):
        with pytest.raises(WebhookError, match="none of the documented webhooks"):
            HOOKS.parse(body)
    with pytest.raises(TypeError, match="as it came"):
        HOOKS.parse({"type": "x"})  # type: ignore[arg-type]


DOCUMENT = """
openapi: 3.1.1
info: {title: Case, version: '1'}
paths:
  /jobs:
    post:
      tags: [TAG]
      operationId: startJob
      responses: {'202': {description: ok}}
      callbacks:
        jobDone:
          '{$request.query.url}':
            post:
              requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Done'}}}}
              responses: {'204': {description: ok}}
webhooks:
  pet.sold:
    post:
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Sold'}}}}
      responses: {'204': {description: ok}}
components:
  schemas:
    Done: {type: object, required: [job], properties: {job: {type: integer}}}
    Sold: {type: object, required: [price], properties: {price: {type: number}}}
"""


@pytest.mark.parametrize(("tag", "door"), [("jobs", "webhooks"), ("webhooks", "webhook_events")])
def test_generated_clients_have_a_door(tag: str, door: str, tmp_path: Path) -> None:
    import importlib

    generated = generate_document(DOCUMENT.replace("TAG", tag))
    models = generated.models
    client = importlib.import_module(f"{generated.package}.client")
    for class_ in (client.Client, client.AsyncClient):
        hooks = getattr(class_("http://localhost"), door)
        assert hooks.parse(b'{"price":1.5}') == models.Sold(price=1.5)
        assert hooks.parse(b'{"job":7}', event="jobDone") == models.Done(job=7)
