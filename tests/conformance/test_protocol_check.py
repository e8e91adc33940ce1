"""`bindwright conform --check-protocol`: adapters that speak it pass, and each wrong way of speaking is told of."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from bindwright.commands import group
from bindwright.conformance.protocol_check import answer_fault
from bindwright.project.errors import CommandError
from click.testing import CliRunner

from tests.typescript.node import PORT as PORT_IN_NODE
from tests.typescript.node import available
from tools.typescript import node

ROOT = Path(__file__).parents[2]
KIT = ROOT / "generated" / "port-kit"
PORT = """
import json, sys
for line in sys.stdin:
    request = json.loads(line)
    if request["do"] == "bye":
        break
    if request["do"] == "hello":
        answer = {"port": "p", "protocol": 1, "formats": ["json"], "features": []}
    elif request["do"] != "transcode":
        answer = {"skipped": "not there"}
    else:
        answer = {"refused": "decode", "why": "no document"}
    answer["id"] = request["id"]
    print(json.dumps(answer), flush=True)
"""


def tried(*command: str) -> tuple[int, dict[str, str]]:
    """The exit code, and the steps with what was said of them."""
    arguments = ["conform", "--kit", str(KIT), "--timeout", "20", "--check-protocol", "--", *command]
    result = CliRunner().invoke(group, arguments, standalone_mode=False)
    steps: dict[str, str] = {}
    name = ""
    for line in result.output.splitlines():
        if line.startswith(("right  ", "wrong  ")):
            name = line[7:]
            steps[name] = "" if line.startswith("right") else "wrong"
        elif line.startswith("       "):
            steps[name] += line
    return result.return_value, steps


def test_a_port_that_speaks_it_passes() -> None:
    code, steps = tried(sys.executable, "-c", PORT)
    assert code == 0
    assert len(steps) == 11
    assert not any(steps.values())


@pytest.mark.parametrize(
    "port", [KIT / "adapters" / "node.mjs", PORT_IN_NODE], ids=["adapter in Node", "TypeScript runtime"]
)
def test_the_ports_in_node_pass(port: Path) -> None:
    code, steps = tried(available(node), str(port))
    assert (code, {step: fault for step, fault in steps.items() if fault}) == (0, {})
    assert len(steps) == 11


@pytest.mark.parametrize(
    "command",
    [[str(KIT / "adapters" / "python.py")], ["-m", "bindwright.ports.python_port"]],
    ids=["adapter", "our runtime"],
)
def test_the_ports_in_python_pass(command: list[str]) -> None:
    code, steps = tried(sys.executable, *command)
    assert [step for step, fault in steps.items() if fault] == []
    assert code == 0


@pytest.mark.parametrize(
    ("before", "after", "step"),
    [
        ('"protocol": 1', '"protocol": 2', "hello"),
        ('{"skipped": "not there"}', "{}", "a request that it does not know"),
        ('answer = {"skipped": "not there"}', "break", "a request that it does not know"),
        ('{"refused": "decode", "why": "no document"}', '{"output": {"json": "{}"}}', "a type that the IR does not have"),
        ('{"refused": "decode"', '{"refused": "no"', "a type that the IR does not have"),
        ('{"refused": "decode"', '{"broken": "b", "refused": "decode"', "a type that the IR does not have"),
        ('answer["id"] = request["id"]', 'answer["id"] = str(request["id"])', "hello"),
        ('answer["id"] = request["id"]', 'answer["id"] = request["id"] & 0x7FFFFFFF', "ids beyond 31 bits"),
        ('answer["id"] = request["id"]', 'answer["id"] = request["id"] if request["id"] < 20 else 20', "64 requests at once"),
        ("in sys.stdin:", "in iter(lambda: sys.stdin.readline(65536), ''):", "a line of 3 MB"),
        ("flush=True)", "flush=True); print()", "a request that it does not know"),
        ("break", "print(line); break", "bye ends the port"),
        ("break", "sys.exit(3)", "bye ends the port"),
        ('answer = {"refused": "decode"', 'answer = {"output": {"json": ""}} if request["input"] == "<{[" and request["type"][1:3] != "no" else {"refused": "decode"', "a wrong document"),
    ],
)  # fmt: skip
def test_a_wrong_way_of_speaking_is_told_of(before: str, after: str, step: str) -> None:
    assert before in PORT
    code, steps = tried(sys.executable, "-c", PORT.replace(before, after, 1))
    wrong = [name for name, fault in steps.items() if fault]
    assert wrong[:1] == ([step] if step else [])
    assert code == (1 if step else 0)


def test_a_port_that_stays_at_the_end_of_the_input_is_told_of() -> None:
    port = PORT.replace(
        "for line in sys.stdin:",
        "import time\nfor line in iter(lambda: sys.stdin.readline() or time.sleep(60), None):",
    )
    arguments = [
        "conform",
        "--kit",
        str(KIT),
        "--timeout",
        "2",
        "--check-protocol",
        "--",
        sys.executable,
        "-c",
        port,
    ]
    result = CliRunner().invoke(group, arguments, standalone_mode=False)
    assert "wrong  the end of the input ends the port" in result.output
    assert result.return_value == 1


def test_forms_of_answers() -> None:
    assert answer_fault({"id": 1, "output": {"xml": {"base64": "AA=="}}}) == ""
    assert answer_fault({"id": 1, "value": None}) == ""
    assert "id" in answer_fault({"id": True, "value": None})
    assert "output" in answer_fault({"id": 1, "output": "text"})
    assert "7" in answer_fault({"id": 7, "value": None}, 8)


def test_a_command_that_cannot_be_started() -> None:
    arguments = ["conform", "--kit", str(KIT), "--check-protocol", "--", "/no/such/port"]
    result = CliRunner().invoke(group, arguments, standalone_mode=False)
    assert isinstance(result.exception, CommandError)
    assert result.exception.code == "port"
