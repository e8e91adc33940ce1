"""The hand-written vectors of scalars: of every form, as the table says, passed by both ports, lost by faulty ones."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any, get_args

import pytest
from bindwright.conformance.comparison import difference
from bindwright.conformance.runner import run_all
from bindwright.conformance.vectors import Check, read
from bindwright.ir.model.lexical import LexicalForm
from bindwright.ports.python_port import Port

from tests.typescript.node import PORT, available
from tools.scalars.vectors import FOLDER, files
from tools.typescript import node

AT_LEAST = 8
"""Vectors of each form."""


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A kit that has nothing but scalars; its own IR is another one."""
    target = tmp_path_factory.mktemp("kit")
    (target / "vectors").mkdir()
    (target / "ir.json").write_text("{}")
    for file in FOLDER.iterdir():
        (target / "vectors" / file.name).write_bytes(file.read_bytes())
    return target


@pytest.fixture(scope="module")
def checks(kit: Path) -> list[Check]:
    return list(read(sorted((kit / "vectors").glob("*.jsonl"))))


def test_the_files_are_what_the_table_says() -> None:
    """``python -m tools.scalars`` writes them."""
    assert {file.name: file.read_bytes() for file in FOLDER.iterdir()} == files()


def test_every_form_has_vectors(checks: list[Check]) -> None:
    ir = json.loads((FOLDER / "scalars.ir.json").read_text())
    forms = {type_id: set(_forms(ir, type_id)) for type_id in ir["types"] if type_id.startswith("#")}
    vectors = {check.name.rpartition("/")[0]: check.request["type"] for check in checks}
    counts = Counter(form for type_id in vectors.values() for form in forms[type_id])
    assert {form for form in get_args(LexicalForm) if counts[form] < AT_LEAST} == NO_DOCUMENTS


NO_DOCUMENTS = {"octets", "never"}
"""Octets are whole bodies and parts of forms; never is no value."""


def _forms(ir: dict[str, Any], type_id: str) -> list[str]:
    """The forms of the member of an object type, in JSON and in XML; none of choices and their alternatives."""
    type_ = ir["types"][type_id]
    if type_["kind"] != "object" or len(type_["properties"]) > 1:
        return []
    (member,) = type_["properties"]
    lexical = member["use"].get("lexical") or ir["types"][member["use"]["type"]].get("lexical")
    return [] if lexical is None else [lexical["json"], lexical["xml"]]


@pytest.mark.parametrize("port", ["Python", "TypeScript"])
def test_both_ports_pass_all(kit: Path, checks: list[Check], port: str) -> None:
    python = [sys.executable, "-m", "bindwright.ports.python_port"]
    command = python if port == "Python" else [available(node), str(PORT)]
    info, outcomes = run_all(command, str(kit / "ir.json"), checks, timeout=60)
    assert port in info.name
    assert [(outcome.check.name, outcome.message) for outcome in outcomes if outcome.status != "passed"] == []
    assert len(outcomes) == len(checks) > 1000


@pytest.mark.parametrize(("right", "wrong"), [("Int64", "Double"), ("Decimal", "Double"), ("Uint64", "Int64"), ("DateTime", "String"), ("Uuid", "String"), ("Boolean", "String"), ("Base64url", "Base64"), ("Base64", "String"), ("Date", "DateTime"), ("Int8", "Int16"), ("Integer", "Int64"), ("QuotedDecimal", "Decimal"), ("Duration", "String"), ("TimeSpan", "Char"), ("Flags", "Name"), ("DotnetDecimal", "DotnetDouble")])  # fmt: skip
def test_a_form_that_is_taken_for_another_loses_vectors(checks: list[Check], right: str, wrong: str) -> None:
    port = Port(str(FOLDER / "scalars.ir.json"))
    own = [check for check in checks if check.request["type"] == f"#{right}"]
    lost = [check.name for check in own if difference(check, _taken(port, check, right, wrong)) is not None]
    assert len(lost) >= 3


def _taken(port: Port, check: Check, right: str, wrong: str) -> dict[str, Any]:
    """The answer of a port that takes a type for another one, under the name of the right one."""
    request = json.loads(re.sub(rf"(</?){right}\b", rf"\1{wrong}", json.dumps(check.request)))
    answer = port.answer({**request, "type": f"#{wrong}"})
    named: dict[str, Any] = json.loads(re.sub(rf"(</?){wrong}\b", rf"\1{right}", json.dumps(answer)))
    return named
