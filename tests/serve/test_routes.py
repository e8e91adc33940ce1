"""Which operation a target means."""

from __future__ import annotations

import pytest
from bindwright.ir.model import Api, Constraints, Info, Server, Use
from bindwright.serve import App, Request
from bindwright.serve.routing import routes

from tests.serve.shop import PlainCodecs, operation, parameter, types


def api(*paths: str, server: str = "/", variables: object = (), method: str = "GET") -> Api:
    servers = [Server(url=server, variables=list(variables))]  # type: ignore[call-overload]
    return Api(
        info=Info(title="", version=""), servers=servers, operations=[operation(method, p) for p in paths]
    )


@pytest.mark.parametrize(
    ("target", "path", "values"),
    [
        ("/a/b", "/a/b", {}),
        ("/a/c", "/a/{x}", {"x": "c"}),
        ("/a/c.json", "/a/{x}.json", {"x": "c"}),
        ("/a/report:run", "/a/{x}:run", {"x": "report"}),
        ("/a/report%3Arun", "/a/{x}:run", {"x": "report"}),
        ("/%61/%62", "/a/b", {}),
        ("/a/x%2Fy", "/a/{x}", {"x": "x%2Fy"}),
        ("/a/1,2", "/a/{x},{y}", {"x": "1", "y": "2"}),
        ("/files/one/two", "/files/{rest+}", {"rest": "one/two"}),
        ("/one%2Ftwo/c", "/one%2ftwo/{x}", {"x": "c"}),
        ("/caf%C3%A9", "/café", {}),
        ("/café", "/café", {}),
        ("//twice", "//twice", {}),
        ("/twice", "//twice", {}),
        ("/", "/", {}),
    ],
)
def test_paths(target: str, path: str, values: dict[str, str]) -> None:
    known = (
        "/a/{x}",
        "/a/{x}.json",
        "/a/{x}:run",
        "/a/{x},{y}",
        "/a/b",
        "/files/{rest+}",
        "/one%2ftwo/{x}",
        "/café",
        "//twice",
        "/",
    )
    first = routes.router(api(*known)).match("GET", target, "")[0]
    assert (first.operation.path, first.values) == (path, values)


@pytest.mark.parametrize(
    ("server", "variables", "target"),
    [
        ("https://example.org/v1/", [], "/v1/pets"),
        ("https://example.org/{v}", [("v", "v1", ["v1", "v2"], "")], "/v2/pets"),
        ("https://example.org/{v}", [("v", "v1", [], "")], "/v1/pets"),
        ("{scheme}://example.org/v1", [("scheme", "https", [], "")], "/v1/pets"),
        ("//example.org/v1", [], "/v1/pets"),
        ("/v1", [], "/v1/pets"),
        ("https://{region}.example.org", [("region", "eu", [], "")], "/pets"),
        ("https://example.org/v1", [], "/pets"),
    ],
)
def test_base_paths(server: str, variables: list[object], target: str) -> None:
    assert routes.router(api("/pets", server=server, variables=variables)).match("GET", target, "")


def test_less_specific_templates_are_not_asked() -> None:
    """What the concrete path refuses stays refused: its methods and its query are those that count."""
    router = routes.router(api("/a/b", "/a/{x}", "/{x}/{y}", "/{x}/b", method="POST"))
    assert [match.operation.path for match in router.match("POST", "/a/b", "")] == ["/a/b"]
    assert [match.operation.path for match in router.match("POST", "/a/c", "")] == ["/a/{x}"]
    assert [match.operation.path for match in router.match("POST", "/c/b", "")] == ["/{x}/b"]
    mixed = routes.router(Api(info=Info(title="", version=""), operations=[
        *api("/a/b", method="PUT").operations, *api("/a/{x}").operations, *api("/a/d?e=f").operations,
    ]))  # fmt: skip
    assert mixed.match("GET", "/a/b", "") == []
    assert mixed.allowed("/a/b", "") == ("PUT",)
    assert [match.operation.path for match in mixed.match("GET", "/a/d", "")] == ["/a/{x}"]
    assert [match.operation.path for match in mixed.match("GET", "/a/d", "e=f")] == ["/a/d?e=f"]


def test_a_query_in_the_path_key_is_asked_for() -> None:
    router = routes.router(api("/search?kind=cat", "/search?kind=dog", "/search"))
    assert router.match("GET", "/search", "kind=dog")[0].operation.path == "/search?kind=dog"
    assert router.match("GET", "/search", "")[0].operation.path == "/search"


def test_required_parameters_tell_operations_of_one_path_apart() -> None:
    """As in documents whose path keys differ in their fragment only."""
    first = Use(type="string", constraints=Constraints(pattern="^One$"))
    second = Use(type="string", constraints=Constraints(pattern="^Two$"))
    operations = [
        operation("POST", "/", parameter("Action", "query", required=True, use=use), responses=[])
        for use in (first, second)
    ]
    operations[0].id, operations[1].id = "POST /#One", "POST /#Two"
    mock = App(Api(info=Info(title="", version=""), operations=operations, types=types()), PlainCodecs())
    seen: list[str] = []
    for name in ("POST /#One", "POST /#Two"):
        mock.handle(name, lambda call: seen.append(call.operation))
    for target in ("/?Action=Two", "/?Action=One"):
        assert mock.respond(Request(method="POST", target=target)).status == 200
    assert seen == ["POST /#Two", "POST /#One"]


def test_variables_in_the_query_of_a_path_key() -> None:
    router = routes.router(api("/rides?page={page}&mine=yes", "/rides?page={page}"))
    mine, every = router.routes[0].operation, router.routes[1].operation
    matches = router.match("GET", "/rides", "page=4%2B&mine=yes&more=1")
    assert [match.operation for match in matches] == [mine, every]
    assert matches[0].values == {"page": "4%2B"}
    assert [match.operation for match in router.match("GET", "/rides", "")] == [every]


@pytest.mark.parametrize(
    ("target", "status", "hint"),
    [
        ("/contactList/1/import/2", 404, "did you mean /contactLists/{list}/import/{job}?"),
        ("/v2/pet", 404, "did you mean /v2/pets?"),
        ("/PETS/7", 404, "did you mean /pets/{id}?"),
        ("/", 404, "the document has GET /contactLists/{list}/import/{job}, GET /pets/{id}, GET /v2/pets, "),
        ("/search?kind=fish", 404, "the document has this path only with ?kind=cat or ?kind=dog"),
    ],
)
def test_a_path_that_is_not_documented_is_answered_with_one_that_is(
    target: str, status: int, hint: str
) -> None:
    known = (
        "/contactLists/{list}/import/{job}",
        "/pets/{id}",
        "/v2/pets",
        "/search?kind=cat",
        "/search?kind=dog",
    )
    documented = api(*known)
    response = App(documented, PlainCodecs()).respond(Request(method="GET", target=target))
    assert response.status == status
    assert hint in response.body.decode()
