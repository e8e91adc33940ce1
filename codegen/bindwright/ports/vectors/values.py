"""Tagged values of documents: what a reader in any language holds after reading."""

from __future__ import annotations

from collections.abc import Iterator

from bindwright.ir.model import Api, Use
from bindwright.ports.tagged import tagged
from bindwright.ports.vectors.canonical import Canonical
from bindwright.ports.vectors.model import Vector, text_of


def vectors(api: Api, canonical: Canonical, label: str) -> Iterator[Vector]:
    """The value of a canonical document, as pairs of form and text."""
    value = tagged(api, Use(type=canonical.type_id), canonical.documents["json"])
    sources = canonical.documents if canonical.lossless else {"json": canonical.documents["json"]}
    yield {
        "id": f"{label}.{canonical.name}.value", "kind": "value", "type": canonical.type_id,
        "in": {name: text_of(data) for name, data in sources.items()}, "value": value, "rule": "values/tagged",
    }  # fmt: skip
