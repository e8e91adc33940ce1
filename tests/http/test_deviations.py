"""Answers that do not fit the document: kept and told of, or errors where the client is strict; both clients."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from bindwright.runtime import Deviation, deviations
from bindwright.runtime.http import Hooks, NotFound, Parameter, Response, UndecodableBody

from tests.http import deviation_table, shop
from tests.http.both import Caller
from tests.http.loopback import always, serve

WRONG = b'{"Name":null,"Age":"old"}'
LISTED = (Deviation("$.Name", "a string", "null"), Deviation("$.Age", "an integer", "the string 'old'"))


def test_the_page_of_deviations_is_what_clients_do() -> None:
    """After a change of a codec: ``python -m tests.http.deviation_table`` writes the page again."""
    rows = deviation_table.rows()
    malformed = {"number NaN literal", "lone surrogate", "name twice"}
    refused = {
        name
        for name, (_, row) in rows["json"].items()
        if row.value.startswith("raises") and name[:3] != "top"
    }
    assert refused <= malformed
    assert deviation_table.PAGE.read_text("utf-8") == deviation_table.page(rows)


def test_what_lenient_reading_kept_is_written_back_in_xml() -> None:
    """Read again, it is the same value with the same deviations, but for what came as null where null is no value."""
    table = deviation_table.Table()
    lost = {"required int null", "object is false"}
    for name, (_, row) in deviation_table.rows()["xml"].items():
        assert not row.written.startswith("raises"), name
        if row.written not in ("", "=") and name not in lost:
            member = next(member for known, member, _ in deviation_table.MEMBERS if known == name)
            again = table.row(row.written.strip("`").encode(), member, "xml")
            # A spelling of our own is kept by `DateTime`; the usual one needs none.
            assert again.value.replace("datetime.datetime(", "DateTime(") == row.value, name
            assert again.written in ("=", row.written), name


def test_an_answer_is_read_and_its_deviations_are_told(
    caller: Caller, caplog: pytest.LogCaptureFixture
) -> None:
    heard: list[Any] = []
    hooks = Hooks(on_deviation=lambda request, listed: heard.append((request.operation, listed)))
    with (
        serve(always(lambda wire, heard: wire.answer(200, WRONG))) as server,
        caplog.at_level(logging.WARNING),
    ):
        resource = caller.client(server.url, hooks=hooks)
        for _ in range(3):
            pet = caller.call(resource, shop.GET, {"petId": 1})
        raw = caller.call(type(resource)(resource._client, "raw"), shop.GET, {"petId": 1})
    assert (pet.name, pet.age) == (None, "old")
    assert deviations(pet) == raw.deviations == LISTED
    assert heard == [("pets.get", LISTED)] * 4
    assert len(caplog.records) == 2  # one a place
    assert "pets.get" in caplog.text
    assert "$.Age" in caplog.text


def test_a_bad_row_does_not_lose_the_page(caller: Caller) -> None:
    rows = b'[{"Name":"a"},{"Name":5},{"Name":"c"}]'
    operation = shop.operation(responses=(Response(status="200", content=shop.body("list[Pet]")),))
    with serve(always(lambda wire, heard: wire.answer(200, rows))) as server:
        resource = caller.client(server.url)
        pets = caller.call(resource, operation)
        assert [pet.name for pet in pets] == ["a", 5, "c"]
        assert [deviation.path for deviation in deviations(pets)] == ["$[1].Name"]


def test_strict_clients_raise(caller: Caller) -> None:
    with serve(always(lambda wire, heard: wire.answer(200, WRONG))) as server:
        for options, call in (({"answers": "strict"}, {}), ({}, {"answers": "strict"})):
            with pytest.raises(UndecodableBody, match=r"\$\.Name"):
                caller.call(caller.client(server.url, **options), shop.GET, {"petId": 1}, **call)
    with pytest.raises(ValueError, match="'lenient' or 'strict'"):
        caller.client(server.url, answers="loose")


def test_items_that_come_one_by_one(caller: Caller) -> None:
    heard: list[Any] = []
    hooks = Hooks(on_deviation=lambda request, listed: heard.extend(listed))
    operation = shop.operation(
        responses=(Response(status="200", content=shop.body("Pet", "application/jsonl")),)
    )
    with serve(
        always(lambda wire, heard: wire.answer(200, b'{"Name":"a"}\n{"Name":5}\n', "application/jsonl"))
    ) as server:
        resource = caller.client(server.url, hooks=hooks)
        pets = caller.call(resource, operation)
        assert [pet.name for pet in pets] == ["a", 5]
    assert [deviation.path for deviation in heard] == ["$[1].Name"]


HEADERS = tuple(
    Parameter(name=name, location="header", type=type_, **facts)
    for name, type_, facts in (
        ("X-Left", "int", {}),
        ("X-Tags", "list[str]", {}),
        ("X-Numbers", "list[int]", {}),
        ("X-Map", "dict[str, int]", {"explode": True}),
        ("X-Odd", "int", {}),
        ("X-Absent", "int", {}),
        ("X-Json", "Pet", {"content": "application/json"}),
    )
)


def test_documented_headers_are_typed(caller: Caller) -> None:
    content = shop.body("Pet")
    operation = shop.operation(
        responses=(
            Response(status="200", content=content, headers=HEADERS),
            Response(status="404", headers=HEADERS[:1]),
        )
    )
    sent = {
        "X_Left": "5", "X_Tags": "a, b", "X_Numbers": "1,2", "X_Map": "a=1,b=2", "X_Odd": "many",
        "X_Json": '{"Name":"Rex"}',
    }  # fmt: skip
    typed = {
        "X-Left": 5, "X-Tags": ["a", "b"], "X-Numbers": [1, 2], "X-Map": {"a": 1, "b": 2}, "X-Odd": "many",
        "X-Json": shop.Pet(name="Rex"),
    }  # fmt: skip
    status = [200]
    with serve(always(lambda wire, heard: wire.answer(status[0], b'{"Name":"a"}', **sent))) as server:
        resource = caller.client(server.url)
        assert caller.call(type(resource)(resource._client, "raw"), operation).typed_headers == typed
        status[0] = 404
        with pytest.raises(NotFound) as caught:
            caller.call(resource, operation)
        assert caught.value.typed_headers == {"X-Left": 5}
