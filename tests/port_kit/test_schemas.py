"""The schemas of vectors and of the protocol: what is written is valid by them, what is misspelt is not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from bindwright.conformance import vectors
from bindwright.ir import lower
from bindwright.openapi import load
from bindwright.ports import kit
from bindwright.ports.python_port import Port

from tests.typescript.node import answers

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("kit")
    for name, data in kit.files(lower(load(str(ROOT / "openapi.yaml")))).items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_bytes(data)
    return target


def schema(folder: Path, name: str) -> Any:
    return jsonschema_rs.validator_for(json.loads((folder / f"{name}.schema.json").read_text("utf-8")))


@pytest.fixture(scope="module")
def lines(folder: Path) -> list[dict[str, Any]]:
    files = sorted((folder / "vectors").glob("*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]


def test_each_line_of_the_vectors_is_valid(folder: Path, lines: list[dict[str, Any]]) -> None:
    valid = schema(folder, "vectors").is_valid
    assert [line for line in lines if not valid(line)] == []
    kinds = {line["kind"] for line in lines if "kind" in line}
    assert kinds == {"to", "value", "refused", "edit", "request", "answer"} | (kinds & {"same"})


def test_a_vector_with_a_member_more_or_less_is_refused(folder: Path, lines: list[dict[str, Any]]) -> None:
    valid = schema(folder, "vectors").is_valid
    for kind in ("to", "value", "refused", "edit", "request", "answer"):
        vector = next(line for line in lines if line.get("kind") == kind)
        assert not valid({**vector, "inn": "x"})
        for member in {
            "id",
            "kind",
            "type",
            "in",
            "out",
            "set",
            "value",
            "operation",
            "status",
        } & vector.keys():
            rest = {name: value for name, value in vector.items() if name != member}
            assert not valid(rest), (kind, member)


def test_both_sides_of_the_protocol_are_valid(folder: Path) -> None:
    valid = schema(folder, "protocol").is_valid
    checks = list(vectors.read(sorted((folder / "vectors").glob("*.jsonl"))))
    requests = [dict(check.request) for check in checks]
    assert [request for request in requests if not valid({"id": 1, **request})] == []
    port = Port(str(folder / "ir.json"))
    assert [answer for answer in map(port.answer, requests) if not valid({"id": 1, **answer})] == []
    assert [answer for answer in answers(str(folder / "ir.json"), requests) if not valid(answer)] == []
    greeting = {"id": 0, "do": "hello", "protocol": 1, "ir": "ir.json"}
    assert valid(greeting)
    assert not valid({**greeting, "protocol": 2})
    assert not valid({"id": 1, "outputs": {"json": ""}})
