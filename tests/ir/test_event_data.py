"""`contentSchema` of the data of server-sent events is the type of the data, and of no other text."""

from __future__ import annotations

from pathlib import Path

from bindwright import ir
from bindwright.ir.model import Object
from bindwright.openapi import load

EVENTS = Path(__file__).parents[1] / "mock" / "events.yaml"


def test_types_and_what_is_told() -> None:
    document = load(EVENTS)
    api = ir.lower(document)
    types = {
        type_.id: property_.use.type
        for type_ in api.types.values()
        if isinstance(type_, Object)
        for property_ in type_.properties
        if property_.name == "data"
    }
    stream = "get/responses/200/content/text~1event-stream/itemSchema"
    assert types == {
        f"#/paths/~1news/{stream}": "#/components/schemas/Headline",
        "#/components/schemas/Event/oneOf/1": "#/components/schemas/Count",
        "#/components/schemas/Added": "#/components/schemas/Added/allOf/1/properties/data/contentSchema",
        f"#/paths/~1text/{stream}": "string;;application/xml",
    }
    diagnostics = [(item.code, item.place.pointer) for item in document.diagnostics.items]
    assert diagnostics == [("unread-keyword", f"/paths/~1text/{stream}/properties/data")]
