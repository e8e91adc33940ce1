"""Constants, and enumerations of one value, which say the same (JSON Schema 2020-12 validation, 6.1.3)."""

from __future__ import annotations

import inspect
from typing import Any

import pytest
from bindwright.runtime import json, xml
from bindwright.runtime.errors import DecodeError
from bindwright.runtime.validate import validate

from tests.meaning.driver import Generated, generate, generate_document

SCHEMAS = """
    Cat: {type: object, xml: {name: cat}, required: [kind, level, on], properties: {
        kind: {type: string, enum: [cat]}, level: {type: integer, enum: [3]}, on: {type: boolean, enum: [true]},
        purrs: {type: boolean}}}
    Fixed: {type: object, required: [kind], properties: {kind: {type: string, const: fixed}}}
    Kind: {type: string, enum: [named]}
    Named: {type: object, required: [kind], properties: {kind: {$ref: '#/components/schemas/Kind'}}}
    Change: {type: object, xml: {name: change}, properties: {
        title: {type: string}, origin: {type: string, const: web}, revision: {type: integer, enum: [2]},
        other: {$ref: '#/components/schemas/Kind'}}}
    Items: {type: object, properties: {l: {type: array, items: {type: string, enum: [x]}}}}
    Tax: {type: number, const: 0.5}
    Rate: {type: object, required: [rate, tax], properties: {
        rate: {type: number, const: 1.5}, tax: {$ref: '#/components/schemas/Tax'}, other: {type: number, const: 2.5}}}
    Nullable: {type: object, required: [n], properties: {n: {type: [string, 'null'], enum: [x, null]}}}
"""


@pytest.fixture(scope="module")
def package() -> Generated:
    return generate(SCHEMAS)


def test_a_required_member_of_one_value_need_not_be_given(package: Generated) -> None:
    models = package.models
    assert json.encode(models.Cat(purrs=True)) == b'{"kind":"cat","level":3,"on":true,"purrs":true}'
    assert json.encode(models.Fixed()) == b'{"kind":"fixed"}'
    assert json.encode(models.Named()) == b'{"kind":"named"}'
    assert json.encode(models.Rate()) == b'{"rate":1.5,"tax":0.5}'
    with pytest.raises(TypeError):
        models.Nullable()


def test_what_nobody_set_is_absent(package: Generated) -> None:
    """JSON Schema 2020-12 core, 10.3.2.1: properties apply to members that are there."""
    change = package.models.Change(title="x")
    assert (change.origin, change.revision, change.other) == (None, None, None)
    assert json.encode(change) == b'{"title":"x"}'
    assert xml.encode(change) == b"<change><title>x</title></change>"
    assert json.encode(json.decode(b'{"title":"x"}', package.models.Change)) == b'{"title":"x"}'


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Cat", '{"kind":"lynx","level":4,"on":false}'),
        ("Named", '{"kind":"newer"}'),
        ("Change", '{"revision":7,"other":"newer"}'),
        ("Items", '{"l":["x","y"]}'),
        ("Nullable", '{"n":"y"}'),
    ],
)
def test_a_value_that_an_enumeration_does_not_list_is_kept(package: Generated, name: str, text: str) -> None:
    type_ = getattr(package.models, name)
    value = json.decode(text.encode(), type_)
    assert json.encode(value) == text.encode()
    assert {violation.rule for violation in validate(value)} == {"enum"}


def test_in_xml_too(package: Generated) -> None:
    text = b"<cat><kind>lynx</kind><level>4</level><on>false</on></cat>"
    cat = xml.decode(text, package.models.Cat)
    assert (cat.kind, cat.level, cat.on) == ("lynx", 4, False)
    assert xml.encode(cat) == text


def test_a_constant_is_closed_and_so_is_the_type_of_an_enumeration(package: Generated) -> None:
    for name, text in (("Fixed", b'{"kind":"other"}'), ("Cat", b'{"kind":1,"level":3,"on":true}')):
        with pytest.raises(DecodeError):
            json.decode(text, getattr(package.models, name))


PARAMETERS = """
openapi: 3.1.1
info: {title: t, version: '1'}
paths:
  /things/{kind}:
    get:
      tags: [things]
      operationId: listThings
      parameters:
        - {name: kind, in: path, required: true, schema: {const: a}}
        - {name: api-version, in: query, required: true, schema: {type: string, const: '2024'}}
        - {name: comp, in: query, required: true, schema: {type: string, enum: [list]}}
        - {name: X-Mode, in: header, required: true, schema: {type: integer, enum: [1]}}
        - {name: other, in: query, schema: {type: string, const: x}}
        - {name: needed, in: query, required: true, schema: {type: string}}
      responses: {'204': {description: ok}}
"""


def test_a_required_parameter_of_one_value_need_not_be_given() -> None:
    package = generate_document(PARAMETERS)
    import importlib

    client: Any = importlib.import_module(package.package).Client("http://127.0.0.1:9")
    parameters = inspect.signature(client.things.list_things).parameters
    defaults = {name: parameter.default for name, parameter in parameters.items()}
    assert defaults["api_version"] == "2024"
    assert defaults["comp"] == "list"
    assert defaults["x_mode"] == 1
    assert defaults["other"] is None, "an optional constant stays absent"
    assert defaults["needed"] is inspect.Parameter.empty


PATH_PARAMETERS = """
openapi: 3.0.3
info: {title: t, version: '1'}
paths:
  /{api}/things/{id}/{part}:
    put:
      tags: [things]
      operationId: putThing
      parameters:
        - {name: api, in: path, required: true, schema: {$ref: '#/components/schemas/Version'}}
        - {name: id, in: path, required: true, schema: {type: string}}
        - {name: part, in: path, required: true, schema: {type: integer, enum: [1]}}
      requestBody: {content: {application/json: {schema: {type: object}}}}
      responses: {'204': {description: ok}}
components:
  schemas:
    Version: {type: string, enum: [v1]}
"""


def test_a_path_parameter_of_one_value_need_not_be_given() -> None:
    """In front of what has to be given it goes by its name: Python has no default before a parameter without one."""
    package = generate_document(PATH_PARAMETERS)
    import importlib

    client: Any = importlib.import_module(package.package).Client("http://127.0.0.1:9")
    parameters = list(inspect.signature(client.things.put_thing).parameters.values())[:-1]
    keyword = inspect.Parameter.KEYWORD_ONLY
    assert [(parameter.name, parameter.default) for parameter in parameters] == [
        ("id", inspect.Parameter.empty), ("part", 1), ("body", None), ("api", "v1"),
    ]  # fmt: skip
    assert [parameter.name for parameter in parameters if parameter.kind == keyword] == ["api"]
