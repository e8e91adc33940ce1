"""Names made from paths leave out what all paths begin with, and stay as they are in a package that has them."""

from __future__ import annotations

from typing import Any

import pytest
from bindwright.targets.naming.paths import shared_prefix
from bindwright.targets.python import Output, PythonOptions, emit

from tests.lowering import lowered

OBJECT = {"type": "object", "properties": {"a": {"type": "string"}}}
ANSWER = {"description": "ok", "content": {"application/json": {"schema": OBJECT}}}


def generated(*operations: str, lock: Any = None, **ids: str) -> Output:
    """A package of operations (``GET /pets``), of which some have ids."""
    paths: dict[str, Any] = {}
    for operation in operations:
        method, path = operation.split()
        named = {"operationId": ids[path.rpartition("/")[2]]} if path.rpartition("/")[2] in ids else {}
        paths.setdefault(path, {})[method.lower()] = {**named, "responses": {"200": ANSWER}}
        if "{id}" in path:
            parameter = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
            paths[path]["parameters"] = [parameter]
    document = {"openapi": "3.1.1", "info": {"title": "Case", "version": "1"}, "paths": paths}
    api = lowered(document)
    return emit(api, PythonOptions(package="paths_case"), names=lock)


@pytest.mark.parametrize(
    ("paths", "prefix"),
    [
        (["/api/v1/users", "/api/v1/teams/{id}"], ["api", "v1"]),
        (["/api/v1/users/", "/api/v1/users/{id}/"], ["api", "v1"]),
        (["/api", "/api/v1/users"], []),
        (["/api/{tenant}/users", "/api/{tenant}/teams"], []),
        (["/api/v1/{id}", "/api/v1/users"], ["api"]),
        (["/api/v1/users"], []),
        (["/pets", "/pets/{id}"], []),
        (["/a", "/b"], []),
        (["/"], []),
        ([], []),
    ],
)
def test_the_prefix_that_paths_share(paths: list[str], prefix: list[str]) -> None:
    assert shared_prefix(paths) == prefix


def test_methods_classes_and_modules() -> None:
    package = generated("GET /api/v1/users", "GET /api/v1/users/{id}", "POST /api/v1/teams")
    assert set(package.names["operations"].values()) == {"get_users", "get_users_by_id", "post_teams"}
    assert set(package.names["classes"].values()) == {
        "GetUsersResponse", "GetUsersIdResponse", "PostTeamsResponse",
    }  # fmt: skip
    assert {path for path in package.files if "/models/" in path and "__init__" not in path} == {
        f"paths_case/models/{name}.py" for name in ("get_users", "get_users_id", "post_teams")
    }


def test_operations_with_ids_have_no_say_and_clashes_take_the_whole_path() -> None:
    package = generated("GET /api/users", "GET /api/teams", "GET /other", "GET /api/more", other="get_users")
    assert package.names["operations"]["GET /other"] in ("get_users", "get_users_call")
    names = package.names["operations"]
    assert len(set(names.values())) == 4
    assert names["GET /api/teams"] == "get_teams"


def test_what_a_lock_has_stays_and_goes_on() -> None:
    whole = generated("GET /health", "GET /api/users", "GET /api/teams")
    assert whole.names["operations"]["GET /api/users"] == "get_api_users"
    later = generated("GET /api/users", "GET /api/teams", "GET /api/pets", lock=whole.names)
    assert set(later.names["operations"].values()) == {"get_api_users", "get_api_teams", "get_api_pets"}
    assert "GetApiPetsResponse" in later.names["classes"].values()

    short = generated("GET /api/users", "GET /api/teams")
    later = generated("GET /api/users", "GET /api/teams", "GET /api/pets", lock=short.names)
    assert set(later.names["operations"].values()) == {"get_users", "get_teams", "get_pets"}
    later = generated("GET /api/users", "GET /api/teams", "GET /health", lock=short.names)
    assert set(later.names["operations"].values()) == {"get_users", "get_teams", "get_health"}
