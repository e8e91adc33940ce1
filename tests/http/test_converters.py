"""Converters with hooks of a client's own: what one client reads and writes by them, no other client does."""

from __future__ import annotations

import datetime as dt
from typing import Any

import cattrs
import pytest
from attrs import define, field
from bindwright.runtime import deviations, json, root, wire, xml
from bindwright.runtime.http import (
    ApiSpec,
    Content,
    InvalidRequest,
    Operation,
    Parameter,
    Response,
    Webhook,
    Webhooks,
)
from bindwright.runtime.json.cattrs_converter import JsonConverter
from bindwright.runtime.json.codecs.default import REGISTRY
from bindwright.runtime.model import Model
from bindwright.runtime.wire import Xml
from bindwright.runtime.xml.cattrs_converter import XmlConverter
from bindwright.runtime.xml.scalars.hooks import HOOKS

from tests.http import shop
from tests.http.both import Caller
from tests.http.loopback import Heard, Wire, always, serve
from tests.http.shop import Pet


@define(kw_only=True)
class Visit(Model):
    """Holds what hooks read in one client and not in the other."""

    __wire__ = root("Visit")

    day: dt.date = field(metadata=wire("day"))
    pet: Pet | None = field(default=None, metadata=wire("pet"))
    days: list[dt.date] = field(factory=list, metadata=wire("days"))


Visit.__module__ = shop.models.__name__
shop.models.Visit, shop.models.dt = Visit, dt  # type: ignore[attr-defined]


def _answered(*content: Content, **facts: Any) -> Operation:
    return shop.operation(responses=(Response(status="200", content=content),), **facts)


ECHO = _answered(*shop.body("Visit"), method="POST", path="/visits", body=shop.body("Visit"))
LISTED = _answered(
    *shop.body("list[Visit]", "application/json"),
    parameters=(Parameter(name="day", location="query", type="dt.date"),),
)
FORM = _answered(
    *shop.body("Any", "application/json"),
    method="POST",
    path="/form",
    body=shop.body("Visit", "application/x-www-form-urlencoded"),
)
VISIT = Visit(day=dt.date(2025, 1, 2), pet=Pet(name="Tom"), days=[dt.date(2025, 3, 4)])


def _shifted(converter: JsonConverter | XmlConverter) -> Any:
    """Days of years as text in another form, and pets by their names alone."""
    converter.register_structure_hook(dt.date, lambda text, _: dt.date.fromisoformat(text.replace("/", "-")))
    converter.register_unstructure_hook(dt.date, lambda day: day.isoformat().replace("-", "/"))
    converter.register_structure_hook(Pet, lambda name, _: Pet(name=name))
    converter.register_unstructure_hook(Pet, lambda pet: pet.name)
    return converter


PLAIN = b'{"day":"2025-01-02","pet":{"Name":"Tom"},"days":["2025-03-04"]}'
HOOKED = b'{"day":"2025/01/02","pet":"Tom","days":["2025/03/04"]}'


def _echo(connection: Wire, heard: Heard) -> None:
    connection.answer(body=heard.body, content_type=heard.header("content-type"))


def test_json_of_one_client_alone(caller: Caller) -> None:
    with serve(always(_echo)) as server:
        own = caller.client(server.url, json_converter=_shifted(json.new_converter()))
        other = caller.client(server.url)
        for resource, expected in ((own, HOOKED), (other, PLAIN), (own, HOOKED), (other, PLAIN)):
            assert caller.call(resource, ECHO, body=VISIT) == VISIT
            assert server.heard[-1].body == expected
    assert json.encode(VISIT) == PLAIN
    assert REGISTRY.hooks == ({}, {})


def test_xml_of_one_client_alone(caller: Caller) -> None:
    with serve(always(_echo)) as server:
        own = caller.client(server.url, xml_converter=_shifted(xml.new_converter()), format="xml")
        other = caller.client(server.url, format="xml")
        for resource, day in ((own, b"2025/01/02"), (other, b"2025-01-02")) * 3:
            assert caller.call(resource, ECHO, body=VISIT) == VISIT
            assert b"<day>" + day + b"</day>" in server.heard[-1].body
            assert (b"<pet>Tom</pet>" in server.heard[-1].body) == (resource is own)
    assert not HOOKS.read


def test_everywhere_in_a_call(caller: Caller) -> None:
    """Parameters, forms, bodies that are mappings, answers with rows that do not fit."""
    rows = b'[{"day":"2025/01/02"},{"day":"never"},{"day":"2025/01/03"}]'
    converter = _shifted(json.new_converter())
    with serve(always(lambda connection, _: connection.answer(body=rows))) as server:
        own, other = caller.client(server.url, json_converter=converter), caller.client(server.url)
        visits = caller.call(own, LISTED, {"day": dt.date(2025, 1, 2)})
        assert [visit.day for visit in visits] == [dt.date(2025, 1, 2), "never", dt.date(2025, 1, 3)]
        assert [deviation.path for deviation in deviations(visits)] == ["$[1].day"]
        assert server.heard[-1].target == "/x?day=2025%2F01%2F02"
        visits = caller.call(other, LISTED, {"day": dt.date(2025, 1, 2)})
        assert len(deviations(visits)) == 3
        assert server.heard[-1].target == "/x?day=2025-01-02"
        caller.call(own, FORM, body=Visit(day=dt.date(2025, 1, 2)))
        assert server.heard[-1].body == b"day=2025%2F01%2F02"
        caller.call(own, ECHO, body={"day": "2025/01/02", "days": [dt.date(2025, 3, 4)]}, accept="*/*")
        assert server.heard[-1].body == b'{"day":"2025/01/02","days":["2025/03/04"]}'
        with pytest.raises(InvalidRequest):
            caller.call(other, ECHO, body={"day": "2025/01/02"})


def test_a_hook_that_comes_later_counts_from_then_on(caller: Caller) -> None:
    converters = json.new_converter(), xml.new_converter()
    with serve(always(_echo)) as server:
        own = caller.client(server.url, json_converter=converters[0], xml_converter=converters[1])
        for format_, expected in (("json", HOOKED), ("xml", b"<pet>Tom</pet>")):
            caller.call(own, ECHO, body=VISIT, format=format_)
            assert expected not in server.heard[-1].body
        for converter in converters:
            _shifted(converter)
        for format_, expected in (("json", HOOKED), ("xml", b"<pet>Tom</pet>")):
            assert caller.call(own, ECHO, body=VISIT, format=format_) == VISIT
            assert expected in server.heard[-1].body


def test_a_hook_may_use_the_codecs_of_all() -> None:
    """What a hook reads and writes for itself knows nothing of the converter that it belongs to."""
    for format_, written in ((json, b'{"Name":"Tom"}'), (xml, b"<Pet><Name>Tom</Name></Pet>")):
        converter = format_.new_converter()
        converter.register_structure_hook(Pet, lambda text, _, read=format_.decode: read(text.encode(), Pet))
        converter.register_unstructure_hook(Pet, lambda pet, write=format_.encode: write(pet).decode())
        visit = converter.decode(converter.encode(VISIT), Visit)
        assert visit == VISIT
        assert format_.encode(Pet(name="Tom")) == written
        assert format_.decode(written, Pet) == Pet(name="Tom")


def test_webhooks_of_the_client(caller: Caller) -> None:
    client = caller.client("http://127.0.0.1:9", json_converter=_shifted(json.new_converter()))._client
    webhook = Webhook(name="visited", body=shop.body("Visit", "application/json"))
    spec = ApiSpec(package="shop_in_memory", webhooks=(webhook,))
    assert Webhooks(spec, client).parse(HOOKED) == VISIT == Webhooks(spec).parse(PLAIN)


def test_copies() -> None:
    for format_ in (json, xml):
        first = _shifted(format_.new_converter())
        second = first.copy()
        assert second.encode(VISIT) == first.encode(VISIT) != format_.encode(VISIT)
        second.register_unstructure_hook(Pet, lambda pet: pet.name.upper())
        assert b"TOM" in second.encode(VISIT)
        assert b"TOM" not in first.encode(VISIT)


def test_structure_and_unstructure_obey_the_hooks() -> None:
    converter = _shifted(json.new_converter())
    assert converter.unstructure(VISIT) == {"day": "2025/01/02", "pet": "Tom", "days": ["2025/03/04"]}
    assert converter.structure({"day": "2025/01/02"}, Visit) == Visit(day=dt.date(2025, 1, 2))
    assert json.converter().structure({"day": "2025-01-02"}, Visit) == Visit(day=dt.date(2025, 1, 2))


def test_a_member_that_becomes_an_attribute_by_a_hook() -> None:
    """A model has no place in an attribute, but what a hook makes of it has."""

    @define(kw_only=True)
    class Tagged(Model):
        pet: Pet | None = field(default=None, metadata=wire("pet", xml=Xml(node="attribute")))

    assert xml.encode(Tagged(pet=Pet(name="Tom"))) == b"<Tagged><pet><Name>Tom</Name></pet></Tagged>"
    converter = xml.new_converter()
    assert converter.encode(Tagged(pet=Pet(name="Tom"))) == xml.encode(Tagged(pet=Pet(name="Tom")))
    _shifted(converter)
    assert converter.encode(Tagged(pet=Pet(name="Tom"))) == b'<Tagged pet="Tom"/>'
    assert converter.decode(b'<Tagged pet="Tom"/>', Tagged) == Tagged(pet=Pet(name="Tom"))
    assert xml.encode(Tagged(pet=Pet(name="Tom"))) == b"<Tagged><pet><Name>Tom</Name></pet></Tagged>"


def test_what_is_no_converter_of_the_codec(caller: Caller) -> None:
    with pytest.raises(TypeError, match=r"json_converter is what json\.new_converter\(\) gives"):
        caller.client("http://127.0.0.1:9", json_converter=cattrs.Converter())
