"""Names that carry a prefix everybody knows."""

from __future__ import annotations

from pathlib import Path

import pytest
from bindwright import ir
from bindwright import openapi as spec
from bindwright.ir.model import Object

DOCUMENT = """
openapi: 3.0.3
info: {{title: x, version: '1'}}
paths: {{}}
components:
  schemas:
    A: {{type: object, properties: {{a: {{type: string, xml: {{name: '{name}'}}}}}}}}
"""


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("xsi:type", ("type", "http://www.w3.org/2001/XMLSchema-instance", "attribute")),
        ("xml:lang", ("lang", "http://www.w3.org/XML/1998/namespace", "attribute")),
        ("plain", ("plain", None, None)),
    ],
)
def test_they_are_attributes_of_that_namespace(
    name: str, expected: tuple[str, str | None, str | None], tmp_path: Path
) -> None:
    (tmp_path / "a.yaml").write_text(DOCUMENT.format(name=name), encoding="utf-8")
    type_ = ir.lower(spec.load(tmp_path / "a.yaml")).types["#/components/schemas/A"]
    assert isinstance(type_, Object)
    facts = type_.properties[0].use.xml
    assert facts is not None
    assert (facts.name, facts.namespace, facts.node) == expected
