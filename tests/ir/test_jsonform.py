"""The IR as JSON: nothing is lost."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from bindwright.ir import lower
from bindwright.ir import serialize as jsonform
from bindwright.ir.json_values import from_json, number_text, to_json
from bindwright.ir.model import Api, Constraints, Enum, EnumMember, Info, Object, Property, Scalar, Union, Use
from bindwright.openapi import load, loads
from bindwright.openapi.text.numbers import real
from hypothesis import given, settings
from hypothesis import strategies as st

ROOT = Path(__file__).parents[2]

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(min_value=2**60, max_value=2**200)
    | st.floats(allow_nan=False)
    | st.decimals(allow_nan=False, allow_infinity=False).map(
        lambda value: real(str(value)) if not str(value).lstrip("-").isdigit() else int(value)
    )
    | st.text()
)
KEYS = st.text() | st.sampled_from(["$number", "$object", "$pairs"])
VALUES: Any = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)


def same(left: Any, right: Any) -> bool:
    """Equality that tells 1, 1.0, True and Decimal(1) apart."""
    if type(left) is not type(right):
        return False
    if isinstance(left, list):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, dict):
        return left.keys() == right.keys() and all(same(value, right[key]) for key, value in left.items())
    return number_text(left) == number_text(right) if isinstance(left, float) else str(left) == str(right)


@given(VALUES)
@settings(deadline=None)
def test_values_come_back(value: Any) -> None:
    text = json.dumps(to_json(value), allow_nan=False)
    assert same(from_json(json.loads(text)), value)


@given(default=VALUES, example=VALUES, extension=VALUES, member=VALUES, limit=st.integers() | st.none())
@settings(max_examples=60, deadline=None)
def test_apis_come_back(default: Any, example: Any, extension: Any, member: Any, limit: int | None) -> None:
    use = Use(
        type="string",
        default=default,
        has_default=True,
        examples=[example],
        extensions={"x-a": extension},
        constraints=Constraints(minimum=limit, pattern="a"),
    )
    types: list[Any] = [
        Scalar(id="string", base="string"),
        Enum(id="#/e", base="mixed", members=[EnumMember(value=member)]),
        Object(id="#/o", properties=[Property(name="p", use=use, declared_in="#/o")], member_order=["a"]),
        Union(id="#/u", members=[use], mapping={"a": "#/o"}),
    ]
    api = Api(
        info=Info(title="t", version="1"),
        types={type_.id: type_ for type_ in types},
        extensions={"x": example},
    )
    back = jsonform.loads(jsonform.dumps(api, places=True))
    assert back == api
    assert jsonform.dumps(back) == jsonform.dumps(api)
    kept = back.types["#/o"].properties[0].use.default  # type: ignore[union-attr]
    assert same(kept, default)


def test_numbers_that_json_has_not() -> None:
    assert to_json(Decimal("1.10")) == {"$number": "1.10"}
    assert to_json(2**53) == {"$number": "9007199254740992"}
    assert to_json(-(2**63)) == {"$number": "-9223372036854775808"}
    assert to_json(float("-inf")) == {"$number": "-INF"}
    assert to_json({"$number": "1"}) == {"$object": {"$number": "1"}}


DECIMALS = {
    "json": '{"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {}, "components":'
    ' {"schemas": {"T": {"type": "object", "properties": {"a": {"default": 1.50, "minimum": 0.10}}}}}}',
    "yaml": "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n    T:\n"
    "      type: object\n      properties:\n        a:\n          default: 1.50\n          minimum: 0.10\n",
    "flow": "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n    T:\n"
    "      type: object\n      properties: {a: {default: 1.50, minimum: 0.10}}\n",
}


@pytest.mark.parametrize("text", DECIMALS.values(), ids=DECIMALS)
def test_decimals_keep_their_spelling(text: str) -> None:
    use = jsonform.data_of(lower(loads(text)))["types"]["#T"]["properties"][0]["use"]
    assert use["default"] == {"$number": "1.50"}
    assert use["constraints"]["minimum"] == "0.10"


@pytest.mark.parametrize("name", ["openapi.yaml", "tests/datacontract/facts/datacontract.openapi.yaml"])
def test_real_documents_come_back(name: str) -> None:
    path = ROOT / name
    api = lower(load(path))
    assert jsonform.loads(jsonform.dumps(api, places=True)) == api
    assert jsonform.dumps(lower(load(path))) == jsonform.dumps(api)
