"""Names that are asked for after the first run are followed; the older ones stay as deprecated aliases."""

from __future__ import annotations

import asyncio
import importlib
import json
import sys
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from bindwright.targets.python import Output, PythonOptions, emit
from bindwright.testing import MockApi

from tests.lowering import lowered

DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.1",
    "info": {"title": "Case", "version": "1"},
    "paths": {
        "/pets/{id}": {
            "get": {
                "operationId": "getPet",
                "tags": ["pets"],
                "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}],
                "responses": {"200": {"description": "ok", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}}},
            }
        },
        "/pets": {"get": {"operationId": "old", "tags": ["pets"], "deprecated": True, "responses": {"204": {"description": "ok"}}}},
    },
    "components": {
        "schemas": {
            "Pet": {
                "type": "object",
                "required": ["name"],
                "properties": {"name": {"const": "Tom"}, "size": {"$ref": "#/components/schemas/Size"}},
            },
            "Size": {"enum": ["s", "l"]},
        }
    },
}  # fmt: skip


def generated(document: dict[str, Any], lock: dict[str, Any] | None = None, **options: Any) -> Output:
    api = lowered(document)
    return emit(api, PythonOptions(package="renamed_case", **options), lock)


def changed() -> dict[str, Any]:
    document = deepcopy(DOCUMENT)
    document["paths"]["/pets/{id}"]["get"]["operationId"] = "fetchPet"
    schemas = document["components"]["schemas"]
    schemas["Pet"]["x-bindwright-name"] = "Beast"
    schemas["Pet"]["properties"]["name"]["x-bindwright-name"] = "called"
    schemas["Size"]["x-enum-varnames"] = ["small", "large"]
    return document


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    old = generated(DOCUMENT)
    new = generated(changed(), old.names, names={"tag pets": "beasts"})
    for path, text in new.files.items():
        (file := tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    yield importlib.import_module("renamed_case")
    for name in [name for name in sys.modules if name.partition(".")[0] == "renamed_case"]:
        del sys.modules[name]


def client_of(package: ModuleType, folder: Path, name: str = "Client") -> Any:
    (path := folder / "document.json").write_text(json.dumps(changed()))
    api = MockApi.load(path, package="renamed_case")
    transport = api.transport if name == "Client" else api.async_transport
    return getattr(package, name)("http://api.example", transport=transport)


def test_both_names_of_a_method_call_it(package: ModuleType, tmp_path: Path) -> None:
    client = client_of(package, tmp_path)
    assert client.beasts.fetch_pet(1).called == "Tom"
    with pytest.warns(DeprecationWarning, match="use `beasts`"):
        pets = client.pets
    with pytest.warns(DeprecationWarning, match="use `fetch_pet`"):
        assert pets.get_pet(1).called == "Tom"
    with pytest.warns(DeprecationWarning, match="use `fetch_pet`"):
        assert pets.with_raw_response.get_pet(1).parse().called == "Tom"


def test_both_names_of_an_async_method_call_it(package: ModuleType, tmp_path: Path) -> None:
    async def call() -> None:
        client = client_of(package, tmp_path, "AsyncClient")
        assert (await client.beasts.fetch_pet(1)).called == "Tom"
        with pytest.warns(DeprecationWarning, match="use `fetch_pet`"):
            assert (await client.beasts.get_pet(1)).called == "Tom"

    asyncio.run(call())


def test_a_deprecated_operation_warns(package: ModuleType, tmp_path: Path) -> None:
    with pytest.warns(DeprecationWarning, match="GET /pets is deprecated"):
        client_of(package, tmp_path).beasts.old()


def test_both_names_of_a_class_a_field_and_a_member(package: ModuleType) -> None:
    models = importlib.import_module("renamed_case.models")
    with pytest.warns(DeprecationWarning, match="use Beast"):
        assert models.Pet is models.Beast
    beast = models.Beast(called="Tom")
    with pytest.warns(DeprecationWarning, match="use `called`"):
        assert beast.name == "Tom"
    with pytest.warns(DeprecationWarning, match="use 'SMALL'"):
        assert models.Size.S is models.Size.SMALL
    with pytest.warns(DeprecationWarning, match="use 'SMALL'"):
        assert models.Size["S"] is models.Size.SMALL
    with pytest.warns(DeprecationWarning, match="use 'called'"):
        assert models.Beast(name="Tom").called == "Tom"
    with pytest.raises(TypeError, match="which are one argument"):
        models.Beast(name="Tom", called="Tom")
    assert [member.name for member in models.Size] == ["SMALL", "LARGE"]


def test_it_is_told_once_and_stays() -> None:
    old = generated(DOCUMENT)
    assert not old.diagnostics
    assert "aliases" not in old.names
    new = generated(changed(), old.names)
    renamed = {
        (diagnostic.level, diagnostic.code, diagnostic.message.split("`")[1])
        for diagnostic in new.diagnostics
    }
    assert renamed == {("note", "renamed", name) for name in ("get_pet", "Pet", "name", "S", "L")}
    again = generated(changed(), new.names)
    assert not again.diagnostics
    assert again.files == new.files
    assert again.names == new.names


def test_nobody_takes_an_alias_over() -> None:
    new = generated(changed(), generated(DOCUMENT).names)
    document = changed()
    document["paths"]["/other"] = {
        "get": {"operationId": "getPet", "tags": ["pets"], "responses": {"204": {"description": "ok"}}}
    }
    later = generated(document, new.names)
    assert later.names["operations"]["GET /pets/{id}"] == "fetch_pet"
    assert later.names["operations"]["GET /other"] not in ("get_pet", "fetch_pet")


def test_names_that_are_swapped() -> None:
    document = deepcopy(DOCUMENT)
    document["paths"]["/pets/{id}"]["get"]["operationId"] = "old"
    document["paths"]["/pets"]["get"]["operationId"] = "getPet"
    new = generated(document, generated(DOCUMENT).names)
    assert new.names["operations"] == {"GET /pets/{id}": "old", "GET /pets": "get_pet"}
    assert "aliases" not in new.names


def test_a_chosen_name_that_another_keeps_is_not_had() -> None:
    document = deepcopy(DOCUMENT)
    document["paths"]["/pets/{id}"]["get"]["operationId"] = "old"
    document["paths"]["/pets"]["get"]["x-bindwright-name"] = "old"
    new = generated(document, generated(DOCUMENT).names)
    assert new.names["operations"] == {"GET /pets/{id}": "get_pet", "GET /pets": "old"}


def test_a_lock_without_operation_ids_keeps_names() -> None:
    lock = generated(DOCUMENT).names
    del lock["operation_ids"]
    assert generated(changed(), lock).names["operations"]["GET /pets/{id}"] == "get_pet"


def test_a_renamed_argument_is_told() -> None:
    document = deepcopy(DOCUMENT)
    document["paths"]["/pets/{id}"]["get"]["parameters"][0]["x-bindwright-name"] = "number"
    new = generated(document, generated(DOCUMENT).names)
    assert [(diagnostic.level, diagnostic.code) for diagnostic in new.diagnostics] == [("note", "renamed")]
    assert "self, number: int" in new.files["renamed_case/api/pets.py"]
    assert '@renamed_arguments(id="number")' in new.files["renamed_case/api/pets.py"]
    assert not generated(document, new.names).diagnostics
