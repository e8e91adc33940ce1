"""Calls of the TypeScript runtime: parameters, bodies, answers, errors, security, forms, streams."""

from __future__ import annotations

import json

from tests.typescript.node import HERE, run


def test_calls() -> None:
    assert json.loads(run(str(HERE / "http.mjs"))) == {}
