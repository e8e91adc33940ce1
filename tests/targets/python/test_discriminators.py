"""A class need not be told its own discriminator, in any style; what somebody sets instead is checked."""

from __future__ import annotations

from pathlib import Path

import pytest
from bindwright import ir
from bindwright import openapi as spec
from bindwright.targets.python import PythonOptions, emit

from tests.corpus.packages import run

pytest.importorskip("datamodel_code_generator")
DOCUMENT = """
openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /a:
    post:
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Zoo'}}}}
      responses: {'200': {description: ok}}
components:
  schemas:
    Zoo:
      type: object
      properties:
        pet: {$ref: '#/components/schemas/Pet'}
        shape: {$ref: '#/components/schemas/Shape'}
        fish: {$ref: '#/components/schemas/Fish'}
    Pet:
      type: object
      required: [kind, name]
      properties:
        kind: {type: string, xml: {attribute: true}}
        id: {type: string}
        name: {type: string}
        type: {$ref: '#/components/schemas/Type'}
      discriminator: {propertyName: kind, mapping: {cat: Cat, dog: Dog, hound: Dog}}
    Type: {type: string, enum: [wild, tame]}
    Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {lives: {type: integer}}}]}
    Dog: {allOf: [{$ref: '#/components/schemas/Pet'}, {required: [bark], properties: {bark: {type: string}}}]}
    Puppy: {allOf: [{$ref: '#/components/schemas/Dog'}, {properties: {age: {type: integer}}}]}
    Shape:
      oneOf: [{$ref: '#/components/schemas/Circle'}, {$ref: '#/components/schemas/Square'}]
      discriminator: {propertyName: form, mapping: {c: Circle}}
    Circle: {type: object, required: [label, form], properties: {label: {type: string}, form: {type: string}, size: {type: string}}}
    Square: {type: object, required: [form, label], properties: {form: {type: string, enum: [sq, Square]}, label: {type: string}}}
    Fish:
      type: object
      required: [type]
      properties: {type: {$ref: '#/components/schemas/FishType'}}
      discriminator: {propertyName: type, mapping: {shark: Shark}}
    FishType: {type: string, enum: [shark, salmon]}
    Shark:
      allOf: [{$ref: '#/components/schemas/Fish'}]
      required: [shape]
      properties: {shape: {type: string}}
      discriminator: {propertyName: shape, mapping: {saw: Saw}}
    Saw: {allOf: [{$ref: '#/components/schemas/Shark'}], properties: {teeth: {type: integer}}}
"""
STYLES = ("attrs", "pydantic", "dataclass", "typeddict", "msgspec")


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("discriminators")
    output = emit(ir.lower(spec.loads(DOCUMENT)), PythonOptions(package="zoo", models=STYLES))
    assert [diagnostic for diagnostic in output.diagnostics if diagnostic.level != "note"] == []
    for path, text in output.files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


VALUES = """
import sys
from importlib import import_module
from bindwright.runtime import DecodeError, EncodeError, json, xml

style = import_module(sys.argv[1])
full, small = {}, {}
if sys.argv[1].endswith("typeddict"):
    make = lambda name: lambda **members: (members, getattr(style, name))
else:
    make = lambda name: lambda **members: (getattr(style, name)(**members), getattr(style, name))
Cat, Dog, Puppy, Circle, Square, Saw = map(make, ("Cat", "Dog", "Puppy", "Circle", "Square", "Saw"))
for (value, type_), in_json, in_xml in (
    (Cat(name="n", lives=9), b'{"kind":"cat","name":"n","lives":9}',
     b'<Cat kind="cat"><name>n</name><lives>9</lives></Cat>'),
    (Dog(name="n", bark="w"), b'{"kind":"dog","name":"n","bark":"w"}', None),
    (Dog(name="n", bark="w", kind="hound"), b'{"kind":"hound","name":"n","bark":"w"}', None),
    (Puppy(name="n", bark="w", age=1), b'{"kind":"Puppy","name":"n","bark":"w","age":1}', None),
    (Circle(label="l"), b'{"label":"l","form":"c"}', b'<Circle><label>l</label><form>c</form></Circle>'),
    (Square(label="l"), b'{"form":"Square","label":"l"}',
     b'<Square><form>Square</form><label>l</label></Square>'),
    (Saw(teeth=3), b'{"type":"shark","shape":"saw","teeth":3}',
     b'<Saw><type>shark</type><shape>saw</shape><teeth>3</teeth></Saw>'),
):
    for _ in range(3):
        assert json.encode(value, type_) == in_json, (json.encode(value, type_), in_json)
        assert in_xml is None or xml.encode(value, type_) == in_xml, xml.encode(value, type_)
        if not isinstance(value, dict):
            assert json.decode(json.encode(value, type_), type_) == value
            assert xml.decode(xml.encode(value, type_), type_) == value
for value, type_ in (
    Cat(name="n", kind="dog"), Dog(name="n", bark="w", kind="cat"), Puppy(name="n", bark="w", kind="cat"),
    Cat(name="n", kind="Puppy"), Dog(name="n", bark="w", kind="Cat"),
):
    for format in (json, xml):
        try:
            raise SystemExit(f"written: {format.encode(value, type_)!r}")
        except EncodeError:
            pass
for name, text in (("Cat", '{"name":"n"}'), ("Circle", '{"label":"l"}'), ("Saw", '{"shape":"saw"}')):
    try:
        raise SystemExit(f"read: {json.decode(text, getattr(style, name))!r}")
    except DecodeError as error:
        assert "member" in str(error)
"""


@pytest.mark.parametrize("style", ["models", *(f"models_{style}" for style in STYLES[1:])])
def test_of_each_style(package: Path, style: str) -> None:
    assert run("python", "-c", VALUES, f"zoo.{style}", folder=package) == ""


def test_positions_keep_their_meaning(package: Path) -> None:
    """A class of msgspec whose discriminator went behind the others takes keywords alone."""
    text = """
from zoo.models_msgspec import Circle, Puppy
for cls, values in ((Circle, ("a", "b")), (Puppy, ("a", "b", "c", "d", "e", 1))):
    try:
        raise SystemExit(f"made: {cls(*values)}")
    except TypeError:
        pass
"""
    assert run("python", "-c", text, folder=package) == ""


def test_type_checkers_are_content(package: Path) -> None:
    (package / "uses.py").write_text(
        "from zoo import models as m, models_dataclass as d, models_msgspec as s, models_pydantic as p\n"
        "m.Cat(name='n'), d.Cat(name='n'), s.Cat(name='n'), p.Cat(name='n')\n"
        "m.Saw(), d.Saw(), s.Saw(), p.Saw(), m.Circle(label='l'), m.Square(label='l', form='sq')\n"
        "m.Pet(name='n', kind='cat'), m.Pet(name='n')  # type: ignore[call-arg]\n"
    )
    assert run("mypy", "--strict", "zoo", folder=package) == ""
    assert run("mypy", "--strict", "--warn-unused-ignores", "uses.py", folder=package) == ""
