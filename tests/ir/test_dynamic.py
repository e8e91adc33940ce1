"""``$dynamicRef`` (JSON Schema 2020-12 core, 8.2.3.2): a page of users beside the page of anything."""

from __future__ import annotations

from tests.ir.driver import causes, member, named, schemas

PAGES = """
User: {type: object, properties: {name: {type: string}}}
Page:
  $id: https://x.example/page
  type: object
  required: [items]
  properties:
    items: {type: array, items: {$dynamicRef: '#item'}}
    meta: {type: object, properties: {first: {$dynamicRef: '#item'}}}
  $defs: {item: {$dynamicAnchor: item}}
Users:
  $id: https://x.example/users
  $ref: page
  $defs: {item: {$dynamicAnchor: item, $ref: 'https://x.example/user'}}
Numbers:
  $id: https://x.example/numbers
  $defs: {item: {$dynamicAnchor: item, type: integer}}
  allOf: [{$ref: page}, {properties: {sum: {type: integer}}}]
Tree:
  $id: https://x.example/tree
  $dynamicAnchor: node
  type: object
  properties: {children: {type: array, items: {$dynamicRef: '#node'}}}
Closed: {$id: 'https://x.example/closed', $dynamicAnchor: node, $ref: tree, unevaluatedProperties: false}
""".replace("User: {", "User: {$id: 'https://x.example/user', ")


def test_who_refers_to_a_schema_says_what_its_dynamic_references_mean() -> None:
    api = schemas(PAGES)
    assert causes(api) == []

    def item(name: str) -> str:
        array = api.types[member(api, name, "items").use.type]
        return array.items.type  # type: ignore[union-attr]

    assert api.types[item("Page")].base == "any"  # type: ignore[union-attr]
    assert item("Users") == "#/components/schemas/User"
    assert item("Numbers") == "integer" or api.types[item("Numbers")].base == "integer"  # type: ignore[union-attr]
    assert [property_.name for property_ in named(api, "Numbers").properties] == ["items", "meta", "sum"]
    inner = api.types[member(api, "Users", "meta").use.type]
    assert inner.properties[0].use.type == "#/components/schemas/User"  # type: ignore[union-attr]


def test_a_tree_that_is_extended_holds_its_own_kind() -> None:
    api = schemas(PAGES)
    for name in ("Tree", "Closed"):
        children = api.types[member(api, name, "children").use.type]
        assert children.items.type == f"#/components/schemas/{name}"  # type: ignore[union-attr]
    assert named(api, "Closed").closed
