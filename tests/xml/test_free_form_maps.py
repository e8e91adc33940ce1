"""Maps of untyped values: their elements are named by their keys, whatever the values are."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import define, field
from bindwright.runtime import Model, json, root, wire, xml


@define(kw_only=True)
class Change(Model):
    __wire__ = root("change")
    values: dict[str, Any] | None = field(default=None, metadata=wire("values"))
    both: dict[str, int | str] | None = field(default=None, metadata=wire("both"))


class Free(dict[str, Any]):
    __wire__ = root("free")


@pytest.mark.parametrize(
    "value", [Change(values={"a": "1", "b": {"c": "2"}}), Change(both={"a": 1, "b": "x"})]
)
def test_a_member(value: Change) -> None:
    text = xml.encode(value)
    assert json.encode(xml.decode(text, Change)) == json.encode(value)


def test_a_named_map() -> None:
    assert xml.decode(xml.encode(Free(a="1", b="2")), Free) == Free(a="1", b="2")
