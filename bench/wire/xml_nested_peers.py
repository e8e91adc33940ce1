"""The models of xsdata and polyxml for nested orders, as their manuals have one write them.

Kinder to both than the document is: no namespaces, one class for both payments, date-times as text.
"""

# No deferred annotations: polyxml reads the classes themselves.
from dataclasses import dataclass, field
from typing import Any


def _member(name: str, kind: str = "Element") -> dict[str, Any]:
    return {"name": name, "type": kind}


@dataclass
class Address:
    street: str = field(metadata=_member("street"))
    city: str = field(metadata=_member("city"))
    zip: str = field(metadata=_member("zip"))
    country: str = field(metadata=_member("country"))


@dataclass
class Customer:
    name: str = field(metadata=_member("name"))
    email: str = field(metadata=_member("email"))
    address: Address | None = field(default=None, metadata=_member("address"))


@dataclass
class Line:
    sku: str = field(metadata=_member("sku", "Attribute"))
    title: str = field(metadata=_member("title"))
    quantity: int = field(metadata=_member("quantity"))
    price: float = field(metadata=_member("price"))
    gift: bool = field(metadata=_member("gift"))


@dataclass
class Lines:
    line: list[Line] = field(default_factory=list, metadata=_member("line"))


@dataclass
class Payment:
    kind: str = field(metadata=_member("kind"))
    last4: str | None = field(default=None, metadata=_member("last4"))
    brand: str | None = field(default=None, metadata=_member("brand"))
    due: str | None = field(default=None, metadata=_member("due"))


@dataclass
class Order:
    id: str = field(metadata=_member("id", "Attribute"))
    placed: str = field(metadata=_member("placed"))
    customer: Customer = field(metadata=_member("customer"))
    lines: Lines = field(metadata=_member("lines"))
    payment: Payment = field(metadata=_member("payment"))
    status: str | None = field(default=None, metadata=_member("status"))
    note: str | None = field(default=None, metadata={**_member("note"), "nillable": True})


@dataclass
class Orders:
    total: int = field(metadata=_member("total"))
    order: list[Order] = field(default_factory=list, metadata=_member("order"))

    class Meta:
        name = "orders"
