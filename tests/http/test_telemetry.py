"""OpenTelemetry spans."""

from __future__ import annotations

import pytest

pytest.importorskip("opentelemetry.sdk")

from bindwright.runtime.http import ConnectFailed, NotFound
from bindwright.runtime.http.policy.telemetry import OpenTelemetry
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode

from tests.http import shop
from tests.http.both import Caller
from tests.http.loopback import always, closed_port, serve


def test_spans(caller: Caller) -> None:
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    hooks = OpenTelemetry(provider)
    answers = iter([503, 404])
    with serve(always(lambda wire, heard: wire.answer(next(answers), Retry_After="0"))) as server:
        key = shop.scheme("key", "apiKey", parameter="key", location="query")
        made = caller.client(server.url, key, credentials={"key": "s3cret"}, hooks=hooks)
        with pytest.raises(NotFound):
            caller.call(made, shop.GET, {"petId": 1})
        sent = [one.header("traceparent") for one in server.heard]
    with pytest.raises(ConnectFailed):
        caller.call(
            caller.client(f"http://127.0.0.1:{closed_port()}", hooks=hooks, retries=0), shop.GET, {"petId": 1}
        )
    busy, missing, refused = exporter.get_finished_spans()
    assert (missing.name, missing.kind) == ("GET /pets/{petId}", SpanKind.CLIENT)
    assert dict(missing.attributes or {}) == {
        "http.request.method": "GET",
        "server.address": "127.0.0.1",
        "server.port": server.port,
        "url.full": f"{server.url}/pets/1?key=***",
        "url.template": "/pets/{petId}",
        "bindwright.operation": "pets.get",
        "http.request.resend_count": 1,
        "http.response.status_code": 404,
        "error.type": "404",
    }
    assert (busy.attributes or {})["http.response.status_code"] == 503
    assert (refused.attributes or {})["error.type"] == "ConnectFailed"
    assert refused.status.status_code is StatusCode.ERROR
    assert [
        f"{one.context.span_id:016x}" in (header or "")
        for one, header in zip((busy, missing), sent, strict=True)
    ]
