"""``$dynamicRef`` (JSON Schema 2020-12 core, 8.2.3.2): the outermost resource of the dynamic scope wins."""

from __future__ import annotations

from collections.abc import Sequence

from bindwright.openapi.diagnostics.model import Place
from bindwright.openapi.references.resolver import Resolver


def dynamic_place(resolver: Resolver, ref: str, static: Place, scope: Sequence[Place]) -> Place:
    """The place that `ref` means in a dynamic scope.

    `static` is where a ``$ref`` of the same text would lead; the places of `scope` stand outermost first.
    A reference that does not lead to a ``$dynamicAnchor`` statically stays a plain one.
    """
    name = ref.partition("#")[2]
    if not name or name[0] == "/" or not resolver.is_dynamic(static, name):
        return static
    for place in scope:
        anchor = resolver.dynamic_anchor(place, name)
        if anchor is not None:
            return anchor
    return static
