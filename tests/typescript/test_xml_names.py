"""Keys as names of elements: both runtimes write the same, which XML has, and read what was a key before."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

from bindwright.ports.python_port import Port
from bindwright.standards.xml_names import decode_name, encode_name, is_ncname
from lxml import etree

from tests.ports.test_interpreter import Conversion, written
from tests.ports.test_interpreter import run as interpreted
from tests.typescript.node import answers, run, transcode

NAMES = Path(__file__).parents[2] / "codegen/bindwright/targets/typescript/runtime/xml/names.js"
SCRIPT = """
const { encodeName, decodeName } = await import(process.argv[1]);
const keys = JSON.parse(await new Response(process.stdin).text());
console.log(JSON.stringify(keys.map((key) => [encodeName(key), decodeName(encodeName(key))])));
"""
ODD = [
    0xAA,
    0xB5,
    0xB7,
    0xBA,
    0xD7,
    0x2070,
    0x203F,
    0x3000,
    0xF900,
    0xFDD0,
    0xFFFD,
    0x10000,
    0xEFFFF,
    0xF0000,
]
"""Where the letters of Unicode and the names of XML part."""


def keys() -> list[str]:
    source = random.Random(34)
    letters = [*"_x0041aF b\n", "\N{GRINNING FACE}", "_x", *map(chr, ODD)]
    return ["", "_x_", "__x_", "_x_x_"] + [
        "".join(source.choices(letters, k=source.randrange(1, 11))) for _ in range(4_000)
    ]


def test_both_write_the_same() -> None:
    pairs = json.loads(run("--input-type=module", "-e", SCRIPT, NAMES.as_uri(), text=json.dumps(keys())))
    assert pairs == [[encode_name(key), key] for key in keys()]


def test_no_two_keys_are_one_name() -> None:
    for key in keys():
        assert decode_name(encode_name(key)) == key
        assert is_ncname(encode_name(key))
    document = "".join(f"<{encode_name(key)}/>" for key in keys() if not encode_name(key).startswith("_x0"))
    etree.fromstring(f"<a>{document}</a>")


def test_of_one_name_the_required_member_is_there() -> None:
    """Also where documents were read often enough that their layout is known."""
    documents = ["<v>1</v>", "<v>1</v><v>2</v>", "<v>1</v><v>2</v><v>3</v>"]
    script = f"""
    import {{ fromXml, integer, shared, object, optional, string, toXml }} from '{NAMES.parents[1].as_uri()}/index.js';
    const elements = shared(['o', 'p', 'r'].map((of) => ({{ of, name: 'v' }})));
    const sample = object({{ o: optional(string), p: optional(string), r: integer }}, {{ name: 's', elements }});
    const read = (content) => fromXml(sample, `<s>${{content}}</s>`);
    const results = Array.from({{ length: 20 }}, () => {json.dumps(documents)}.map((one) => [read(one), toXml(sample, read(one))]));
    console.log(JSON.stringify(results));
    """
    values = [{"r": 1}, {"o": "1", "r": 2}, {"o": "1", "p": "2", "r": 3}]
    expected = [[value, f"<s>{content}</s>"] for value, content in zip(values, documents, strict=True)]
    assert json.loads(run("--input-type=module", "--eval", script)) == [expected] * 20


STRING = {"type": "string", "xml": {"name": "v"}}
LIST = {"type": "array", "items": STRING}
EITHER = {"oneOf": [{"type": "array", "items": {"type": "string"}}, {"type": "string"}], "xml": {"name": "v"}}
SHARED: list[tuple[dict[str, Any], str, list[Any]]] = [
    ({"l": LIST, "r": STRING}, "r", [None, "r0", "l0 r1", "l01 r2", "l012 r3"]),
    ({"r": STRING, "l": LIST}, "r", [None, "r0", "r0 l1", "r0 l12", "r0 l123"]),
    ({"l": LIST, "o": STRING}, "", ["", "l0", "l01", "l012", "l0123"]),
    ({"o": STRING, "l": LIST, "r": STRING, "p": STRING}, "r", [None, "r0", "o0 r1", "o0 l1 r2", "o0 l12 r3"]),
    (
        {"l": LIST, "q": STRING, "o": STRING, "r": STRING},
        "qr",
        [None, None, "q0 r1", "l0 q1 r2", "l01 q2 r3"],
    ),
    ({"o": STRING, "l": EITHER, "r": STRING}, "r", [None, "r0", "o0 r1", "o0 l=1 r2", "o0 l12 r3"]),
]
"""Members of one name, those that are required, and whose the elements are: of a document of none, of one, ..."""


def values_of(whose: str) -> dict[str, Any]:
    """By member, the texts of its elements: ``o0 l12`` is one of ``o`` and a list of two."""
    parts = [(part[0], part[1:]) for part in whose.split()]
    return {name: list(rest) if name == "l" and rest[0] != "=" else rest[-1] for name, rest in parts}


def test_a_list_leaves_elements_to_members_of_its_name(tmp_path: Path) -> None:
    """All elements were the list's, so that what had been written was refused; in Python, TypeScript and by the IR alone."""
    schemas: dict[str, Any] = {
        f"S{number}": {"type": "object", "properties": properties}
        | ({"required": [*required]} if required else {})
        for number, (properties, required, _) in enumerate(SHARED)
    }
    document = {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {}, "components": {"schemas": schemas}}  # fmt: skip
    path = tmp_path / "document.json"
    path.write_text(json.dumps(document))
    ir = written(path, "shared-names")
    python = Port(ir)
    cases = [
        (name, f"<{name}>{''.join(f'<v>{number}</v>' for number in range(count))}</{name}>", whose)
        for name, (_, _, outcomes) in zip(schemas, SHARED, strict=True)
        for count, whose in enumerate(outcomes)
    ]
    requests = [transcode(f"#{name}", "xml", "json", text) for name, text, _ in cases]
    alone = interpreted([Conversion(ir, name, "xml", "json", text) for name, text, _ in cases])
    back = []
    for (name, text, whose), request, theirs, read in zip(
        cases, requests, answers(ir, requests), alone, strict=True
    ):
        outputs = [answer.get("output", {"json": "null"})["json"] for answer in (python.answer({"id": 1, **request}), theirs)]  # fmt: skip
        if EITHER not in schemas[name]["properties"].values():  # lists among alternatives are beyond it
            outputs.append(read.get("output", "null"))
        expected = None if whose is None else values_of(whose)
        assert [json.loads(output) for output in outputs] == [expected] * len(outputs), (name, text)
        if expected:
            back.append((text, transcode(f"#{name}", "json", "xml", outputs[0])))
    for (text, request), theirs in zip(back, answers(ir, [request for _, request in back]), strict=True):
        for answer in (python.answer({"id": 1, **request}), theirs):
            assert answer["output"]["xml"].endswith(text)


SPACED = {"type": "object", "additionalProperties": {"xml": {"namespace": "urn:a", "prefix": "p"}}}
FIELDS: dict[str, tuple[dict[str, Any], Any, str]] = {
    "M": (SPACED, {"k": "1", "l": "2"}, "<M><p:k>1</p:k><p:l>2</p:l></M>"),
    "O": ({"type": "object", "properties": {"m": SPACED}}, {"m": {"k": "1"}}, "<O><m><p:k>1</p:k></m></O>"),
    "L": ({"type": "array", "items": SPACED}, [{"k": "1"}], "<L><L><p:k>1</p:k></L></L>"),
}


def test_entries_of_any_value_have_their_namespace_wherever_the_map_stands(tmp_path: Path) -> None:
    """A map that was a member or an item was a free value, whose elements had none."""
    schemas = {name: schema for name, (schema, _, _) in FIELDS.items()}
    document = {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {}, "components": {"schemas": schemas}}  # fmt: skip
    path = tmp_path / "document.json"
    path.write_text(json.dumps(document))
    ir = written(path, "spaced-entries")
    python = Port(ir)
    for name, (_, value, text) in FIELDS.items():
        expected = etree.fromstring(text.replace(f"<{name}", f'<{name} xmlns:p="urn:a"', 1))
        requests = [transcode(f"#{name}", "json", "xml", json.dumps(value))]
        for answer in (python.answer({"id": 1, **requests[0]}), *answers(ir, requests)):
            output = answer["output"]["xml"]
            root = etree.fromstring(output)
            assert [each.tag for each in root.iter()] == [each.tag for each in expected.iter()]
            back = [transcode(f"#{name}", "xml", "json", output)]
            for read in (python.answer({"id": 1, **back[0]}), *answers(ir, back)):
                assert json.loads(read["output"]["json"]) == value


FREE = [
    {"a b": 1},
    {"a><b": 1},
    {"": 1},
    {"@a b": 1},
    {"p:a": 1},
    {"@p:a": 1},
    {"p:q:a": 1},
    {"a": [[1, 2], 3]},
    {"#text": [1, 2]},
    {"@a": {"b": 1}},
    {"@xmlns:p": "urn:p", "p:a": 1, "@p:b": "&"},
    {"a": {"@xmlns:p": "urn:p", "p:a": None}, "p:a": 1},
    {"@xmlns": "urn:d", "a": {"@xml:lang": "en", "#text": "<"}},
]
"""Values of any type: names that XML does not have, prefixes that nothing declares, lists that have no name."""


def test_names_of_free_values_are_checked(tmp_path: Path) -> None:
    free = {"type": "object", "properties": {"x": {}}}
    document = {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {}, "components": {"schemas": {"Free": free}}}  # fmt: skip
    path = tmp_path / "document.json"
    path.write_text(json.dumps(document))
    ir = written(path, "free-names")
    python = Port(ir)
    requests = [transcode("#Free", "json", "xml", json.dumps({"x": value})) for value in FREE]
    for value, request, answer in zip(FREE, requests, answers(ir, requests), strict=True):
        expected = python.answer({"id": 1, **request})
        assert answer.get("refused") == expected.get("refused"), value
        if "output" in expected:
            right, output = (etree.fromstring(outcome["output"]["xml"]) for outcome in (expected, answer))
            assert etree.tostring(output, method="c14n") == etree.tostring(right, method="c14n"), value
