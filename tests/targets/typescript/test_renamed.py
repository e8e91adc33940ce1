"""What the document calls otherwise keeps its older name in a package that stands there: types, modules, arguments."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from bindwright import ir, openapi
from bindwright.changes.compare import PackageOf, compare
from bindwright.changes.findings import Change
from bindwright.targets.surface import loads
from bindwright.targets.typescript import TypeScriptOptions, emit
from bindwright.targets.typescript.options import Output

from tests.targets.typescript.packages import complaints, write
from tests.typescript.node import available, run

DOCUMENT = """
openapi: 3.1.1
info: {title: Shop, version: '1'}
paths:
  /orders:
    get:
      operationId: listOrders
      parameters:
        - {name: state, in: query, schema: {type: string}}
        - {name: offset, in: query, schema: {type: integer, format: int32}}
        - {name: limit, in: query, schema: {type: integer, format: int32}}
      x-pagination: {style: offset, parameter: offset, size: limit, items: /items}
      responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Orders'}}}}}
  /orders/{orderId}:
    put:
      parameters: [{name: orderId, in: path, required: true, schema: {type: integer, format: int32}}]
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}
      responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}}
components:
  schemas:
    Orders: {type: object, required: [items], properties: {items: {type: array, items: {$ref: '#/components/schemas/Order'}}}}
    Order: {type: object, required: [id, name], properties: {id: {type: integer, format: int32, readOnly: true}, name: {type: string}, note: {type: string}}}
"""
RENAMES = [("Order'", "Purchase'"), ("    Order:", "    Purchase:"), ("orderId", "id"), ("name: state", "name: status"), ("offset, in", "offsets, in"), ("parameter: offset", "parameter: offsets")]  # fmt: skip
RENAMED = DOCUMENT
for before, after in RENAMES:
    RENAMED = RENAMED.replace(before, after)


def emitted(text: str, last: Output | None = None) -> Output:
    names = json.loads(json.dumps(last.names)) if last is not None else None
    earlier = loads(last.files["surface.typescript.json"]) if last is not None else None
    return emit(ir.lower(openapi.loads(text)), TypeScriptOptions(package="shop"), names, earlier)


@pytest.fixture(scope="module")
def first() -> Output:
    return emitted(DOCUMENT)


def test_older_names_stay_and_are_told_once(first: Output) -> None:
    second = emitted(RENAMED, first)
    assert second.names["aliases"] == {
        "types": {"#/components/schemas/Purchase": ["Order"]},
        "inputs": {"#/components/schemas/Purchase": ["OrderInput"]},
        "modules": {"#/components/schemas/Purchase": ["order"]},
        "operations": {},
        "arguments": {
            "GET /orders": {"query:status": ["state"], "query:offsets": ["offset"]},
            "PUT /orders/{id}": {"path:id": ["orderId"]},
        },
    }
    third = emitted(RENAMED, second)
    assert third.files == second.files
    assert third.names == second.names


def test_callers_of_the_old_package_compile(first: Output, tmp_path: Path) -> None:
    write(emitted(RENAMED, first).files, tmp_path)
    (tmp_path / "program.ts").write_text(
        "import { connect, itemsOf, listOrders, putOrdersOrderId, toJson, type OrderInput } from './index.js';\n"
        "import { Order } from './models/order.js';\n"
        "const client = connect('');\n"
        "const body: OrderInput = { name: 'a' };\n"
        "const order: Order = await putOrdersOrderId(client, { orderId: 1, body });\n"
        "await putOrdersOrderId(client, { id: 1, body });\n"
        "for await (const one of itemsOf(listOrders, client, { state: 'x', offset: 2 })) toJson(Order, one);\n"
        "// @ts-expect-error\nawait listOrders(client, { status: 'x', state: 'y' });\n"
        "// @ts-expect-error\nawait putOrdersOrderId(client, { body });\n"
        "// @ts-expect-error\nawait listOrders(client, { unknown: 'x' });\n"
        "export const text: string = toJson(Order, order);\n"
    )
    assert available(lambda: complaints(tmp_path)) == ""


def test_an_older_name_is_that_of_today(first: Output, tmp_path: Path) -> None:
    write(emitted(RENAMED, first).files, tmp_path)
    program = f"""
    import {{ bind, connect, itemsOf, listOrders, putOrdersOrderId }} from {json.dumps(str(tmp_path / "index.js"))};
    const said = [];
    let left = 2;
    const answer = (request) => request.method === 'PUT' ? {{ id: 1, name: 'a' }} : {{ items: left-- > 0 ? [{{ id: left, name: 'b' }}] : [] }};
    const fetch = async (request) => (said.push(`${{request.method}} ${{request.url}}`), Response.json(answer(request)));
    const client = connect('http://h', {{ fetch }});
    await putOrdersOrderId(client, {{ orderId: 1, body: {{ name: 'a' }} }});
    await bind(client, putOrdersOrderId)({{ id: 2, body: {{ name: 'a' }} }});
    for await (const one of itemsOf(listOrders, client, {{ state: 'x', offset: 3, limit: 1 }}));
    await listOrders(client, {{ state: 'x', status: 'y' }}).catch((error) => said.push(error.message));
    console.log(JSON.stringify(said));
    """
    assert json.loads(run("--input-type=module", "--eval", program)) == [
        "PUT http://h/orders/1",
        "PUT http://h/orders/2",
        *(f"GET http://h/orders?status=x&offsets={place}&limit=1" for place in (3, 4, 5)),
        "the argument status was called state: expected one of them",
    ]


def kinds(changes: Iterable[Change], kind: str) -> set[str]:
    return {change.levels["binding"] for change in changes if change.kind == kind}


@pytest.mark.parametrize("locked", [True, False])
def test_a_rename_is_risky_where_its_package_stands(first: Output, locked: bool) -> None:
    old, new = (ir.lower(openapi.loads(text)) for text in (DOCUMENT, RENAMED))
    package = PackageOf(typescript=first.names) if locked else PackageOf()
    changes = compare(old, new, binding=False, typescript=True, old_package=package)
    for kind in ("schema-renamed", "path-parameter-renamed"):
        assert kinds(changes, kind) == {"risky" if locked else "breaking"}, kind


def test_what_holds_something_else_is_no_rename(first: Output) -> None:
    other = RENAMED.replace("name: {type: string}, note: {type: string}", "sum: {type: number}")
    assert "Order" not in str(emitted(other, first).names["aliases"].get("types"))
