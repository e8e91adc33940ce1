"""Documents as the bindings write them: what comes in goes out, within a format and from one to the other."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from bindwright.ir.model import Use
from bindwright.ports.bindings import Bindings
from bindwright.ports.tagged import tagged
from bindwright.ports.vectors.extent import Extent
from bindwright.ports.vectors.model import Vector, comparison, text_of
from bindwright.ports.vectors.samples import samples
from bindwright.runtime.errors import BindwrightError


@frozen
class Canonical:
    """One value in the formats that hold it."""

    name: str
    type_id: str
    documents: dict[str, bytes]
    """Canonical documents by format."""
    lossless: bool
    """Whether XML gives the JSON back: without it, the formats are vectors apart."""
    compare: Mapping[str, str]
    """What its documents leave open, as a member of vectors."""


def canonicals(bindings: Bindings, type_id: str, extent: Extent) -> Iterator[Canonical]:
    """Canonical documents of the samples of a type; those that a format cannot hold are passed over."""
    for name, value in samples(bindings.samples, type_id, extent):
        documents, lossless = _documents(bindings, type_id, value)
        if "json" in documents:
            said = tagged(bindings.api, Use(type=type_id), documents["json"])
            compare = comparison(bindings.api, type_id, said)
            yield Canonical(name, type_id, documents, lossless, compare)


def _documents(bindings: Bindings, type_id: str, value: Any) -> tuple[dict[str, bytes], bool]:
    """The canonical documents of a value by format, and whether XML gives the JSON back."""
    documents: dict[str, bytes] = {}
    lossless = True
    try:
        decoded = bindings.decode(
            type_id, "json", json.dumps(value, ensure_ascii=False, default=_base64).encode()
        )
        documents["json"] = bindings.encode(type_id, "json", decoded)
        if bindings.api.types[type_id].root is not None:
            written = bindings.encode(type_id, "xml", decoded)
            back = bindings.decode(type_id, "xml", written)
            if bindings.encode(type_id, "xml", back) == written:
                lossless = bindings.encode(type_id, "json", back) == documents["json"]
                documents["xml"] = written
    except (BindwrightError, UnicodeEncodeError):
        pass  # the format has no form for the value: no vector
    return documents, lossless


def _base64(value: Any) -> Any:
    return base64.b64encode(value).decode() if isinstance(value, bytes) else str(value)


def vectors(canonical: Canonical, label: str) -> Iterator[Vector]:
    """The vectors of one canonical value."""
    texts = {name: text_of(data) for name, data in canonical.documents.items()}
    common = {"type": canonical.type_id, "rule": "documents/canonical", **canonical.compare}
    if canonical.lossless:
        yield {"id": f"{label}.{canonical.name}", "kind": "same", "in": texts, **common}
        return
    # XML cannot say what JSON does here (an empty list that is not wrapped, say): each format for itself.
    for name, text in texts.items():
        yield {"id": f"{label}.{canonical.name}.{name}", "kind": "same", "in": {name: text}, **common}
    yield {
        "id": f"{label}.{canonical.name}.to-xml", "kind": "to", "in": {"json": texts["json"]},
        "out": {"xml": texts["xml"]}, **common,
    }  # fmt: skip
