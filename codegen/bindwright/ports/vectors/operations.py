"""Vectors of operations: the request that arguments make, and the value of an answer."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from typing import Any, Final

from bindwright.ir.model import Api, Array, Operation, Parameter, Scalar, Use
from bindwright.ports.bindings import Bindings
from bindwright.ports.calls import Calls, argument_name, body_content
from bindwright.ports.sample_values import SampleValues
from bindwright.ports.tagged import Tagged, tagged
from bindwright.ports.vectors.extent import Extent
from bindwright.ports.vectors.model import Vector, has_reals, octets, text_of
from bindwright.runtime.errors import BindwrightError
from bindwright.serve.package.codecs import BodyPlace, CodecError
from bindwright.serve.values import dumps
from bindwright.standards.form_bodies import fields_of, parts_of
from bindwright.standards.media_types import kind_of
from bindwright.targets.python.client.body_forms import says_nothing

_RESERVED = "a b&c=d/e?f#g%20+\u00fc'(1)*!~"
"""A text of which nearly every character means something in some part of a URL."""
_OF_HTTP = frozenset({"accept", "content-length", "content-type", "host", "transfer-encoding", "connection", "expect", "date"})  # fmt: skip
"""Headers that what sends a request writes itself, or that the format says."""
_FORMATS = ("json", "xml")
_FORMS = ("form", "multipart")
"""Kinds of bodies that a client sends whatever it speaks."""
_PART: Final = 3
"""Variations of arguments, and answers, of an operation of which a part is shown."""


def vectors(calls: Calls, operation: Operation, extent: Extent) -> Iterator[Vector]:
    """The vectors of one operation; none where samples of its arguments cannot be made."""
    api, samples = calls.bindings.api, calls.bindings.samples
    arguments = {
        argument_name(operation, f"{parameter.location}:{parameter.name}"): (parameter, sample)
        for parameter in operation.parameters
        if (sample := _sample(api, samples, parameter.use, parameter.name)) is not None
        and (parameter.content is not None or not _is_deep(sample))
    }
    sampled = sum(parameter.required for parameter, _ in arguments.values())
    missing = sampled < sum(parameter.required for parameter in operation.parameters)
    body = _bodies(calls.bindings, operation)
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
    variations = [
        (name, label, other, f"http/{parameter.location}")
        for name, (parameter, _) in arguments.items()
        for label, other in _variations(api, parameter)
    ]
    for name, label, other, rule in extent.chosen(variations, _PART):
        yield from _request(calls, operation, f"{name}-{label}", format, {**base, name: other}, rule)
    yield from _answers(calls, operation, base, extent)


def _sample(api: Api, samples: SampleValues, use: Use, place: str = "") -> Tagged:
    value = samples.of(use, "request", place=place)
    return None if value is None or isinstance(value, bytes) else tagged(api, use, dumps(_as_json(value)))


def _is_deep(value: Tagged) -> bool:
    """Whether something stands in a value that styles of parameters do not define: a list or object within one."""
    if not isinstance(value, (list, dict)) or _is_pair(value):
        return False
    parts = value.values() if isinstance(value, dict) else value
    return not all(part is None or _is_pair(part) for part in parts)


def _is_pair(value: Tagged) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(isinstance(part, str) for part in value)


def _as_json(value: Any) -> Any:
    """A value whose octets, which parts of forms may be, are base64."""
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, dict):
        return {name: _as_json(member) for name, member in value.items()}
    return [_as_json(item) for item in value] if isinstance(value, list) else value


def _bodies(bindings: Bindings, operation: Operation) -> dict[str, Tagged]:
    """Values of a body by the formats that vectors have."""
    bodies: dict[str, Tagged] = {}
    if operation.body is None or says_nothing(operation, bindings.api.types):
        return bodies
    for format in _FORMATS:
        content = body_content(operation, format)
        kinds = (format, *(_FORMS if format == "json" else ()))
        if content.use is not None and content.kind in kinds:
            value = _sample(bindings.api, bindings.samples, content.use)
            if value is not None:
                bodies[format] = value
    return bodies


def _variations(api: Api, parameter: Parameter) -> Iterator[tuple[str, Tagged]]:
    """Values of a parameter that its encoding makes a difference to."""
    type_ = api.types[parameter.use.type]
    if parameter.location not in ("path", "query"):
        return
    # What speaks WHATWG's URLs encodes an apostrophe in a query whatever it is told (5.2 of URL, special-query).
    reserved = _RESERVED.replace("'", "") if parameter.allow_reserved else _RESERVED
    if isinstance(type_, Scalar) and _is_text(type_):
        yield "reserved", ["string", reserved]
    elif isinstance(type_, Array) and type_.items is not None and parameter.content is None:
        item = api.types[type_.items.type]
        if isinstance(item, Scalar) and _is_text(item):
            yield "items", [["string", "a b"], ["string", "c,d"]]
            yield "item", [["string", "x/y?z"]]
            yield "reserved", [["string", reserved], ["string", "|"], ["string", "c"]]
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


def _answers(
    calls: Calls, operation: Operation, arguments: dict[str, Any], extent: Extent
) -> Iterator[Vector]:
    """Answers in each format: successes and errors as the document has them, and what servers say besides."""
    places: list[tuple[BodyPlace, int]] = []
    for response in operation.responses:
        status = _status(operation, response.status)
        if status is None:
            continue
        for content in response.contents:
            if content.kind not in _FORMATS or content.use is None or "*" in content.media_type:
                continue
            places.append((BodyPlace(operation, response.status, content), status))
    for place, status in extent.chosen(places, 1):
        for message, wanted, name, rule in extent.chosen(_of_place(calls, place, arguments, status), _PART):
            yield from _vectors_of_answer(calls, message, wanted, name, rule)
    if extent.whole:
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
        yield from _vectors_of_answer(calls, message, {"error": {"status": 418}}, "418", "http/undocumented")


_Answer = tuple[dict[str, Any], dict[str, Any], str, str]
"""Message, what has to come of it, name and rule."""


def _of_place(calls: Calls, place: BodyPlace, arguments: dict[str, Any], status: int) -> Iterator[_Answer]:
    """Answers with a body of one media type: two values, the first one also spelled otherwise, and what is none."""
    content, kind = place.content, "answer" if status < 400 else "error"
    documents = [_document(calls, place, seed) for seed in range(2)]

    def message(type_: str, body: bytes) -> dict[str, Any]:
        return _message(place.operation, arguments, content.kind or "json", status, type_, body)

    name = f"{status}-{_spelled(content.media_type)}"
    wrong = {"refused": "decode"} if status < 400 else {"error": {"status": status}}
    for number, document in enumerate(documents):
        if document is None:
            continue
        data, value = document
        wanted = {"value": value} if status < 400 else {"error": {"status": status, "value": value}}
        type_ = content.media_type + ("; charset=utf-8" if number else "")
        yield message(type_, data), wanted, f"{name}-{number + 1}", f"http/{kind}"
        if number:
            continue
        spelled = content.media_type.upper() + ' ;a="b;c"; Charset="UTF-8"'
        yield message(spelled, data), wanted, f"{name}-1.spelled", "http/media-type"
        yield message(content.media_type, data[:-1]), wrong, f"{name}-1.cut", f"http/{kind}-body"
        response = next(
            candidate for candidate in place.operation.responses if candidate.status == place.status
        )
        if all(other.kind in _FORMATS for other in response.contents):
            yield message("text/html", b"<p>No"), wrong, f"{name}-1.html", f"http/{kind}-body"


def _document(calls: Calls, place: BodyPlace, seed: int) -> tuple[bytes, Tagged] | None:
    """The document of a sample of a body, and its value; None for what is no document of its format."""
    use = place.content.use
    assert use is not None
    value = calls.bindings.samples.of(use, "response", seed)
    if value is None or isinstance(value, bytes):
        return None
    try:
        data = dumps(value) if place.content.kind == "json" else calls.codecs.to_xml(place, value)
    except CodecError:
        return None
    return data, tagged(calls.bindings.api, use, dumps(value))


def _message(
    operation: Operation, arguments: dict[str, Any], format: str, status: int, type_: str, data: bytes
) -> dict[str, Any]:
    return {
        "operation": operation.id, "arguments": arguments, "format": format, "status": status,
        "headers": [["content-type", type_]], "body": text_of(data),
    }  # fmt: skip


def _vectors_of_answer(
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
