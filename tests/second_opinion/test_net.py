"""Profile datacontract against RULES.md as `tests.second_opinion.net` reads it, without our code.

That reading is first held against what .NET wrote; then values at random, of every type of the vectors' document
and of one with types of our own, are written by both and read back by ours.
"""

from __future__ import annotations

import base64
import json as stdlib
import random
import re
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml
from bindwright.runtime import json, xml
from bindwright.runtime.resolve import facts_of

from tests.datacontract.generated import FACTS, generate, models, vectors
from tests.second_opinion import net_scalars as scalars
from tests.second_opinion.net import Contracts, Thing, json_of, xml_of
from tests.second_opinion.net_values import Draw

OWN = Path(__file__).parent / "classes.openapi.yaml"
DOCUMENTS = {"vectors": FACTS / "datacontract.openapi.yaml", "classes": OWN}
CONTRACTS = {name: Contracts(yaml.safe_load(path.read_text())) for name, path in DOCUMENTS.items()}
TYPES = [(name, component) for name, contracts in CONTRACTS.items() for component in contracts.schemas]
UTF8 = xml.Settings(writer="utf8")
LOSSLESS = [
    name
    for name, vector in vectors().items()
    if not {"xml_from_json", "xml_from_json_error", "xml_xmlwriter_checkcharacters_error"} & set(vector)
    and vector["type"] not in ("RefNode", "AnyBox")
]


def value_of(contracts: Contracts, schema: dict[str, Any], data: Any) -> Any:
    """JSON data as values of `net`."""
    kind, resolved = contracts.kind(schema), contracts.resolved(schema)
    if data is None:
        return None
    if kind == "class":
        members = {
            key: member
            for level in contracts.levels(contracts.component(schema))
            for key, member in level.items()
        }
        return Thing(
            contracts.component(schema),
            {key: value_of(contracts, members[key], content) for key, content in data.items()},
        )
    if kind == "array":
        return [value_of(contracts, resolved["items"], item) for item in data]
    if kind == "map":
        keys = resolved["x-dcs-dictionary"].get("key", {"type": "string"})
        names = contracts.resolved(keys).get("x-dcs-enum", {})
        number = contracts.kind(keys) in scalars.INTEGERS
        return {
            names.get(key, int(key) if number else key): value_of(
                contracts, resolved["additionalProperties"], item
            )
            for key, item in data.items()
        }
    if kind in ("float", "double"):
        return float(data.replace("Infinity", "inf"))
    if kind == "decimal":
        return Decimal(data if len(data.strip("-")) < 31 else data.removesuffix(".0"))
    if kind == "duration":
        match = re.fullmatch(r"(-)?(?:(\d+)\.)?(\d\d):(\d\d):(\d\d)(?:\.(\d{7}))?", data)
        assert match is not None
        days, hours, minutes, seconds, ticks = (int(group or 0) for group in match.groups()[1:])
        whole = (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 10_000_000 + ticks
        return -whole if match[1] else whole
    return base64.b64decode(data) if kind == "base64Binary" else data


@pytest.mark.parametrize("case", LOSSLESS)
def test_this_reading_of_the_rules_is_nets(case: str) -> None:
    vector, contracts = vectors()[case], CONTRACTS["vectors"]
    data = stdlib.loads(vector["json"], parse_float=str)
    value = value_of(contracts, contracts.schemas[vector["type"]], data)
    assert json_of(contracts, vector["type"], value) == vector["json"]
    if "NotInJson" not in vector["xml_xmlwriter"]:
        assert xml_of(contracts, vector["type"], value) == vector["xml_xmlwriter"]
        assert xml_of(contracts, vector["type"], value, utf8=True) == vector["xml_utf8writer"]


@cache
def package(document: str) -> ModuleType:
    return models() if document == "vectors" else generate(DOCUMENTS[document], "own_classes")


def type_named(document: str, name: str) -> Any:
    space = package(document)
    wanted = name.replace(".", "")
    if hasattr(space, wanted):
        return getattr(space, wanted)
    return next(
        type_
        for type_ in vars(space).values()
        if (facts := facts_of(type_)) is not None and facts.xml.name == name
    )


@pytest.mark.parametrize("derived", [True, False], ids=["derived", "plain"])
@pytest.mark.parametrize(("document", "name"), TYPES)
def test_values_at_random(document: str, name: str, derived: bool) -> None:
    contracts, type_ = CONTRACTS[document], type_named(document, name)
    for number in range(8):
        value = Draw(contracts, random.Random(f"{name} {number}"), derived=derived).root(name)
        written, utf8 = xml_of(contracts, name, value), xml_of(contracts, name, value, utf8=True)
        text = json_of(contracts, name, value)
        for document_ in (written, utf8):
            read = xml.decode(document_, type_)
            assert xml.encode(read, type_).decode() == written
            assert xml.encode(read, type_, settings=UTF8).decode() == utf8
            assert (
                "x-dcs-only" in stdlib.dumps(contracts.schemas[name])
                or json.encode(read, type_).decode() == text
            )
        read = json.decode(text, type_)
        assert json.encode(read, type_).decode() == text
        if not derived and not contracts.loses(name):
            assert _decimals(xml.encode(read, type_).decode()) == _decimals(written)
            assert _decimals(xml.encode(read, type_, settings=UTF8).decode()) == _decimals(utf8)


def _decimals(document: str) -> str:
    """A document without what JSON does to a decimal of scale 0, and to the sign of zero (RULES.md, 13)."""
    return re.sub(r">(-?\d+)\.0<", r">\1<", document).replace(">-0<", ">0<")
