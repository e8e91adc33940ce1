"""A layout that was learnt changes nothing but the time."""

from __future__ import annotations

import json

from tests.typescript.node import HERE, run


def test_documents_that_deviate_are_read_as_before() -> None:
    assert json.loads(run(str(HERE / "layouts.mjs"))) == []
