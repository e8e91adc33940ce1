"""The plan of an operation: from a call's arguments to a request, worked out once and used for every call."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from typing import Any

from bindwright.runtime.errors import EncodeError
from bindwright.runtime.http.body_codecs import BodyCodecs
from bindwright.runtime.http.config.config import Config
from bindwright.runtime.http.config.security import Chosen, choose
from bindwright.runtime.http.config.servers import base_for
from bindwright.runtime.http.model.errors import InvalidRequest
from bindwright.runtime.http.model.message import Request, put
from bindwright.runtime.http.model.operation import ApiSpec, Operation, Parameter
from bindwright.runtime.http.request import bodies
from bindwright.runtime.http.request.arguments import (
    Writer,
    cookie_writer,
    header_writer,
    is_nullable,
    path_writer,
    query_writer,
)
from bindwright.runtime.http.request.percent_encoding import encode, encode_reserved, without_query_of
from bindwright.runtime.http.request.plain import plain, scalar
from bindwright.runtime.http.response.reading import ResponseReader
from bindwright.runtime.model import UNSET
from bindwright.standards.http_methods import IDEMPOTENT

_EXPRESSION = re.compile(r"\{([^{}]+)\}")
_DOTS = re.compile(r"(?:^|/)(?:\.|%2[eE]){1,2}(?=/|$)")


_FRAMING = ("content-length", "transfer-encoding")


class Prepared:
    """What a plan has worked out for one configuration."""

    __slots__ = ("base", "chosen", "headers", "length")

    def __init__(self, base: str, headers: dict[str, str], chosen: Chosen) -> None:
        self.base, self.headers, self.chosen = base, headers, chosen
        self.length = _framing(headers)
        """What the caller says of the length of a stream."""


class RequestPlan:
    """Builds the requests and reads the answers of one operation.

    Raises:
        InvalidRequest: the operation has names that no request can carry.
    """

    def __init__(self, operation: Operation, api: ApiSpec, codecs: BodyCodecs) -> None:
        self.operation, self.api, self.codecs = operation, api, codecs
        self.reader = ResponseReader(operation, codecs)
        self.sends_body = bool(operation.body)
        self.zero_length = operation.method in ("POST", "PUT", "PATCH")
        keys = _keys(operation.parameters)
        self.query: list[Writer] = []
        self.headers: list[Writer] = []
        self.cookies: list[Writer] = []
        self.frames = any(
            parameter.location == "header" and parameter.name.lower() in _FRAMING
            for parameter in keys.values()
        )
        """Whether the document has parameters for what frames a message; a wrong length would leave the server
        waiting (RFC 9112, 6)."""
        try:
            self.path = self._path(keys)
            self._sort(keys)
        except ValueError as error:  # a name that no URL or header can carry
            raise InvalidRequest(f"{operation.id}: {error}") from None
        self.known = frozenset(keys)
        self.key_header = _key_header(operation)
        idempotent = operation.idempotent
        self.idempotent = operation.method.upper() in IDEMPOTENT if idempotent is None else idempotent

    def _sort(self, keys: dict[str, Parameter]) -> None:
        names = self.codecs
        for key, parameter in keys.items():
            if parameter.location in ("query", "querystring"):
                self.query.append(query_writer(key, parameter, names))
            elif parameter.location == "header":
                self.headers.append(header_writer(key, parameter, names))
            elif parameter.location == "cookie":
                self.cookies.append(cookie_writer(key, parameter, names))

    def _path(self, keys: dict[str, Parameter]) -> list[str | Writer]:
        """The template as literals and writers (OpenAPI 3.2.0, "Path Templating")."""
        path_parameters = {
            parameter.name: (key, parameter)
            for key, parameter in keys.items()
            if parameter.location == "path"
        }
        parts: list[str | Writer] = []
        position = 0
        required = {each.name for each in keys.values() if each.location == "query" and each.required}
        template = "/" + without_query_of(self.operation.path, required).removeprefix("/")
        for expression in _EXPRESSION.finditer(template):
            key, parameter = path_parameters.get(
                expression[1], (expression[1], Parameter(name=expression[1], location="path", required=True))
            )
            before, after = template[expression.start() - 1], template[expression.end() :][:1]
            segment = before == "/" and after in ("", "/", "?")
            writer = path_writer(key, parameter, self.codecs, segment=segment)
            parts += [encode_reserved(template[position : expression.start()]), writer]
            position = expression.end()
        parts.append(encode_reserved(template[position:]))
        return [part for part in parts if part != ""]

    def prepare(self, config: Config) -> Prepared:
        """Base URL, headers and credentials for a configuration.

        Raises:
            InvalidRequest: no server is known.
        """
        operation = self.operation
        try:
            base = base_for(operation.servers, config.base_url, config.server_base, config.server_variables)
        except ValueError as error:
            raise InvalidRequest(str(error)) from None
        headers = dict(config.headers)
        if not any(name.lower() == "accept" for name in headers) and (accept := self.accept(config)):
            headers["Accept"] = accept
        requirements = self.api.security if operation.security is None else operation.security
        prepared = Prepared(base, headers, choose(requirements, self.api.schemes, config.credentials))
        config.prepared[self] = prepared
        return prepared

    def accept(self, config: Config) -> str | None:
        """The ``Accept`` header: the documented media type of the client's format, else all of them."""
        return config.accept if config.accept is not None else self.reader.accept(config.format)

    def build(self, arguments: Mapping[str, Any], body: Any, config: Config) -> Request:
        """The request of one call, without credentials.

        Raises:
            InvalidRequest: arguments from which none can be made.
        """
        prepared: Prepared = config.prepared.get(self) or self.prepare(config)
        try:
            url = prepared.base + self._target(arguments, config)
            request = Request(
                self.operation.method, url, prepared.headers.copy(),
                operation=self.operation.id, path=self.operation.path,
            )  # fmt: skip
            request.policy = config.policy
            if self.headers or self.cookies:
                self._fill_headers(request, arguments)
            length = prepared.length
            if self.frames and (framed := _framing(request.headers)) is not None:
                length = framed
            if self.sends_body:
                self._fill_body(request, body, config, length)
            elif body is not UNSET and body is not None:
                raise ValueError("the operation takes no body")
            elif self.zero_length:
                request.headers["Content-Length"] = "0"
        except (EncodeError, ValueError, TypeError) as error:
            raise InvalidRequest(f"{self.operation.id}: {error}") from error
        if self.key_header is not None:
            self._fill_key(request, config)
        return request

    def _target(self, arguments: Mapping[str, Any], config: Config) -> str:
        path = "".join([part if part.__class__ is str else part(arguments) for part in self.path])  # type: ignore[operator]
        if "." in path or "%2" in path:
            self._check_dots(path)
        if not self.query and not config.query:
            return path
        pairs = [pair for write in self.query for pair in write(arguments)]
        if config.query:
            pairs += _further(config.query)
        if not pairs:
            return path
        return f"{path}{'&' if '?' in path else '?'}{'&'.join(pairs)}"

    def _check_dots(self, path: str) -> None:
        """Servers and proxies remove dot segments (RFC 3986, 5.2.4): the request would go elsewhere."""
        literal = [part for part in self.path if isinstance(part, str)]
        if _DOTS.search(path.partition("?")[0]) and not any(_DOTS.search(part) for part in literal):
            raise ValueError("a path parameter makes a segment '.' or '..', which would lead elsewhere")

    def _fill_headers(self, request: Request, arguments: Mapping[str, Any]) -> None:
        for write in self.headers:
            for name, value in write(arguments):
                put(request.headers, name, value)
        pairs = [pair for write in self.cookies for pair in write(arguments)]
        if pairs:
            before = request.headers.get("Cookie")
            put(request.headers, "Cookie", "; ".join([before, *pairs] if before else pairs))

    def _fill_body(self, request: Request, body: Any, config: Config, length: int | None) -> None:
        operation = self.operation
        absent = body is UNSET or (body is None and not self._null_body())
        if absent:
            if operation.body_required:
                raise ValueError("the body is required")
            if self.zero_length:
                request.headers["Content-Length"] = "0"
            return
        content_type = next(
            (value for name, value in request.headers.items() if name.lower() == "content-type"), None
        )
        content = bodies.choose(
            operation.body, body, config.format, config.media_type or content_type, self.codecs
        )
        if content_type is not None:
            put(request.headers, "Content-Type", None)
        bodies.write(request, content, body, self.codecs)
        if isinstance(request.body, bytes):
            request.headers["Content-Length"] = str(len(request.body))
            return
        if request.length is None:
            request.length = length
        if request.length is not None:
            request.headers["Content-Length"] = str(request.length)

    def _null_body(self) -> bool:
        content = self.operation.body[0]
        return is_nullable(content.type or "")

    def _fill_key(self, request: Request, config: Config) -> None:
        """An idempotency key where the document has one: the caller's, or a fresh one for unsafe methods."""
        name = self.key_header or ""
        if any(key.lower() == name.lower() for key in request.headers):
            return
        if config.idempotency_key is not None:
            request.headers[name] = config.idempotency_key
        elif not self.idempotent:
            request.headers[name] = str(uuid.uuid4())

    def may_retry(self, request: Request, config: Config) -> bool:
        """Whether the request may be sent twice."""
        if not request.repeatable:
            return False
        if config.idempotent is not None:
            return config.idempotent
        return self.idempotent or self.key_header is not None


def _keys(parameters: tuple[Parameter, ...]) -> dict[str, Parameter]:
    """Parameters by their key in a call's arguments."""
    counts: dict[str, int] = {}
    for parameter in parameters:
        counts[parameter.name] = counts.get(parameter.name, 0) + 1
    return {
        parameter.name if counts[parameter.name] == 1 else f"{parameter.name}@{parameter.location}": parameter
        for parameter in parameters
    }


def _key_header(operation: Operation) -> str | None:
    for parameter in operation.parameters:
        if parameter.location == "header" and parameter.name.lower() in (
            "idempotency-key",
            "x-idempotency-key",
        ):
            return parameter.name
    return None


def _framing(headers: dict[str, str]) -> int | None:
    """Take out the headers that frame a body: they follow from the body, but for a stream's own length.

    Raises:
        InvalidRequest: a length that is none.
    """
    length: int | None = None
    for name in [name for name in headers if name.lower() in _FRAMING]:
        value = headers.pop(name)
        if name.lower() == "content-length":
            if not (value.isascii() and value.isdigit()):
                raise InvalidRequest(f"header Content-Length: {value!r} is no length")
            length = int(value)
    return length


def _further(query: Mapping[str, Any]) -> list[str]:
    """The caller's own query parameters."""
    pairs: list[str] = []
    for name, value in query.items():
        for item in value if isinstance(value, (list, tuple)) else (value,):
            if item is not None:
                text = plain(item)
                pairs.append(f"{encode(str(name))}={encode(scalar(text))}")
    return pairs
