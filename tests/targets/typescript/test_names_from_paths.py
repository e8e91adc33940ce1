"""Names made from paths leave out what all paths begin with; groups and operations that are renamed keep their older names."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bindwright.targets.typescript import Output, TypeScriptOptions, emit

from tests.lowering import lowered
from tests.targets.typescript.packages import complaints, write
from tests.typescript.node import available, run

OBJECT = {"type": "object", "properties": {"a": {"type": "string"}}}
ANSWER = {"description": "ok", "content": {"application/json": {"schema": OBJECT}}}


def generated(
    *operations: str, lock: Any = None, names: Mapping[str, str] | None = None, **more: Any
) -> Output:
    """A package of operations without ids (``GET /pets``)."""
    paths: dict[str, Any] = {}
    for operation in operations:
        method, path = operation.split()
        paths.setdefault(path, {})[method.lower()] = {"responses": {"200": ANSWER}, **more}
        if "{id}" in path:
            parameter = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
            paths[path]["parameters"] = [parameter]
    document = {"openapi": "3.1.1", "info": {"title": "Case", "version": "1"}, "paths": paths}
    api = lowered(document)
    locked = None if lock is None else json.loads(json.dumps(lock))
    return emit(api, TypeScriptOptions(package="p", names=names or {}), locked)


def test_functions_types_and_modules() -> None:
    package = generated("GET /api/v1/users", "GET /api/v1/users/{id}", "POST /api/v1/teams")
    assert set(package.names["operations"].values()) == {"getUsers", "getUsersId", "postTeams"}
    assert set(package.names["types"].values()) == {
        "GetUsersResponse",
        "GetUsersIdResponse",
        "PostTeamsResponse",
    }
    modules = {path for path in package.files if path.endswith(".js") and path.count("/") == 1}
    assert modules - {"models/index.js", "operations/index.js", "runtime/index.js"} == {
        f"{folder}/{name}.js" for folder in ("models", "operations") for name in ("get_users", "get_users_id", "post_teams")
    }  # fmt: skip


def test_the_whole_path_where_the_rest_is_taken() -> None:
    names = generated("GET /api/users", "GET /api/Users", "GET /api/teams").names["operations"]
    assert len(set(names.values())) == 3
    assert names["GET /api/teams"] == "getTeams"


def test_what_a_lock_has_stays_and_goes_on() -> None:
    whole = generated("GET /health", "GET /api/users", "GET /api/teams")
    assert whole.names["operations"]["GET /api/users"] == "getApiUsers"
    later = generated("GET /api/users", "GET /api/teams", "GET /api/pets", lock=whole.names)
    assert set(later.names["operations"].values()) == {"getApiUsers", "getApiTeams", "getApiPets"}
    assert "GetApiPetsResponse" in later.names["types"].values()

    short = generated("GET /api/users", "GET /api/teams")
    later = generated("GET /api/users", "GET /api/teams", "GET /api/pets", lock=short.names)
    assert set(later.names["operations"].values()) == {"getUsers", "getTeams", "getPets"}
    later = generated("GET /api/users", "GET /health", lock=short.names)
    assert set(later.names["operations"].values()) == {"getUsers", "getHealth"}


def test_a_group_that_another_name_is_asked_for_keeps_its_own(tmp_path: Path) -> None:
    first = generated("GET /pets", tags=["Pets"])
    second = generated("GET /pets", tags=["Pets"], lock=first.names, names={"tag Pets": "animals"})
    third = generated("GET /pets", tags=["Pets"], lock=second.names, names={"tag Pets": "animals"})
    assert third.files == second.files
    assert (second.names["groups"], second.names["aliases"]["groups"]) == (
        {"Pets": "animals"},
        {"Pets": ["pets"]},
    )
    assert [diagnostic.code for diagnostic in second.diagnostics] == ["renamed"]
    assert not third.diagnostics
    symbols = json.loads(second.files["surface.typescript.json"])["symbols"]
    assert [name for name, symbol in symbols.items() if "deprecated" in symbol] == ["BoundApi.pets"]
    write(second.files, tmp_path)
    (tmp_path / "program.ts").write_text(
        "import { connect } from './index.js';\nimport { bindAll, type BoundApi } from './client.js';\n"
        "const api: BoundApi = bindAll(connect(''));\n"
        "export const same: typeof api.pets.getPets = api.animals.getPets;\n"
    )
    assert available(lambda: complaints(tmp_path)) == ""
    program = f"import {{ bindAll }} from {json.dumps((tmp_path / 'client.js').as_uri())};\nconsole.log(JSON.stringify(Object.keys(bindAll({{}}))));"
    assert json.loads(run("--input-type=module", "--eval", program)) == ["animals", "pets"]
