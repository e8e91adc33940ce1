"""Objects without a discriminator that may be absent: writing adds what says the type."""

from __future__ import annotations

import json
from collections.abc import Iterator

from bindwright.ir.model import Object
from bindwright.ports.bindings import Bindings
from bindwright.ports.vectors.canonical import Canonical
from bindwright.ports.vectors.model import Vector, text_of
from bindwright.runtime.errors import BindwrightError


def vectors(bindings: Bindings, canonical: Canonical, label: str) -> Iterator[Vector]:
    """Of a canonical value one for each such member, in all formats that it is written in."""
    type_ = bindings.api.types[canonical.type_id]
    members = type_.properties if isinstance(type_, Object) and type_.reference is None else []
    names = [member.name for member in members if member.usual is not None and member.presence is None]
    document = json.loads(canonical.documents["json"]) if names else {}
    for name in names:
        rest = {key: member for key, member in document.items() if key != name}
        data = json.dumps(rest, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
        try:
            value = bindings.decode(canonical.type_id, "json", data)
            written = {form: bindings.encode(canonical.type_id, form, value) for form in canonical.documents}
        except BindwrightError:
            continue
        yield {
            "id": f"{label}.{name}-unset", "kind": "to", "type": canonical.type_id, "in": {"json": text_of(data)},
            "out": {form: text_of(text) for form, text in written.items()}, "rule": "json/discriminator",
            **canonical.compare,
        }  # fmt: skip
