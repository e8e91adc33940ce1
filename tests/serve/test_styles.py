"""The specification's table of styles, read backwards (OpenAPI 3.2.0, "Style Examples")."""

from __future__ import annotations

from typing import Any

import pytest
from bindwright.ir.model import Api, Array, Info, Map, Operation, Parameter, Use
from bindwright.runtime.http.body_codecs import BodyCodecs
from bindwright.runtime.http.model.message import Headers
from bindwright.runtime.http.model.operation import Parameter as RuntimeParameter
from bindwright.runtime.http.model.operation import Response
from bindwright.runtime.http.request.arguments import header_writer
from bindwright.runtime.http.response.typed_headers import typed_headers
from bindwright.serve import Request
from bindwright.serve.validation.parameters import ParameterReader

from tests.serve.shop import types

EMPTY, SINGLE, LIST, MAP = "", "blue", ["blue", "black", "brown"], {"R": "100", "G": "200", "B": "150"}


def read(location: str, style: str, explode: bool, type_id: str, text: str) -> Any:
    known = types() | {
        "list": Array(id="list", items=Use(type="string")),
        "map": Map(id="map", values=Use(type="string")),
    }
    parameter = Parameter(
        name="color",
        location=location,
        use=Use(type=type_id),
        style=style,
        explode=explode,  # type: ignore[arg-type]
    )
    target = f"/x?{text}" if location == "query" else "/x"
    headers = {"header": (("color", text),), "cookie": (("cookie", text),)}.get(location, ())
    operation = Operation(id="x", method="GET", path="/x", parameters=[parameter])
    request = Request(method="GET", target=target, headers=headers)
    arguments = ParameterReader(Api(info=Info(title="", version=""), types=known)).read(
        operation, request, {"color": text}
    )
    assert not arguments.violations
    return arguments.of(location).get("color")


@pytest.mark.parametrize(
    ("location", "style", "explode", "value", "text"),
    [
        ("path", "matrix", False, EMPTY, ";color"),
        ("path", "matrix", False, SINGLE, ";color=blue"),
        ("path", "matrix", False, LIST, ";color=blue,black,brown"),
        ("path", "matrix", False, MAP, ";color=R,100,G,200,B,150"),
        ("path", "matrix", True, LIST, ";color=blue;color=black;color=brown"),
        ("path", "matrix", True, MAP, ";R=100;G=200;B=150"),
        ("path", "label", False, EMPTY, "."),
        ("path", "label", False, SINGLE, ".blue"),
        ("path", "label", False, LIST, ".blue,black,brown"),
        ("path", "label", False, LIST, ".blue.black.brown"),
        ("path", "label", False, MAP, ".R,100,G,200,B,150"),
        ("path", "label", True, LIST, ".blue.black.brown"),
        ("path", "label", True, MAP, ".R=100.G=200.B=150"),
        ("path", "simple", False, SINGLE, "blue"),
        ("path", "simple", False, LIST, "blue,black,brown"),
        ("path", "simple", False, MAP, "R,100,G,200,B,150"),
        ("path", "simple", True, MAP, "R=100,G=200,B=150"),
        ("header", "simple", False, LIST, "blue, black,brown"),
        ("header", "simple", True, MAP, "R=100,G=200,B=150"),
        ("query", "form", False, EMPTY, "color="),
        ("query", "form", False, SINGLE, "color=blue"),
        ("query", "form", False, LIST, "color=blue,black,brown"),
        ("query", "form", False, MAP, "color=R,100,G,200,B,150"),
        ("query", "form", True, LIST, "color=blue&color=black&color=brown"),
        ("query", "form", True, MAP, "R=100&G=200&B=150"),
        ("query", "spaceDelimited", False, LIST, "color=blue%20black%20brown"),
        ("query", "pipeDelimited", False, LIST, "color=blue%7Cblack%7Cbrown"),
        ("query", "pipeDelimited", False, LIST, "color=blue|black|brown"),
        ("query", "deepObject", True, MAP, "color[R]=100&color[G]=200&color[B]=150"),
        ("query", "deepObject", True, MAP, "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"),
        ("cookie", "form", False, SINGLE, "other=1; color=blue"),
        ("cookie", "form", False, LIST, "color=blue,black,brown"),
        ("query", "form", False, ["a,b", "c d", "é"], "color=a%2Cb,c+d,%C3%A9"),
        ("path", "simple", False, ["a,b", "c d"], "a%2Cb,c%20d"),
    ],
)
def test_style(location: str, style: str, explode: bool, value: Any, text: str) -> None:
    kind = "list" if isinstance(value, list) else "map" if isinstance(value, dict) else "string"
    assert read(location, style, explode, kind, text) == value


def test_values_are_typed() -> None:
    assert read("query", "form", True, "integer", "color=12") == 12
    assert read("query", "form", True, "boolean", "color=true") is True
    assert read("query", "form", True, "number", "color=1.5e3") == 1500.0


def test_what_is_nested_in_an_exploded_object_is_json() -> None:
    known = types() | {
        "row": Array(id="row", items=Use(type="integer")),
        "table": Map(id="table", values=Use(type="row")),
    }
    parameter = Parameter(name="t", location="query", use=Use(type="table"), style="form", explode=True)
    operation = Operation(id="x", method="GET", path="/x", parameters=[parameter])
    reader = ParameterReader(Api(info=Info(title="", version=""), types=known))
    request = Request(method="GET", target="/x?a=%5B1%2C2%5D")
    arguments = reader.read(operation, request, {})
    assert (arguments.violations, arguments.of("query")) == ([], {"t": {"a": [1, 2]}})
    broken = reader.read(operation, Request(method="GET", target="/x?a=%5B1%2C"), {})
    assert [violation.what for violation in broken.violations] == ["expected an array, found a string"]


CODECS = BodyCodecs("w50api")
"""Of a package; none of its models is used."""


@pytest.mark.parametrize(
    "value", [["a,b", "c"], [" a", "b "], ['"e,t"', 'W/"x"', '"y"'], {"k,1": "v", "l": "a,b"}]
)
@pytest.mark.parametrize("explode", [False, True])
def test_an_item_of_a_header_with_a_comma_is_a_quoted_string(value: Any, explode: bool) -> None:
    """What the client writes the mock reads, and the client reads as an answer's header (RFC 9110, 5.6.1)."""
    type_ = "list[str]" if isinstance(value, list) else "dict[str, str]"
    parameter = RuntimeParameter(name="color", location="header", type=type_, explode=explode)
    [(_, text)] = header_writer("color", parameter, CODECS)({"color": value})
    if explode and isinstance(value, dict):
        value = {"l": "a,b"}  # a comma in a name has no form of its own
        [(_, text)] = header_writer("color", parameter, CODECS)({"color": value})
    assert read("header", "simple", explode, "list" if isinstance(value, list) else "map", text) == value
    response = Response(status="200", headers=(parameter,))
    assert typed_headers(response, Headers([("color", text)]), CODECS) == {"color": value}


@pytest.mark.parametrize(
    ("style", "separator"), [("spaceDelimited", " "), ("pipeDelimited", "|"), ("tabDelimited", "\t")]
)
@pytest.mark.parametrize("location", ["header", "path"])
def test_collection_formats_hold_beside_the_query(style: str, separator: str, location: str) -> None:
    """OpenAPI 2.0, "Parameter Object" and "Header Object", collectionFormat: in requests, at the mock, in answers."""
    assert read(location, style, False, "list", separator.join(LIST)) == LIST
    if location == "header":
        parameter = RuntimeParameter(name="color", location="header", type="list[str]", style=style)  # type: ignore[arg-type]
        response = Response(status="200", headers=(parameter,))
        sent = Headers([("color", separator.join(LIST))])
        assert typed_headers(response, sent, CODECS) == {"color": LIST}
