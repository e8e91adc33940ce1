"""Vectors of operations: the request that arguments make, and the value of an answer."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from typing import Any

from bindwright.ir.model import Api, Array, Operation, Parameter, Scalar, Use
from bindwright.ports.calls import Calls, argument_name, body_content
from bindwright.ports.tagged import Tagged, tagged
from bindwright.ports.vectors.model import Vector, has_reals, octets, text_of
from bindwright.runtime.errors import BindwrightError
from bindwright.serve.answers.sample import Sampler
from bindwright.serve.package.codecs import BodyPlace, CodecError
from bindwright.serve.values import dumps
from bindwright.standards.form_bodies import fields_of, parts_of
from bindwright.standards.media_types import kind_of

_RESERVED = "a b&c=d/e?f#g%20+\u00fc'(1)*!~"
"""A text of which nearly every character means something in some part of a URL."""
_OF_HTTP = frozenset({"accept", "content-length", "content-type", "host", "transfer-encoding", "connection", "expect", "date"})  # fmt: skip
"""Headers that what sends a request writes itself, or that the format says."""
_FORMATS = ("json", "xml")
_FORMS = ("form", "multipart")
"""Kinds of bodies that a client sends whatever it speaks."""


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
    return None if value is None or isinstance(value, bytes) else tagged(api, use, dumps(_as_json(value)))


def _as_json(value: Any) -> Any:
    """A value whose octets, which parts of forms may be, are base64."""
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, dict):
        return {name: _as_json(member) for name, member in value.items()}
    return [_as_json(item) for item in value] if isinstance(value, list) else value


def _bodies(api: Api, operation: Operation) -> dict[str, Tagged]:
    """Values of a body by the formats that vectors have."""
    bodies: dict[str, Tagged] = {}
    for format in _FORMATS:
        if operation.body is None:
            break
        content = body_content(operation, format)
        if content.use is not None and content.kind in (format, *(_FORMS if format == "json" else ())):
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
    kind = kind_of(headers.get("content-type", ""))
    if request["body"] is not None and kind in _FORMS:
        # Boundaries and escapes are the port's: what the form says is compared.
        data = octets(request["body"])
        out |= (
            {"fields": fields_of(data)}
            if kind == "form"
            else {"parts": parts_of(data, headers["content-type"])}
        )
        rule = f"http/{kind}"
    elif request["body"] is not None:
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
    """Answers in each format: successes and errors as the document has them, and what servers say besides."""
    for response in operation.responses:
        status = _status(operation, response.status)
        if status is None:
            continue
        for content in response.contents:
            if content.kind not in _FORMATS or content.use is None or "*" in content.media_type:
                continue
            place = BodyPlace(operation, response.status, content)
            for seed in range(2):
                yield from _answer(calls, place, arguments, status, seed)
    yield from _undocumented(calls, operation, arguments)


def _status(operation: Operation, key: str) -> int | None:
    """A status that a response is for: that of ``default`` and ``4XX`` is one that no other names; None: an odd key."""
    named = {response.status for response in operation.responses}
    candidates = {
        "default": (500, 502, 400),
        "4XX": (422, 418, 400),
        "5XX": (503, 502, 500),
        "2XX": (200, 299),
    }
    if key in candidates:
        free = (
            status for status in candidates[key] if not named & {str(status), f"{status // 100}XX"} - {key}
        )
        return next(free, None)
    return int(key) if key.isdigit() and len(key) == 3 and key[0] in "245" else None


def _undocumented(calls: Calls, operation: Operation, arguments: dict[str, Any]) -> Iterator[Vector]:
    """An error of something between: a status that no response is for, with a page for people."""
    named = {response.status for response in operation.responses}
    if not named & {"418", "4XX", "default"}:
        message = _message(operation, arguments, "json", 418, "text/html", b"<p>No")
        yield from _told(calls, message, {"error": {"status": 418}}, "418", "http/undocumented")


def _answer(
    calls: Calls, place: BodyPlace, arguments: dict[str, Any], status: int, seed: int
) -> Iterator[Vector]:
    api, content, use = calls.bindings.api, place.content, place.content.use
    assert use is not None
    value = Sampler(api, "response", seed).sample(use, f"{place.operation.id} {place.status}")
    if value is None or isinstance(value, bytes):
        return
    try:
        data = dumps(value) if content.kind == "json" else calls.codecs.to_xml(place, value)
    except CodecError:
        return
    said = tagged(api, use, dumps(value))
    wanted = {"value": said} if status < 400 else {"error": {"status": status, "value": said}}
    rule = "http/answer" if status < 400 else "http/error"
    name = f"{status}-{_spelled(content.media_type)}-{seed + 1}"

    def message(type_: str, body: bytes) -> dict[str, Any]:
        return _message(place.operation, arguments, content.kind or "json", status, type_, body)

    parameters = "; charset=utf-8" if seed else ""
    yield from _told(calls, message(content.media_type + parameters, data), wanted, name, rule)
    if seed:
        return
    spelled = content.media_type.upper() + ' ;a="b;c"; Charset="UTF-8"'
    yield from _told(calls, message(spelled, data), wanted, f"{name}.spelled", "http/media-type")
    wrong = {"refused": "decode"} if status < 400 else {"error": {"status": status}}
    yield from _told(calls, message(content.media_type, data[:-1]), wrong, f"{name}.cut", f"{rule}-body")
    response = next(one for one in place.operation.responses if one.status == place.status)
    if all(other.kind in _FORMATS for other in response.contents):
        yield from _told(calls, message("text/html", b"<p>No"), wrong, f"{name}.html", f"{rule}-body")


def _message(
    operation: Operation, arguments: dict[str, Any], format: str, status: int, type_: str, data: bytes
) -> dict[str, Any]:
    return {
        "operation": operation.id, "arguments": arguments, "format": format, "status": status,
        "headers": [["content-type", type_]], "body": text_of(data),
    }  # fmt: skip


def _told(
    calls: Calls, message: dict[str, Any], wanted: dict[str, Any], name: str, rule: str
) -> Iterator[Vector]:
    """The vector of an answer; none where the bindings make something else of it: a member that XML has in another form."""
    try:
        came = calls.answer({"do": "answer", **message})
    except BindwrightError:
        came = {"refused": "decode"}
    except (CodecError, ValueError):
        return
    if came == wanted:
        label = _label(calls.operations[message["operation"]])
        yield {"id": f"{label}.{name}", "kind": "answer", **message, **wanted, "rule": rule}


def _label(operation: Operation) -> str:
    """What an operation is called in ids, where a slash ends a part."""
    return _spelled(operation.operation_id or operation.id)


def _spelled(text: str) -> str:
    return re.sub(r"[^\w.-]+", "-", text).strip("-")
