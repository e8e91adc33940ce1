"""An API in memory, for both clients and both formats."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from types import ModuleType
from typing import Any, Literal

import pytest
from bindwright.runtime.http import NotFound, StatusError
from bindwright.testing import Call, MockApi, Refusal

from tests.testing.conftest import DOCUMENT

pytest_plugins = ["bindwright.testing"]
Make = Callable[..., MockApi]
BOTH = pytest.mark.parametrize("format", ["json", "xml"])


@pytest.fixture
def mock(petshop: ModuleType, mock_api: Make) -> MockApi:
    return mock_api(DOCUMENT, package=petshop.__name__)


def client(petshop: ModuleType, mock: MockApi, **options: Any) -> Any:
    return petshop.Client("http://shop.example", transport=mock.transport, **options)


@BOTH
def test_examples_and_records(petshop: ModuleType, mock: MockApi, format: Literal["json", "xml"]) -> None:
    with client(petshop, mock, format=format) as shop:
        assert shop.pets.get_pet(7, x_trace="t1").name == "Rex"
    (call,) = mock.calls
    assert call.operation == "GET /pets/{petId}"
    assert call.refusal is None
    assert call.request.target == "/pets/7"
    assert call.request.header("x-trace") == "t1"
    assert call.response.header("content-type") == f"application/{format}"


@BOTH
def test_models_in_and_out(petshop: ModuleType, mock: MockApi, format: Literal["json", "xml"]) -> None:
    from importlib import import_module

    pet_type = import_module(f"{petshop.__name__}.models").Pet
    seen = []

    def add(call: Call) -> Any:
        seen.append(call.body)
        return call.body

    mock.handle("addPet", add)
    pet = pet_type(name="Tom", tags=["a", "b"])
    with client(petshop, mock, format=format) as shop:
        assert shop.pets.add_pet(pet) == pet
    assert seen == [pet]
    assert type(seen[0]) is pet_type


def test_answers(petshop: ModuleType, mock: MockApi) -> None:
    with client(petshop, mock) as shop:
        mock.answer("getPet", {"name": "Ann", "tags": ["x"]})
        assert shop.pets.get_pet(1, x_trace="t").tags == ["x"]
        mock.refuse("getPet", 404, "gone")
        with pytest.raises(NotFound) as caught:
            shop.pets.get_pet(1, x_trace="t")
        assert caught.value.error.message == "gone"
        mock.answer("getPet", status=503)
        with pytest.raises(StatusError):
            shop.pets.get_pet(1, x_trace="t", retries=0)


def test_examples_by_name(petshop: ModuleType, mock: MockApi) -> None:
    with client(petshop, mock, headers={"Prefer": "example=tom"}) as shop:
        assert shop.pets.get_pet(1, x_trace="t").name == "Tom"


def test_the_async_client(petshop: ModuleType, mock: MockApi) -> None:
    async def run() -> str:
        transport = mock.async_transport
        async with petshop.AsyncClient("http://shop.example", transport=transport, format="xml") as shop:
            pet = await shop.pets.get_pet(7, x_trace="t1")
            return str(pet.name)

    assert asyncio.run(run()) == "Rex"
    assert len(mock.calls) == 1


def test_undocumented_requests_fail_the_test_in_its_end(petshop: ModuleType) -> None:
    mock = MockApi.load(DOCUMENT, package=petshop.__name__)
    with client(petshop, mock) as shop, pytest.raises(StatusError):
        shop.pets.get_pet(7, x_trace="much too long")
    with pytest.raises(AssertionError, match=r"header\.X-Trace has 13 characters, at most 5"):
        mock.check()
    mock.expect_refusals()
    mock.check()


def test_what_a_handler_refuses_is_no_fault_of_the_request(petshop: ModuleType, mock: MockApi) -> None:
    def gone(call: Call) -> Any:
        raise Refusal(404, "gone")

    mock.handle("getPet", gone)
    with client(petshop, mock) as shop, pytest.raises(NotFound):
        shop.pets.get_pet(7, x_trace="t")
    assert mock.calls[0].refusal is None


def test_without_a_package_a_mock_has_models_of_its_own(petshop: ModuleType) -> None:
    mock = MockApi.load(DOCUMENT)
    with client(petshop, mock, format="xml") as shop:
        assert shop.pets.get_pet(7, x_trace="t").name == "Rex"
