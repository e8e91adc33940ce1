"""Values in models of other styles are of the classes that their annotations say, and come back exactly."""

from __future__ import annotations

import importlib
import typing
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from bindwright.runtime import json, xml
from bindwright.runtime.model_styles.names import options

from tests.datacontract.generated import generate

pytest.importorskip("datamodel_code_generator")

DOCUMENT = """
openapi: 3.1.0
info: {title: styled, version: "1"}
paths: {}
components:
  schemas:
    Part: {type: object, required: [x], properties: {x: {type: integer}, field: {type: string}, y: {type: string}}}
    Open:
      type: object
      required: [name]
      properties:
        name: {type: string}
        pick: {oneOf: [{$ref: "#/components/schemas/Part"}, {type: string}]}
        maybe: {type: [string, "null"]}
      additionalProperties: {$ref: "#/components/schemas/Part"}
    Values:
      type: object
      required: [at, day, hour, span, id, bytes, money, exact, several]
      properties:
        at: {type: string, format: date-time}
        day: {type: string, format: date}
        hour: {type: string, format: time}
        span: {type: string, format: duration}
        id: {type: string, format: uuid}
        bytes: {type: string, format: byte}
        money: {type: string, format: decimal}
        exact: {type: number, format: decimal}
        several: {type: array, items: {type: string, format: uuid}}
"""
VALUES = (
    b'{"at":"2025-11-24T10:45:01.4007824+00:00","day":"2025-11-24","hour":"10:45:01","span":"P1DT2H",'
    b'"id":"6f9619ff-8b86-d011-b42d-00c04fc964ff","bytes":"AQL/","money":"1.50","exact":1.50,'
    b'"several":["6f9619ff-8b86-d011-b42d-00c04fc964ff"]}'
)
OPEN = [
    b'{"name":"n","pick":{"x":3},"one":{"x":1,"field":"f","y":"z"},"two":{"x":2}}',
    b'{"name":"n","pick":"text","maybe":null}',
    b'{"name":"n","maybe":"m"}',
]
STYLES = ["pydantic", "dataclass", "typeddict", "msgspec"]


@pytest.fixture(scope="module")
def modules(tmp_path_factory: pytest.TempPathFactory) -> dict[str, ModuleType]:
    """The models in every style."""
    document: Path = tmp_path_factory.mktemp("styled") / "openapi.yaml"
    document.write_text(DOCUMENT)
    own = generate(document, "styled_values", ("attrs", *STYLES))
    return {"attrs": own} | {
        style: importlib.import_module(f"styled_values.models_{style}") for style in STYLES
    }


def items(value: Any) -> dict[str, Any]:
    """The members of an object of any style."""
    return (
        value
        if isinstance(value, dict)
        else {name: getattr(value, name) for name in type(value).__annotations__}
    )


@pytest.mark.parametrize("style", STYLES)
def test_values_have_the_classes_that_are_declared(modules: dict[str, ModuleType], style: str) -> None:
    model = modules[style].Values
    value = json.decode(VALUES, model)
    assert json.encode(value, model) == VALUES
    assert xml.decode(xml.encode(value, model), model) == value
    hints = typing.get_type_hints(model)
    for name, content in items(value).items():
        if hints[name] is float:
            continue  # pydantic and msgspec write a Decimal as text: what is exact here is a number there
        classes = tuple(typing.get_origin(kind) or kind for kind in options(hints[name]))
        assert isinstance(content, classes) or classes[0].__name__ == "AwareDatetime", name


def test_dates_and_numbers_of_dataclasses_are_objects(modules: dict[str, ModuleType]) -> None:
    value = json.decode(VALUES, modules["dataclass"].Values)
    classes = [
        type(member) for member in (value.day, value.hour, value.span, value.bytes, value.money, value.exact)
    ]
    assert classes == [date, time, timedelta, bytes, Decimal, Decimal]
    assert isinstance(value.at, datetime)
    assert value.several == ["6f9619ff-8b86-d011-b42d-00c04fc964ff"]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("text", OPEN)
def test_further_members_unions_and_null(modules: dict[str, ModuleType], style: str, text: bytes) -> None:
    model = modules[style].Open
    value = json.decode(text, model)
    assert json.encode(value, model) == text
    own = xml.encode(json.decode(text, modules["attrs"].Open))
    assert xml.encode(value, model) == own
    assert xml.encode(xml.decode(own, model), model) == own


@cache
def _net() -> ModuleType:
    from tests.datacontract.generated import styled

    return styled("dataclass")


def test_objects_that_stand_within_themselves() -> None:
    node = _net().RefNode(id="1", name="a")
    node.next, node.peers = node, [node, _net().RefNode(id="2", name="b", next=node)]
    again = xml.decode(xml.encode(node), _net().RefNode)
    assert again.next is again
    assert again.peers[0] is again
    assert again.peers[1].next is again


def test_a_document_without_schemas(tmp_path: Path) -> None:
    document = tmp_path / "openapi.yaml"
    document.write_text("openapi: 3.1.0\ninfo: {title: none, version: '1'}\npaths: {}\n")
    generate(document, "styled_nothing", ("attrs", *STYLES))
    for style in STYLES:
        assert importlib.import_module(f"styled_nothing.models_{style}").__doc__


CLASHING = """
openapi: 3.1.0
info: {title: clashing, version: "1"}
paths: {}
components:
  schemas:
    Field:
      type: object
      required: [name]
      properties:
        name: {type: string, description: "A 'Field' of BaseModel, Field("}
        sub: {type: array, items: {$ref: "#/components/schemas/Field"}}
        longName: {type: string}
    BaseModel: {type: object, properties: {f: {$ref: "#/components/schemas/Field"}}}
    ConfigDict: {type: object, properties: {f: {$ref: "#/components/schemas/Field"}}}
    Struct: {type: object, properties: {f: {$ref: "#/components/schemas/Field"}, dateIt: {type: string, format: date}}}
    TypedDict: {type: object, properties: {f: {$ref: "#/components/schemas/Struct"}, b: {$ref: "#/components/schemas/BaseModel"}}}
"""


def test_schemas_called_like_what_the_styles_import(tmp_path: Path) -> None:
    document = tmp_path / "openapi.yaml"
    document.write_text(CLASHING)
    own = generate(document, "styled_clashing", ("attrs", *STYLES))
    text = b'{"f":{"f":{"name":"a","sub":[{"name":"b","longName":"c"}]},"dateIt":"2025-11-24"},"b":{"f":{"name":"d"}}}'
    for style in STYLES:
        module = importlib.import_module(f"styled_clashing.models_{style}")
        for name in ("Field", "BaseModel", "ConfigDict", "Struct", "TypedDict"):
            assert getattr(module, name).__module__ == module.__name__
        value = json.decode(text, module.TypedDict)
        assert json.encode(value, module.TypedDict) == text
        assert xml.encode(value, module.TypedDict) == xml.encode(json.decode(text, own.TypedDict))
