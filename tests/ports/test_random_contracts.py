"""Random contracts of .NET: the interpreter and TypeScript write the bytes that .NET does, from the IR alone."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from bindwright.conformance.runner import run_all
from bindwright.conformance.vectors import read
from bindwright.ir.serialize import dumps

from tests.datacontract import net_writer
from tests.datacontract.random_contracts import Draft
from tests.datacontract.random_values import Maker
from tests.lowering import lowered
from tests.typescript.node import available

from .corpus_kits import commands
from .test_interpreter import Conversion, run

SEEDS = [7000, 7003, 7025, 7105, 7118]
"""References of derived classes, members in a namespace of their own that hold objects of it, null collections;
keys of .NET's own forms; references that defaults are compared with."""


def documents(seed: int, folder: Path) -> tuple[Path, list[tuple[str, str, str]]]:
    """The path of the IR of a seed's contracts; the key of a type, .NET's XML and its JSON, for some values."""
    rng = random.Random(seed)
    contracts = Draft(rng).contracts()
    path = folder / "ir.json"
    path.write_bytes(dumps(lowered(contracts.document())))
    written = []
    for number in range(9):
        key = rng.choice(list(contracts.roots))
        type_, value = contracts.roots[key], None
        while value is None:
            value = Maker(rng, plain=number % 2 == 0).value(type_, 3)
        written.append((key, net_writer.Xml().document(type_, value), net_writer.Json().value(type_, value)))
    return path, written


@pytest.mark.parametrize("seed", SEEDS)
def test_ports_write_what_net_writes(seed: int, tmp_path: Path) -> None:
    path, written = documents(seed, tmp_path)
    conversions = [
        Conversion(str(path), key, "xml", side, xml) for key, xml, _ in written for side in ("xml", "json")
    ]
    outputs = [answer.get("output") for answer in run(conversions)]
    assert outputs == [text for _, xml, text_json in written for text in (xml, text_json)]

    head = {"vectors": 1, "ir": "ir.json", "title": "random", "authority": ".NET", "profile": "datacontract"}
    lines: list[dict[str, object]] = [
        {
            "id": f"{key}.{number}",
            "kind": "to",
            "type": f"#{key}",
            "in": {"xml": xml},
            "out": {"xml": xml, "json": text},
            "rule": "xml/start-tags",
        }
        for number, (key, xml, text) in enumerate(written)
    ]
    vectors = tmp_path / "random.jsonl"
    vectors.write_text("".join(json.dumps(line) + "\n" for line in [head, *lines]))
    outcomes = run_all(available(commands)["typescript"], str(path), list(read([vectors])), timeout=60)[1]
    assert [
        (outcome.check.name, outcome.message, outcome.difference)
        for outcome in outcomes
        if outcome.status != "passed"
    ] == []
    assert len(outcomes) == 2 * len(written)
