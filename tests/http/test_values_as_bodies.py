"""Bodies that are values of their own: bytes within JSON, patches that remove, events with a type."""

from __future__ import annotations

import json
from typing import Any

import pytest
from attrs import define
from bindwright.runtime import DecodeError, Model
from bindwright.runtime.http import Content, Operation, Response
from bindwright.runtime.http.body_codecs import BodyCodecs
from bindwright.runtime.http.config.security import apply
from bindwright.runtime.http.model.message import Headers, Request
from bindwright.runtime.http.model.operation import SecurityScheme
from bindwright.runtime.http.request.members import meant
from bindwright.runtime.http.response.items import EventItems, items_reader
from bindwright.runtime.http.response.reading import ResponseReader
from bindwright.runtime.wire import at

from tests.http import shop
from tests.http.both import Caller
from tests.http.test_bodies import heard_of, upload


def test_bytes_that_are_a_json_value_go_as_base64(caller: Caller) -> None:
    content = Content(media_type="application/json", type="bytes", wire=at(format="base64"))
    operation = shop.operation("POST", body=(content,), body_required=True)
    assert heard_of(caller, operation, b"test").body == b'"dGVzdA=="'
    assert (
        heard_of(caller, upload("application/json", type_="Pet"), b'{"Name": "x"}').body == b'{"Name": "x"}'
    )


def test_a_patch_given_as_a_dict_removes_members(caller: Caller) -> None:
    operation = upload("application/merge-patch+json", type_="Pet")
    assert heard_of(caller, operation, {"Name": None}).body == b'{"Name":null}'
    pets = {"a": shop.Pet(name="x"), "b": None}
    assert heard_of(caller, operation, pets).body == b'{"a":{"Name":"x"},"b":null}'


EVENTS = b"event: one\ndata: 1\n\nid: 7\nretry: 20\ndata: 2\n\n"
WANTED = [{"event": "one", "data": "1"}, {"event": "message", "data": "2", "id": "7", "retry": 20}]


def test_typed_events_of_a_stream_that_ends() -> None:
    content = Content(media_type="text/event-stream", type="list[Any]", item_type="Any")
    operation = Operation(
        id="x", method="GET", path="/", responses=(Response(status="200", content=(content,)),)
    )
    reader = ResponseReader(operation, BodyCodecs("shop_in_memory"))
    headers = Headers([("Content-Type", "text/event-stream; charset=utf-8")])
    assert reader.value(Request("GET", "http://x/"), 200, headers, EVENTS) == WANTED


@pytest.mark.parametrize("size", [1, 3, 1000])
def test_typed_events_in_pieces(size: int) -> None:
    items = EventItems(BodyCodecs("shop_in_memory").decoder("json", "Any", None))
    events = [event for at in range(0, len(EVENTS), size) for event in items.feed(EVENTS[at : at + size])]
    assert [*events, *items.finish()] == WANTED


def test_an_http_scheme_keeps_its_case() -> None:
    request = Request("GET", "http://x/")
    scheme = SecurityScheme(name="s", kind="http", scheme="SharedAccessKey")
    apply(request, ((scheme, "key", ()),), {})
    assert request.headers["Authorization"] == "SharedAccessKey key"


def test_an_end_mark_that_the_document_describes_is_an_item() -> None:
    """``[DONE]`` ends streams by convention; where the type of the events has it, nothing of it is dropped."""

    def strict(text: bytes) -> Any:
        value = json.loads(text)
        if value.get("data") != "[DONE]":
            raise DecodeError("the mark", "something else", "$")
        return value

    body = b"data: [DONE]\n\n"
    described = EventItems(json.loads, strict)
    assert [item["data"] for item in [*described.feed(body), *described.finish()]] == ["[DONE]"]

    def typed(text: bytes) -> Any:
        raise DecodeError("an object", "a text", "$")

    undescribed = EventItems(json.loads, typed)
    assert [*undescribed.feed(body), *undescribed.finish()] == []


def test_data_without_members_of_an_event_is_its_text() -> None:
    """Of a type that may be the event or its data; JSON without any of its members was an object with nothing in it."""
    events = EventItems(json.loads, json.loads, envelope=False, fields=frozenset({"data", "event"}))
    body = b'event: a\ndata: {"k": 1}\n\ndata: {"data": "inner"}\n\n'
    assert [*events.feed(body), *events.finish()] == [
        {"event": "a", "data": '{"k": 1}'},
        {"data": "inner"},
    ]


def test_data_cut_off_is_no_event() -> None:
    """WHATWG HTML, 9.2.6. It was an object without members, of a type whose members may all be absent."""
    whole = b'data: {"k": 1}\n\n'
    for body in (whole + b'data: {"k": 2', whole + b'data: {"k": 2\n', whole + b"event: end\n"):
        events = EventItems(json.loads, json.loads, envelope=False, fields=None)
        assert [*events.feed(body), *events.finish()] == [{"k": 1}]
    events = EventItems(json.loads, json.loads, envelope=False, fields=None)
    assert [*events.feed(b'data: {"k": 1}'), *events.finish()] == [{"k": 1}]


def test_models_of_a_choice_are_types_of_data(monkeypatch: pytest.MonkeyPatch) -> None:
    """A choice of models without a field of an event is no event, however many of its members may be absent."""

    @define(kw_only=True)
    class Loose(Model):
        name: str | None = None

    monkeypatch.setattr(Loose, "__module__", "shop_in_memory")
    monkeypatch.setattr(shop.models, "Loose", Loose, raising=False)
    words = Content(media_type="text/event-stream", type="Loose | str")
    reader = items_reader(BodyCodecs("shop_in_memory"), words, "text/event-stream")
    assert list(reader.feed(b'data: "x"\n\ndata: {}\n\n')) == ["x", Loose()]
    content = Content(media_type="text/event-stream", type="Loose | Pet")
    reader = items_reader(BodyCodecs("shop_in_memory"), content, "text/event-stream")
    assert list(reader.feed(b'data: {"name": "x"}\n\n')) == [Loose(name="x")]
    with pytest.raises(DecodeError):
        list(reader.feed(b"data: {'name'\n\n"))


@pytest.mark.parametrize(
    ("name", "end"),
    [
        ("nmae", "; did you mean 'Name'?"),
        ("page_size", "; did you mean 'pageSize'?"),
        ("ttl", "; did you mean 'TTL'?"),
        ("timout", "; did you mean 'timeout'?"),
        ("wholly_else", ""),
    ],
)
def test_what_a_keyword_was_meant_to_be(name: str, end: str) -> None:
    assert meant(name, ["Name", "pageSize", "TTL", "timeout"]) == end
