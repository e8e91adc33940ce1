"""Twenty prepared renames: each is told as one, and unrelated things are none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import yaml
from bindwright import ir
from bindwright import openapi as spec
from bindwright.changes import Change, compare
from bindwright.changes.report.lines import likeness_of

from tests.changes.test_catalogue import CASES, api

Document = dict[str, Any]
RENAMES = {
    "schema-renamed", "property-renamed", "property-renamed-xml-kept", "param-renamed", "path-parameter-renamed",
    "operation-id-renamed", "operation-tag-renamed", "operation-path-renamed", "enum-varnames", "argument-renamed",
    "xml-root-name", "discriminator-value",
}  # fmt: skip


def schema(old: str, new: str) -> Callable[[Document], None]:
    def rename(document: Document) -> None:
        text = yaml.safe_dump(document, sort_keys=False).replace(
            f"#/components/schemas/{old}'", f"#/components/schemas/{new}'"
        )
        text = text.replace(f"#/components/schemas/{old}\n", f"#/components/schemas/{new}\n")
        fresh = yaml.safe_load(text)
        schemas = fresh["components"]["schemas"]
        fresh["components"]["schemas"] = {new if key == old else key: value for key, value in schemas.items()}
        document.clear()
        document.update(fresh)

    return rename


def property_(owner: str, old: str, new: str) -> Callable[[Document], None]:
    def rename(document: Document) -> None:
        target = document["components"]["schemas"][owner]
        target = target["allOf"][1] if "allOf" in target else target
        target["properties"] = {
            new if key == old else key: value for key, value in target["properties"].items()
        }
        if old in target.get("required", ()):
            target["required"] = [new if key == old else key for key in target["required"]]

    return rename


def parameter(old: str, new: str) -> Callable[[Document], None]:
    def rename(document: Document) -> None:
        for parameter in document["paths"]["/orders"]["get"]["parameters"]:
            if parameter["name"] == old:
                parameter["name"] = new

    return rename


def operation(path: str, method: str, key: str, value: Any) -> Callable[[Document], None]:
    def rename(document: Document) -> None:
        document["paths"][path][method][key] = value

    return rename


def path(old: str, new: str) -> Callable[[Document], None]:
    def rename(document: Document) -> None:
        document["paths"] = {new if key == old else key: value for key, value in document["paths"].items()}

    return rename


def path_parameter(document: Document) -> None:
    path("/orders/{orderId}/lines/{lineNo}", "/orders/{order}/lines/{lineNo}")(document)
    document["paths"]["/orders/{order}/lines/{lineNo}"]["get"]["parameters"][0]["name"] = "order"


def member_names(document: Document) -> None:
    document["components"]["schemas"]["State"]["x-enum-varnames"] = ["OPENED", "PAID", "VOIDED"]


PREPARED: dict[str, tuple[Callable[[Document], None], str]] = {
    "Line to Item": (schema("Line", "Item"), "schema-renamed"),
    "Problem to Fault": (schema("Problem", "Fault"), "schema-renamed"),
    "State to OrderState": (schema("State", "OrderState"), "schema-renamed"),
    "Card to CreditCard": (schema("Card", "CreditCard"), "schema-renamed"),
    "Payment to Settlement": (schema("Payment", "Settlement"), "schema-renamed"),
    "sku to articleNumber": (property_("Line", "sku", "articleNumber"), "property-renamed"),
    "amount to quantity": (property_("Line", "amount", "quantity"), "property-renamed"),
    "price to unitPrice": (property_("Line", "price", "unitPrice"), "property-renamed"),
    "remark to comment": (property_("Line", "remark", "comment"), "property-renamed"),
    "placed to placedAt": (property_("Order", "placed", "placedAt"), "property-renamed"),
    "lines to positions": (property_("Order", "lines", "positions"), "property-renamed-xml-kept"),
    "title to heading": (property_("Problem", "title", "heading"), "property-renamed"),
    "limit to pageSize": (parameter("limit", "pageSize"), "param-renamed"),
    "state to status": (parameter("state", "status"), "param-renamed"),
    "ids to orderIds": (parameter("ids", "orderIds"), "param-renamed"),
    "X-Trace to X-Request": (parameter("X-Trace", "X-Request"), "param-renamed"),
    "orderId to order": (path_parameter, "path-parameter-renamed"),
    "addOrder to placeOrder": (operation("/orders", "post", "operationId", "placeOrder"), "operation-id-renamed"),
    "pay to payments": (operation("/pay", "post", "tags", ["payments"]), "operation-tag-renamed"),
    "names of members": (member_names, "enum-varnames"),
}  # fmt: skip


def changes_of(rename: Callable[[Document], None]) -> list[Change]:
    document = yaml.safe_load((CASES / "base-plain.yaml").read_text())
    rename(document)
    loaded = spec.loads(yaml.safe_dump(document, sort_keys=False).encode())
    assert not loaded.diagnostics.failed, loaded.diagnostics
    return compare(api("base-plain"), ir.lower(loaded))


@pytest.mark.parametrize("name", PREPARED)
def test_a_rename_is_told_as_one(name: str) -> None:
    rename, kind = PREPARED[name]
    changes = changes_of(rename)
    assert [change.kind for change in changes if change.kind == kind], changes
    others = {change.kind for change in changes} - RENAMES
    assert not {kind for kind in others if "removed" in kind or "added" in kind}, others


def test_a_rename_says_how_much_the_names_are_alike() -> None:
    (close,) = changes_of(PREPARED["price to unitPrice"][0])
    (far,) = changes_of(PREPARED["remark to comment"][0])
    assert 0.7 < (likeness_of(close) or 0) < 1
    assert 0 < (likeness_of(far) or 0) < 0.5
    assert not any(likeness_of(change) for change in changes_of(unrelated_property))


def unrelated_property(document: Document) -> None:
    properties = document["components"]["schemas"]["Line"]["properties"]
    del properties["remark"]
    properties["weight"] = {"type": "number"}


def unrelated_parameter(document: Document) -> None:
    parameters = document["paths"]["/orders"]["get"]["parameters"]
    parameters[2] = {"name": "withTotals", "in": "query", "schema": {"type": "boolean"}}


def unrelated_schema(document: Document) -> None:
    schemas = document["components"]["schemas"]
    del schemas["Orphan"]
    schemas["Warehouse"] = {
        "type": "object",
        "properties": {"city": {"type": "string"}, "size": {"type": "integer"}},
    }


@pytest.mark.parametrize("change", [unrelated_property, unrelated_parameter, unrelated_schema])
def test_what_is_unrelated_is_no_rename(change: Callable[[Document], None]) -> None:
    assert not {change.kind for change in changes_of(change)} & RENAMES
