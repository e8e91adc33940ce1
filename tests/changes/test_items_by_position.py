"""Items that positions tell: who is called otherwise in XML, or becomes so, is told for its position."""

from __future__ import annotations

from typing import Any

import pytest
from bindwright import ir
from bindwright.changes import compare

from tests.lowering import lowered


def item(name: str) -> dict[str, Any]:
    """A text with a name in XML: a helper of what describes lists."""
    return {"type": "string", "xml": {"name": name}}


def api_of(first: list[dict[str, Any]], rest: Any) -> ir.Api:
    """An API that answers with a list of these items."""
    items = {"type": "array", "xml": {"nodeType": "element"}, "prefixItems": first, "items": rest}
    schemas = {"H": {"type": "object", "properties": {"m": items}}}
    content = {"application/xml": {"schema": {"$ref": "#/components/schemas/H"}}}
    paths = {
        "/a": {"get": {"operationId": "a", "responses": {"200": {"description": "d", "content": content}}}}
    }
    document = {"openapi": "3.2.0", "info": {"title": "t", "version": "1"}, "paths": paths}
    return lowered({**document, "components": {"schemas": schemas}})


@pytest.mark.parametrize(
    ("before", "after", "element"),
    [
        ((["a"], "v"), (["b"], "v"), "H.m[0]"),
        ((["a"], "v"), (["a"], "w"), "H.m[]"),
        ((["v"], "v"), (["a"], "v"), "H.m[0]"),
        ((["a"], "v"), (["v"], "v"), "H.m[0]"),
        ((["a", "b"], None), (["a", "c"], None), "H.m[1]"),
    ],
)
def test_a_name_of_a_position_that_changes_is_told(before: Any, after: Any, element: str) -> None:
    old, new = (
        api_of([item(name) for name in first], False if rest is None else item(rest))
        for first, rest in (before, after)
    )
    assert [(change.kind, change.element) for change in compare(old, new)] == [("xml-item-name", element)]
    assert list(compare(old, old)) == []
