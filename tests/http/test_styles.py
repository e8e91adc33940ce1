"""OpenAPI 3.2.0, "Style Examples", row for row, through whole requests and by the writers."""

from __future__ import annotations

from typing import Any

import pytest
from bindwright.runtime.http import InvalidRequest, Parameter
from bindwright.runtime.http.body_codecs import BodyCodecs
from bindwright.runtime.http.config.config import Config
from bindwright.runtime.http.model.operation import ApiSpec
from bindwright.runtime.http.request_plan import RequestPlan

from tests.http import shop

STRING, ARRAY, OBJECT = "blue", ["blue", "black", "brown"], {"R": 100, "G": 200, "B": 150}

# style, explode, null, string, array, object: the table's own order and text
TABLE = [
    ("matrix", False, ";color", ";color=blue", ";color=blue,black,brown", ";color=R,100,G,200,B,150"),
    ("matrix", True, ";color", ";color=blue", ";color=blue;color=black;color=brown", ";R=100;G=200;B=150"),
    ("label", False, ".", ".blue", ".blue,black,brown", ".R,100,G,200,B,150"),
    ("label", True, ".", ".blue", ".blue.black.brown", ".R=100.G=200.B=150"),
    ("simple", False, "", "blue", "blue,black,brown", "R,100,G,200,B,150"),
    ("simple", True, "", "blue", "blue,black,brown", "R=100,G=200,B=150"),
    ("form", False, "color=", "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"),
    ("form", True, "color=", "color=blue", "color=blue&color=black&color=brown", "R=100&G=200&B=150"),
    ("spaceDelimited", False, None, None, "color=blue%20black%20brown", "color=R%20100%20G%20200%20B%20150"),
    ("pipeDelimited", False, None, None, "color=blue%7Cblack%7Cbrown", "color=R%7C100%7CG%7C200%7CB%7C150"),
    ("deepObject", True, None, None, None, "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"),
    ("cookie", False, "color=", "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"),
    ("cookie", True, "color=", "color=blue", "color=blue; color=black; color=brown", "R=100; G=200; B=150"),
]
CASES = [
    (style, explode, value, expected)
    for style, explode, *columns in TABLE
    for value, expected in zip((None, STRING, ARRAY, OBJECT), columns, strict=True)
    if expected is not None
]


def built(parameter: Parameter, value: Any, path: str = "/x") -> Any:
    operation = shop.operation(path=path, parameters=(parameter,))
    config = Config().derive({"base_url": "http://h"})
    plan = RequestPlan(operation, ApiSpec(package="shop_in_memory"), BodyCodecs("shop_in_memory"))
    from bindwright.runtime.model import UNSET

    return plan.build({parameter.name: value}, UNSET, config)


def written(location: str, style: str | None, explode: bool | None, value: Any, **facts: Any) -> str:
    """The text of one parameter called ``color`` in its location."""
    type_ = facts.pop("type", "Any | None")
    facts_path = facts.pop("path", "/a/v{color}/b")
    parameter = Parameter(
        name=facts.pop("name", "color"), location=location, type=type_, required=True, style=style,  # type: ignore[arg-type]
        explode=explode, **facts,
    )  # fmt: skip
    if location == "path":
        request = built(parameter, value, facts_path)
        return str(request.url.removeprefix("http://h/a/").removeprefix("v").removesuffix("/b"))
    request = built(parameter, value)
    if location == "query":
        return str(request.url.partition("?")[2])
    return str(request.headers["Cookie" if location == "cookie" else parameter.name])


@pytest.mark.parametrize(("style", "explode", "value", "expected"), CASES)
def test_table(style: str, explode: bool, value: Any, expected: str) -> None:
    location = {"matrix": "path", "label": "path", "simple": "path", "cookie": "cookie"}.get(style, "query")
    assert written(location, style, explode, value) == expected


@pytest.mark.parametrize(
    ("value", "explode", "expected"),
    [(STRING, False, "blue"), (ARRAY, False, "blue,black,brown"), (ARRAY, True, "blue,black,brown"),
     (OBJECT, False, "R,100,G,200,B,150"), (OBJECT, True, "R=100,G=200,B=150"), ("a b,c%", False, "a b,c%")],
)  # fmt: skip
def test_headers_are_not_encoded(value: Any, explode: bool, expected: str) -> None:
    assert written("header", "simple", explode, value) == expected


@pytest.mark.parametrize("style", ["form", "spaceDelimited", "pipeDelimited", "deepObject"])
@pytest.mark.parametrize("explode", [True, False])
@pytest.mark.parametrize("empty", [[], {}])
def test_empty_lists_and_objects_are_left_out(style: str, explode: bool, empty: Any) -> None:
    assert written("query", style, explode, empty) == ""


def test_empty_string_is_not_null_and_is_sent() -> None:
    assert written("query", "form", True, "") == "color="
    assert written("query", "form", False, ["", "x"]) == "color=,x"


def test_commas_stand_between_values_and_are_encoded_within() -> None:
    assert (
        written("query", "form", False, ["a,b", "c d", "\u00e9&=+#%"])
        == "color=a%2Cb,c%20d,%C3%A9%26%3D%2B%23%25"
    )


def test_names_are_encoded() -> None:
    assert written("query", "form", True, "x", name="a b[]\u20ac") == "a%20b%5B%5D%E2%82%AC=x"


def test_everything_but_unreserved_is_encoded() -> None:
    text = "".join(map(chr, range(0x21, 0x7F)))
    encoded = written("query", "form", True, text).partition("=")[2]
    from urllib.parse import unquote

    assert unquote(encoded) == text
    assert set(encoded.replace("%", "")) <= set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
    )


def test_allow_reserved_keeps_reserved_characters_and_triplets() -> None:
    encoded = written("query", "form", True, ":/?[]@!$&'()*+,;=%20%zz \u00e9", allow_reserved=True)
    assert encoded == "color=:/?[]@!$&'()*+,;=%20%25zz%20%C3%A9"
    assert written("query", "form", True, "a#b", allow_reserved=True) == "color=a%23b"
    assert written("path", "simple", False, "a/b?c", allow_reserved=True) == "a/b%3Fc"


def test_content_parameters() -> None:
    assert written("query", None, None, {"a": [1, "x"]}, content="application/json") == (
        "color=%7B%22a%22%3A%5B1%2C%22x%22%5D%7D"
    )
    assert written("header", None, None, {"a": 1}, content="application/json") == '{"a":1}'


@pytest.mark.parametrize(
    ("value", "type_", "expected"),
    [(True, "bool", "true"), (1.5, "float", "1.5"), (10**30, "int", str(10**30)),
     (["a", "b"], "list[str]", "a&color=b")],
)  # fmt: skip
def test_scalars_take_their_spelling_in_json(value: Any, type_: str, expected: str) -> None:
    assert written("query", "form", True, value, type=type_) == f"color={expected}"


def test_dates_and_models() -> None:
    import datetime as dt

    assert written("query", "form", True, dt.date(2024, 2, 29), type="dt.date") == "color=2024-02-29"
    encoded = written("query", "deepObject", True, shop.Pet(name="a b", age=3), type="Pet")
    assert encoded == "color%5BName%5D=a%20b&color%5BAge%5D=3"


def test_deep_objects_go_deeper_than_the_specification() -> None:
    encoded = written("query", "deepObject", True, {"a": {"b": "1"}, "c": ["2", "3"]})
    assert encoded == "color%5Ba%5D%5Bb%5D=1&color%5Bc%5D%5B0%5D=2&color%5Bc%5D%5B1%5D=3"


@pytest.mark.parametrize("value", [".", ".."])
def test_dot_segments_are_refused(value: str) -> None:
    with pytest.raises(InvalidRequest, match="segment"):
        written("path", "simple", False, value, path="/a/{color}/b")


@pytest.mark.parametrize("value", ["a/../b", "%2e%2E", "./x"])
def test_dot_segments_are_refused_where_reserved_characters_are_kept(value: str) -> None:
    with pytest.raises(InvalidRequest, match="segment"):
        written("path", "simple", False, value, allow_reserved=True, path="/a/{color}/b")


@pytest.mark.parametrize("value", ["...", "a.", ".a", "..a", "1.5"])
def test_other_dots_are_sent(value: str) -> None:
    assert written("path", "simple", False, value, path="/a/{color}/b") == value


@pytest.mark.parametrize("value", ["a\r\nX: y", "a\nb", "a\rb", "a\0b", "caf\u00e9", "\U0001f600"])
@pytest.mark.parametrize("location", ["header", "cookie"])
def test_what_a_header_cannot_carry_is_refused(value: str, location: str) -> None:
    with pytest.raises(InvalidRequest):
        written(location, "simple" if location == "header" else "cookie", False, value)


def test_a_required_parameter_must_be_there() -> None:
    with pytest.raises(InvalidRequest, match="'color' is required"):
        written("query", "form", True, None, type="str")


def test_lone_surrogates_are_refused() -> None:
    with pytest.raises(InvalidRequest):
        written("query", "form", True, "\ud800")


@pytest.mark.parametrize("value", ["", [], {}])
def test_an_empty_segment_is_refused(value: Any) -> None:
    with pytest.raises(InvalidRequest, match="'color' is empty"):
        written("path", "simple", False, value, path="/a/{color}/b")
    with pytest.raises(InvalidRequest, match="'color' is empty"):
        written("path", None, None, value, path="/a/{color}", type="str" if value == "" else "Any")


def test_an_empty_part_of_a_segment_is_sent() -> None:
    assert written("path", "simple", False, "", path="/a/v{color}/b") == ""
    assert written("path", "simple", False, "", path="/a/{color}/b", allow_empty=True) == ""


SEPARATED = [
    ("spaceDelimited", "a%20b", "a b"),
    ("pipeDelimited", "a%7Cb", "a|b"),
    ("tabDelimited", "a%09b", "a\tb"),
]


@pytest.mark.parametrize(("style", "in_path", "in_header"), SEPARATED)
def test_separators_hold_in_every_place(style: str, in_path: str, in_header: str) -> None:
    assert written("path", style, False, ["a", "b"]) == in_path
    assert written("header", style, False, ["a", "b"], name="X-Ids") == in_header


@pytest.mark.parametrize(
    ("path", "required", "target"),
    [
        ("/x?comp=list", True, "/x?comp=list"),
        ("/x?comp=list&rest=a", True, "/x?rest=a&comp=list"),
        ("/x?rest=a", True, "/x?rest=a&comp=list"),
        ("/x?comp=list", False, "/x?comp=list&comp=list"),
    ],
)
def test_what_a_path_and_a_parameter_both_say_is_sent_once(path: str, required: bool, target: str) -> None:
    parameter = Parameter(name="comp", location="query", type="str", required=required)
    assert built(parameter, "list", path).url.endswith(target)
