"""The harness for a vendor's protocol cases, with cases written here: what is right passes, what is wrong is told of."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from tests.interop.protocols.__main__ import verdict
from tests.interop.protocols.cases import Case
from tests.interop.protocols.server import server

SHAPES = {
    "Harbour": {
        "type": "structure",
        "members": {
            "name": {"shape": "Text", "location": "uri"},
            "flags": {"shape": "Flags", "location": "header", "locationName": "X-Flags"},
            "berths": {"shape": "Berths"},
            "tides": {"shape": "Tides", "flattened": True, "locationName": "tide"},
        },
    },
    "Berth": {"type": "structure", "members": {"depth": {"shape": "Depth", "locationName": "Depth"}}},
    "Berths": {"type": "list", "member": {"shape": "Berth"}},
    "Tides": {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Moment"}},
    "Flags": {"type": "list", "member": {"shape": "Text"}},
    "Text": {"type": "string"},
    "Depth": {"type": "double"},
    "Moment": {"type": "timestamp"},
}
PARAMETERS = {
    "name": "a/b",
    "flags": ["x,y", "z"],
    "berths": [{"depth": 4.5}],
    "tides": {"high": 1_700_000_000},
}
BODIES = {
    True: "<Harbour><berths><member><Depth>4.5</Depth></member></berths>"
    "<tide><key>high</key><value>2023-11-14T22:13:20Z</value></tide></Harbour>",
    False: '{"berths": [{"Depth": 4.5}], "tide": {"high": 1700000000}}',
}
OPERATION = {"name": "Moor", "http": {"method": "PUT", "requestUri": "/moor/{name}"}}


def _request(is_xml: bool) -> dict[str, Any]:
    return {
        "id": "r",
        "given": {**OPERATION, "input": {"shape": "Harbour"}},
        "params": PARAMETERS,
        "serialized": {
            "method": "PUT",
            "uri": "/moor/a%2Fb",
            "headers": {"X-Flags": '"x,y", z'},
            "body": BODIES[is_xml],
        },
    }


def _answer(is_xml: bool) -> dict[str, Any]:
    result = {name: value for name, value in PARAMETERS.items() if name != "name"}
    headers = {"X-Flags": '"x,y", z', "Content-Type": "application/xml" if is_xml else "application/json"}
    return {
        "id": "a",
        "given": {**OPERATION, "http": {"method": "GET", "requestUri": "/"}, "output": {"shape": "Harbour"}},
        "result": result,
        "response": {"status_code": 200, "headers": headers, "body": BODIES[is_xml]},
    }


def _verdict(case: dict[str, Any], is_xml: bool, mode: str = "sync") -> str:
    with server() as (address, script):
        suite = {"description": "written here", "shapes": SHAPES}
        return verdict(Case("written here", suite, case, is_xml), address, script, "3.1.1", mode)


@pytest.mark.parametrize("mode", ["sync", "async"])
@pytest.mark.parametrize("is_xml", [False, True], ids=["json", "xml"])
@pytest.mark.parametrize("make", [_request, _answer])
def test_a_case_that_is_right_passes(make: Any, is_xml: bool, mode: str) -> None:
    assert _verdict(make(is_xml), is_xml, mode) == ""


@pytest.mark.parametrize("is_xml", [False, True], ids=["json", "xml"])
def test_a_case_that_is_wrong_is_told_of(is_xml: bool) -> None:
    for place, name, value in [
        ("serialized", "uri", "/moor/a/b"),
        ("serialized", "body", BODIES[is_xml].replace("4.5", "5.5")),
        ("serialized", "headers", {"X-Flags": "z"}),
    ]:
        case = copy.deepcopy(_request(is_xml))
        case[place][name] = value
        assert _verdict(case, is_xml)
    answer = copy.deepcopy(_answer(is_xml))
    answer["result"]["flags"] = ["x", "y", "z"]
    assert "flags" in _verdict(answer, is_xml)
