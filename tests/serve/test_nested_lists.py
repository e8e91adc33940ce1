"""Lists of lists of OpenAPI 2.0: each has the separator of its own `collectionFormat`, for clients and for the mock."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from bindwright import ir
from bindwright import openapi as spec
from bindwright.runtime.http import Parameter, Response
from bindwright.runtime.http.body_codecs import BodyCodecs
from bindwright.runtime.http.model.message import Headers
from bindwright.runtime.http.response.typed_headers import typed_headers
from bindwright.serve import Call
from bindwright.serve.handlers import Answer
from bindwright.serve.package import import_from_memory as package
from bindwright.targets import python
from bindwright.testing import MockApi

LIST = "type: array, collectionFormat: {outer}, items: {{type: array, collectionFormat: {inner}, items: {{type: integer}}}}"
DOCUMENT = """
swagger: '2.0'
info: {{title: t, version: '1'}}
host: mock.example
paths:
  /path/{{a}}:
    get: {{operationId: in_path, tags: [x], parameters: [{{name: a, in: path, required: true, {path}}}], responses: {{'204': {{description: ok}}}}}}
  /query:
    get: {{operationId: in_query, tags: [x], parameters: [{{name: a, in: query, required: true, {query}}}], responses: {{'204': {{description: ok}}}}}}
  /header:
    get:
      operationId: in_header
      tags: [x]
      parameters: [{{name: a, in: header, required: true, {header}}}]
      responses: {{'204': {{description: ok, headers: {{B: {{{header}}}}}}}}}
  /form:
    post:
      operationId: in_form
      tags: [x]
      consumes: [{media_type}]
      parameters: [{{name: a, in: formData, required: true, {form}}}]
      responses: {{'204': {{description: ok}}}}
"""
MARKS = {"csv": ",", "ssv": " ", "tsv": "\t", "pipes": "|"}
VALUE = [[1, 2], [3]]


def _list(outer: str, inner: str) -> str:
    return LIST.format(outer=outer, inner=inner)


class Clients:
    """The clients of a document and its mock."""

    def __init__(self, module: ModuleType, mock: MockApi) -> None:
        self.module, self.mock = module, mock

    def call(self, method: str, **keywords: Any) -> Any:
        """What the synchronous client gives; the asynchronous one has to give the same."""
        with self.module.Client("http://mock.example", transport=self.mock.transport, retries=0) as client:
            answer = getattr(client.x.with_raw_response, method)(**keywords)

        async def again() -> Any:
            transport = self.mock.async_transport
            async with self.module.AsyncClient(
                "http://mock.example", transport=transport, retries=0
            ) as client:
                return await getattr(client.x.with_raw_response, method)(**keywords)

        assert dict(asyncio.run(again()).typed_headers) == dict(answer.typed_headers)
        first, second = (call.request for call in self.mock.calls[-2:])
        assert (first.target, first.header("a")) == (second.target, second.header("a"))
        return answer


@pytest.fixture
def clients(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Clients]:
    outer, inner, media_type = request.param
    listed = _list(outer, inner)
    single = _list("csv" if outer == "multi" else outer, inner)  # `multi` is for queries and forms
    text = DOCUMENT.format(path=single, query=listed, header=single, form=listed, media_type=media_type)
    document = tmp_path / "document.yaml"
    document.write_text(text)
    api = ir.lower(spec.load(document))
    name = package.unused_name()
    module = package.install(name, python.emit(api, python.PythonOptions(package=name), {}).files)
    yield Clients(module, MockApi.load(document))
    package.uninstall(name)


FORM, PARTS = "application/x-www-form-urlencoded", "multipart/form-data"
CASES = [
    (outer, inner, media_type)
    for outer in (*MARKS, "multi")
    for inner in MARKS
    for media_type in (FORM, PARTS)
    if outer != inner or (outer == "csv" and media_type == FORM)
]


@pytest.mark.parametrize("clients", CASES, indirect=True, ids=["-".join(case) for case in CASES])
def test_inner_lists_have_their_separators(clients: Clients) -> None:
    seen: list[Any] = []

    def keep(call: Call) -> Any:
        seen.append({**call.path, **call.query, **call.header, "body": call.body})
        return Answer(status=204)

    for path in ("GET /path/{a}", "GET /query", "GET /header", "POST /form"):
        clients.mock.handle(path, keep)
    for method in ("in_path", "in_query", "in_header"):
        clients.call(method, a=VALUE)
    assert [arguments["a"] for arguments in seen] == [VALUE] * 6
    clients.call("in_form", body={"a": VALUE})
    assert [arguments["body"].a for arguments in seen[6:]] == [VALUE] * 2


STYLES: dict[str, Any] = {
    "csv": "simple",
    "ssv": "spaceDelimited",
    "tsv": "tabDelimited",
    "pipes": "pipeDelimited",
}


@pytest.mark.parametrize(
    ("outer", "inner"), [(outer, inner) for outer in MARKS for inner in MARKS if outer != inner]
)
def test_headers_of_answers_are_read(outer: str, inner: str) -> None:
    items = [MARKS[inner].join(map(str, held)) for held in VALUE]
    text = MARKS[outer].join(f'"{item}"' if outer == "csv" and "," in item else item for item in items)
    header = Parameter(
        name="B",
        location="header",
        type="list[list[int]]",
        style=STYLES[outer],
        inner_separators=(MARKS[inner],),
    )
    codecs = BodyCodecs("w50api")
    assert typed_headers(Response(status="200", headers=(header,)), Headers([("B", text)]), codecs) == {
        "B": VALUE
    }


@pytest.mark.parametrize(
    "clients", [("pipes", "csv", FORM), ("csv", "pipes", FORM), ("csv", "csv", FORM)], indirect=True
)
def test_sampled_headers_of_answers_are_lists_of_lists(clients: Clients) -> None:
    value = clients.call("in_header", a=VALUE).typed_headers["B"]
    assert all(isinstance(item, int) for inner in value for item in inner), value
    assert value


@pytest.mark.parametrize("clients", [("csv", "pipes", FORM)], indirect=True)
def test_what_is_sent(clients: Clients) -> None:
    clients.call("in_path", a=VALUE)
    clients.call("in_query", a=VALUE)
    clients.call("in_form", body={"a": VALUE})
    path, _, query, _, form, _ = (call.request for call in clients.mock.calls)
    assert (path.target, query.target, form.body) == ("/path/1%7C2,3", "/query?a=1%7C2,3", b"a=1%7C2,3")
