"""Runs Node, and the TypeScript runtime as a port in it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import pytest

from tools.typescript import Unavailable
from tools.typescript import node as node_path

T = TypeVar("T")
HERE = Path(__file__).parent
PORT = HERE / "port.mjs"


def available(what: Callable[[], T]) -> T:
    """What a function gives; skips the test, with a notice, where it cannot be had."""
    try:
        return what()
    except Unavailable as error:
        pytest.skip(f"TypeScript was not checked: {error}")


def run(*arguments: str, text: str = "", timeout: float = 120) -> str:
    """Standard output of Node."""
    process = subprocess.run(
        [available(node_path), *arguments], input=text, capture_output=True, text=True, encoding="utf-8",
        timeout=timeout, check=False,
    )  # fmt: skip
    assert process.returncode == 0, process.stderr[-4000:]
    return process.stdout


def answers(ir: str, requests: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What the port answers to requests, in their order."""
    lines = [json.dumps({"id": 0, "do": "hello", "protocol": 1, "ir": ir})]
    lines += [json.dumps({"id": number, **request}) for number, request in enumerate(requests, 1)]
    output = [json.loads(line) for line in run(str(PORT), text="\n".join(lines) + "\n").split("\n") if line]
    assert [answer["id"] for answer in output] == list(range(len(requests) + 1))
    return output[1:]


def transcode(type_id: str, source: str, target: str, text: str) -> dict[str, Any]:
    """A request of the protocol."""
    return {"do": "transcode", "type": type_id, "from": source, "to": [target], "input": text}
