"""Calls of the Python bindings without a network: the request that arguments make, and the value of an answer."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any

from bindwright.ir.model import Content, Operation, Response, Use
from bindwright.ports.bindings import Bindings
from bindwright.ports.tagged import json_text, tagged
from bindwright.runtime.errors import EncodeError
from bindwright.runtime.http.model.errors import HttpError, InvalidRequest, StatusError
from bindwright.runtime.http.model.message import Headers, Request
from bindwright.serve.package.codecs import BodyPlace
from bindwright.serve.values import dumps

BASE = "https://api.example"
"""Where requests of vectors go; targets are what stands behind it."""


class Reply:
    """An answer that is there already, as transports give it."""

    def __init__(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.status, self.headers = status, Headers(headers)
        self._body = body

    def read(self) -> bytes:
        """The rest of the body."""
        body, self._body = self._body, b""
        return body

    def chunks(self) -> Any:
        """The body, in one piece."""
        yield self.read()

    def close(self) -> None:
        """Nothing is held."""


Answer = tuple[int, list[tuple[str, str]], bytes]
"""Status, headers and body."""
_NO_CONTENT: Answer = (204, [], b"")


class Recorder:
    """A transport that keeps requests and gives one answer."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.answer: Answer = _NO_CONTENT

    def send(self, request: Request, deadline: object = None) -> Reply:
        """Keep the request."""
        self.requests.append(request)
        return Reply(*self.answer)

    def close(self) -> None:
        """Nothing is held."""


class Calls:
    """The operations of bindings, by the names of the document."""

    def __init__(self, bindings: Bindings) -> None:
        self.bindings = bindings
        self.codecs = bindings.codecs
        self.operations = {operation.id: operation for operation in bindings.api.operations}
        self._groups = {
            operation.id: group.attribute for group in bindings.names.groups for operation in group.operations
        }
        self._recorder = Recorder()
        self._clients: dict[str, Any] = {}

    def request(self, message: Mapping[str, Any]) -> dict[str, Any]:
        """The request of a message (``operation``, ``arguments``, ``format``).

        Raises:
            EncodeError: arguments that the operation does not take.
        """
        try:
            self._call(message, _NO_CONTENT)
        except InvalidRequest as error:
            raise EncodeError(str(error)) from None
        except HttpError:
            pass  # of the answer, which is none
        (request,) = self._recorder.requests
        headers = [(name.lower(), value) for name, value in request.headers.items()]
        return {
            "method": request.method,
            "target": request.url.removeprefix(BASE),
            "headers": [[name, value] for name, value in headers],
            "body": _text(_octets(request.body)),
        }

    def answer(self, message: Mapping[str, Any]) -> dict[str, Any]:
        """What an answer is (``status``, ``headers``, ``body``): its tagged ``value``, or an ``error``.

        An error has its status, and a value where the document types its body and the body is of that type.

        Raises:
            HttpError: a success that is not as the document says.
        """
        body = message.get("body") or ""
        data = body.encode() if isinstance(body, str) else base64.b64decode(body["base64"])
        headers = [(name, value) for name, value in message.get("headers", ())]
        error: dict[str, Any] | None = None
        try:
            value = self._call(message, (message["status"], headers, data))
        except StatusError as wrong:
            error = {"status": wrong.status}
            if wrong.mismatch is not None or wrong.error is None:
                return {"error": error}
            value = wrong.error
        operation = self.operations[message["operation"]]
        place = content_of(operation, message["status"], dict(headers).get("content-type", ""))
        if place is None:
            return {"value": None} if error is None else {"error": error}
        response, content, use = place
        plain = self.codecs.dump(BodyPlace(operation, response.status, content), value)
        said = tagged(self.bindings.api, use, dumps(plain))
        return {"value": said} if error is None else {"error": {**error, "value": said}}

    def _call(self, message: Mapping[str, Any], answer: Answer) -> Any:
        operation = self.operations[message["operation"]]
        names = self.bindings.names.calls[operation.id]
        tagged_arguments = message.get("arguments", {})
        arguments: dict[str, Any] = {}
        for parameter in operation.parameters:
            key = f"{parameter.location}:{parameter.name}"
            tagged_value = tagged_arguments.get(argument_name(operation, key), _MISSING)
            if tagged_value is not _MISSING:
                plain = json.loads(json_text(tagged_value))
                arguments[names.arguments[key]] = self.codecs.argument(operation, parameter, plain)
        if "body" in tagged_arguments:
            content = body_content(operation, message.get("format", "json"))
            place = BodyPlace(operation, None, content)
            arguments["body"] = self.codecs.load(place, json.loads(json_text(tagged_arguments["body"])))
        self._recorder.requests.clear()
        self._recorder.answer = answer
        client = self._client(message.get("format", "json"))
        resource = getattr(client, self._groups[operation.id])
        return getattr(resource.with_raw_response, names.method)(**arguments).value

    def _client(self, format: str) -> Any:
        if format not in self._clients:
            self._clients[format] = self.bindings.module.Client(
                BASE, transport=self._recorder, retries=None, answers="strict", format=format
            )
        return self._clients[format]


_MISSING: Any = object()


def argument_name(operation: Operation, key: str) -> str:
    """The name of an argument in a vector: the parameter's, with its location where two have the same or it is ``body``."""
    name = key.partition(":")[2]
    alone = sum(parameter.name == name for parameter in operation.parameters) == 1
    return name if alone and name != "body" else key


def body_content(operation: Operation, kind: str) -> Content:
    """The content of a request's body in a format, else the first one. Raises IndexError where there is none."""
    contents = operation.body.contents if operation.body is not None else []
    return next((content for content in contents if content.kind == kind), None) or contents[0]


def content_of(operation: Operation, status: int, media_type: str) -> tuple[Response, Content, Use] | None:
    """What the document says of an answer's body; None where it describes none."""
    by_status = {response.status: response for response in operation.responses}
    keys = (str(status), f"{status // 100}XX", "default")
    response = next((by_status[key] for key in keys if key in by_status), None)
    plain_type = media_type.partition(";")[0].strip().lower()
    for content in response.contents if response is not None else ():
        if content.media_type.lower() == plain_type and content.use is not None:
            return response, content, content.use  # type: ignore[return-value]
    return None


def _octets(body: Any) -> bytes | None:
    return body if body is None or isinstance(body, bytes) else b"".join(body)


def _text(data: bytes | None) -> Any:
    if not data:
        return None
    try:
        return data.decode()
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(data).decode()}
