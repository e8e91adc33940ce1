"""From what the mock server expects of a request to the arguments of the generated method.

Values are read by their parameter's own type, as JSON and XML are, and have to come out on the wire as the
server wants them.
"""

from __future__ import annotations

import base64
import json
import re
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from bindwright.runtime import json as json_codec
from bindwright.runtime import xml as xml_codec
from bindwright.runtime.http import File, Parameter
from bindwright.standards.media_types import kind_of

from tests.interop.typespec.bindings import Bindings, Method

Expected = dict[str, Any]


def find(clients: list[Bindings], call: Expected) -> tuple[Bindings, Method, dict[str, str]]:
    """The method for a method and path, the most literal one of several, and its path values.

    Raises:
        LookupError: no document has it.
    """
    wanted = urlsplit(call["uri"]).path
    ranked: list[tuple[int, int, Bindings, Method, dict[str, str]]] = []
    for client in reversed(clients):
        version = client.document.stem.removeprefix("openapi").strip(".")
        for method in client.methods:
            values = _path_values(client, method, wanted)
            if method.operation.method.lower() == call["method"] and values is not None:
                other = version not in wanted or (f"{version}preview" in wanted and "preview" not in version)
                ranked.append(
                    (_misfit(method, call, values) + 100 * other, len(ranked), client, method, values)
                )
    if not ranked:
        raise LookupError(f"no operation for {call['method']} {call['uri']}")
    _, _, client, method, values = min(ranked, key=lambda rank: rank[:2])
    return client, method, values


def _misfit(method: Method, call: Expected, values: dict[str, str]) -> int:
    """How ill an operation fits: path parameters, and media types of others."""
    accepted = call["headers"].get("accept")
    answered = {content.media_type for response in method.operation.responses for content in response.content}
    wrong = accepted is not None and accepted not in answered
    body = call["body"]
    sent = [content.media_type for content in method.operation.body]
    wrong_body = body is not None and not any(
        media_type.startswith(body["contentType"].split(";")[0]) for media_type in sent
    )
    return len(values) + 10 * wrong + 5 * wrong_body


def base_path(client: Bindings, call: Expected) -> str:
    """The part of the path that a server of the document stands for."""
    for pattern in _bases(client):
        if (match := re.match(pattern, urlsplit(call["uri"]).path)) is not None:
            return match[0]
    return ""


def _bases(client: Bindings) -> list[str]:
    """Patterns of the paths of servers."""
    patterns = []
    for server in client.package.Client._api.servers:
        path = re.sub(r"^(\{[^{}]+\}|https?://[^/]+)", "", server.url)
        patterns.append(re.sub(r"\{[^{}]+\}", "[^/]+", path.rstrip("/")))
    return patterns or [""]


def _path_values(client: Bindings, method: Method, wanted: str) -> dict[str, str] | None:
    """Values of the template's expressions."""
    path = method.operation.path.partition("?")[0]
    names = re.findall(r"\{([^{}]+)\}", path)
    literals = [re.escape(literal) for literal in re.split(r"\{[^{}]+\}", path.rstrip("/"))]
    template = "(.*)".join(literals)
    for base in _bases(client):
        if (match := re.fullmatch(base + template + "/?", wanted)) is not None:
            return dict(zip(names, map(unquote, match.groups()), strict=True))
    return None


def arguments(client: Bindings, method: Method, call: Expected, values: dict[str, str]) -> dict[str, Any]:
    """Keyword arguments of the method."""
    query = dict(parse_qsl(urlsplit(call["uri"]).query)) | call["query"]
    headers = {name.lower(): value for name, value in call["headers"].items()}
    places: dict[str, Any] = {"path": {**values, **call["path"]}, "query": query, "cookie": {}}
    keywords = {}
    for parameter in method.operation.parameters:
        key = method.arguments.get(parameter.name) or method.arguments.get(
            f"{parameter.name}@{parameter.location}"
        )
        held = (
            headers.get(parameter.name.lower())
            if parameter.location == "header"
            else places.get(parameter.location, {}).get(parameter.name)
        )
        if key is not None and call["uri"].startswith("/routes/"):
            keywords[key] = _style_example(parameter)
        elif key is not None and held is not None:
            keywords[key] = value_of(client, parameter, held)
    if method.body is not None and (call["body"] is not None or method.operation.body_required):
        nothing = {"contentType": "application/json", "text": "{}"}
        keywords[method.body] = body_of(client, method, call["body"] or nothing)
    return keywords


def _style_example(parameter: Parameter) -> Any:
    """The one value that every scenario of parameter styles sends."""
    if parameter.type == "str":
        return "foo/bar baz" if parameter.allow_reserved else "a"
    return ["a", "b"] if parameter.type.startswith("list") else {"a": 1, "b": 2}


def value_of(client: Bindings, parameter: Parameter, held: Any) -> Any:
    """A value of the parameter's type from its text."""
    if isinstance(held, str) and ("list[" in parameter.type or _is_list(client, parameter.type)):
        separator = {"spaceDelimited": " ", "pipeDelimited": "|"}.get(parameter.style or "", ",")
        held = held.split(separator)
    tries = [held, *([json.loads(held)] if isinstance(held, str) and _is_json(held) else [])]
    if isinstance(held, list):
        tries.append(
            [json.loads(item) if isinstance(item, str) and _is_json(item) else item for item in held]
        )
    for value in tries:
        try:
            return json_codec.decode(
                json.dumps(value).encode(), parameter.type, wire=parameter.wire, namespace=client.models
            )
        except Exception:
            continue
    raise ValueError(f"{held!r} is no {parameter.type}")


def _is_list(client: Bindings, type_: str) -> bool:
    return isinstance(class_ := getattr(client.models, type_, None), type) and issubclass(class_, list)


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def body_of(client: Bindings, method: Method, expected: Expected) -> Any:
    """The body, decoded by our own codec of its media type; multipart bodies from their parts."""
    media_type = expected["contentType"].split(";")[0]
    contents = method.operation.body
    content = next(
        (candidate for candidate in contents if candidate.media_type.split(";")[0] == media_type), contents[0]
    )
    if "parts" in expected:
        return _multipart(client, content.type, expected)
    data = raw(expected)
    kind = kind_of(media_type)
    if kind in ("jsonl", "json-seq"):
        lines = data.splitlines()
        return [
            json_codec.decode(line, content.item_type or "Any", namespace=client.models)
            for line in lines
            if line
        ]
    if kind == "json" and content.type is not None:
        return json_codec.decode(data, content.type, wire=content.wire, namespace=client.models)
    if kind == "xml" and content.type is not None:
        return xml_codec.decode(data, content.type, wire=content.wire, namespace=client.models)
    return data.decode() if content.type == "str" else data


def raw(expected: Expected) -> bytes:
    """The bytes of a body."""
    if "base64" in expected:
        return base64.b64decode(expected["base64"])
    return (expected["text"] or "").encode()


def _multipart(client: Bindings, type_: str | None, expected: Expected) -> Any:
    parts: dict[str, Any] = dict(expected["parts"])
    files: dict[str, list[File]] = {}
    for upload in expected["files"]:
        file = File(
            base64.b64decode(upload["buffer"]), upload["originalname"], content_type=upload["mimetype"]
        )
        files.setdefault(upload["fieldname"], []).append(file)
    model = getattr(client.models, type_ or "", None)
    if model is None:
        return parts | {name: held[0] if len(held) == 1 else held for name, held in files.items()}
    from bindwright.runtime.shapes import members_of

    members: dict[str, Any] = {}
    for member in members_of(model):
        if member.json in parts:
            members[member.attribute] = _part(client, _hint(model, member), parts[member.json])
        elif member.json in files:
            held = files[member.json]
            members[member.attribute] = held if "list" in str(_hint(model, member)) else held[0]
    return model(**members)


def _part(client: Bindings, type_: Any, held: Any) -> Any:
    """A part's value; the suite's numbers stand for their text where the part is text."""
    held = str(held) if type_ == "str" else held
    return json_codec.decode(json.dumps(held).encode(), type_, namespace=client.models)


def _hint(model: Any, member: Any) -> Any:
    return model.__annotations__[member.attribute].removesuffix(" | None").removesuffix(" | Unset")
