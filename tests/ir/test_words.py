"""Names as words: unique where they are told apart, and the same whatever language reads them."""

from __future__ import annotations

import pytest
from bindwright.ir.model import Api, name_asked_for
from bindwright.standards.name_words import words
from bindwright.targets.python.naming.plan import plan_names

from tests.ir.driver import api_of, member, named

DOCUMENT = """
paths:
  /pets/{petId}:
    get: {operationId: getPet, responses: {'200': {description: d, content: {application/json: {schema:
      {type: object, properties: {a: {type: string}}}}}}}}
    put: {responses: {}, parameters: [{name: X-Trace-ID, in: header, schema: {type: string}}]}
  /other: {get: {operationId: get_pet, responses: {}}}
components:
  schemas:
    HTTPServer: {type: object, properties: {ipAddress: {type: string}, ip_address: {type: string}, plain: {type: string}}}
    http-server: {type: object, properties: {lines: {type: array, items: {type: object, properties: {n: {type: string}}}}}}
    Level: {type: string, enum: [very high, low, VeryHigh, '-1'], x-enum-varnames: [High, Low, Top, Minus]}
"""


def settled() -> Api:
    return api_of(DOCUMENT)


def test_types() -> None:
    api = settled()
    words = [tuple(type_.words) for type_ in api.types.values() if type_.words]
    assert len(set(words)) == len(words)
    assert named(api, "HTTPServer").words == ["http", "server"]
    assert named(api, "http-server").words == ["http", "server", "2"]
    assert ("http", "server", "lines", "item") in words


def test_members() -> None:
    api = settled()
    assert member(api, "HTTPServer", "ipAddress").words == ["ip", "address"]
    assert member(api, "HTTPServer", "ip_address").words == ["ip", "address", "2"]
    assert member(api, "HTTPServer", "plain").words == []
    assert [member.words for member in named(api, "Level").members] == [["high"], [], ["top"], ["minus"]]


def test_operations_and_parameters() -> None:
    api = settled()
    words = {operation.id: operation.words for operation in api.operations}
    assert words["GET /pets/{petId}"] == ["get", "pet"]
    assert words["PUT /pets/{petId}"] == ["put", "pets", "pet", "id"]
    assert words["GET /other"] == ["get", "pet", "2"]
    put = next(operation for operation in api.operations if operation.method == "PUT")
    assert {parameter.name: parameter.words for parameter in put.parameters} == {
        "X-Trace-ID": ["x", "trace", "id"],
        "petId": ["pet", "id"],
    }


@pytest.mark.parametrize("name", ["plain", "snake_case", "sha256", "a1_b2c", "x_1st", "ids", "oauth2_token"])
def test_simple_names_have_the_words_between_their_underscores(name: str) -> None:
    """What is left out of the IR is what splitting would give."""
    api = api_of(
        f"components: {{schemas: {{T: {{type: object, properties: {{{name}: {{type: string}}}}}}}}}}"
    )
    settled = member(api, "T", name).words or name.split("_")
    assert settled == [word.lower() for word in words(name)]


def test_names_by_language() -> None:
    """A name for one language leaves the words and all other languages alone."""
    api = api_of(
        """
        components:
          schemas:
            Order:
              type: object
              x-bindwright-name: {python: PurchaseOrder, typescript: Purchase}
              properties:
                lines: {type: integer, x-bindwright-name: {python: line_count, '*': number_of_lines}}
                plain: {type: string, x-bindwright-name: simple}
                odd: {type: string, x-bindwright-name: {python: 5}}
        """
    )
    order = named(api, "Order")
    assert (order.names, order.words) == ({"python": "PurchaseOrder", "typescript": "Purchase"}, ["order"])
    lines = member(api, "Order", "lines")
    assert lines.words == ["number", "of", "lines"]
    assert [name_asked_for(lines.names, language) for language in ("python", "go")] == [
        "line_count", "number_of_lines",
    ]  # fmt: skip
    assert member(api, "Order", "plain").words == ["simple"]
    assert member(api, "Order", "odd").names == {}


def test_python_takes_its_own_names() -> None:
    api = api_of(
        """
        components:
          schemas:
            Order:
              type: object
              x-bindwright-name: {python: PurchaseOrder, typescript: Purchase}
              properties: {lines: {type: integer, x-bindwright-name: {python: line_count, '*': number_of_lines}}}
        """
    )
    plan = plan_names(api, "shop", {}, {})
    assert list(plan.classes.values()) == ["PurchaseOrder"]
    assert list(plan.fields.values()) == [{"lines": "line_count"}]
