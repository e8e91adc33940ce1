"""Webhooks: requests that a server sends to us, verified and typed (``client.webhooks.unwrap``)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import re
import time
import uuid
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from bindwright.runtime.errors import BindwrightError
from bindwright.runtime.http.body_codecs import BodyCodecs
from bindwright.runtime.http.model.errors import InvalidSignature, WebhookError
from bindwright.runtime.http.model.operation import ApiSpec, Content, Webhook
from bindwright.standards.media_types import essence, kind_of

SignatureForm = Literal["standard", "github", "stripe"]

_STANDARD = (
    ("webhook-id", "webhook-timestamp", "webhook-signature"),
    ("svix-id", "svix-timestamp", "svix-signature"),
)
_EVENT_HEADERS = ("x-github-event", "x-gitlab-event", "x-event-type", "x-event-key", "ce-type")
_EVENT_MEMBERS = ("type", "event", "event_type", "eventType", "name")
_NOT_WORD = re.compile(r"[^a-z0-9]+")


class Webhooks:
    """The webhooks and callbacks that a document describes."""

    def __init__(self, api: ApiSpec, client: Any = None) -> None:
        """Of a document; a client's converters read its webhooks, too."""
        self._api = api
        self._codecs = BodyCodecs(api.package, **({} if client is None else client._setup.converters))

    def unwrap(
        self,
        body: bytes | str,
        headers: Mapping[str, str],
        *,
        secret: str | Sequence[str],
        form: SignatureForm | None = None,
        tolerance: float = 300.0,
        event: str | None = None,
    ) -> Any:
        """The typed event of a request whose signature is right.

        ``body`` is the body as it came: a signature is over bytes, not over what they stand for. ``secret`` may
        be several, while one takes the place of another. ``form`` is told by the headers where it is None.
        ``tolerance`` is in seconds, for clocks that differ and requests that were on their way. ``event`` names
        the webhook where neither headers nor body do.

        Raises:
            InvalidSignature: the request is not from the holder of the secret, or too old.
            WebhookError: the body is none of the documented events.
        """
        verify(body, headers, secret=secret, form=form, tolerance=tolerance)
        return self.parse(body, headers, event=event)

    def parse(
        self, body: bytes | str, headers: Mapping[str, str] | None = None, *, event: str | None = None
    ) -> Any:
        """The typed event, without a look at who sent it; see `unwrap`.

        Raises:
            WebhookError: the body is none of the documented events.
        """
        data = _octets(body)
        folded = _folded(headers or {})
        content_type = folded.get("content-type", "application/json")
        candidates = self._candidates(event, folded, data)
        problems: list[BindwrightError] = []
        for content in _contents(candidates, content_type):
            format_ = "xml" if content.kind == "xml" else "json"
            try:
                return self._codecs.decoder(format_, content.type or "Any", content.wire, content_type)(data)  # type: ignore[arg-type]
            except BindwrightError as error:
                problems.append(error)
        names = ", ".join(webhook.name for webhook in self._api.webhooks) or "none"
        cause = problems[0] if problems else None
        raise WebhookError(f"the body is none of the documented webhooks ({names})") from cause

    def _candidates(self, event: str | None, headers: Mapping[str, str], data: bytes) -> list[Webhook]:
        """The webhook that the caller, a header or the body names; else all of them."""
        webhooks = list(self._api.webhooks)
        if event is not None:
            named = [webhook for webhook in webhooks if webhook.name == event]
            if not named:
                names = ", ".join(webhook.name for webhook in webhooks) or "none"
                raise WebhookError(f"there is no webhook {event!r}; documented: {names}")
            return named
        for name in (*(headers.get(header) for header in _EVENT_HEADERS), *_names_in(data)):
            named = [webhook for webhook in webhooks if name and _word(webhook.name) == _word(name)]
            if named:
                return named
        return webhooks


def _word(name: str) -> str:
    return _NOT_WORD.sub("", name.lower())


def _names_in(data: bytes) -> list[str]:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return []
    members = value if isinstance(value, dict) else {}
    return [members[name] for name in _EVENT_MEMBERS if isinstance(members.get(name), str)]


def _contents(webhooks: Sequence[Webhook], content_type: str) -> list[Content]:
    """The bodies that may have come, those of the same media type first."""
    contents = [content for webhook in webhooks for content in webhook.body]
    name, format_ = essence(content_type), kind_of(content_type)
    fitting = [content for content in contents if content.kind == format_]
    return sorted(fitting or contents, key=lambda content: essence(content.media_type) != name)


def _octets(body: bytes | str) -> bytes:
    if isinstance(body, str):
        return body.encode()
    if isinstance(body, (bytes, bytearray, memoryview)):
        return bytes(body)
    raise TypeError(f"the body is needed as it came, in bytes, not as {type(body).__name__}")


def _folded(headers: Mapping[str, str]) -> dict[str, str]:
    return {str(name).lower(): str(value) for name, value in headers.items()}


def verify(
    body: bytes | str,
    headers: Mapping[str, str],
    *,
    secret: str | Sequence[str],
    form: SignatureForm | None = None,
    tolerance: float = 300.0,
) -> None:
    """Check the signature of a webhook; see `Webhooks.unwrap`.

    Raises:
        InvalidSignature: there is none, it is wrong, or its time is too far away.
    """
    data, folded = _octets(body), _folded(headers)
    secrets = [secret] if isinstance(secret, str) else list(secret)
    if not secrets or not all(secrets):
        raise ValueError("an empty secret verifies nothing")
    form = form or _form_of(folded)
    if form == "github":
        signatures, message, key_of = _github(folded, data)
    elif form == "stripe":
        signatures, message, key_of = _stripe(folded, data, tolerance)
    else:
        signatures, message, key_of = _standard(folded, data, tolerance)
    for key_text in secrets:
        digest = hmac.new(key_of(key_text), message, hashlib.sha256).digest()
        # In constant time: how long a comparison takes must not tell how much of a signature is right.
        if any(hmac.compare_digest(digest, signature) for signature in signatures):
            return
    raise InvalidSignature("the webhook's signature is wrong")


def _form_of(headers: Mapping[str, str]) -> SignatureForm:
    if "stripe-signature" in headers:
        return "stripe"
    if "x-hub-signature-256" in headers:
        return "github"
    if any(names[2] in headers for names in _STANDARD):
        return "standard"
    raise InvalidSignature("the request has no signature of a known form")


def _standard(headers: Mapping[str, str], data: bytes, tolerance: float) -> Any:
    """Standard Webhooks 1.0: id, time and body, signed together."""
    for names in _STANDARD:
        if all(name in headers for name in names):
            identity, moment, signature = (headers[name] for name in names)
            break
    else:
        raise InvalidSignature("webhook-id, webhook-timestamp and webhook-signature are needed")
    _check_time(moment, tolerance)
    parts = [part.partition(",") for part in signature.split()]
    signatures = [_base64(value) for version, _, value in parts if version == "v1"]
    return signatures, f"{identity}.{moment}.".encode() + data, _standard_key


def _standard_key(secret: str) -> bytes:
    try:
        return base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("the secret of a standard webhook is base64, after whsec_") from None


def _stripe(headers: Mapping[str, str], data: bytes, tolerance: float) -> Any:
    pairs = [part.strip().partition("=") for part in headers.get("stripe-signature", "").split(",")]
    moment = next((value for name, _, value in pairs if name == "t"), "")
    _check_time(moment, tolerance)
    return [_hex(value) for name, _, value in pairs if name == "v1"], f"{moment}.".encode() + data, str.encode


def _github(headers: Mapping[str, str], data: bytes) -> Any:
    algorithm, _, value = headers.get("x-hub-signature-256", "").partition("=")
    return [_hex(value)] if algorithm == "sha256" else [], data, str.encode


def _check_time(moment: str, tolerance: float) -> None:
    """An old request with a right signature may be one that somebody recorded and sends again."""
    if not (moment.isascii() and moment.isdigit() and len(moment) < 16):
        raise InvalidSignature("the webhook's time is none")
    if abs(time.time() - int(moment)) > tolerance:
        raise InvalidSignature(f"the webhook's time is more than {tolerance:g} s away")


def _base64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""


def _hex(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""


def sign(body: bytes | str, *, secret: str, form: SignatureForm = "standard") -> dict[str, str]:
    """The headers of a signed webhook, for tests of what receives it."""
    data, moment = _octets(body), str(int(time.time()))
    if form == "github":
        return {
            "X-Hub-Signature-256": f"sha256={hmac.new(secret.encode(), data, hashlib.sha256).hexdigest()}"
        }
    if form == "stripe":
        digest = hmac.new(secret.encode(), f"{moment}.".encode() + data, hashlib.sha256).hexdigest()
        return {"Stripe-Signature": f"t={moment},v1={digest}"}
    identity = f"msg_{uuid.uuid4().hex}"
    message = f"{identity}.{moment}.".encode() + data
    digest_ = hmac.new(_standard_key(secret), message, hashlib.sha256).digest()
    return {
        "webhook-id": identity,
        "webhook-timestamp": moment,
        "webhook-signature": f"v1,{base64.b64encode(digest_).decode()}",
    }
