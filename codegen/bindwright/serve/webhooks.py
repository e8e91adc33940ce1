"""Webhooks that the mock sends: a sample event, signed (OpenAPI 3.1, ``webhooks`` and ``callbacks``).

Signatures are made here and not by the client's code, whose verification they are to test.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from typing import Any, Literal

from bindwright.ir.model import Api, Content, Operation
from bindwright.ir.walks import operations_of
from bindwright.serve.answers.selection import NOTHING, Answers
from bindwright.serve.message import Headers, Request
from bindwright.serve.package.codecs import BodyPlace
from bindwright.serve.refusal import Refusal
from bindwright.standards.media_types import kind_of

SignatureForm = Literal["standard", "github", "stripe"]
"""Standard Webhooks 1.0; ``X-Hub-Signature-256``; ``Stripe-Signature``."""


def webhook_request(
    api: Api, answers: Answers, name: str, value: Any, secret: str | None, form: SignatureForm, target: str
) -> Request:
    """The request of a webhook or callback. Raises LookupError, ValueError; see `App.webhook`."""
    operations = dict(_named(api))
    if name not in operations:
        raise LookupError(f"the document has no webhook {name!r}; it has {', '.join(operations) or 'none'}")
    operation = operations[name]
    method = operation.method.upper()
    content = _json_content(operation)
    if content is None:
        return Request(method=method, target=target)
    if value is None:
        try:
            value = answers.sample(BodyPlace(operation, None, content))
        except Refusal as refusal:
            raise ValueError(refusal.detail) from refusal
    body = answers.body(BodyPlace(operation, None, content), {} if value is NOTHING else value)
    fields: Headers = signature(body, secret, form) if secret is not None else ()
    return Request(
        method=method, target=target, headers=(("Content-Type", content.media_type), *fields), body=body
    )


def _named(api: Api) -> Iterator[tuple[str, Operation]]:
    """Webhooks by their keys, callbacks by theirs."""
    for operation in operations_of(api):
        for callback in operation.callbacks:
            yield callback.id.removeprefix(f"{operation.id} callback ").split(" ")[0], callback
    for webhook in api.webhooks:
        yield webhook.path, webhook


def _json_content(operation: Operation) -> Content | None:
    """The body's JSON. Raises ValueError where there are only other media types."""
    contents = operation.body.contents if operation.body is not None else []
    for content in contents:
        if kind_of(content.media_type) == "json":
            return content
    if contents:
        raise ValueError(f"the mock sends webhooks in JSON, not as {contents[0].media_type}")
    return None


def signature(body: bytes, secret: str, form: SignatureForm) -> Headers:
    """The header fields that sign a body. Raises ValueError where the secret is not one of its form."""
    moment = str(int(time.time()))
    if form == "github":
        return (("X-Hub-Signature-256", f"sha256={_hmac(secret.encode(), body).hex()}"),)
    if form == "stripe":
        digest = _hmac(secret.encode(), moment.encode() + b"." + body)
        return (("Stripe-Signature", f"t={moment},v1={digest.hex()}"),)
    try:
        key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except ValueError:
        raise ValueError("the secret of a standard webhook is base64, after whsec_") from None
    identity = f"msg_{uuid.uuid4().hex}"
    digest = _hmac(key, f"{identity}.{moment}.".encode() + body)
    return (
        ("webhook-id", identity),
        ("webhook-timestamp", moment),
        ("webhook-signature", f"v1,{base64.b64encode(digest).decode()}"),
    )


def _hmac(key: bytes, message: bytes) -> bytes:
    return hmac.new(key, message, hashlib.sha256).digest()


def send(request: Request, url: str, timeout: float = 10.0) -> int:
    """Send a request to an address; gives the status of the answer. Raises OSError where nobody answers."""
    if not url.startswith(("http://", "https://")):
        raise ValueError(f"{url!r} is no address of HTTP")
    outgoing = urllib.request.Request(
        url, data=request.body, headers=dict(request.headers), method=request.method
    )
    try:
        with urllib.request.urlopen(outgoing, timeout=timeout) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code
