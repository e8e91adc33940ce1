"""Generate the client of a document, import it, and call every operation against the mock, in memory.

The mock checks each request against the document; the driver checks that what the client returned is what
the mock sent. Arguments are samples of the documented types.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from attrs import define, evolve, field, frozen
from bindwright import ir
from bindwright import openapi as spec
from bindwright.ir.model import Api, Body, Content, Enum, Object, Operation, Parameter, Scalar
from bindwright.openapi import LoadOptions
from bindwright.runtime.http.sync.paging import Page
from bindwright.serve import Request, Response, Server
from bindwright.serve.answers.sample import Sampler
from bindwright.serve.answers.selection import success
from bindwright.serve.app import App
from bindwright.serve.exchange import Outcome
from bindwright.serve.package import import_from_memory as package
from bindwright.serve.package.codecs import BodyPlace
from bindwright.serve.package.package_codecs import PackageCodecs
from bindwright.serve.validation.sequences import item_use
from bindwright.serve.values import type_of
from bindwright.standards.media_types import SEQUENTIAL, is_unread, is_yaml, kind_of
from bindwright.targets import python
from bindwright.targets.python.naming.plan import NamePlan, plan_names
from bindwright.testing import MockTransport

FORMATS = ("json", "xml")


@frozen
class Failure:
    """One call that did not go as documented."""

    operation: str
    format: str
    stage: str
    """``arguments``, ``call``, ``request``, ``response``."""
    why: str

    def __str__(self) -> str:
        return f"{self.operation} [{self.format}] {self.stage}: {self.why}"


@define
class Result:
    """What came of a document."""

    operations: int = 0
    calls: int = 0
    failures: list[Failure] = field(factory=list)


@define
class Driver:
    """One document's client and its mock."""

    api: Api
    plan: NamePlan
    codecs: PackageCodecs
    client: Any
    calls: list[Outcome]
    """What the mock was asked, in order."""
    accept: Accept
    result: Result = field(factory=Result)

    def run(self) -> Result:
        """Call every operation in each format that its success or its body is documented in."""
        for operation in self.api.operations:
            self.result.operations += 1
            for name, media_type in [*((name, None) for name in _formats(operation)), *_others(operation)]:
                self.result.calls += 1
                self.accept.media_type = media_type
                failure = self.call(operation, name)
                if failure is not None:
                    self.result.failures.append(Failure(operation.id, media_type or name, *failure))
        return self.result

    def call(self, operation: Operation, format_: str) -> tuple[str, str] | None:
        """One call; what went wrong, if anything did."""
        try:
            arguments = self.arguments(operation, format_)
        except Exception as error:
            return "arguments", _message(error)
        before = len(self.calls)
        try:
            value = self.method(operation)(**arguments, format=format_)
        except Exception as error:
            return self.blamed(operation, before, error)
        outcome = self.calls[-1]
        if outcome.refusal is not None:
            return "request", _message(outcome.refusal)
        return self.compare(operation, outcome.response.body, value)

    def blamed(self, operation: Operation, before: int, error: Exception) -> tuple[str, str] | None:
        """Whether the mock refused the request, or the client failed by itself; None where it had to fail."""
        calls = self.calls[before:]
        if calls and calls[-1].refusal is None:
            # Some documents have two operations that no request tells apart, and some list no success.
            status = calls[-1].response.status
            if calls[-1].operation != operation.id or getattr(error, "status", 0) == status >= 400:
                return None
        if calls and calls[-1].refusal is not None:
            refusal = calls[-1].refusal
            violations = "; ".join(f"{v.where} {v.what}" for v in refusal.violations)
            return "request", f"{refusal} {violations} {calls[-1].request.target}"[:600]
        return ("response" if calls else "call"), _message(error)

    def method(self, operation: Operation) -> Any:
        for group in self.plan.groups:
            if any(candidate.id == operation.id for candidate in group.operations):
                return getattr(getattr(self.client, group.attribute), self.plan.calls[operation.id].method)
        raise LookupError(f"no group has {operation.id}")

    def arguments(self, operation: Operation, format_: str) -> dict[str, Any]:
        names = self.plan.calls[operation.id].arguments
        sampler = Sampler(self.api, side="request")
        arguments: dict[str, Any] = {}
        for parameter in operation.parameters:
            name = names.get(f"{parameter.location}:{parameter.name}")
            if name is not None:
                value = _sent(sampler.sample(parameter.use, f"{operation.id} {parameter.name}"), parameter)
                arguments[name] = self.codecs.argument(operation, parameter, value)
        if operation.body is not None and operation.body.contents:
            content = _content(operation.body, format_)
            if content.use is not None and self._is_unread(content):
                arguments["body"] = b"body"
            elif content.use is not None:
                value = sampler.sample(content.use, f"{operation.id} body")
                body = self.codecs.load(BodyPlace(operation, None, content), value)
                arguments["body"] = (
                    body.encode() if isinstance(body, str) and content.media_type == "*/*" else body
                )
            elif content.item_use is not None:
                items = [
                    sampler.sample(content.item_use, f"{operation.id} body {index}") for index in range(2)
                ]
                arguments["body"] = self.codecs.load(BodyPlace(operation, None, content), items)
            else:
                arguments["body"] = b"body"
            if len(operation.body.contents) > 1:
                arguments["media_type"] = content.media_type
            elif content.media_type.endswith("/*") and content.media_type[:1] not in "*at":
                arguments["media_type"] = content.media_type.replace("*", "x-own")
        return arguments

    def _is_unread(self, content: Content) -> bool:
        """Whether a request's body is given as text or octets, though more is documented."""
        structured = content.use is not None and not isinstance(type_of(self.api, content.use), Scalar | Enum)
        return structured and is_unread(content.media_type) and not is_yaml(content.media_type)

    def compare_items(self, content: Content, body: bytes, value: Any) -> tuple[str, str] | None:
        """As many items as the mock wrote, and no plain ones where the document has a type for them."""
        items = list(value)
        count = body.count(b"\n\n") if kind_of(content.media_type) == "sse" else len(body.splitlines())
        if len(items) != count:
            return "response", f"{len(items)} items of {count}"
        use = item_use(self.api, content)
        if (
            use is not None
            and isinstance(type_of(self.api, use), Object)
            and any(type(item) is dict for item in items)
        ):
            return "response", f"plain objects where there are models: {items[0]!r}"
        return None

    def compare(self, operation: Operation, body: bytes, value: Any) -> tuple[str, str] | None:
        """The value that the client read must be the one that the mock sent, as JSON."""
        _, documented = success(operation)
        response = self.calls[-1].response
        if (
            self.calls[-1].operation != operation.id
        ):  # some documents have two operations that no request tells apart
            return None
        value = value.value if isinstance(value, Page) else value
        name = response.header("content-type") or ""
        kind = kind_of(name)
        if documented is None or not documented.contents or not name or not body:
            return None if not body else ("response", "a body where none is documented")
        content = next((c for c in documented.contents if c.media_type == name), None)
        if content is None:
            return None
        if kind in SEQUENTIAL:
            return self.compare_items(content, body, value)
        if kind not in ("json", "xml"):
            raw = value.encode() if isinstance(value, str) else value
            return (
                None
                if raw == body or not isinstance(raw, bytes)
                else ("response", f"{raw[:80]!r} is not {body[:80]!r}")
            )
        if content.use is None:
            return None
        known = type_of(self.api, content.use)
        if isinstance(known, Scalar) and known.base == "binary":
            return None if value == body else ("response", "other bytes than were sent")
        body_place = BodyPlace(operation, documented.status, content)
        try:
            read = self.codecs.dump(body_place, value)
            sent = self.codecs.from_xml(body_place, body) if kind == "xml" else _json(body)
        except Exception as error:
            return "response", _message(error)
        return None if _same(read, sent) else ("response", f"read {str(read)[:200]}, sent {str(sent)[:200]}")


def _others(operation: Operation) -> list[tuple[str, str]]:
    """Further media types of the success: those that no format stands for, or that are the second of their kind."""
    _, documented = success(operation)
    formats = set(_formats(operation))
    others = []
    for content in documented.contents if documented is not None else ():
        kind = kind_of(content.media_type)
        if kind in formats:
            formats.discard(kind)
        elif "*" not in content.media_type:
            others.append(("json", content.media_type))
    return others


class Accept:
    """Asks the mock for one media type, whatever the client asks for: it must read all that is documented."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.media_type: str | None = None

    def examine(self, request: Request) -> Outcome:
        if self.media_type is not None:
            fields = [field for field in request.headers if field[0].lower() != "accept"]
            request = evolve(request, headers=(*fields, ("Accept", self.media_type)))
        return self.app.examine(request)


class Recorder:
    """What a server asks, with a record of each exchange."""

    def __init__(self, app: Accept) -> None:
        self.app, self.calls = app, list[Outcome]()

    def respond(self, request: Request) -> Response:
        self.calls.append(self.app.examine(request))
        return self.calls[-1].response


def drive(
    document: Path,
    sockets: bool = False,
    kind: type[Driver] = Driver,
    models: tuple[str, ...] = ("attrs",),
    **more: Any,
) -> Result:
    """Load, lower, emit, import, and call everything: in memory, or over a loopback socket.

    Args:
        models: the styles that the package has.
        kind: what makes the calls; `more` are its own attributes.
    """
    read = spec.load(document, options=LoadOptions(tolerant=True))
    if read.diagnostics.failed:
        raise AssertionError([item.message for item in read.diagnostics.items if item.level == "error"])
    api = ir.lower(read)
    name = package.unused_name()
    output = python.emit(api, python.PythonOptions(package=name, models=models), {})
    broken = [item.message for item in output.diagnostics if item.level == "error"]
    if broken:
        raise AssertionError(broken)
    module = package.install(name, output.files)
    try:
        codecs = PackageCodecs(api, lambda: name)
        app = Accept(App(api, codecs))
        plan = plan_names(api, name, {}, {})
        credentials = _credentials(api, plan)
        if sockets:
            recorder = Recorder(app)
            with Server(recorder) as server, module.Client(server.url, retries=0, **credentials) as client:
                return kind(api, plan, codecs, client, recorder.calls, app, **more).run()
        transport = MockTransport(app)  # type: ignore[arg-type]  # it asks for `examine` alone
        with module.Client("http://mock.example", transport=transport, **credentials) as client:
            return kind(api, plan, codecs, client, transport.calls, app, **more).run()
    finally:
        package.uninstall(name)


def _credentials(api: Api, plan: NamePlan) -> dict[str, Any]:
    credentials: dict[str, Any] = {}
    for key, name in plan.schemes.items():
        scheme = api.security_schemes[key]
        basic = scheme.kind == "http" and (scheme.scheme or "").lower() == "basic"
        if scheme.kind != "mutualTLS":
            credentials[name] = ("user", "secret") if basic else "secret"
    return credentials


def _formats(operation: Operation) -> list[str]:
    """The formats in which an operation can be called; JSON where nothing tells."""
    _, documented = success(operation)
    contents = list(documented.contents) if documented is not None else []
    if operation.body is not None:
        contents += operation.body.contents
    kinds = {kind_of(content.media_type) for content in contents}
    return [name for name in FORMATS if name in kinds] or ["json"]


def _content(body: Body, format_: str) -> Content:
    for content in body.contents:
        if kind_of(content.media_type) == format_:
            return content
    return body.contents[0]


def _sent(value: Any, parameter: Parameter) -> Any:
    """Values that cannot stand where they are asked for are replaced by ones that can."""
    if parameter.location == "path" and value in ("", ".", "..", []):
        return "x" if isinstance(value, str) else ["x"]
    return value


def _json(body: bytes) -> Any:
    import json

    return json.loads(body)


def _same(left: Any, right: Any) -> bool:
    """Equal as JSON: 1 and 1.0 are one number, spellings of one moment are one text."""
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(_same(left[key], right[key]) for key in left)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(_same, left, right))
    return bool(left == right)


def _message(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"[:500]
