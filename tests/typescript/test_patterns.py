"""`patternProperties`: the name of a member tells what it is, in both formats; where nothing is said of others, they are anything."""

from __future__ import annotations

from pathlib import Path

import pytest
from bindwright.ir import lower, serialize
from bindwright.openapi import loads

from tests.typescript.node import answers, transcode
from tests.xml.test_openapi_cases import FOLDER

HEAD = "openapi: 3.2.0\ninfo: {title: Patterns, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n"
MORE = """
    Open: {type: object, patternProperties: {'^n': {type: integer, format: int32}}}
    Shut: {type: object, patternProperties: {'^n': {type: integer, format: int32}, '^s': {type: string}}, additionalProperties: false}
"""
CASES = [
    ("Patterns", "json", '{"name":"x","d1":"2024-02-29","n1":5,"p1":{"q":"y"},"l1":[1,2],"other":true}'),
    (
        "Patterns",
        "xml",
        '<Patterns><d1>2024-02-29</d1><n1 xmlns="urn:number">5</n1><p1><r>1</r></p1><l1><l1>1</l1></l1></Patterns>',
    ),
    ("Open", "json", '{"n1":5,"x":{"y":[1]},"z":null}'),
    ("Open", "xml", "<Open><n1>5</n1><x><y>1</y></x></Open>"),
    ("Shut", "json", '{"n1":5,"s":"x"}'),
    ("Shut", "xml", "<Shut><n1>5</n1><s>x</s></Shut>"),
]
WRONG = [
    ("Patterns", "json", '{"n1":"x"}'),
    ("Patterns", "json", '{"x":1}'),
    ("Open", "xml", "<Open><n1>x</n1></Open>"),
]


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> str:
    schema = (FOLDER / "patterns" / "schema.yaml").read_text(encoding="utf-8")
    indented = "".join(f"    {line}\n" for line in schema.splitlines())
    path = tmp_path_factory.mktemp("patterns") / "ir.json"
    path.write_bytes(serialize.dumps(lower(loads(HEAD + indented + MORE))))
    return str(Path(path))


def test_names_tell_what_members_are(api: str) -> None:
    requests = [transcode(f"#{name}", form, form, text) for name, form, text in [*CASES, *WRONG]]
    outputs = answers(api, requests)
    written = [
        output.get("output", {}).get(form)
        for output, (_, form, _) in zip(outputs, [*CASES, *WRONG], strict=True)
    ]
    assert written == [text for _, _, text in CASES] + [None] * len(WRONG)
