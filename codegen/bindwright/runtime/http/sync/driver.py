# Derived from ../aio/driver.py by tools/unasync.py; change that one.
"""The loop around a call: attempts, retries, redirects, tokens, hooks; the sans-I/O layer decides."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from bindwright.runtime.http.body_codecs import BodyCodecs
from bindwright.runtime.http.config.config import Config
from bindwright.runtime.http.config.oauth2 import TokenSource
from bindwright.runtime.http.config.security import apply
from bindwright.runtime.http.config.servers import origin_of
from bindwright.runtime.http.config.setup import Setup
from bindwright.runtime.http.model.errors import HttpError, InvalidRequest, RedirectError
from bindwright.runtime.http.model.forking import first_use
from bindwright.runtime.http.model.message import Deadline, Headers, RawResponse, Request
from bindwright.runtime.http.model.operation import ApiSpec, Operation
from bindwright.runtime.http.policy.logs import log_error, log_request, log_response, log_retry
from bindwright.runtime.http.policy.redirects import follow
from bindwright.runtime.http.policy.retries import Attempts, Budget
from bindwright.runtime.http.request_plan import RequestPlan
from bindwright.runtime.http.response.content_coding import accepted
from bindwright.runtime.http.sync.body import read_body
from bindwright.runtime.http.sync.callables import finish
from bindwright.runtime.http.sync.observed import ObservedReply, finish_attempt
from bindwright.runtime.http.sync.tokens import called, fetch_tokens


class SyncDriver:
    """Makes the calls of one client and of its views."""

    def __init__(self, api: ApiSpec, setup: Setup) -> None:
        self.api, self.setup = api, setup
        self.codecs = BodyCodecs(api.package, **setup.converters)
        self.budget = Budget()
        self._plans: dict[int, RequestPlan] = {}
        self.transport = setup.transport
        if self.transport is None:
            # Imported where it is used: many a program brings its own.
            from bindwright.runtime.http.transports.urllib3 import Urllib3Transport

            self.transport = Urllib3Transport(**setup.transport_options, certificate=setup.certificate)

    def plan(self, operation: Operation) -> RequestPlan:
        """The operation's plan, by identity: comparing operations would cost more than the call."""
        plan = self._plans.get(id(operation))
        if plan is None:
            plan = self._plans[id(operation)] = RequestPlan(operation, self.api, self.codecs)
        return plan

    def call(
        self,
        operation: Operation,
        arguments: Mapping[str, Any],
        body: Any,
        config: Config,
        mode: str = "value",
    ) -> Any:
        """One call: its value, its raw response, or its stream.

        Raises:
            HttpError: it gave none.
        """
        plan = self._plans.get(id(operation))
        if plan is None:
            with first_use:  # writers of parameters and bodies are compiled on their first use
                plan = self.plan(operation)
                request = plan.build(arguments, body, config)
        else:
            request = plan.build(arguments, body, config)
        if mode == "stream":
            return self.stream(plan, request, config)
        sent, status, headers, data = self.exchange(plan, request, config)
        if mode == "raw":
            if not plan.reader.takes(status):
                raise plan.reader.error(sent, status, headers, data)
            return RawResponse(
                sent, status, headers, data,
                lambda: plan.reader.value(sent, status, headers, data),
                lambda: plan.reader.headers(status, headers),
            )  # fmt: skip
        return plan.reader.value(sent, status, headers, data)

    def exchange(
        self, plan: RequestPlan, request: Request, config: Config
    ) -> tuple[Request, int, Headers, bytes]:
        """A call with the body read, decompressed."""
        sent, reply, data = self._attempts(plan, request, config, Deadline(config.timeout), buffered=True)
        return sent, reply.status, reply.headers, data

    def stream(self, plan: RequestPlan, request: Request, config: Config) -> Any:
        """A call whose body is read as it comes; an answer that says no is read and raised."""
        from bindwright.runtime.http.sync.streaming import StreamingResponse

        deadline = Deadline(config.timeout)
        sent, reply, _ = self._attempts(plan, request, config, deadline, buffered=False)
        if not plan.reader.takes(reply.status):
            data = read_body(reply, sent, config.max_response_size)
            raise plan.reader.error(sent, reply.status, reply.headers, data)
        limits = config.max_response_size, config.max_stream_size
        return StreamingResponse(plan.reader, sent, reply, limits)

    def _attempts(
        self, plan: RequestPlan, request: Request, config: Config, deadline: Deadline, *, buffered: bool
    ) -> tuple[Request, Any, bytes]:
        if self.setup.closed:
            raise InvalidRequest("the client is closed", request=request)
        attempts: Attempts | None = None
        if config.retries.budget is not None:
            self.budget.deposit(config.retries.budget)
        tokens = self._authorize(plan, request, config, deadline)
        visited = [request.url]
        while True:
            delay: float | None = None
            try:
                reply, data = self._attempt(request, config, deadline, buffered=buffered)
            except HttpError as error:
                attempts = attempts or self._attempts_of(plan, request, config)
                delay = attempts.after_error(error, deadline.remaining())
                if delay is None:
                    raise
            else:
                if reply.status < 300:
                    return request, reply, data
                follows = self._redirect(plan, request, reply, config, visited)
                if follows is not None:
                    if origin_of(follows.url) != origin_of(request.url):
                        tokens = {}  # they stay behind, and cannot be renewed there
                    request = follows
                    continue
                if reply.status == 401 and tokens and request.repeatable:
                    tokens = self._renew(plan, request, config, deadline, reply, tokens)
                    continue
                attempts = attempts or self._attempts_of(plan, request, config)
                delay = attempts.after_status(reply.status, reply.headers, deadline.remaining())
                if delay is None:
                    return request, reply, data
                reply.close()
            log_retry(request, attempts.retry_count, delay)
            time.sleep(delay)
            request.attempt += 1
            request.resends += 1
            _again(request)

    def _attempts_of(self, plan: RequestPlan, request: Request, config: Config) -> Attempts:
        """Made when the first attempt has failed: most calls need none."""
        return Attempts(config.retries, self.budget, allowed=plan.may_retry(request, config))

    def _attempt(
        self, request: Request, config: Config, deadline: Deadline, *, buffered: bool, signed: bool = True
    ) -> tuple[Any, bytes]:
        """Send once; hooks and the signer see each attempt, and may change their own copy of the request."""
        sent = request
        if config.hooks or config.sign is not None:
            sent = self._prepared(request, config, signed=signed)
        log_request(sent)
        try:
            reply, data = self._send(sent, config, deadline, buffered=buffered)
        except BaseException as error:
            finish_attempt(config, sent, error)
            raise
        if not config.hooks:
            return reply, data
        if buffered:
            finish_attempt(config, sent, None)
            return reply, data
        return ObservedReply(reply, config, sent), data

    def _send(
        self, sent: Request, config: Config, deadline: Deadline, *, buffered: bool
    ) -> tuple[Any, bytes]:
        try:
            reply = self.transport.send(sent, deadline)
            try:
                reply.headers.answer_to(sent)
                log_response(sent, reply.status, reply.headers)
                for hook in config.hooks:
                    finish(hook.response(sent, reply.status, reply.headers))
                data = read_body(reply, sent, config.max_response_size) if buffered else b""
            except BaseException:  # a hook that raises, a task that is cancelled
                reply.close()
                raise
            return reply, data
        except HttpError as error:
            if not error.method:
                error.about(sent)
            log_error(sent, error)
            for hook in config.hooks:
                finish(hook.error(sent, error))
            raise

    def _prepared(self, request: Request, config: Config, *, signed: bool) -> Request:
        sent = request.copy()
        try:
            for hook in config.hooks:
                finish(hook.request(sent))
            if signed and config.sign is not None:
                sent = finish(config.sign(sent)) or sent
        except BaseException as error:
            finish_attempt(config, sent, error)
            raise
        return sent

    def _authorize(
        self, plan: RequestPlan, request: Request, config: Config, deadline: Deadline
    ) -> dict[str, str]:
        """Put credentials in; gives the tokens that can be renewed, by scheme."""
        if "Accept-Encoding" not in request.headers:
            request.headers["Accept-Encoding"] = accepted()
        chosen = config.prepared[plan].chosen
        if not chosen:
            return {}
        tokens: dict[str, str] = {}
        if any(isinstance(credential, TokenSource) for _, credential, _ in chosen):
            base = config.prepared[plan].base
            tokens = fetch_tokens(self._token_exchange, chosen, base, config, deadline)
        apply(request, chosen, {**called(chosen), **tokens})
        return tokens

    def _token_exchange(self, request: Request, config: Config, deadline: Deadline) -> tuple[int, bytes]:
        """A request for tokens, with the client's hooks and retries; it says the same however often it is sent."""
        attempts = Attempts(config.retries, self.budget, allowed=True)
        while True:
            delay: float | None
            try:
                reply, data = self._attempt(request, config, deadline, buffered=True, signed=False)
            except HttpError as error:
                delay = attempts.after_error(error, deadline.remaining())
                if delay is None:
                    raise
            else:
                delay = attempts.after_status(reply.status, reply.headers, deadline.remaining())
                if delay is None:
                    return reply.status, data
            log_retry(request, attempts.retry_count, delay)
            time.sleep(delay)
            request.attempt += 1
            request.resends += 1

    def _renew(
        self,
        plan: RequestPlan,
        request: Request,
        config: Config,
        deadline: Deadline,
        reply: Any,
        tokens: dict[str, str],
    ) -> dict[str, str]:
        """The server refuses a token before its time: once more with a fresh one, and only once."""
        reply.close()
        for scheme, credential, _ in config.prepared[plan].chosen:
            if scheme.name in tokens and isinstance(credential, TokenSource):
                credential.forget(tokens[scheme.name])
        self._authorize(plan, request, config, deadline)
        request.resends += 1
        _again(request)
        return {}

    def _redirect(
        self, plan: RequestPlan, request: Request, reply: Any, config: Config, visited: list[str]
    ) -> Request | None:
        """The request that a redirect asks for, if it is to be followed."""
        if not 300 <= reply.status < 400 or plan.reader.takes_redirect(reply.status):
            return None
        try:
            following = follow(request, reply.status, reply.headers, visited, config.max_redirects)
            if following is None:
                return None
            if self.setup.certificate is not None and origin_of(following.url) != origin_of(request.url):
                raise RedirectError("a client certificate does not go to another origin", request=request)
            if following.body is not None and not following.repeatable:
                raise RedirectError("the body cannot be sent a second time", request=request)
        except HttpError:
            reply.close()
            raise
        reply.close()
        following.resends += 1
        _again(following)
        return following

    def close(self) -> None:
        """Close the transport, unless it is the caller's own."""
        if self.setup.transport is None:
            self.transport.close()


def _again(request: Request) -> None:
    if request.restart is not None:
        request.body = request.restart()
