"""OpenTelemetry spans."""

from __future__ import annotations

import pytest

pytest.importorskip("opentelemetry.sdk")

from bindwright.runtime.http import ConnectFailed, ConnectionLost, NotFound
from bindwright.runtime.http.policy.telemetry import OpenTelemetry
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode

from tests.http import shop
from tests.http.both import Caller
from tests.http.loopback import Heard, Wire, always, closed_port, serve


def test_spans(caller: Caller) -> None:
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    hooks = OpenTelemetry(provider)
    answers = iter([503, 404])
    with serve(always(lambda wire, heard: wire.answer(next(answers), Retry_After="0"))) as server:
        key = shop.scheme("key", "apiKey", parameter="key", location="query")
        resource = caller.client(server.url, key, credentials={"key": "s3cret"}, hooks=hooks)
        with pytest.raises(NotFound):
            caller.call(resource, shop.GET, {"petId": 1})
        sent = [request.header("traceparent") for request in server.heard]
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
        f"{span.context.span_id:016x}" in (header or "")
        for span, header in zip((busy, missing), sent, strict=True)
    ]


def spans_of() -> tuple[InMemorySpanExporter, OpenTelemetry]:
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    return exporter, OpenTelemetry(provider)


def test_a_span_ends_with_the_body(caller: Caller) -> None:
    exporter, hooks = spans_of()
    with serve(always(lambda wire, heard: wire.answer(200, b"[1,2,3]"))) as server:
        resource = caller.client(server.url, hooks=hooks)
        stream = type(resource)(resource._client, "stream")
        response = caller.call(stream, shop.operation())
        assert exporter.get_finished_spans() == ()
        assert caller.run(response.read()) == b"[1,2,3]"
        (span,) = exporter.get_finished_spans()
        assert span.status.status_code is StatusCode.UNSET
        caller.run(response.aclose() if caller.kind == "async" else response.close())
        response = caller.call(stream, shop.operation())
        caller.run(response.aclose() if caller.kind == "async" else response.close())
        assert len(exporter.get_finished_spans()) == 2


@pytest.mark.parametrize("mode", ["value", "stream"])
def test_a_body_that_is_cut_is_an_error(caller: Caller, mode: str) -> None:
    exporter, hooks = spans_of()

    def cut(wire: Wire) -> None:
        wire.request()
        wire.send(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[1")

    with serve(cut) as server:
        resource = caller.client(server.url, hooks=hooks, retries=0)
        resource = type(resource)(resource._client, mode)

        def read() -> None:
            answer = caller.call(resource, shop.operation())
            caller.run(answer.read())

        with pytest.raises(ConnectionLost):
            read()
    (span,) = exporter.get_finished_spans()
    assert span.status.status_code is StatusCode.ERROR
    assert dict(span.attributes or {})["error.type"] == "ConnectionLost"


def test_a_cancelled_call_ends_its_span() -> None:
    import asyncio

    exporter, hooks = spans_of()

    async def run(url: str) -> None:
        resource = shop.async_client(url, hooks=hooks)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(shop.acall(resource, shop.GET, {"petId": 1}), 0.2)
        await resource._client.aclose()

    with serve(lambda wire: wire.stop.wait(5) and None) as server:
        asyncio.run(run(server.url))
    (span,) = exporter.get_finished_spans()
    assert dict(span.attributes or {})["error.type"] == "CancelledError"


def test_redirects_and_renewals_count_as_resends(caller: Caller) -> None:
    exporter, hooks = spans_of()

    def answer(wire: Wire, heard: Heard) -> None:
        if heard.target == "/pets/1":
            wire.answer(302, b"", None, Location="/pets/2")
        else:
            wire.answer(200, b'{"Name":"Rex"}')

    with serve(always(answer)) as server:
        caller.call(caller.client(server.url, hooks=hooks), shop.GET, {"petId": 1})
    first, second = (dict(span.attributes or {}) for span in exporter.get_finished_spans())
    assert "http.request.resend_count" not in first
    assert second["http.request.resend_count"] == 1
