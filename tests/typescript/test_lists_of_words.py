"""Lists in one attribute, and lists that are values of any type, are read and written as in Python."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from bindwright.ports.python_port import Port

from tests.ports.test_interpreter import written
from tests.targets.typescript.packages import files_of, write
from tests.typescript.node import answers, run, transcode

NUMBER, TEXT = {"type": "integer"}, {"type": "string"}


def words(item: object) -> dict[str, Any]:
    return {"type": "array", "items": item, "xml": {"attribute": True}}


DOCUMENT = {
    "openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {},
    "components": {
        "schemas": {
            "Some": {
                "type": "object",
                "xml": {"name": "some"},
                "properties": {
                    "numbers": words(NUMBER), "texts": words(TEXT), "days": words(TEXT | {"format": "date"}), "nested": words(words(NUMBER)),
                    "colors": words(TEXT | {"enum": ["red", "blue"]}), "either": words({"anyOf": [NUMBER, TEXT]}), "loose": words({}),
                    "tuple": {"type": "array", "prefixItems": [NUMBER, TEXT], "xml": {"attribute": True}},
                    "any": {}, "anys": {"type": "array", "items": {}}, "spaced": {"xml": {"namespace": "urn:s", "prefix": "s"}}, "after": TEXT,
                },
            },
            "Root": {"xml": {"name": "root"}},
            "Map": {"type": "object", "xml": {"name": "map"}, "additionalProperties": {}},
            "Open": {"type": "object", "xml": {"name": "map"}, "properties": {"after": {}}, "additionalProperties": {}},
        }
    },
}  # fmt: skip
VALUES = [
    '{"numbers":[1,2]}', '{"numbers":[]}', '{"numbers":[7]}', '{"texts":["a","b"]}', '{"texts":["a b"]}', '{"texts":[""]}',
    '{"days":["2024-02-29"]}', '{"nested":[[1,2],[3]]}', '{"colors":["red","blue"]}', '{"either":[1,"b"]}', '{"loose":[1,"b",true]}',
    '{"tuple":[1,"b"]}', '{"any":[1,2]}', '{"any":[1]}', '{"any":[]}', '{"any":[[1],2]}', '{"any":[{"a":1},"b"],"after":"c"}',
    '{"any":{"a":[1,2]}}', '{"any":{"a":[]}}', '{"anys":[1,"a",true]}', '{"anys":[[1],[2]]}', '{"spaced":[1,{"a":2}]}',
]  # fmt: skip
DOCUMENTS = [
    f"<some{text}" for text in (
        ' numbers="1 2"/>', ' numbers=""/>', ' numbers="  1&#x9; 2 "/>', ' numbers="x"/>', ' texts="a b"/>', ' loose="1 b"/>',
        ' tuple="1 b"/>', "><any>1</any><any>2</any></some>", "><any>1</any></some>", "><any><a>1</a></any><any>b</any></some>",
        "><any>1</any><any>2</any><after>c</after></some>", "><after>c</after><after>d</after></some>",
    )
]  # fmt: skip


NIL = 'xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="true"'
MAPS = [
    '{"a":[1,2],"b":"c"}',
    '{"a":["x",{"b":[1,2]}]}',
    '{"a":[]}',
    '{"a":[[1]]}',
    '{"a":[1]}',
    '{"a":["b",null,"c"]}',
]
ENTRIES = [
    "<a>1</a><a>2</a><b>3</b>",
    "<a>1</a>",
    "<a><x/></a><a>2</a><a>2</a>",
    f"<a>1</a><a {NIL}/>",
    f"<a {NIL}/><a>1</a>",
]


@pytest.fixture(scope="module")
def ir(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = Path(tmp_path_factory.mktemp("words")) / "document.json"
    path.write_text(json.dumps(DOCUMENT))
    return written(path, "lists-of-words")


def test_as_python(ir: str) -> None:
    python = Port(ir)
    texts = [("#Some", "json", text) for text in VALUES] + [("#Some", "xml", text) for text in DOCUMENTS]
    texts += [("#Root", "json", text) for text in ("[1]", "[1,2]", "[]", '{"a":[1,2]}')]
    for name in ("#Map", "#Open"):
        texts += [(name, "json", text) for text in MAPS] + [
            (name, "xml", f"<map>{text}</map>") for text in ENTRIES
        ]
    requests = [transcode(name, source, target, text) for name, source, text in texts for target in ("json", "xml")]  # fmt: skip
    for request, answer in zip(requests, answers(ir, requests), strict=True):
        expected = python.answer({"id": 1, **request})
        assert answer.get("output") == expected.get("output"), request
        assert answer.get("refused") == expected.get("refused"), request


def test_elements_of_one_name_may_stand_apart(ir: str) -> None:
    contents = {
        "#Map": "<a>1</a><b>2</b><a>3</a>",
        "#Open": "<a>1</a><b>2</b><a>3</a>",
        "#Some": "<any>1</any><u/><after>c</after><any>2</any>",
    }
    requests = [
        transcode(name, "xml", "json", f"<{(root := 'some' if name == '#Some' else 'map')}>{text}</{root}>")
        for name, text in contents.items()
    ]
    python = Port(ir)
    for request, answer in zip(requests, answers(ir, requests), strict=True):
        assert answer["output"] == python.answer({"id": 1, **request})["output"], request


def test_as_packages_have_it(tmp_path: Path) -> None:
    """The module of an object says that elements of a member may be a list."""
    folder = write(files_of(DOCUMENT, tmp_path), tmp_path / "package")
    program = f"""
    import {{ fromXml, Some, toXml }} from {json.dumps(str(folder / "index.js"))};
    for (const text of ['<some numbers="1 2" tuple="1 b"/>', '<some><any>1</any><any>2</any></some>']) console.log(toXml(Some, fromXml(Some, text)));
    """
    assert run("--input-type=module", "--eval", program).splitlines() == [
        '<some numbers="1 2" tuple="1 b"/>',
        "<some><any>1</any><any>2</any></some>",
    ]
