"""Equal items of a list that is read item by item are those that are equal in a list that is read at once."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from attrs import define, field
from bindwright.runtime import Checks, DateTime, Model, root, wire
from bindwright.runtime.validate import ItemsValidator, validate


@define(kw_only=True)
class Row(Model):
    value: Any = field(metadata=wire("value"))


class Rows(list[Row]):
    __wire__ = root("Rows", checks=Checks(unique_items=True))


VALUES: list[Any] = [
    1, 1.0, Decimal("1.00"), True, "1", 10, 1e1, -1, 0, -0.0, None, [1, [2]], [1, 2], {"a": 1, "b": 2}, {"b": 2, "a": 1.0},
    DateTime.parse("2025-11-24T10:45:01.4007824+00:00"), DateTime.parse("2025-11-24T11:45:01.4007824+01:00"),
    dt.datetime(2025, 11, 24), dt.date(2025, 11, 24), dt.datetime(1, 1, 1, tzinfo=dt.timezone(dt.timedelta(hours=5))),
]  # fmt: skip


@pytest.mark.parametrize("first", VALUES, ids=repr)
def test_the_same_are_equal(first: Any) -> None:
    for second in VALUES:
        rows = Rows([Row(value=first), Row(value=second)])
        items = ItemsValidator(Rows)
        rules = [violation.rule for row in rows for violation in items.add(row)]
        assert rules == [
            violation.rule for violation in validate(rows, Rows) if violation.rule == "uniqueItems"
        ], second
