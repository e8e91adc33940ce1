"""`App`: a mock of any API as a function from request to response; no sockets, no threads, no clock."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attrs import define, field

from bindwright.ir.model import Api, Operation, Parameter
from bindwright.serve.answers import selection as answers
from bindwright.serve.answers.replies import Replies
from bindwright.serve.answers.selection import Answers
from bindwright.serve.exchange import Exchange, Outcome
from bindwright.serve.gateways import AsgiApp, WsgiApp
from bindwright.serve.handlers import Answer, Call, Handler
from bindwright.serve.message import Request, Response
from bindwright.serve.package.codecs import BodyPlace, CodecError, ModelCodecs
from bindwright.serve.refusal import Refusal
from bindwright.serve.routing import prefer, routes, security
from bindwright.serve.routing import suggestions as nearby
from bindwright.serve.validation.bodies import BodyReader, Received
from bindwright.serve.validation.parameters import ParameterReader, meant
from bindwright.serve.webhooks import SignatureForm, send, webhook_request


@define(eq=False)
class App:
    """A mock server's core.

    `api` is the document's IR, `codecs` its models, `seed` chooses among possible sample values.
    Operations answer from examples and samples; `handle` puts a function in an operation's place.
    """

    api: Api
    codecs: ModelCodecs
    seed: int = 0
    router: routes.Router = field(init=False)
    _replies: Replies = field(init=False)
    _handlers: dict[str, Handler] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        self.router = routes.router(self.api)
        self._replies = Replies(self.api, Answers(self.api, self.codecs, self.seed), self.seed)

    @property
    def asgi(self) -> AsgiApp:
        """This mock as an ASGI application, for any ASGI server or as a part of another application."""
        return AsgiApp(self)

    @property
    def wsgi(self) -> WsgiApp:
        """This mock as a WSGI application (PEP 3333)."""
        return WsgiApp(self)

    def handle(self, operation: str, function: Handler | None = None) -> Callable[[Handler], Handler]:
        """Answer an operation (``"GET /pets/{petId}"`` or its operationId) with a function; also a decorator.

        Raises LookupError where the document has no such operation.
        """
        documented = next((o for o in self.api.operations if operation in (o.id, o.operation_id)), None)
        if documented is None:
            documented_ids = ", ".join(sorted(o.id for o in self.api.operations)[:10])
            raise LookupError(f"the document has no operation {operation!r}; it has {documented_ids}")

        def register(handler: Handler) -> Handler:
            self._handlers[documented.id] = handler
            return handler

        if function is not None:
            register(function)
        return register

    def webhook(
        self, name: str, value: Any = None, *, secret: str | None = None, form: SignatureForm = "standard"
    ) -> Request:
        """The request of a documented webhook or callback, by its name: a sample event, or `value` as JSON.

        It is signed where a `secret` is given. Raises LookupError where the document has no such webhook, ValueError
        where it is not sent in JSON or the secret is none of its form.
        """
        return webhook_request(self.api, self._replies.answers, name, value, secret, form, "/")

    def send_webhook(
        self,
        name: str,
        url: str,
        value: Any = None,
        *,
        secret: str | None = None,
        form: SignatureForm = "standard",
        timeout: float = 10.0,
    ) -> int:
        """Send a webhook to an address, and give the status of the answer; `timeout` in seconds. Raises OSError."""
        return send(self.webhook(name, value, secret=secret, form=form), url, timeout)

    def respond(self, request: Request) -> Response:
        """Answer a request. Nothing that a request holds raises; a bug in a handler does."""
        return self.examine(request).response

    def examine(self, request: Request) -> Outcome:
        """Answer a request, and say which operation it meant and what the document has against it."""
        outcome: Outcome | None = None
        try:
            for exchange in self._exchanges(request):
                attempt = self._attempt(exchange)
                outcome = outcome or attempt
                if attempt.refusal is None:
                    outcome = attempt
                    break
        except Refusal as refusal:
            outcome = Outcome(request, self._replies.refused(None, request, refusal), None, refusal)
        assert outcome is not None, "there is a match, or a refusal"
        return outcome if _has_body(request, outcome.response) else outcome.without_body()

    def _attempt(self, exchange: Exchange) -> Outcome:
        request, operation = exchange.request, exchange.operation
        try:
            return Outcome(request, self._answer(exchange), operation.id, None)
        except Refusal as refusal:
            return Outcome(request, self._replies.refused(operation, request, refusal), operation.id, refusal)

    def _exchanges(self, request: Request) -> list[Exchange]:
        """The operations that a request may mean, those before others whose parameters fit.

        Raises `Refusal` 404 or 405 where there is none.
        """
        matches = self.router.match(request.method, request.path, request.query)
        if not matches:
            self._not_found(request)
        reader, preferences = ParameterReader(self.api), prefer.read(request.header("prefer"))
        read = meant([(m.operation, reader.read(m.operation, request, m.values)) for m in matches])
        read.sort(key=lambda pair: bool(pair[1].violations))
        return [Exchange(request, operation, arguments, preferences) for operation, arguments in read]

    def _not_found(self, request: Request) -> None:
        allowed = self.router.allowed(request.path, request.query)
        queries = self.router.queries(request.method, request.path)
        if queries:
            raise Refusal(404, f"the document has this path only with {' or '.join(queries)}")
        if allowed:
            allow = ", ".join(allowed)
            raise Refusal(
                405, f"{request.method} is not documented here; {allow} is", headers=(("Allow", allow),)
            )
        operations = [(operation.method.upper(), operation.path) for operation in self.api.operations]
        near = nearby.nearest(request.path, (path for _, path in operations))
        hint = f"did you mean {near}?" if near else f"the document has {nearby.listed(operations) or 'none'}"
        raise Refusal(404, f"no documented path matches {request.path}; {hint}")

    def _answer(self, exchange: Exchange) -> Response:
        preferred = exchange.preferences.code
        if preferred is not None:
            return self._preferred(exchange, preferred)
        self._secure(exchange)
        operation = exchange.operation
        if exchange.arguments.violations:
            raise Refusal(
                _invalid(operation, 400),
                "the parameters are not as documented",
                exchange.arguments.violations,
            )
        status, documented = answers.success(operation)
        self._replies.acceptable(exchange, documented)
        received = BodyReader(self.api, self.codecs).read(operation, exchange.request)
        if received is not None and received.violations:
            raise Refusal(_invalid(operation, 422), "the body is not as documented", received.violations)
        handler = self._handlers.get(operation.id)
        if handler is not None:
            return self._handled(exchange, received, handler)
        return self._replies.documented(exchange, status, documented, received.value if received else None)

    def _secure(self, exchange: Exchange) -> None:
        lacking = security.missing(self.api, exchange.operation, exchange.request)
        if lacking:
            names = ", ".join(scheme.name for scheme in lacking)
            challenge = ("WWW-Authenticate", security.challenge(lacking))
            raise Refusal(401, f"credentials are missing: {names}", headers=(challenge,))

    def _preferred(self, exchange: Exchange, status: int) -> Response:
        """``Prefer: code=…``: a documented response, or a problem of that status."""
        documented = answers.documented(exchange.operation, status)
        if documented is None:
            refusal = Refusal(status if status >= 400 else 404, f"no response {status} is documented here")
            return self._replies.refused(None, exchange.request, refusal)
        return self._replies.documented(exchange, status, documented)

    def _handled(self, exchange: Exchange, received: Received | None, handler: Handler) -> Response:
        """A simulation's answer."""
        call = self._call(exchange, received)
        try:
            result = handler(call)
        except Refusal as refusal:
            return self._replies.refused(exchange.operation, exchange.request, refusal)
        answer = result if isinstance(result, Answer) else Answer(value=result)
        status = answer.status or answers.success(exchange.operation)[0]
        documented = answers.documented(exchange.operation, status)
        return self._replies.handled(exchange, status, documented, answer.value, answer.headers)

    def _call(self, exchange: Exchange, received: Received | None) -> Call:
        """What a handler sees. Raises `Refusal` where the models are stricter than the schemas' checks."""
        try:
            typed = {place: self._typed(exchange, place) for place in ("path", "query", "header", "cookie")}
            body = self.codecs.load(received.body_place, received.value) if received is not None else None
        except CodecError as error:
            raise Refusal(_invalid(exchange.operation, 422), f"the models refuse a value: {error}") from error

        def sample() -> Any:
            return self._sample(exchange)

        return Call(
            operation=exchange.operation.id, request=exchange.request, body=body, sample=sample, **typed
        )

    def _sample(self, exchange: Exchange) -> Any:
        """The value that the mock itself would answer with, typed."""
        _, documented = answers.success(exchange.operation)
        content = self._replies.acceptable(exchange, documented)
        if documented is None or content is None:
            return None
        body_place = BodyPlace(exchange.operation, documented.status, content)
        value = self._replies.answers.value(body_place, documented.contents, exchange.preferences)
        return self.codecs.load(body_place, value)

    def _typed(self, exchange: Exchange, place: str) -> dict[str, Any]:
        parameters: dict[str, Parameter] = {
            p.name: p for p in exchange.operation.parameters if p.location == place
        }
        values = exchange.arguments.of(place)
        return {
            name: self.codecs.argument(exchange.operation, parameters[name], value)
            for name, value in values.items()
        }


def _has_body(request: Request, response: Response) -> bool:
    """Whether a response can have a body (RFC 9110, 9.3.2, 15.3.5, 15.3.6 and 15.4.5)."""
    return request.method.upper() != "HEAD" and response.status not in (204, 205, 304)


def _invalid(operation: Operation, status: int) -> int:
    """400 or 422: the one that is documented, `status` where both or neither are."""
    documented = {response.status for response in operation.responses}
    other = 422 if status == 400 else 400
    return other if str(other) in documented and str(status) not in documented else status
