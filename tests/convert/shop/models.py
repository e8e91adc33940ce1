"""Models with constraints."""

from __future__ import annotations

from decimal import Decimal

from attrs import define, field
from bindwright.runtime import Checks, Model, Xml, at, root, wire


@define(kw_only=True)
class Line(Model):
    """A line of an order."""

    __wire__ = root("Line")

    sku: str = field(metadata=wire("sku", xml=Xml(name="Sku"), checks=Checks(max_length=3)))
    count: int = field(metadata=wire("count", checks=Checks(minimum=1)))


@define(kw_only=True)
class Order(Model):
    """An order."""

    __wire__ = root("Order")

    number: str = field(metadata=wire("number", xml=Xml(node="attribute")))
    total: Decimal = field(metadata=wire("total", checks=Checks(minimum=0)))
    lines: list[Line] = field(factory=list, metadata=wire("lines", xml=Xml(wrapped=True)))


class Orders(list[Order]):
    """A few orders."""

    __wire__ = root("Orders", items=at(xml=Xml(name="Order")), checks=Checks(min_items=2, max_items=3))


class Lot(list[Order]):
    """Orders of which no two are equal."""

    __wire__ = root("Lot", items=at(xml=Xml(name="Order")), checks=Checks(unique_items=True))
