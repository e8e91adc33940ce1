"""Settled JSON says what the runtime does: order, absence, null, and how the alternatives of a union are told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bindwright.ir import lower
from bindwright.ir.model import Enum, Map, Object, Union
from bindwright.openapi import load
from bindwright.runtime.json.plan.members import ALWAYS, object_members
from bindwright.runtime.shapes import members_of

from tests.datacontract.generated import generate
from tests.ir.driver import api_of, named, schemas

FACTS = Path(__file__).parents[1] / "datacontract/facts/datacontract.openapi.yaml"


def test_members_are_as_the_runtime_has_them() -> None:
    settled = lower(load(FACTS))
    models = generate(FACTS, "settled_json")
    for type_ in settled.types.values():
        if not isinstance(type_, Object) or not hasattr(models, type_.name or ""):
            continue
        model = getattr(models, type_.name or "")
        planned = object_members(model)
        properties = {property_.name: property_ for property_ in type_.properties}
        order = type_.json_order or [name for name in properties if properties[name].use.only != "xml"]
        if type_.reference is not None:
            order = [name for name in order if name != type_.reference.id]
        assert order == [member.name for member in planned], type_.name
        for member in planned:
            property_ = properties[member.name]
            assert (property_.presence == "always") == member.required, (type_.name, member.name)
            assert (property_.presence == "zero") == (member.zero is not ALWAYS), (type_.name, member.name)
            if property_.presence == "always":
                assert (property_.null == "value") == member.nullable, (type_.name, member.name)
        assert {field.json for field in members_of(model)} >= set(order)


ZEROS = [
    ("{type: integer}", 0),
    ("{type: number, format: decimal}", 0),
    ("{type: boolean}", False),
    ("{type: string}", None),
    ("{type: string, format: date-time}", "0001-01-01T00:00:00"),
    ("{type: string, format: uuid}", "00000000-0000-0000-0000-000000000000"),
    ("{type: string, x-dcs-type: char}", "\0"),
    ("{type: integer, nullable: true}", None),
]


@pytest.mark.parametrize(("schema", "zero"), ZEROS)
def test_zeros(schema: str, zero: Any) -> None:
    text = f"""
    x-xml-profile: datacontract
    components:
      schemas:
        T: {{type: object, properties: {{a: {schema[:-1]}, x-dcs-emit-default: false}}}}}}
    """
    (property_,) = named(api_of(text, "3.0.3"), "T").properties
    assert property_.presence == "zero"
    assert property_.zero == zero


def test_null_and_absence() -> None:
    api = schemas(
        """
        T:
          type: object
          required: [a, b]
          properties: {a: {type: string}, b: {type: [string, 'null']}, c: {type: string}, d: {type: [string, 'null']}}
        """
    )
    settled = {
        property_.name: (property_.presence, property_.null) for property_ in named(api, "T").properties
    }
    assert settled == {
        "a": ("always", None),
        "b": ("always", "value"),
        "c": (None, "absent"),
        "d": (None, "value"),
    }


def test_alternatives_in_order_of_trial() -> None:
    api = schemas(
        """
        Cat: {type: object, required: [kind, n], properties: {kind: {const: cat}, n: {type: string}}}
        Any: {type: object, properties: {x: {type: string}}}
        U:
          oneOf:
          - {type: string}
          - {type: string, enum: [a, b]}
          - {type: integer, maximum: 9}
          - {$ref: '#/components/schemas/Any'}
          - {$ref: '#/components/schemas/Cat'}
        """
    )
    union = named(api, "U")
    assert isinstance(union, Union)
    alternatives = [
        (
            alternative.member,
            alternative.types,
            alternative.values,
            alternative.requires,
            alternative.constants,
        )
        for alternative in union.alternatives
    ]
    assert alternatives == [
        (1, ["string"], ["a", "b"], [], {}),
        (2, ["integer"], [], [], {}),
        (3, ["object"], [], [], {}),
        (4, ["object"], [], ["kind", "n"], {"kind": ["cat"]}),
        (0, ["string"], [], [], {}),
    ]
    constraints = union.alternatives[1].constraints
    assert constraints is not None
    assert constraints.maximum == 9


def test_enums_are_open_and_constants_are_not() -> None:
    api = schemas("E: {type: string, enum: [a]}\nC: {const: a}")
    assert isinstance(named(api, "E"), Enum)
    assert named(api, "E").open
    assert not named(api, "C").open


def test_keys_of_maps() -> None:
    settled = lower(load(FACTS))
    forms = {type_.key for type_ in settled.types.values() if isinstance(type_, Map)}
    assert {"string", "int32", "name"} <= forms


def test_members_that_tell_objects_are_listed_by_whether_others_may_come() -> None:
    api = schemas(
        """
        Circle: {type: object, required: [kind], properties: {kind: {const: circle}, state: {type: string, enum: [a, b]}}}
        Square: {type: object, required: [kind], properties: {kind: {enum: [square, rect]}}}
        U: {anyOf: [{$ref: '#/components/schemas/Circle'}, {$ref: '#/components/schemas/Square'}]}
        """
    )
    union = named(api, "U")
    assert isinstance(union, Union)
    assert [(alternative.constants, alternative.usual) for alternative in union.alternatives] == [
        ({"kind": ["circle"]}, {"state": ["a", "b"]}),
        ({}, {"kind": ["square", "rect"]}),
    ]
