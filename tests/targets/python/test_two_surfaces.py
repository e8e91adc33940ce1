"""Of two versions of a package, only what differs is asked for; what stays closed would say the same twice."""

from __future__ import annotations

from typing import Any

from bindwright import ir
from bindwright.changes.unchanged import unchanged_types
from bindwright.targets.python import PythonOptions
from bindwright.targets.python.surface.packages import NamedPackage, plan_surface, plan_surfaces

from tests.lowering import lowered

OPTIONS = PythonOptions(package="acme.shop")


def schemas(**changed: Any) -> ir.model.Api:
    def text(*names: str) -> dict[str, Any]:
        return {"type": "object", "properties": {name: {"type": "string"} for name in names}}

    tables = {
        "Base": text("id"),
        "Order": {"allOf": [{"$ref": "#/components/schemas/Base"}, text("note")]},
        "Person": text("name"),
        "State": {"type": "string", "enum": ["open", "closed"]},
    } | {name: text(*members) for name, members in changed.items()}
    if "Order" in changed:
        tables["Order"] = {"allOf": [{"$ref": "#/components/schemas/Base"}, tables["Order"]]}
    body = {"oneOf": [{"$ref": f"#/components/schemas/{name}"} for name in ("Order", "Person", "State")]}
    operation = {
        "operationId": "send",
        "requestBody": {"content": {"application/json": {"schema": body}}},
        "responses": {"204": {"description": "done"}},
    }
    document = {
        "openapi": "3.1.1",
        "info": {"title": "Shop", "version": "1"},
        "paths": {"/orders": {"post": operation}},
        "components": {"schemas": tables},
    }
    return lowered(document)


def surfaces(old: ir.model.Api, new: ir.model.Api) -> tuple[dict[str, Any], dict[str, Any]]:
    first = NamedPackage(old, OPTIONS)
    second = NamedPackage(new, OPTIONS, first.plan.lock)
    before, after = plan_surfaces(first, second, unchanged_types(old, new))
    return before.surface.symbols, after.surface.symbols


def test_what_is_alike_is_closed() -> None:
    api = schemas()
    before, after = surfaces(api, schemas())
    assert before == after
    assert "models.Person" in before
    assert not any(name.startswith(("models.Person.", "models.State.")) for name in before)
    assert "models.Person.name" in plan_surface(api, OPTIONS).surface.symbols


def test_what_a_class_that_differs_inherits_is_there() -> None:
    before, after = surfaces(schemas(), schemas(Order=("note", "weight")))
    assert after.keys() - before.keys() == {"models.Order.weight"}
    assert "models.Base.id" in before
    assert "models.Base.id" in after
    assert "models.Person.name" not in before


def test_the_difference_is_that_of_the_whole_surfaces() -> None:
    old, new = schemas(), schemas(Base=("id", "key"), Person=())
    before, after = surfaces(old, new)
    whole = [
        plan_surface(old, OPTIONS).surface.symbols,
        plan_surface(new, OPTIONS, plan_surface(old, OPTIONS).plan.lock).surface.symbols,
    ]
    assert after.keys() - before.keys() == whole[1].keys() - whole[0].keys() == {"models.Base.key"}
    assert before.keys() - after.keys() == whole[0].keys() - whole[1].keys() == {"models.Person.name"}
