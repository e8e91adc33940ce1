"""Calls of the TypeScript runtime: parameters, bodies, answers, errors, security, forms, streams."""

from __future__ import annotations

import json

from tests.typescript.node import HERE, run


def test_calls() -> None:
    assert json.loads(run(str(HERE / "http.mjs"))) == {}


def test_no_abort_is_forgotten() -> None:
    """Node drops the signal of a `Request` that nobody holds: a call that waits would wait for ever."""
    report = json.loads(run("--expose-gc", str(HERE / "aborts.mjs")))
    assert set(report["ended"].values()) == {report["calls"]}, report
    assert len(report["ended"]) == 14
