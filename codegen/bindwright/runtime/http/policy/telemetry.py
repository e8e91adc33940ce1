"""OpenTelemetry spans for requests, by the semantic conventions for HTTP client spans (1.23 and later).

One span for each attempt: ``Client(..., hooks=OpenTelemetry())``. Needs the extra ``otel``.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

try:
    from opentelemetry import propagate, trace
    from opentelemetry.trace import SpanKind, Status, StatusCode
except ModuleNotFoundError as missing:
    raise ModuleNotFoundError(
        "spans need OpenTelemetry: install the extra, as in pip install 'bindwright[otel]'", name=missing.name
    ) from None

from bindwright.runtime.http.model.errors import HttpError
from bindwright.runtime.http.model.hooks import Hooks
from bindwright.runtime.http.model.message import Headers, Request
from bindwright.standards.http_methods import REGISTERED


class OpenTelemetry(Hooks):
    """Starts a span with each attempt, ends it with its body or error, and hands the trace on."""

    def __init__(self, tracer_provider: Any = None) -> None:
        super().__init__()
        from bindwright import __version__

        self._tracer = trace.get_tracer("bindwright.http", __version__, tracer_provider)

    def request(self, request: Request) -> None:
        """Start a span."""
        method = request.method if request.method in REGISTERED else "_OTHER"
        parts = urlsplit(request.url)
        facts: dict[str, Any] = {
            "http.request.method": method,
            "server.address": parts.hostname or "",
            "server.port": parts.port or (443 if parts.scheme == "https" else 80),
            "url.full": request.safe_url(),
        }
        if request.path:
            facts["url.template"] = request.path
        if request.operation:
            facts["bindwright.operation"] = request.operation
        if request.resends:
            facts["http.request.resend_count"] = request.resends
        name = f"{method} {request.path}" if request.path else method
        span = self._tracer.start_span(name, kind=SpanKind.CLIENT, attributes=facts)
        propagate.inject(request.headers, trace.set_span_in_context(span))
        request.span = span

    def response(self, request: Request, status: int, headers: Headers) -> None:
        """Note the status; 4xx and 5xx are errors of a client's span. The span goes on with the body."""
        span = request.span
        if span is None:
            return
        span.set_attribute("http.response.status_code", status)
        if status >= 400:
            span.set_attribute("error.type", str(status))
            span.set_status(Status(StatusCode.ERROR))

    def finished(self, request: Request, error: BaseException | None) -> None:
        """End the span; a body that was cut and a call that was cancelled are errors."""
        span = request.span
        if span is None:
            return
        if error is not None:
            span.set_attribute("error.type", type(error).__qualname__)
            reason = error.reason if isinstance(error, HttpError) else ""
            span.set_status(Status(StatusCode.ERROR, reason))
        span.end()
        request.span = None
