"""A kit of objects with ids asks what a port makes of them: three vectors and more for each thing that it may do wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bindwright.conformance import vectors
from bindwright.conformance.comparison import difference
from bindwright.conformance.runner import run_all
from bindwright.conformance.vectors import Check
from bindwright.ir import lower
from bindwright.openapi import loads
from bindwright.ports import kit
from bindwright.ports.python_port import Port

from tests.port_kit.faults import Fault, accepting, outputs
from tests.ports.corpus_kits import commands
from tests.typescript.node import available

SCHEMA = """
    {name}:
      type: object
      x-dcs-is-reference: {{idProperty: $id, refProperty: $ref, refAttribute: Ref}}
      properties:
        $id: {{type: string, xml: {{attribute: true, name: Id, namespace: 'http://schemas.microsoft.com/2003/10/Serialization/', prefix: z}}}}
        Name: {{type: string}}
        Next: {{$ref: '#/components/schemas/{other}'}}"""
DOCUMENT = (
    "openapi: 3.1.0\ninfo: {title: References, version: '1'}\nx-xml-profile: datacontract\npaths: {}\ncomponents:\n  schemas:"
    + SCHEMA.format(name="Person", other="Company")
    + SCHEMA.format(name="Company", other="Place")
    + SCHEMA.format(name="Place", other="Person")
)  # fmt: skip
FAULTS: dict[str, Fault] = {
    "an id is written as it came": outputs("json", lambda text: text.replace('{"$id":"1"', '{"$id":"77"', 1)),
    "an id is written last": outputs(
        "json", lambda text: re.sub(r'^\{("\$id":"1"),(.*)\}$', r"{\2,\1}", text)
    ),
    "no id is written": outputs("json", lambda text: re.sub(r'"\$id":"\d+",?', "", text)),
    "no id is written in XML": outputs("xml", lambda text: re.sub(r' \w+:Id="i\d+"', "", text)),
    "ids of XML count from 0": outputs("xml", lambda text: text.replace(':Id="i1"', ':Id="i0"')),
    "what nothing has is an object": accepting("before this place", "json"),
    "what nothing has is an object in XML": accepting("", "xml"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("references")
    for name, data in kit.files(lower(loads(DOCUMENT))).items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_bytes(data)
    return target


@pytest.fixture(scope="module")
def checks(folder: Path) -> list[Check]:
    every = vectors.read(sorted((folder / "vectors").glob("*.jsonl")))
    return [check for check in every if check.ir == "ir.json"]


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_loses_vectors(name: str, folder: Path, checks: list[Check]) -> None:
    port = Port(str(folder / "ir.json"))
    lost = [check for check in checks if check.rule.endswith("/reference") and difference(check, FAULTS[name](port, check.request))]  # fmt: skip
    assert len(lost) >= 3


@pytest.mark.parametrize("port", ["python", "typescript"])
def test_ports_pass(port: str, folder: Path, checks: list[Check]) -> None:
    _, outcomes = run_all(available(commands)[port], str(folder / "ir.json"), checks, timeout=60)
    assert [(outcome.check.name, outcome.message) for outcome in outcomes if outcome.status != "passed"] == []
