"""What types do not carry, asked by ``validate``; a second validator says what is right."""

from __future__ import annotations

import gc
import importlib
import json as plain_json
import textwrap
import weakref
from typing import Any

import jsonschema_rs
import pytest
import yaml
from bindwright.runtime import json, xml
from bindwright.runtime.shapes import shape_of
from bindwright.runtime.validate import validate
from bindwright.runtime.validate.asserted import asserted

from tests.meaning.driver import Generated, generate

STYLES = ("attrs", "pydantic", "dataclass", "typeddict", "msgspec")
SCHEMAS = """
Low: {type: integer, maximum: 5}
High: {type: integer, minimum: 10}
Twin: {oneOf: [{type: string, pattern: '^a'}, {type: string, pattern: '^b'}]}
Named: {oneOf: [{$ref: '#/components/schemas/Low'}, {$ref: '#/components/schemas/High'}]}
Mixed: {anyOf: [{$ref: '#/components/schemas/Low'}, {$ref: '#/components/schemas/High'}, {type: string}]}
Lists:
  anyOf: [{type: array, items: {type: string, pattern: '^a'}}, {type: array, items: {type: string, pattern: '^b'}}]
Holder:
  type: object
  properties:
    twin: {oneOf: [{type: string, pattern: '^a'}, {type: string, pattern: '^b'}]}
    inline: {$ref: '#/components/schemas/Named'}
    mixed: {$ref: '#/components/schemas/Mixed'}
    lists: {$ref: '#/components/schemas/Lists'}
    not: {type: integer, not: {const: 3}}
    has: {type: array, items: {type: integer}, contains: {minimum: 9}}
Dependent:
  type: object
  properties: {a: {type: string}, c: {type: string}}
  dependentSchemas: {a: {required: [b], properties: {b: {type: integer}}}}
  dependentRequired: {c: [a]}
Condition:
  type: object
  properties: {k: {type: string}}
  if: {properties: {k: {const: x}}, required: [k]}
  then: {properties: {v: {type: integer}, list: {type: array, items: {type: integer}}}, required: [v]}
  else: {properties: {w: {type: string}}}
Tree:
  oneOf:
    - {type: array, items: {$ref: '#/components/schemas/Tree'}, minItems: 2}
    - {type: array, items: {$ref: '#/components/schemas/Tree'}, maxItems: 0}
Deep:
  type: object
  properties: {k: {type: string}}
  dependentSchemas: {k: {properties: {deep: {$ref: '#/components/schemas/Deep'}, n: {type: integer}}}}
"""
NAMED = [
    ("Twin", '"ax"'), ("Twin", '"cx"'), ("Named", "3"), ("Named", "7"), ("Mixed", "7"), ("Mixed", "3"), ("Mixed", '"q"'),
    ("Lists", '["aa","ab"]'), ("Lists", '["bb"]'), ("Lists", '["aa","b"]'),
]  # fmt: skip
OBJECTS = [
    ("Holder", '{"twin":"b"}'), ("Holder", '{"twin":"c"}'), ("Holder", '{"inline":7}'), ("Holder", '{"inline":11}'),
    ("Holder", '{"mixed":7}'), ("Holder", '{"mixed":1}'), ("Holder", '{"lists":["b"]}'), ("Holder", '{"lists":["b","a"]}'),
    ("Holder", '{"not":3}'), ("Holder", '{"not":4}'), ("Holder", '{"has":[1]}'), ("Holder", '{"has":[1,9]}'),
    ("Dependent", '{"b":"y"}'), ("Dependent", '{"a":"x"}'), ("Dependent", '{"a":"x","b":1}'),
    ("Dependent", '{"a":"x","b":"y"}'), ("Dependent", '{"c":"x"}'),
    ("Condition", '{"k":"x"}'), ("Condition", '{"k":"x","v":1}'), ("Condition", '{"v":"q","k":"y","new":1}'),
    ("Condition", '{"k":"x","w":5,"v":1}'), ("Condition", '{"k":"z","list":[1,"2"]}'),
]  # fmt: skip


@pytest.fixture(scope="module")
def package() -> Generated:
    return generate(SCHEMAS, models=STYLES)


@pytest.mark.parametrize("style", STYLES)
def test_validate_agrees_with_a_validator(package: Generated, style: str) -> None:
    module = "models" if style == "attrs" else f"models_{style}"
    models: Any = importlib.import_module(f"{package.package}.{module}")
    schemas = yaml.safe_load(textwrap.dedent(SCHEMAS))
    # Aliases of the other styles are the types that they stand for.
    for name, text in OBJECTS if style not in ("attrs", "pydantic") else NAMED + OBJECTS:
        root = {"$ref": f"#/components/schemas/{name}", "components": {"schemas": schemas}}
        type_ = getattr(models, name)
        value = json.decode(text.encode(), type_)
        is_valid = jsonschema_rs.is_valid(root, plain_json.loads(text))
        assert (not validate(value, type_)) == is_valid, (name, text)
        assert json.encode(value, type_) == text.encode()


@pytest.mark.parametrize("count", [1, 20])
def test_xml_keeps_what_a_conditional_member_cannot_hold(package: Generated, count: int) -> None:
    models: Any = package.models
    text = b"<Condition><k>y</k><v>q</v><list>1</list><list>two</list></Condition>"
    for _ in range(count):  # the first ones are read without a compiled function
        value = xml.decode(text, models.Condition)
        assert (value.v, value.list) == (None, [1])
        assert xml.encode(value) == text


def test_each_value_of_conditional_members_is_read_once(package: Generated) -> None:
    models: Any = package.models
    text = '{"k":"a","n":1}'
    for _ in range(60):  # twice at each level would take longer than anybody waits
        text = f'{{"n":"x","k":"a","deep":{text}}}'
    value = json.decode(text.encode(), models.Deep)
    assert json.encode(value) == text.encode()
    document = xml.encode(value).replace(b"<k>", b"<n>x</n><k>", 60)
    assert xml.encode(xml.decode(document, models.Deep)) == document


def test_nothing_is_left_of_a_value_that_was_checked(package: Generated) -> None:
    models: Any = package.models
    shape = shape_of(models.Lists)
    assert list(asserted(shape, ('{"minItems":2}',), ["aa"], "$"))
    trace = weakref.ref(shape)
    del shape
    gc.collect()
    assert trace() is None


def test_items_that_alternatives_share_are_checked_once(package: Generated) -> None:
    models: Any = package.models
    tree: list[Any] = []
    for _ in range(25):  # as above
        tree = [tree, []]
    assert not validate(tree, models.Tree)
    tree[1].append([])
    assert [violation.path for violation in validate(tree, models.Tree)] == ["$[1]"]
