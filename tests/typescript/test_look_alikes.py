"""Objects of a choice that have the same members: what was told by ``xsi:type`` is told so again, and nothing is lost."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from bindwright.ir import lower, serialize
from bindwright.openapi import loads
from bindwright.targets import typescript
from lxml import etree

from tests.typescript.node import answers, run, transcode

XSI = "http://www.w3.org/2001/XMLSchema-instance"
DOCUMENT = """
openapi: 3.1.0
info: {title: Alike, version: '1'}
paths: {}
components:
  schemas:
    Short: {type: object, required: [n], properties: {n: {type: integer, format: int32}}}
    Long: {type: object, required: [n], properties: {n: {type: integer, format: int32}, m: {type: string}}}
    Words: {type: object, required: [n], properties: {n: {type: string}}}
    Card: {type: object, required: [by], properties: {by: {type: string}, x: {type: string, format: date-time, xml: {name: cx}}}}
    Transfer: {type: object, required: [by], properties: {by: {type: string}, x: {type: string, xml: {name: tx}}}}
    Paid:
      oneOf: [{$ref: '#/components/schemas/Card'}, {$ref: '#/components/schemas/Transfer'}]
      discriminator: {propertyName: by, mapping: {card: '#/components/schemas/Card', transfer: '#/components/schemas/Transfer'}}
    Holder:
      type: object
      xml: {name: holder}
      properties:
        one: {oneOf: [{$ref: '#/components/schemas/Short'}, {$ref: '#/components/schemas/Long'}, {$ref: '#/components/schemas/Words'}]}
"""


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("alike") / "ir.json"
    path.write_bytes(serialize.dumps(lower(loads(DOCUMENT))))
    return str(path)


def answer(api: str, source: str, text: str) -> str:
    """The XML of a document."""
    output: str = answers(api, [transcode("#Holder", source, "xml", text)])[0]["output"]["xml"]
    return output


def xsi_type(document: str) -> str | None:
    return etree.fromstring(document)[0].get(f"{{{XSI}}}type")


@pytest.mark.parametrize(
    ("name", "content", "again"),
    [
        ("Long", "<n>1</n>", "Long"),
        ("Short", "<n>1</n>", None),
        ("Words", "<n>1</n>", "Words"),
        ("Words", "<n>one</n>", None),
        ("Long", "<n>1</n><m>x</m>", None),
        (None, "<n>1</n><m>x</m>", None),
    ],
)
def test_it_is_told_where_another_would_be_read(
    api: str, name: str | None, content: str, again: str | None
) -> None:
    attributes = f' xmlns:xsi="{XSI}" xsi:type="{name}"' if name else ""
    output = answer(api, "xml", f"<holder><one{attributes}>{content}</one></holder>")
    assert xsi_type(output) == again
    assert re.sub(r"<one[^>]*>", "<one>", output).endswith(f"<one>{content}</one></holder>")


def test_a_text_that_looks_like_a_number_is_told(api: str) -> None:
    assert xsi_type(answer(api, "json", '{"one":{"n":"1"}}')) == "Words"
    assert xsi_type(answer(api, "json", '{"one":{"n":1}}')) is None


@pytest.mark.parametrize("source", ["Json", "Xml"])
def test_a_member_that_another_one_names_is_not_lost(tmp_path: Path, source: str) -> None:
    text = '{"one":{"n":1}}' if source == "Json" else "<holder><one><n>1</n></one></holder>"
    files = typescript.emit(lower(loads(DOCUMENT)), typescript.TypeScriptOptions(package="alike")).files
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    program = f"""
    import {{ from{source}, Holder, toJson, toXml }} from {json.dumps(str(tmp_path / "index.js"))};
    const {{ one }} = from{source}(Holder, {json.dumps(text)});
    for (const write of [toJson, toXml]) console.log(write(Holder, {{ one: {{ ...one, m: 'x' }} }}));
    """
    assert run("--input-type=module", "--eval", program).splitlines() == [
        '{"one":{"n":1,"m":"x"}}',
        "<holder><one><n>1</n><m>x</m></one></holder>",
    ]


KINDS = """
openapi: 3.1.0
info: {title: Kinds, version: '1'}
paths: {}
components:
  schemas:
    Circle: {type: object, required: [kind], properties: {kind: {const: circle}, r: {type: number}}}
    Warm: {type: object, required: [kind], properties: {kind: {type: string, enum: [red, orange]}, r: {type: number}}}
    Cold: {type: object, required: [kind], properties: {kind: {type: string, enum: [blue, green]}, r: {type: number}}}
    Any: {type: object, xml: {name: any}, properties: {one: {anyOf: [{$ref: '#/components/schemas/Circle'}, {$ref: '#/components/schemas/Warm'}, {$ref: '#/components/schemas/Cold'}]}}}
"""


def test_a_value_that_no_enumeration_lists_is_kept(tmp_path: Path) -> None:
    """It tells nothing; one that is listed tells, and a constant has no other value."""
    files = typescript.emit(lower(loads(KINDS)), typescript.TypeScriptOptions(package="kinds")).files
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    program = f"""
    import {{ Any, fromJson, fromXml, toJson, toXml, Circle, Warm, Cold }} from {json.dumps(str(tmp_path / "index.js"))};
    const said = ['circle', 'red', 'green', 'violet'].map((kind) => {{
      const value = fromXml(Any, toXml(Any, fromJson(Any, `{{"one":{{"kind":"${{kind}}","r":1}}}}`)));
      const codec = value.one[Symbol.for('bindwright.actual')];
      return [toJson(Any, value), ['Circle', 'Warm', 'Cold'][[Circle, Warm, Cold].indexOf(codec)]];
    }});
    console.log(JSON.stringify(said));
    """
    assert json.loads(run("--input-type=module", "--eval", program)) == [
        [f'{{"one":{{"kind":"{kind}","r":1}}}}', name]
        for kind, name in (("circle", "Circle"), ("red", "Warm"), ("green", "Cold"), ("violet", "Warm"))
    ]


WITHIN = """
openapi: 3.1.0
info: {title: Within, version: '1'}
paths: {}
components:
  schemas:
    Cat: {type: object, properties: {n: {type: integer, format: int32}}}
    Dog: {type: object, properties: {n: {type: integer, format: int32}}}
    Rock: {type: object, properties: {n: {type: integer, format: int32}}}
    Animal:
      oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}, {type: integer, format: int32}]
      discriminator: {propertyName: kind}
    Thing:
      oneOf: [{$ref: '#/components/schemas/Animal'}, {$ref: '#/components/schemas/Rock'}, {type: string}]
      discriminator: {propertyName: sort, mapping: {animal: '#/components/schemas/Animal', rock: '#/components/schemas/Rock'}}
    Holder: {type: object, xml: {name: holder}, properties: {one: {$ref: '#/components/schemas/Thing'}}}
"""
SCRIPT = """
import { Holder } from './index.js';
import { fromJson, fromXml, toJson, toXml } from './runtime/index.js';
for (const one of JSON.parse(process.argv[2])) {
  const json = toJson(Holder, { one }), xml = toXml(Holder, { one });
  console.log(json);
  for (const back of [fromJson(Holder, json), fromXml(Holder, xml)]) console.log(toJson(Holder, back), JSON.stringify(Object.entries(back.one).sort()) === JSON.stringify(Object.entries(one).sort()));
}
"""


def test_the_discriminator_is_written_where_no_alternative_describes_it(tmp_path: Path) -> None:
    """OpenAPI 3.1.1, Discriminator Object: documents need not list the property; by way of a union within as well."""
    files = typescript.emit(lower(loads(WITHIN)), typescript.TypeScriptOptions(package="within")).files
    for name, content in {**files, "built.mjs": SCRIPT}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content)
    values: list[object] = [{"sort": "animal", "kind": kind, "n": 1} for kind in ("Cat", "Dog")]
    values += [{"sort": "rock", "n": 1}, "5", 5]
    lines = run(str(tmp_path / "built.mjs"), json.dumps(values)).splitlines()
    expected = [json.dumps({"one": value}, separators=(",", ":")) for value in values]
    assert lines == [line for text in expected for line in (text, f"{text} true", f"{text} true")]


EVENTS = """
import { Animal } from './index.js';
import { events, toJson } from './runtime/index.js';
const response = new Response('data: {"kind":"Dog","n":1}\\n\\ndata: {"n":2}\\n\\n', { headers: { 'content-type': 'text/event-stream' } });
for await (const one of events(Animal, 'text/event-stream').read(response)) console.log(toJson(Animal, one));
"""


def test_events_of_a_choice_are_what_their_data_says(tmp_path: Path) -> None:
    """None of the alternatives has a member `data`: an event was an object of the first one, with nothing in it."""
    files = typescript.emit(lower(loads(WITHIN)), typescript.TypeScriptOptions(package="within")).files
    for name, content in {**files, "heard.mjs": EVENTS}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content)
    assert run(str(tmp_path / "heard.mjs")).splitlines() == ['{"kind":"Dog","n":1}', '{"kind":"Cat","n":2}']


def test_a_discriminator_that_was_set_since_says_the_type_in_both_formats(tmp_path: Path) -> None:
    """Not the alternative that the value was read as: the type of the value in TypeScript is told by it alone."""
    files = typescript.emit(lower(loads(DOCUMENT)), typescript.TypeScriptOptions(package="alike")).files
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    program = f"""
    import {{ fromXml, Paid, toJson, toXml }} from {json.dumps(str(tmp_path / "index.js"))};
    const card = fromXml(Paid, '<Paid><by>card</by><cx>2024-01-02T03:04:05Z</cx></Paid>');
    for (const write of [toJson, toXml]) console.log(write(Paid, {{ ...card, by: 'transfer', x: 'y' }}));
    """
    assert run("--input-type=module", "--eval", program).splitlines() == [
        '{"by":"transfer","x":"y"}',
        "<Paid><by>transfer</by><tx>y</tx></Paid>",
    ]
