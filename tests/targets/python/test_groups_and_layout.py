"""What makes groups, how frameworks' operation ids are read, and where the files stand."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from bindwright.ir.lowering.operations.operation_ids import short_operation_id
from bindwright.targets.python import Output, PythonOptions, emit

from tests.lowering import lowered

PATHS = {
    "/api/v1/pets": {"get": {"operationId": "list_pets_api_v1_pets_get", "x-resource": "animals"}},
    "/api/v1/pets/{id}": {"get": {"operationId": "PetsController_findOne", "tags": ["zoo"]}},
    "/{id}": {"delete": {"operationId": "remove"}},
}


def generated(**options: Any) -> Output:
    paths = json.loads(json.dumps(PATHS))
    for path, item in paths.items():
        for operation in item.values():
            operation["responses"] = {"204": {"description": "ok"}}
            if "{" in path:
                operation["parameters"] = [
                    {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
                ]
    data = {"openapi": "3.1.1", "info": {"title": "Case", "version": "1"}, "paths": paths,
            "components": {"schemas": {"Pet": {"type": "object", "properties": {"a": {"type": "string"}}}}}}  # fmt: skip
    return emit(lowered(data), PythonOptions(package="groups_case", **options))


@pytest.mark.parametrize(
    ("group_by", "modules"),
    [
        ("tag", {"default", "zoo"}),
        ("path", {"pets", "default"}),
        ("none", {"default"}),
        ("x-resource", {"animals", "default"}),
    ],
)
def test_groups(group_by: str, modules: set[str]) -> None:
    files = generated(group_by=group_by).files
    assert {Path(path).stem for path in files if "/api/" in path} - {"__init__"} == modules


@pytest.mark.parametrize(
    ("operation_id", "path", "method", "short"),
    [
        ("read_item_items__item_id__get", "/items/{item_id}", "GET", "read_item"),
        ("root__get", "/", "GET", "root"),
        ("items_get", "/items", "GET", "items_get"),
        ("PetsController_findAll", "/pets", "GET", "findAll"),
        ("Controller_x", "/x", "GET", "Controller_x"),
        ("listPets", "/pets", "GET", "listPets"),
        ("read_items__get", "/other", "GET", "read_items__get"),
    ],
)
def test_ids_of_frameworks(operation_id: str, path: str, method: str, short: str) -> None:
    assert short_operation_id(operation_id, path, method) == short


def test_methods_have_the_functions_names() -> None:
    names = generated().names["operations"]
    assert names["GET /api/v1/pets"] == "list_pets"
    assert names["GET /api/v1/pets/{id}"] == "find_one"


def test_the_package_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, alone = generated().files, generated(layout="package").files
    assert alone == {
        path.removeprefix("groups_case/"): text
        for path, text in whole.items()
        if path.startswith("groups_case/")
    }
    for path, text in alone.items():
        (file := tmp_path / "app" / "client_of_pets" / path).parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    package = importlib.import_module("app.client_of_pets")
    try:
        assert package.Client("http://x").zoo.find_one is not None
        assert importlib.import_module("app.client_of_pets.models").Pet(a="b").a == "b"
    finally:
        for name in [name for name in sys.modules if name.partition(".")[0] == "app"]:
            del sys.modules[name]


def test_operations_without_a_tag_stand_with_the_tag_of_their_path() -> None:
    paths = {
        "/v1/pets": {"get": {"tags": ["Pets"], "responses": {"204": {"description": "ok"}}}},
        "/v1/pets/{id}/toys": {"get": {"responses": {"204": {"description": "ok"}}}},
        "/orders": {
            method: {"responses": {"204": {"description": "ok"}}} for method in ("get", "post", "put")
        },
    }
    data = {"openapi": "3.1.1", "info": {"title": "Case", "version": "1"}, "paths": paths}
    api = lowered(data)
    first = emit(api, PythonOptions(package="groups_case"))
    assert {Path(path).stem for path in first.files if "/api/" in path} == {"__init__", "pets", "orders"}
    assert "def get_v1_pets_by_id_toys" in first.files["groups_case/api/pets.py"]


def test_a_package_that_has_them_in_one_group_keeps_it() -> None:
    paths = {"/orders": {method: {"responses": {"204": {"description": "ok"}}} for method in ("get", "put")}}
    data = {"openapi": "3.1.1", "info": {"title": "Case", "version": "1"}, "paths": paths}
    api = lowered(data)
    before = emit(api, PythonOptions(package="groups_case", group_by="none"))
    assert "groups_case/api/default.py" in before.files
    again = emit(api, PythonOptions(package="groups_case"), before.names)
    assert again.files == before.files


def test_operations_whose_path_has_no_name_move_no_other_in_the_next_run() -> None:
    paths = {
        path: {method: {"responses": {"204": {"description": "ok"}}} for method in ("get", "put", "post")}
        for path in ("/{id}", "/orders/{id}", "/orders")
    }
    data = {"openapi": "3.1.1", "info": {"title": "Case", "version": "1"}, "paths": paths}
    api = lowered(data)
    first = emit(api, PythonOptions(package="groups_case"))
    assert {Path(path).stem for path in first.files if "/api/" in path} == {"__init__", "default", "orders"}
    assert "def put_by_id" in first.files["groups_case/api/default.py"]
    assert emit(api, PythonOptions(package="groups_case"), first.names).files == first.files
