"""Renames in the document leave aliases: twelve callers of the old package run against the new one, with a warning."""

from __future__ import annotations

import asyncio
import importlib
import json
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from bindwright.targets.python import Output, PythonOptions, emit
from bindwright.targets.python.surface.written import written_surface
from bindwright.targets.surface import loads
from bindwright.testing import MockApi

from tests.lowering import lowered

PACKAGE = "aliased_case"
DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.1",
    "info": {"title": "Shop", "version": "1.0.0"},
    "paths": {
        "/orders": {
            "get": {
                "operationId": "listOrders",
                "tags": ["orders"],
                "parameters": [
                    {"name": "state", "in": "query", "schema": {"$ref": "#/components/schemas/State"}},
                    {"name": "limit", "in": "query", "required": True, "schema": {"type": "integer"}},
                ],
                "responses": {"200": {"description": "ok", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Order"}}}}},
            },
        },
        "/orders/{orderId}": {
            "get": {
                "operationId": "getOrder",
                "tags": ["orders"],
                "parameters": [{"name": "orderId", "in": "path", "required": True, "schema": {"type": "integer"}}],
                "responses": {"200": {"description": "ok", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Order"}}}}},
            }
        },
        "/pay": {"post": {"operationId": "pay", "tags": ["pay"], "responses": {"204": {"description": "ok"}}}},
    },
    "components": {
        "schemas": {
            "State": {"type": "string", "enum": ["open", "paid"]},
            "Order": {
                "type": "object",
                "required": ["customer"],
                "properties": {
                    "customer": {"type": "string"},
                    "orderNote": {"type": "string"},
                    "state": {"$ref": "#/components/schemas/State"},
                    "address": {"type": "object", "properties": {"street": {"type": "string"}, "city": {"type": "string"}}},
                },
            },
        }
    },
}  # fmt: skip


def changed() -> dict[str, Any]:
    """The document with one rename of each kind."""
    text = json.dumps(DOCUMENT).replace("#/components/schemas/Order", "#/components/schemas/Purchase")
    document: dict[str, Any] = json.loads(text)
    schemas = document["components"]["schemas"]
    schemas["Purchase"] = schemas.pop("Order")
    properties = schemas["Purchase"]["properties"]
    properties["note"] = properties.pop("orderNote")
    schemas["State"]["x-enum-varnames"] = ["OPENED", "PAID"]
    listing = document["paths"]["/orders"]["get"]
    listing["parameters"][0]["name"] = "status"
    single = document["paths"].pop("/orders/{orderId}")
    single["get"]["parameters"][0]["name"] = "id"
    single["get"]["operationId"] = "findOrder"
    document["paths"]["/orders/{id}"] = single
    document["paths"]["/pay"]["post"]["tags"] = ["payments"]
    return document


def generated(
    document: dict[str, Any], last: Output | None = None, package: str = PACKAGE, **options: Any
) -> Output:
    api = lowered(document)
    surface = loads(last.files["surface.python.json"]) if last is not None else None
    return emit(
        api, PythonOptions(package=package, surface=True, **options), last.names if last else None, surface
    )


def write(output: Output, folder: Path) -> None:
    for path, text in output.files.items():
        (file := folder / path).parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    write(generated(changed(), generated(DOCUMENT)), tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    yield importlib.import_module(PACKAGE)
    for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
        del sys.modules[name]


def client_of(package: ModuleType, folder: Path, name: str = "Client") -> Any:
    (path := folder / "document.json").write_text(json.dumps(changed()))
    api = MockApi.load(path, package=PACKAGE)
    transport = api.transport if name == "Client" else api.async_transport
    return getattr(package, name)("http://api.example", transport=transport)


def _models() -> Any:
    return importlib.import_module(f"{PACKAGE}.models")


async def _async_keyword(client: Any) -> None:
    await client.orders.list_orders(limit=1, state="open")


async def _async_stream(client: Any) -> None:
    async with client.orders.with_streaming_response.get_order(1) as response:
        await response.read()


CALLERS: dict[str, Callable[[Any], Any]] = {
    "operation": lambda client: client.orders.get_order(1),
    "operation of the raw view": lambda client: client.orders.with_raw_response.get_order(1).parse(),
    "keyword": lambda client: client.orders.list_orders(limit=1, state="open"),
    "keyword of the raw view": lambda client: client.orders.with_raw_response.list_orders(limit=1, state="open"),
    "keyword for a path parameter": lambda client: client.orders.find_order(order_id=1),
    "group": lambda client: client.pay.pay(),
    "class": lambda client: _models().Order(customer="x"),
    "class of a part": lambda client: _models().OrderAddress(city="x"),
    "module": lambda client: importlib.import_module(f"{PACKAGE}.models.order").Order,
    "module of a group": lambda client: importlib.import_module(f"{PACKAGE}.api.pay").AsyncPay,
    "field": lambda client: _models().Purchase(customer="x", note="y").order_note,
    "keyword of a constructor": lambda client: _models().Purchase(customer="x", order_note="y"),
    "member": lambda client: _models().State.OPEN,
    "asynchronous keyword": _async_keyword,
    "asynchronous stream": _async_stream,
}  # fmt: skip


@pytest.mark.parametrize("name", CALLERS)
def test_a_caller_of_the_old_package_is_warned(name: str, package: ModuleType, tmp_path: Path) -> None:
    asynchronous = name.startswith("asynchronous")

    def call() -> None:
        client = client_of(package, tmp_path, "AsyncClient" if asynchronous else "Client")
        result = CALLERS[name](client)
        if asynchronous:
            asyncio.run(result)

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        call()
    warned = [warning for warning in caught if warning.category is DeprecationWarning]
    assert warned
    for module in [module for module in sys.modules if module.startswith(f"{PACKAGE}.")]:
        del sys.modules[module]
    with warnings.catch_warnings():
        warnings.simplefilter("error", DeprecationWarning)
        with pytest.raises(DeprecationWarning):
            call()


def test_an_alias_is_the_same_object(package: ModuleType) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        assert _models().Order is _models().Purchase
        assert isinstance(_models().Order(customer="x"), _models().Purchase)


def test_old_and_new_keyword_together(package: ModuleType, tmp_path: Path) -> None:
    client = client_of(package, tmp_path)
    with pytest.raises(TypeError, match="'state' and 'status', which are one argument"):
        client.orders.list_orders(limit=1, state="open", status="open")
    with pytest.raises(TypeError, match="'order_id' and 'id', which are one argument"):
        client.orders.find_order(1, order_id=1)


def test_aliases_stay_and_are_told_once() -> None:
    new = generated(changed(), generated(DOCUMENT))
    assert {diagnostic.code for diagnostic in new.diagnostics} == {"renamed"}
    again = generated(changed(), new)
    assert again.files == new.files
    assert again.names == new.names
    assert not again.diagnostics


def test_the_surface_tells_aliases() -> None:
    new = generated(changed(), generated(DOCUMENT))
    planned = loads(new.files["surface.python.json"])
    assert planned.symbols == written_surface(new.files, PACKAGE).symbols
    assert planned.symbols["models.Order"]["deprecated"] == "Renamed: use `Purchase`."
    (older,) = [
        parameter
        for parameter in planned.symbols["api.orders.Orders.list_orders"]["parameters"]
        if "deprecated" in parameter
    ]
    assert older["name"] == "state"


def test_an_alias_takes_no_name_that_the_document_uses() -> None:
    document = changed()
    document["components"]["schemas"]["Order"] = {"type": "object", "properties": {"x": {"type": "string"}}}
    new = generated(document, generated(DOCUMENT))
    assert new.names["classes"]["#/components/schemas/Order"] == "Order"
    older = new.names.get("aliases", {}).get("classes", {}).values()
    assert not [names for names in older if "Order" in names]


def test_what_is_another_thing_gets_no_alias() -> None:
    document = deepcopy(DOCUMENT)
    properties = document["components"]["schemas"]["Order"]["properties"]
    del properties["orderNote"]
    properties["weight"] = {"type": "number"}
    document["components"]["schemas"]["Zone"] = {"type": "object", "properties": {"a": {"type": "string"}}}
    assert "aliases" not in generated(document, generated(DOCUMENT)).names


def test_type_checkers_take_the_aliases(tmp_path: Path) -> None:
    write(generated(changed(), generated(DOCUMENT)), tmp_path)
    (tmp_path / "caller.py").write_text(
        f"""\
from {PACKAGE} import AsyncClient, Client
from {PACKAGE}.models import Order, Purchase, State


def call(client: Client) -> Purchase:
    client.pay.pay()
    client.orders.list_orders(limit=1, state="open")
    client.orders.list_orders(limit=1, status=State.OPEN)
    client.orders.find_order(order_id=1)
    client.orders.with_raw_response.list_orders(limit=1, status="open").parse()
    order: Order = client.orders.get_order(1)
    print(order.order_note)
    return order


async def call_again(client: AsyncClient) -> Purchase:
    await client.orders.list_orders(limit=1, state="open")
    return await client.orders.get_order(1)
"""
    )
    process = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "caller.py", PACKAGE],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert process.returncode == 0, process.stdout


def test_a_parameter_is_followed_where_nothing_else_is_renamed() -> None:
    document = deepcopy(DOCUMENT)
    document["paths"]["/orders"]["get"]["parameters"][0]["name"] = "status"
    second = generated(document, generated(DOCUMENT))
    assert second.names["aliases"]["arguments"] == {"GET /orders": {"query:status": ["state"]}}
