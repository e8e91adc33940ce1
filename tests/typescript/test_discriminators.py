"""A discriminator is written where nobody set it, and checked where somebody did."""

from __future__ import annotations

import json
from pathlib import Path

from bindwright import ir
from bindwright import openapi as spec
from bindwright.targets.typescript import TypeScriptOptions, emit

from tests.typescript.node import run

DOCUMENT = """
openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /a:
    post:
      operationId: send
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Zoo'}}, application/xml: {schema: {$ref: '#/components/schemas/Zoo'}}, application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/Dog'}}}}
      responses: {'204': {description: done}}
components:
  schemas:
    Zoo:
      type: object
      properties:
        dogs: {type: array, items: {$ref: '#/components/schemas/Dog'}}
        shape: {$ref: '#/components/schemas/Shape'}
    Pet:
      type: object
      required: [kind, name]
      properties: {name: {type: string}, kind: {type: string, xml: {attribute: true}}}
      discriminator: {propertyName: kind, mapping: {cat: Cat, dog: Dog, hound: Dog, puppy: Puppy}}
    Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {lives: {type: integer}}}]}
    Dog: {allOf: [{$ref: '#/components/schemas/Pet'}, {required: [bark], properties: {bark: {type: string}}}]}
    Puppy: {allOf: [{$ref: '#/components/schemas/Dog'}, {properties: {age: {type: integer}}}]}
    Shape:
      oneOf: [{$ref: '#/components/schemas/Circle'}, {$ref: '#/components/schemas/Square'}]
      discriminator: {propertyName: form, mapping: {c: Circle}}
    Circle: {type: object, required: [r, form], properties: {r: {type: integer}, form: {type: string}}}
    Square: {type: object, required: [a], properties: {a: {type: integer}, form: {type: string}}}
    Fish:
      type: object
      required: [kind]
      properties: {kind: {type: string}}
      discriminator: {propertyName: kind, mapping: {shark: Shark}}
    Shark:
      allOf: [{$ref: '#/components/schemas/Fish'}]
      properties: {shape: {type: string}}
      discriminator: {propertyName: shape, mapping: {saw: Saw}}
    Saw: {allOf: [{$ref: '#/components/schemas/Shark'}], properties: {teeth: {type: integer}}}
    Count: {type: object, required: [n], properties: {n: {type: integer, format: int32}}, discriminator: {propertyName: n, mapping: {'1': Single}}}
    Large: {type: object, required: [n], properties: {n: {type: integer, format: int64}}, discriminator: {propertyName: n, mapping: {'9007199254740993': Huge, '2': Two}}}
    Huge: {allOf: [{$ref: '#/components/schemas/Large'}, {properties: {s: {type: string}}}]}
    Two: {allOf: [{$ref: '#/components/schemas/Large'}, {properties: {t: {type: string}}}]}
    Wide:
      oneOf: [{$ref: '#/components/schemas/First'}, {$ref: '#/components/schemas/Second'}]
      discriminator: {propertyName: k, mapping: {'1': First, '2': Second}}
    First: {type: object, required: [k, a], properties: {k: {type: integer, format: int64}, a: {type: string}}}
    Second: {type: object, required: [k, b], properties: {k: {type: integer, format: uint64}, b: {type: string}}}
    Third: {type: object, properties: {w: {$ref: '#/components/schemas/Wide'}}}
    Single: {allOf: [{$ref: '#/components/schemas/Count'}, {properties: {s: {type: string}}}]}
"""
PROGRAM = """
import * as api from './index.js';
const results = [];
for (const [type, value] of JSON.parse(process.argv[2]))
  for (const write of [api.toJson, api.toXml])
    try { results.push(write(api[type], value)); } catch (error) { results.push(`refused${error.path}`); }
const read = { ...api.fromJson(api.Pet, '{"name":"n","kind":"dog","bark":"w"}'), kind: 'cat' };
results.push(api.toJson(api.Pet, read));
console.log(JSON.stringify(results));
"""
DOG = {"name": "n", "bark": "w"}
CASES = [
    ("Dog", DOG, '{"name":"n","kind":"dog","bark":"w"}', '<Dog kind="dog"><name>n</name><bark>w</bark></Dog>'),
    ("Dog", {**DOG, "kind": "hound"}, '{"name":"n","kind":"hound","bark":"w"}', '<Dog kind="hound"><name>n</name><bark>w</bark></Dog>'),
    ("Dog", {**DOG, "kind": "new"}, '{"name":"n","kind":"new","bark":"w"}', '<Dog kind="new"><name>n</name><bark>w</bark></Dog>'),
    ("Dog", {**DOG, "kind": "cat"}, "refused/kind", "refused/kind"),
    ("Dog", {**DOG, "kind": "puppy"}, '{"name":"n","kind":"puppy","bark":"w"}', '<Dog kind="puppy"><name>n</name><bark>w</bark></Dog>'),
    ("Puppy", {**DOG, "kind": "cat"}, "refused/kind", "refused/kind"),
    ("Puppy", DOG, '{"name":"n","kind":"puppy","bark":"w"}', '<Puppy kind="puppy"><name>n</name><bark>w</bark></Puppy>'),
    ("Pet", {**DOG, "kind": "dog"}, '{"name":"n","kind":"dog","bark":"w"}', '<Pet kind="dog"><name>n</name><bark>w</bark></Pet>'),
    ("Zoo", {"dogs": [DOG]}, '{"dogs":[{"name":"n","kind":"dog","bark":"w"}]}', '<Zoo><dogs kind="dog"><name>n</name><bark>w</bark></dogs></Zoo>'),
    ("Zoo", {"dogs": [DOG, {**DOG, "kind": "Cat"}]}, "refused/dogs/1/kind", "refused/dogs/1/kind"),
    ("Zoo", {"shape": {"r": 1}}, '{"shape":{"r":1,"form":"c"}}', "<Zoo><shape><r>1</r><form>c</form></shape></Zoo>"),
    ("Zoo", {"shape": {"a": 1}}, '{"shape":{"a":1,"form":"Square"}}', "<Zoo><shape><a>1</a><form>Square</form></shape></Zoo>"),
    ("Circle", {"r": 1}, '{"r":1,"form":"c"}', "<Circle><r>1</r><form>c</form></Circle>"),
    ("Square", {"a": 1}, '{"a":1}', "<Square><a>1</a></Square>"),
    ("Saw", {"teeth": 3}, '{"kind":"shark","shape":"saw","teeth":3}', "<Saw><kind>shark</kind><shape>saw</shape><teeth>3</teeth></Saw>"),
    ("Fish", {"kind": "shark", "shape": "saw", "teeth": 3}, '{"kind":"shark","shape":"saw","teeth":3}', "<Fish><kind>shark</kind><shape>saw</shape><teeth>3</teeth></Fish>"),
    ("Single", {}, '{"n":1}', "<Single><n>1</n></Single>"),
    ("Huge", {"s": "x"}, '{"n":9007199254740993,"s":"x"}', "<Huge><n>9007199254740993</n><s>x</s></Huge>"),
    ("Third", {"w": {"a": "x"}}, '{"w":{"k":1,"a":"x"}}', "<Third><w><k>1</k><a>x</a></w></Third>"),
    ("Third", {"w": {"b": "x"}}, '{"w":{"k":2,"b":"x"}}', "<Third><w><k>2</k><b>x</b></w></Third>"),
    ("Second", {"b": "x"}, '{"k":2,"b":"x"}', "<Second><k>2</k><b>x</b></Second>"),
]  # fmt: skip


def test_what_is_written(tmp_path: Path) -> None:
    output = emit(ir.lower(spec.loads(DOCUMENT)), TypeScriptOptions(package="zoo"))
    for path, text in output.files.items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (tmp_path / "program.mjs").write_text(PROGRAM)
    values = json.dumps([[type_, value] for type_, value, *_ in CASES])
    results = json.loads(run(str(tmp_path / "program.mjs"), values))
    expected = [text for _, _, *texts in CASES for text in texts]
    assert results == [*expected, '{"name":"n","kind":"cat"}']


def _files(count: int) -> dict[str, str]:
    """A package of a base and as many types that derive from it."""
    schemas: dict[str, object] = {
        "Base": {
            "type": "object",
            "required": ["kind"],
            "properties": {"kind": {"type": "string"}},
            "discriminator": {"propertyName": "kind"},
        }
    }
    for number in range(count):
        schemas[f"Derived{number}"] = {
            "allOf": [
                {"$ref": "#/components/schemas/Base"},
                {"properties": {f"m{number}": {"type": "string"}}},
            ]
        }
    document = {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {},
        "components": {"schemas": schemas},
    }
    return emit(ir.lower(spec.loads(json.dumps(document))), TypeScriptOptions(package="p")).files


def test_a_further_type_changes_none_that_stands_beside_it() -> None:
    before, after = _files(30), _files(31)
    changed = {name for name, text in after.items() if name.endswith(".js") and before.get(name) != text}
    assert changed == {"discriminators.js", "models/base.js", "models/derived30.js", "models/index.js"}
