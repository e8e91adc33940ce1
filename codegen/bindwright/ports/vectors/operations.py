"""Vectors of operations: the request that arguments make, and the value of an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bindwright.ir.model import Api, Array, Operation, Parameter, Scalar, Use
from bindwright.ports.calls import Calls, argument_name, body_content
from bindwright.ports.tagged import Tagged, tagged
from bindwright.ports.vectors.model import Vector, has_reals, text_of
from bindwright.runtime.errors import BindwrightError
from bindwright.serve.answers.sample import Sampler
from bindwright.serve.package.codecs import BodyPlace, CodecError
from bindwright.serve.values import dumps

_RESERVED = "a b&c=d/e?f#g%20+\u00fc'(1)*!~"
"""A text of which nearly every character means something in some part of a URL."""
_OF_HTTP = frozenset({"accept", "content-length", "content-type", "host", "transfer-encoding", "connection", "expect", "date"})  # fmt: skip
"""Headers that what sends a request writes itself, or that the format says."""
_FORMATS = ("json", "xml")


def vectors(calls: Calls, operation: Operation) -> Iterator[Vector]:
    """The vectors of one operation; none where samples of its arguments cannot be made."""
    api = calls.bindings.api
    arguments = {
        argument_name(operation, f"{parameter.location}:{parameter.name}"): (parameter, sample)
        for parameter in operation.parameters
        if (sample := _sample(api, parameter.use, f"{operation.id} {parameter.name}")) is not None
    }
    missing = len(arguments) < sum(parameter.required for parameter in operation.parameters)
    body = _bodies(api, operation)
    if missing or (operation.body is not None and operation.body.required and not body):
        return
    required = {name: value for name, (parameter, value) in arguments.items() if parameter.required}
    for format, value in body.items() or {"json": None}.items():
        bodied = {"body": value} if value is not None else {}
        yield from _request(calls, operation, f"{format}-all", format, {**{n: v for n, (_, v) in arguments.items()}, **bodied}, "http/request")  # fmt: skip
        if len(required) < len(arguments):
            yield from _request(calls, operation, f"{format}-required", format, {**required, **bodied}, "http/request")  # fmt: skip
    format, value = next(iter(body.items()), ("json", None))
    base = {**required, **({"body": value} if value is not None else {})}
    for name, (parameter, _) in arguments.items():
        for label, other in _variations(api, parameter):
            yield from _request(calls, operation, f"{name}-{label}", format, {**base, name: other}, f"http/{parameter.location}")  # fmt: skip
    yield from _answers(calls, operation, base)


def _sample(api: Api, use: Use, place: str) -> Tagged:
    value = Sampler(api, "request", 0).sample(use, place)
    return None if value is None or isinstance(value, bytes) else tagged(api, use, dumps(value))


def _bodies(api: Api, operation: Operation) -> dict[str, Tagged]:
    """Values of a body by the formats that vectors have."""
    bodies: dict[str, Tagged] = {}
    for format in _FORMATS:
        if operation.body is None:
            break
        content = body_content(operation, format)
        if content.kind == format and content.use is not None:
            value = _sample(api, content.use, f"{operation.id} body")
            if value is not None:
                bodies[format] = value
    return bodies


def _variations(api: Api, parameter: Parameter) -> Iterator[tuple[str, Tagged]]:
    """Values of a parameter that its encoding makes a difference to."""
    type_ = api.types[parameter.use.type]
    if parameter.location not in ("path", "query"):
        return
    if isinstance(type_, Scalar) and _is_text(type_):
        yield "reserved", ["string", _RESERVED]
    elif isinstance(type_, Array) and type_.items is not None and parameter.content is None:
        item = api.types[type_.items.type]
        if isinstance(item, Scalar) and _is_text(item):
            yield "items", [["string", "a b"], ["string", "c,d"]]
            yield "item", [["string", "x/y?z"]]
            yield "reserved", [["string", _RESERVED], ["string", "|"], ["string", "c"]]
            if parameter.location == "query":
                yield "nothing", []


def _is_text(type_: Scalar) -> bool:
    return type_.lexical is not None and type_.lexical.json == "string" and type_.constraints is None


def _request(
    calls: Calls, operation: Operation, name: str, format: str, arguments: dict[str, Any], rule: str
) -> Iterator[Vector]:
    message = {"do": "request", "operation": operation.id, "arguments": arguments, "format": format}
    try:
        request = calls.request(message)
    except (BindwrightError, CodecError, ValueError, TypeError):
        return  # a value that the bindings do not send: a sample that the document contradicts
    headers = dict(request["headers"])
    out: dict[str, Any] = {"method": request["method"], "target": request["target"]}
    if request["body"] is not None:
        out["headers"] = [["content-type", headers["content-type"]]]
        out["body"] = request["body"]
    else:
        out["absent"] = ["content-type"]
    own = [parameter.name.lower() for parameter in operation.parameters if parameter.location == "header"]
    own = [name for name in own if name not in _OF_HTTP]
    wanted = [name for name in (*own, *(["cookie"] if "cookie" in headers else [])) if name in headers]
    if wanted:
        out["headers"] = [*out.get("headers", ()), *([name, headers[name]] for name in wanted)]
    yield {
        "id": f"{_label(operation)}.{name}", "kind": "request", "operation": operation.id, "arguments": arguments,
        "format": format, "out": out, "rule": rule, **({"compare": "number"} if has_reals(arguments) else {}),
    }  # fmt: skip


def _answers(calls: Calls, operation: Operation, arguments: dict[str, Any]) -> Iterator[Vector]:
    """Answers that are a success, in each format."""
    for response in operation.responses:
        for content in response.contents:
            if not (response.status.isdigit() and response.status.startswith("2")):
                continue
            if content.kind not in _FORMATS or content.use is None or "*" in content.media_type:
                continue
            for seed in range(2):
                place = BodyPlace(operation, response.status, content)
                yield from _answer(calls, place, arguments, seed)


def _answer(calls: Calls, place: BodyPlace, arguments: dict[str, Any], seed: int) -> Iterator[Vector]:
    api, content, use = calls.bindings.api, place.content, place.content.use
    assert use is not None
    assert place.status is not None
    value = Sampler(api, "response", seed).sample(use, f"{place.operation.id} {place.status}")
    if value is None or isinstance(value, bytes):
        return
    try:
        data = dumps(value) if content.kind == "json" else calls.codecs.to_xml(place, value)
    except CodecError:
        return
    type_ = content.media_type + ("; charset=utf-8" if seed else "")
    message: dict[str, Any] = {
        "operation": place.operation.id, "arguments": arguments, "format": content.kind, "status": int(place.status),
        "headers": [["content-type", type_]], "body": text_of(data),
    }  # fmt: skip
    expected = tagged(api, use, dumps(value))
    try:
        if calls.answer({"do": "answer", **message}) != expected:
            return  # a member that XML has in another form, say
    except (BindwrightError, CodecError, ValueError):
        return
    yield {
        "id": f"{_label(place.operation)}.{place.status}-{_spelled(content.media_type)}-{seed + 1}", "kind": "answer", **message,
        "value": expected, "rule": "http/answer",
    }  # fmt: skip


def _label(operation: Operation) -> str:
    """What an operation is called in ids, where a slash ends a part."""
    return _spelled(operation.operation_id or operation.id)


def _spelled(text: str) -> str:
    return re.sub(r"[^\w.-]+", "-", text).strip("-")
