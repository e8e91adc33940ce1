"""One case: its document, a generated client, one call, and what is to be compared."""

from __future__ import annotations

import asyncio
import json
import re
from importlib import import_module
from typing import Any
from urllib.parse import unquote, urlsplit

from attrs import frozen
from bindwright.ir.model import Api
from bindwright.runtime import json as json_codec
from bindwright.runtime.http import StatusError
from bindwright.targets.python.naming.plan import NamePlan
from lxml import etree

from tests.interop.protocols.documents import Converter, Shape
from tests.interop.protocols.server import Script
from tests.interop.protocols.values import to_json, to_text
from tests.interop.typespec.__main__ import rebuilt

UNKNOWN = {"eventstream": "framing of the vendor's own", "requestcompression": "a trait of the vendor's own"}


@frozen
class Case:
    """A case with the shapes that it is about."""

    name: str
    suite: dict[str, Any]
    case: dict[str, Any]
    is_xml: bool

    @property
    def operation(self) -> Shape:
        return {"name": "Operation", **self.case["given"]}


@frozen
class Call:
    """A client that was made for a case."""

    converter: Converter
    api: Api
    plan: NamePlan
    module: Any
    models: Any

    @property
    def runtime_operation(self) -> Any:
        place = next(iter(self.module.Client._api.resources.values())).partition(":")[0]
        module = import_module(f"{self.module.__name__}.api.{place}")
        return next(value for value in vars(module).values() if type(value).__name__ == "Operation")


def out_of_reach(case: Case) -> str:
    text = json.dumps([case.suite["shapes"], case.case["given"]])
    for word, why in UNKNOWN.items():
        if f'"{word}"' in text:
            return why
    if "TokenAutoFill" in case.name or "Idempotency token auto" in case.name:
        return "tokens that fill themselves are a trait of the vendor's own"
    if case.case["given"].get("httpChecksumRequired"):
        return "checksums are a trait of the vendor's own"
    return ""


def invoke(call: Call, address: str, mode: str, keywords: dict[str, Any]) -> Any:
    operation = call.api.operations[0]
    group, method = call.plan.groups[0].attribute, call.plan.calls[operation.id].method
    if mode == "sync":
        with call.module.Client(address, retries=0) as client:
            return getattr(getattr(client, group).with_raw_response, method)(**keywords)

    async def ask() -> Any:
        async with call.module.AsyncClient(address, retries=0) as client:
            return await getattr(getattr(client, group).with_raw_response, method)(**keywords)

    return asyncio.run(ask())


def _arguments(case: Case, call: Call) -> dict[str, Any]:
    reference = case.operation.get("input")
    if reference is None:
        return {}
    converter, shape = call.converter, call.converter.shapes[reference["shape"]]
    params, keywords = case.case["params"], dict[str, Any]()
    names = call.plan.calls[call.api.operations[0].id].arguments
    described = {
        (parameter.location, parameter.name): parameter for parameter in call.runtime_operation.parameters
    }
    taken = {
        converter.fact(member, "locationName") or name
        for name, member in shape.get("members", {}).items()
        if params.get(name) is not None and converter.fact(member, "location") == "querystring"
    }
    for name, member in shape.get("members", {}).items():
        place, value = converter.fact(member, "location"), params.get(name)
        if value is None or place is None:
            continue
        if place == "header" and converter.fact(member, "locationName") == "Content-Type":
            keywords["headers"] = {"Content-Type": value}  # no parameter in OpenAPI
        elif place == "headers":
            prefix = converter.fact(member, "locationName") or ""
            keywords["headers"] = {prefix + key: item for key, item in value.items()}
        elif place == "querystring" and converter.shapes[member["shape"]]["type"] == "map":
            # Where both name a parameter, the vendor's own rule is that the map does not.
            keywords["query"] = {key: item for key, item in value.items() if key not in taken}
        else:
            location = {"uri": "path", "querystring": "query"}.get(place, place)
            key = converter.fact(member, "locationName") or name
            value = to_text(converter, member, value, location)
            parameter = described[location, key]
            keywords[names[f"{location}:{key}"]] = _read(parameter, value, call.models)
    body = _body(case, call, reference, shape)
    return keywords if body is None else {**keywords, "body": body}


def _read(parameter: Any, value: Any, models: Any) -> Any:
    return json_codec.decode(
        json.dumps(value).encode(), parameter.type, wire=parameter.wire, namespace=models
    )


def _body(case: Case, call: Call, reference: Shape, shape: Shape) -> Any:
    operation = call.runtime_operation
    if not operation.body:
        return None
    converter, params = call.converter, case.case["params"]
    payload = reference.get("payload") or shape.get("payload")
    if payload is None:
        value = to_json(converter, reference, params)
    else:
        member = shape["members"][payload]
        if params.get(payload) is None:
            return None
        kind = converter.shapes[member["shape"]]["type"]
        if kind in ("blob", "string"):
            return params[payload].encode() if kind == "blob" else params[payload]
        value = to_json(converter, member, params[payload])
    content = operation.body[0]
    body = json_codec.decode(
        json.dumps(value).encode(), content.type, wire=content.wire, namespace=call.models
    )
    return rebuilt(body)


def requested(case: Case, call: Call, address: str, script: Script, mode: str) -> str:
    script.status, script.headers, script.body = 200, {}, b""
    expected = case.case["serialized"]
    try:
        path = urlsplit(case.suite.get("clientEndpoint", "")).path
        invoke(call, address + path, mode, _arguments(case, call))
    except StatusError:
        return "the client took 200 for an error"
    if expected.get("method", script.method) != script.method:
        return f"{script.method} instead of {expected['method']}"
    wanted, target = _target(expected["uri"]), _target(script.target)
    if wanted != target:
        return f"{script.target} instead of {expected['uri']}"
    for name, value in expected.get("headers", {}).items():
        sent = script.sent.get(name.lower())
        if _listed(sent) != _listed(value) and not (name.lower() == "content-type" and not script.sent_body):
            return f"header {name}: {sent!r} instead of {value!r}"
    for name in expected.get("forbidHeaders", ()):
        if name.lower() in script.sent and name.lower() != "content-length":
            return f"header {name}: {script.sent[name.lower()]!r} is forbidden"
    for name in expected.get("requireHeaders", ()):
        if name.lower() not in script.sent:
            return f"header {name} is required"
    return _compare_body(case, expected.get("body", ""), script.sent_body)


def _listed(value: str | None) -> str | None:
    """White space around the members of a list says nothing (RFC 9110, 5.6.1)."""
    return value and re.sub(r"\s*,\s*", ",", value)


def _target(uri: str) -> tuple[list[str], list[tuple[str, str]]]:
    path, _, query = uri.partition("?")
    pairs = [pair.partition("=")[::2] for pair in query.split("&") if pair]
    return [unquote(part) for part in path.split("/")], sorted(
        (unquote(name), unquote(value)) for name, value in pairs
    )


def _compare_body(case: Case, expected: str, sent: bytes) -> str:
    if expected == sent.decode(errors="replace"):
        return ""
    try:
        same = (
            _infoset(expected.encode()) == _infoset(sent)
            if case.is_xml
            else json.loads(expected) == json.loads(sent)
        )
    except ValueError:
        same = False
    return "" if same else f"{sent!r} instead of {expected!r}"


def _infoset(data: bytes) -> Any:
    def node(element: Any) -> Any:
        children = [node(child) for child in element]
        return element.tag, sorted(element.attrib.items()), "" if children else element.text or "", children

    return node(etree.fromstring(data))
